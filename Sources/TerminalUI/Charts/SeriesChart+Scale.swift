// The scale of a series chart. A game begins with spikes and goes on for hours: a scale that held every spike would press
// the rest into a flat line. So a few extreme columns may leave it; each that does is marked at the edge, and the
// farthest is said in figures. A chart that favours the latest values lets the beginning leave it as well.

import Glibc

extension SeriesChart {
  /// About as many columns as a chart has: what a person sees side by side.
  private static let columns = 64
  /// One column in so many may leave the scale, at either end.
  private static let spared = 20
  /// Nothing is cut off for less: the extent with the spikes, in extents without them.
  private static let worthCutting = 1.5
  /// Room above and below, as a share of the extent.
  private static let air = 0.04
  /// The share of the columns that counts as the beginning, where the latest values are favoured.
  private static let beginning = 0.4
  /// Room for the beginning at either end: in extents of what comes after it, and as a share of the whole extent, so that
  /// what hardly moves is not magnified without end.
  private static let roomForBeginning = (now: 0.5, whole: 0.1)

  /// What the vertical axis covers by itself, with a little air: every reference, and all values but single spikes. On a
  /// linear scale a quantity that comes near 0 is shown from 0.
  package var valueRange: ClosedRange<Double> {
    // Where nothing has a logarithm, the axis is linear.
    if scale == .logarithmic, let extent = extent(through: log) {
      let air = (extent.upperBound - extent.lowerBound) * Self.air
      let (lower, upper) = (exp(extent.lowerBound - air), exp(extent.upperBound + air))
      return max(lower, .leastNormalMagnitude)...min(upper, .greatestFiniteMagnitude)
    }
    guard let extent = extent(through: { $0 }) else { return 0...1 }
    let air = (extent.upperBound - extent.lowerBound) * Self.air
    let nearZero = favoursLatest ? 0.15 : 0.4
    let startsAtZero = extent.lowerBound >= 0 && extent.lowerBound < extent.upperBound * nearZero
    let range = (startsAtZero ? 0 : extent.lowerBound - air)...(extent.upperBound + air)
    return range.clamped(to: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
  }

  /// The same without air, of values that lie evenly on the scale once they are transformed; `nil` where there are none.
  private func extent(through transform: (Double) -> Double) -> ClosedRange<Double>? {
    let columns = series.map { Bucket.merged($0.buckets, to: Self.columns) }
    guard let whole = extent(of: columns, through: transform) else { return nil }
    let late = columns.map { Array($0.dropFirst(Int(Double($0.count) * Self.beginning))) }
    guard favoursLatest, let now = extent(of: late, through: transform) else { return whole }
    let (nowExtent, wholeExtent) = (now.upperBound - now.lowerBound, whole.upperBound - whole.lowerBound)
    let room = max(nowExtent * Self.roomForBeginning.now, wholeExtent * Self.roomForBeginning.whole)
    let favoured = max(whole.lowerBound, now.lowerBound - room)...min(whole.upperBound, now.upperBound + room)
    let isWorthIt = wholeExtent > (favoured.upperBound - favoured.lowerBound) * Self.worthCutting
    return isWorthIt ? favoured : whole
  }

  private func extent(of columns: [[Bucket]], through transform: (Double) -> Double) -> ClosedRange<Double>? {
    let fixed = references.map { transform($0.value) }.filter(\.isFinite)
    /// The outermost values, and those after a few of each series are spared.
    func ends(of edge: Edge) -> (all: [Double], spared: [Double]) {
      let values = columns.compactMap { buckets -> (Double, Double)? in
        let values = buckets.compactMap { edge.extreme(of: $0, through: transform) }.sorted { edge.isBeyond($0, $1) }
        return values.first.map { ($0, values[values.count / Self.spared]) }
      }
      return (fixed + values.map(\.0), fixed + values.map(\.1))
    }
    let (bottom, top) = (ends(of: .bottom), ends(of: .top))
    guard let lowest = bottom.all.min(), let highest = top.all.max(), var lower = bottom.spared.min(),
      var upper = top.spared.max()
    else { return nil }
    (lower, upper) = (min(lower, upper), max(lower, upper))
    let allowance = (upper - lower) * (Self.worthCutting - 1)
    if highest - upper <= allowance { upper = highest }
    if lower - lowest <= allowance { lower = lowest }
    return lower...upper
  }

  /// A mark at the edge wherever a bucket leaves the scale.
  func drawCuts(into frame: inout Frame, plot: Rect, range: ClosedRange<Double>, context: RenderContext) {
    for edge in Edge.allCases {
      let row = edge == .top ? plot.y : plot.maxY - 1
      // The most important one comes last, in front.
      for series in series.reversed() {
        var style = context.palette[series.role]
        style.attributes.insert(.bold)
        for (index, bucket) in series.buckets.enumerated() {
          guard let value = edge.extreme(of: bucket), edge.isBeyond(value, edge.end(of: range)) else { continue }
          let column = Bucket.column(of: index, among: series.buckets.count, in: plot)
          style.background = frame[x: column, y: row].backdrop
          frame[x: column, y: row] = Cell(context.glyph(edge.mark), style: style)
        }
      }
    }
  }

  /// The mark of each edge that something is beyond, and in figures what the farthest came to.
  func cutEnds(range: ClosedRange<Double>, isTalkative: Bool) -> [LineEnd] {
    Edge.allCases.compactMap { edge in
      let extremes = series.compactMap { series -> (value: Double, role: Role)? in
        let value = series.buckets.compactMap { edge.extreme(of: $0) }.max { edge.isBeyond($1, $0) }
        return value.map { ($0, series.role) }
      }
      guard let farthest = extremes.max(by: { edge.isBeyond($1.value, $0.value) }),
        edge.isBeyond(farthest.value, edge.end(of: range))
      else { return nil }
      let word = isTalkative ? edge.word + " " : ""
      return LineEnd(
        text: "\(edge.mark) \(word)\(NumberLabel.short(farthest.value))", role: farthest.role,
        height: edge == .top ? 1 : 0)
    }
  }

  /// An end of the scale.
  private enum Edge: CaseIterable {
    case top, bottom

    var mark: Unicode.Scalar { self == .top ? "▲" : "▼" }
    var word: String { self == .top ? "max" : "min" }

    func end(of range: ClosedRange<Double>) -> Double { self == .top ? range.upperBound : range.lowerBound }

    func isBeyond(_ value: Double, _ other: Double) -> Bool { self == .top ? value > other : value < other }

    /// The value of a bucket that is farthest this way, transformed; `nil` where it has none.
    func extreme(of bucket: Bucket, through transform: (Double) -> Double = { $0 }) -> Double? {
      let (outer, mean) = (transform(self == .top ? bucket.maximum : bucket.minimum), transform(bucket.mean))
      guard outer.isFinite else { return mean.isFinite ? mean : nil }
      return mean.isFinite && isBeyond(mean, outer) ? mean : outer
    }
  }
}
