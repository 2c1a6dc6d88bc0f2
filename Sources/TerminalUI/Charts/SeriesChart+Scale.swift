// The scale of a series chart. A game begins with spikes and goes on for hours: a scale that held every spike would press
// the rest into a flat line. So a few extreme columns may leave it; each that does is marked at the edge, and the
// farthest is said in figures.

extension SeriesChart {
  /// About as many columns as a chart has: what a person sees side by side.
  private static let columns = 64
  /// One column in so many may leave the scale, at either end.
  private static let spared = 20
  /// Nothing is cut off for less: the extent with the spikes, in extents without them.
  private static let worthCutting = 1.5
  /// Room above and below, as a share of the extent.
  private static let air = 0.04

  /// What the vertical axis covers, with a little air: every reference, and all values but single spikes. A quantity that
  /// comes near 0 is shown from 0.
  var valueRange: ClosedRange<Double> {
    let fixed = references.map(\.value).filter(\.isFinite)
    /// The outermost values, a few of each series spared or not.
    func ends(of edge: Edge, sparing: Bool) -> [Double] {
      fixed
        + series.compactMap { series in
          let values = Bucket.merged(series.buckets, to: Self.columns).compactMap(edge.extreme(of:))
            .sorted { edge.isBeyond($0, $1) }
          return values.isEmpty ? nil : values[sparing ? values.count / Self.spared : 0]
        }
    }
    guard let lowest = ends(of: .bottom, sparing: false).min(), let highest = ends(of: .top, sparing: false).max(),
      var lower = ends(of: .bottom, sparing: true).min(), var upper = ends(of: .top, sparing: true).max()
    else { return 0...1 }
    (lower, upper) = (min(lower, upper), max(lower, upper))
    let allowance = (upper - lower) * (Self.worthCutting - 1)
    if highest - upper <= allowance { upper = highest }
    if lower - lowest <= allowance { lower = lowest }
    let air = (upper - lower) * Self.air
    let startsAtZero = lower >= 0 && lower < upper * 0.4
    return (startsAtZero ? 0 : lower - air)...(upper + air)
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
          let position = Bucket.position(of: index, among: series.buckets.count, over: plot.width)
          let column = plot.x + Axis.cell(of: position, among: plot.width)
          style.background = frame[x: column, y: row].backdrop
          frame[x: column, y: row] = Cell(context.glyph(edge.mark), style: style)
        }
      }
    }
  }

  /// The mark of each edge that something is beyond, and in figures what the farthest came to.
  func cutEnds(range: ClosedRange<Double>, isTalkative: Bool, palette: Palette) -> [LineEnd] {
    Edge.allCases.compactMap { edge in
      let extremes = series.compactMap { series -> (value: Double, role: Role)? in
        let value = series.buckets.compactMap(edge.extreme(of:)).max { edge.isBeyond($1, $0) }
        return value.map { ($0, series.role) }
      }
      guard let farthest = extremes.max(by: { edge.isBeyond($1.value, $0.value) }),
        edge.isBeyond(farthest.value, edge.end(of: range))
      else { return nil }
      let word = isTalkative ? edge.word + " " : ""
      return LineEnd(
        text: "\(edge.mark) \(word)\(NumberLabel.short(farthest.value))", style: palette[farthest.role],
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

    /// The value of a bucket that is farthest this way; `nil` where it has none.
    func extreme(of bucket: Bucket) -> Double? {
      let values = (self == .top ? [bucket.maximum, bucket.mean] : [bucket.minimum, bucket.mean]).filter(\.isFinite)
      return values.max(by: { isBeyond($1, $0) })
    }
  }
}
