// Where a value lies along an axis, and which values are worth a label: multiples of 1, 2 or 5 times a power of ten, as
// many as fit without touching one another. Those of a logarithmic axis are in `Axis+Logarithmic.swift`.

import Glibc

package struct Axis: Hashable, Sendable {
  package enum Scale: Hashable, Sendable {
    case linear
    /// Equal factors are equally long; for positive values alone.
    case logarithmic
  }

  package let range: ClosedRange<Double>
  package let scale: Scale

  /// The extent of every axis is positive and finite. A range without an extent is widened: by a factor on a logarithmic
  /// scale, so that it stays positive. One that is not positive has no logarithms: its axis is linear. One without
  /// bounds is 0...1.
  package init(_ range: ClosedRange<Double>, scale: Scale = .linear) {
    guard range.lowerBound.isFinite, range.upperBound.isFinite else {
      (self.range, self.scale) = (0...1, .linear)
      return
    }
    self.scale = range.lowerBound > 0 ? scale : .linear
    let range = range.clamped(to: (self.scale == .logarithmic ? Self.least : -Self.greatest)...Self.greatest)
    let (lower, upper) = (range.lowerBound, range.upperBound)
    let magnitude = max(lower.magnitude, upper.magnitude)
    if upper - lower > max(magnitude * Self.precision, Self.least) {
      self.range = range
    } else if self.scale == .logarithmic {
      self.range = (lower / 2)...(upper * 2)
    } else {
      let margin = magnitude < Self.least ? 0.5 : max(magnitude * 0.1, min(magnitude, 0.5))
      self.range = (lower - margin)...(upper + margin)
    }
  }

  /// Beyond these, extents and ticks overflow or vanish.
  private static let greatest = 1e300
  private static let least = 1e-290
  /// Extents that are a smaller share of the values are rounding errors.
  private static let precision = 1e-12

  /// A label of an axis and the column or row, from the left or from the top, that it belongs to.
  package struct Tick: Hashable, Sendable {
    package var value: Double
    package var position: Int
    package var label: String

    /// The first column of the label, centred on its tick but within `columns`.
    func start(within columns: Int) -> Int {
      let width = label.unicodeScalars.count
      return max(0, min(position - (width - 1) / 2, columns - width))
    }
  }

  /// 0 at the lower end, 1 at the upper end, beyond them outside. What has no logarithm is infinitely far below.
  package func fraction(of value: Double) -> Double {
    switch scale {
    case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    case .logarithmic:
      value > 0 ? Self.decades(range.lowerBound, value) / Self.decades(range.lowerBound, range.upperBound) : -.infinity
    }
  }

  /// The logarithm of a quotient, also of one that is greater than any number.
  private static func decades(_ lower: Double, _ upper: Double) -> Double {
    let quotient = upper / lower
    return quotient.isNormal ? log10(quotient) : log10(upper) - log10(lower)
  }

  /// The cell of a fraction among `count`, clamped to the ends. The same rounding as in `PlotCanvas`.
  static func cell(of fraction: Double, among count: Int) -> Int {
    guard fraction > 0 else { return 0 }
    return fraction < 1 ? Int(fraction * Double(count)) : count - 1
  }

  /// Ticks for labels beneath `columns` columns, with three blanks between labels at the least.
  package func ticks(columns: Int, minimumStep: Double = 0) -> [Tick] {
    guard columns > 0 else { return [] }
    for step in steps(from: max(minimumStep, span * 3 / Double(columns))) {
      let ticks = multiples(of: step) { Self.cell(of: $0, among: columns) }
      let ends = ticks.map { (start: $0.start(within: columns), width: $0.label.unicodeScalars.count) }
      let fits = zip(ends, ends.dropFirst()).allSatisfy { $0.start + $0.width + 3 <= $1.start }
      if fits, ends.allSatisfy({ $0.width <= columns }) { return ticks }
    }
    return []
  }

  /// Ticks for labels beside `rows` rows, a few rows apart, nearer where there would be fewer than
  /// two of them, the largest value first.
  package func ticks(rows: Int) -> [Tick] {
    guard rows > 0 else { return [] }
    if scale == .logarithmic { return logarithmicTicks(rows: rows) }
    let spacings = rows < 8 ? [2.0, 1] : [3.0, 2, 1]
    let choices = spacings.map { spacing in
      multiples(of: steps(from: span * spacing / Double(rows)).first ?? span) {
        rows - 1 - Self.cell(of: $0, among: rows)
      }
    }
    // A single number is no scale.
    return (choices.first { Set($0.map(\.position)).count == $0.count && $0.count > 1 } ?? choices[0]).reversed()
  }

  var span: Double { range.upperBound - range.lowerBound }

  /// Round steps, from the first that is not smaller than `smallest` up to one that leaves a single tick.
  func steps(from smallest: Double) -> [Double] {
    let exponent = log10(smallest).rounded(.down)
    let ladder = (0..<6).flatMap { decade in [1, 2, 5].map { $0 * pow(10, exponent + Double(decade)) } }
    return ladder.filter { $0 >= smallest * 0.999_999 && $0 <= span * 10 }
  }

  func multiples(of step: Double, position: (_ fraction: Double) -> Int) -> [Tick] {
    // A hair of tolerance keeps a tick that rounding has put just outside.
    let first = (range.lowerBound / step - 1e-6).rounded(.up)
    let last = (range.upperBound / step + 1e-6).rounded(.down)
    guard last >= first, last - first < 1000 else { return [] }
    let magnitude = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    return stride(from: first, through: last, by: 1).map { index in
      let value = index * step
      return Tick(
        value: value, position: position(fraction(of: value)),
        label: NumberLabel.tick(value, step: step, magnitude: magnitude))
    }
  }
}
