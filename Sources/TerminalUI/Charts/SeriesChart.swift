// Quantities over the steps of training: the mean of each bucket as a line, its minimum and maximum as a tinted band, so
// that no spike vanishes however many steps share a column; without colours the lines alone, which a texture of dots would
// hide. What leaves the scale is marked at the edge.

package struct SeriesChart: Widget {
  /// What was seen of a quantity within some steps. A mean that is not finite is a gap in the line.
  package struct Bucket: Hashable, Sendable {
    package var minimum: Double
    package var mean: Double
    package var maximum: Double
    /// A NaN or an infinity was seen: marked with a cross on the axis.
    package var broken: Bool

    package init(minimum: Double, mean: Double, maximum: Double, broken: Bool = false) {
      self.minimum = minimum
      self.mean = mean
      self.maximum = maximum
      self.broken = broken
    }
  }

  package struct Series: Hashable, Sendable {
    package var role: Role
    /// A letter or a short name, said at the end of the line with the last value.
    package var label: String
    /// Of equal width in steps, oldest first.
    package var buckets: [Bucket]
    /// Whether the line is dotted rather than solid, to be told apart without colour.
    package var dotted: Bool

    package init(role: Role, label: String, buckets: [Bucket], dotted: Bool = false) {
      self.role = role
      self.label = label
      self.buckets = buckets
      self.dotted = dotted
    }
  }

  /// A value that the series are compared with: a dashed horizontal line.
  package struct Reference: Hashable, Sendable {
    package var value: Double
    package var label: String

    package init(value: Double, label: String) {
      self.value = value
      self.label = label
    }
  }

  /// The most important first: it is in front. Bands are drawn for the first two.
  package var series: [Series]
  package var references: [Reference]
  /// The steps that the buckets cover.
  package var xRange: ClosedRange<Double>
  package var xLabel: String

  package init(
    series: [Series], references: [Reference] = [], xRange: ClosedRange<Double>, xLabel: String
  ) {
    self.series = series
    self.references = references
    self.xRange = xRange
    self.xLabel = xLabel
  }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let yAxis = Axis(valueRange)
    let ends = ends(yAxis: yAxis, isTalkative: area.width >= 60, palette: context.palette)
    let layout = Layout(in: area, yAxis: yAxis, ends: ends)
    let plot = layout.plot
    guard !plot.isEmpty else { return }
    let lines = AxisLines(plot: plot, area: area, context: context)
    if layout.hasLeft { lines.drawLeft(yAxis.ticks(rows: plot.height), into: &frame) }
    if layout.hasBottom {
      let ticks = Axis(xRange.lowerBound...max(xRange.upperBound, xRange.lowerBound + 1))
        .ticks(columns: plot.width, minimumStep: 1)
      lines.drawBottom(ticks, hasLine: true, into: &frame)
      drawXLabel(right: area.maxX, row: plot.maxY + 1, after: ticks, plot: plot, into: &frame, context: context)
    }

    drawBands(into: &frame, plot: plot, yAxis: yAxis, context: context)
    drawLines(into: &frame, plot: plot, yAxis: yAxis, context: context)
    drawMarks(into: &frame, plot: plot, row: layout.hasBottom ? plot.maxY : plot.maxY - 1, context: context)
    drawCuts(into: &frame, plot: plot, range: yAxis.range, context: context)
    guard layout.hasEnds else { return }
    for (row, end) in LineEnd.rows(for: ends, among: plot.height) {
      let place = Rect(x: plot.maxX + 1, y: plot.y + row, width: area.maxX - plot.maxX - 1, height: 1)
      frame.write(context.text(end.text, width: place.width), in: place, style: end.style)
    }
  }

  private func drawBands(into frame: inout Frame, plot: Rect, yAxis: Axis, context: RenderContext) {
    var canvas = FillCanvas(size: plot.size)
    let banded = series.prefix(2)
    for (layer, series) in banded.enumerated() {
      for (column, bucket) in Bucket.spread(series.buckets, over: plot.width).enumerated() where bucket.hasExtent {
        let (low, high) = (yAxis.fraction(of: bucket.minimum), yAxis.fraction(of: bucket.maximum))
        canvas.fill(column: column, from: low, to: high, layer: layer)
      }
    }
    canvas.draw(into: &frame, at: plot, roles: banded.map(\.role), look: .band, context: context)
  }

  private func drawLines(into frame: inout Frame, plot: Rect, yAxis: Axis, context: RenderContext) {
    var canvas = PlotCanvas(size: plot.size, glyphs: context.capabilities.glyphs)
    let behind = canvas.addLayer(context.palette[.dim], stroke: .dashed)
    for reference in references {
      let y = yAxis.fraction(of: reference.value)
      canvas.draw([.init(x: 0, y: y), .init(x: 1, y: y)], layer: behind)
    }
    for series in series.reversed() {
      let layer = canvas.addLayer(context.palette[series.role], stroke: series.dotted ? .dotted : .solid)
      let buckets = Bucket.merged(series.buckets, to: canvas.width)
      let points = buckets.enumerated().map { index, bucket -> PlotCanvas.Point? in
        guard bucket.mean.isFinite else { return nil }
        return .init(
          x: Bucket.position(of: index, among: buckets.count, over: canvas.width),
          y: yAxis.fraction(of: bucket.mean))
      }
      // A single bucket covers the whole range of steps.
      let line = points.count == 1 ? points.compactMap(\.self).flatMap { [$0, .init(x: 1, y: $0.y)] } : points
      canvas.draw(line, layer: layer)
    }
    canvas.draw(into: &frame, at: plot)
  }

  private func drawMarks(into frame: inout Frame, plot: Rect, row: Int, context: RenderContext) {
    let mark: Unicode.Scalar = context.capabilities.glyphs == .ascii ? "x" : "×"
    for series in series {
      for (index, bucket) in series.buckets.enumerated() where bucket.broken {
        let position = Bucket.position(of: index, among: series.buckets.count, over: plot.width)
        let column = plot.x + Axis.cell(of: position, among: plot.width)
        frame[x: column, y: row] = Cell(mark, style: context.palette[.bad])
      }
    }
  }

  private func drawXLabel(
    right: Int, row: Int, after ticks: [Axis.Tick], plot: Rect, into frame: inout Frame, context: RenderContext
  ) {
    let used = ticks.map { plot.x + $0.start(within: plot.width) + $0.label.unicodeScalars.count }.max() ?? plot.x
    let label = context.text(xLabel)
    guard used + 1 + label.unicodeScalars.count <= right else { return }
    let room = Rect(x: used + 1, y: row, width: right - used - 1, height: 1)
    frame.write(label, in: room, style: context.palette[.dim], alignment: .right)
  }

  /// What is said at the right ends, the most important first.
  private func ends(yAxis: Axis, isTalkative: Bool, palette: Palette) -> [LineEnd] {
    let values = series.compactMap { series -> LineEnd? in
      guard let last = series.buckets.last else { return nil }
      var style = palette[last.mean.isFinite ? series.role : .bad]
      style.attributes.insert(.bold)
      let height = yAxis.fraction(of: series.buckets.last { $0.mean.isFinite }?.mean ?? yAxis.range.lowerBound)
      return LineEnd(text: "\(series.label) \(NumberLabel.short(last.mean))", style: style, height: height)
    }
    return values + cutEnds(range: yAxis.range, isTalkative: isTalkative, palette: palette)
      + references.filter(\.value.isFinite).map {
        LineEnd(text: $0.label, style: palette[.dim], height: yAxis.fraction(of: $0.value))
      }
  }
}
