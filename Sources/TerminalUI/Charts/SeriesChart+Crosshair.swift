// The crosshair of a series chart: a line down through the plot at one bucket, and above the plot what is read there.

extension SeriesChart {
  /// The buckets that share the column of one of them, in a chart of this area: what a crosshair there stands on.
  package func bucketsBeside(_ index: Int, in area: Rect) -> Range<Int> {
    let count = series.first?.buckets.count ?? 0
    guard (0..<count).contains(index) else { return 0..<0 }
    let plot = plotArea(in: area)
    func isBeside(_ other: Int) -> Bool {
      Bucket.column(of: other, among: count, in: plot) == Bucket.column(of: index, among: count, in: plot)
    }
    var range = index..<(index + 1)
    while range.lowerBound > 0, isBeside(range.lowerBound - 1) { range = (range.lowerBound - 1)..<range.upperBound }
    while range.upperBound < count, isBeside(range.upperBound) { range = range.lowerBound..<(range.upperBound + 1) }
    return range
  }

  /// Draws the line beneath the curves that `drawCurves` adds, and shows in reverse what they have over it.
  func drawCrosshair(
    into frame: inout Frame, plot: Rect, context: RenderContext, drawCurves: (inout Frame) -> Void
  ) {
    let count = series.first?.buckets.count ?? 0
    guard let index = crosshair?.bucket, (0..<count).contains(index) else {
      drawCurves(&frame)
      return
    }
    let column = Bucket.column(of: index, among: count, in: plot)
    let line = context.glyph("│")
    var style = context.palette[.accent]
    for y in plot.y..<plot.maxY {
      style.background = frame[x: column, y: y].backdrop
      frame[x: column, y: y] = Cell(line, style: style)
    }
    drawCurves(&frame)
    for y in plot.y..<plot.maxY where frame[x: column, y: y].glyph != line {
      frame[x: column, y: y].style.attributes.insert(.reverse)
    }
  }

  /// The longest reading that fits.
  func drawReading(into frame: inout Frame, row: Rect, context: RenderContext) {
    guard let crosshair, !row.isEmpty else { return }
    let readings = crosshair.readings.map { pieces in
      pieces.map { Span(context.text($0.text), style: context.palette[$0.role]) }
    }
    frame.fill(row, with: Cell(style: context.palette[.text]))
    frame.write(firstFitting: readings, in: row)
  }
}
