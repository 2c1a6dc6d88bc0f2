// The ticks of a logarithmic axis: powers of ten where it covers several, their multiples by 1, 2 and 5 where it covers
// few, and round values as on any other axis where it covers less than that.

import Glibc

extension Axis {
  /// Ticks for labels beside `rows` rows, the largest value first: as many as stand two rows apart, or one where there
  /// would be fewer than two of them.
  func logarithmicTicks(rows: Int) -> [Tick] {
    let choices = decadeTicks(rows: rows) + linearTicks(rows: rows)
    for distance in [2, 1] {
      let fitting = choices.first { ticks in
        ticks.count > 1 && zip(ticks, ticks.dropFirst()).allSatisfy { $1.position - $0.position >= distance }
      }
      if let fitting { return fitting }
    }
    return choices.last { $0.count == 1 } ?? []
  }

  /// From the most ticks to the fewest.
  private func decadeTicks(rows: Int) -> [[Tick]] {
    let (first, last) = (
      Int(log10(range.lowerBound).rounded(.down)), Int(log10(range.upperBound).rounded(.up))
    )
    let every = [[1.0, 2, 5], [1]].map { digits in
      (first...last).flatMap { exponent in digits.map { $0 * pow(10, Double(exponent)) } }
    }
    let sparser = [2, 3, 5, 10, 20, 50, 100].map { step in
      (first...last).filter { $0.isMultiple(of: step) }.map { pow(10, Double($0)) }
    }
    return (every + sparser).map { ticks(at: $0, rows: rows) }
  }

  private func linearTicks(rows: Int) -> [[Tick]] {
    steps(from: span / Double(2 * rows)).map { step in
      multiples(of: step) { rows - 1 - Self.cell(of: $0, among: rows) }.reversed()
    }
  }

  private func ticks(at values: [Double], rows: Int) -> [Tick] {
    values.filter { range.contains($0) }.reversed().map { value in
      Tick(
        value: value, position: rows - 1 - Self.cell(of: fraction(of: value), among: rows),
        label: NumberLabel.tick(value, step: value, magnitude: value))
    }
  }
}
