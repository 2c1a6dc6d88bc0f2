// Quantities over the steps of training: the mean of each bucket as a line, its minimum and maximum as a tinted band, so
// that no spike vanishes however many steps share a column; where there are no tints the lines alone, which a texture of
// dots would hide. What leaves the scale is marked at the edge, what is no number on the axis.

package struct SeriesChart: Widget {
  /// What was seen of a quantity within some steps. One without a finite value is a gap in the line.
  package struct Bucket: Hashable, Sendable {
    package var minimum: Double
    package var mean: Double
    package var maximum: Double
    /// How many values the mean is of.
    package var count: Int
    /// A NaN or an infinity was seen: marked with a cross on the axis.
    package var broken: Bool
    /// Where the line goes instead of through the mean; the band stays.
    package var smoothed: Double?

    package init(
      minimum: Double, mean: Double, maximum: Double, count: Int = 1, broken: Bool = false, smoothed: Double? = nil
    ) {
      self.minimum = minimum
      self.mean = mean
      self.maximum = maximum
      self.count = count
      self.broken = broken
      self.smoothed = smoothed
    }

    /// Whether anything was seen, be it no number.
    var isKnown: Bool { count > 0 || broken }

    /// Where the line goes; not finite, a gap, where no value was.
    var line: Double { mean.isFinite ? smoothed ?? mean : mean }
  }

  package struct Series: Hashable, Sendable {
    package var role: Role
    /// A letter or a short name, said at the end of the line with the last value; empty for the value alone, `nil` where
    /// nothing is to be said of the end of the line.
    package var label: String?
    /// Of equal width in steps, oldest first.
    package var buckets: [Bucket]
    /// To be told apart without colour.
    package var stroke: PlotCanvas.Stroke
    /// Put on the line here and there, where lines are many.
    package var marker: Unicode.Scalar?

    package init(
      role: Role, label: String?, buckets: [Bucket], stroke: PlotCanvas.Stroke = .solid, marker: Unicode.Scalar? = nil
    ) {
      self.role = role
      self.label = label
      self.buckets = buckets
      self.stroke = stroke
      self.marker = marker
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

  /// Words in the colour of what they are about.
  package struct Piece: Hashable, Sendable {
    package var text: String
    package var role: Role

    package init(_ text: String, _ role: Role) {
      self.text = text
      self.role = role
    }
  }

  /// A line down through the chart, and above it what the series are there.
  package struct Crosshair: Hashable, Sendable {
    /// An index into the buckets.
    package var bucket: Int
    /// The longest words first; the first that fit are said.
    package var readings: [[Piece]]

    package init(bucket: Int, readings: [[Piece]]) {
      self.bucket = bucket
      self.readings = readings
    }
  }

  /// The most important first: it is in front. Bands are drawn for the first two. All have equally many buckets.
  package var series: [Series]
  package var references: [Reference]
  /// The steps that the buckets cover.
  package var xRange: ClosedRange<Double>
  package var xLabel: String
  /// What is said after it where there is room.
  package var xNote: String
  /// The unit of the values, said beside their axis.
  package var unit: String
  package var scale: Axis.Scale
  /// What the vertical axis covers; `nil` for what the values need.
  package var fixedRange: ClosedRange<Double>?
  /// Whether the scale is made for the latest values, where the early ones would leave them little of it. Not for a game
  /// that has just begun.
  package var favoursLatest = false
  package var crosshair: Crosshair?

  package init(
    series: [Series], references: [Reference] = [], xRange: ClosedRange<Double>, xLabel: String, xNote: String = "",
    unit: String = "",
    scale: Axis.Scale = .linear, fixedRange: ClosedRange<Double>? = nil, crosshair: Crosshair? = nil
  ) {
    self.series = series
    self.references = references
    self.xRange = xRange
    self.xLabel = xLabel
    self.xNote = xNote
    self.unit = unit
    self.scale = scale
    self.fixedRange = fixedRange
    self.crosshair = crosshair
  }

  private var yAxis: Axis { Axis(fixedRange ?? valueRange, scale: scale) }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let (reading, area) = Layout.split(area, hasReading: crosshair != nil)
    let yAxis = yAxis
    let ends = ends(yAxis: yAxis, isTalkative: area.width >= 60)
    let layout = Layout(in: area, yAxis: yAxis, unit: unit, ends: ends)
    let plot = layout.plot
    drawReading(into: &frame, row: reading, context: context)
    guard !plot.isEmpty else { return }
    let lines = AxisLines(plot: plot, area: area, context: context)
    if layout.hasLeft { lines.drawLeft(layout.ticks, into: &frame) }
    if layout.hasBottom {
      drawSteps(lines, into: &frame)
      if layout.hasLeft { lines.drawUnit(unit, into: &frame) }
    }

    drawBands(into: &frame, plot: plot, yAxis: yAxis, context: context)
    drawCrosshair(into: &frame, plot: plot, context: context) {
      drawLines(into: &$0, plot: plot, yAxis: yAxis, context: context)
    }
    drawMarks(into: &frame, plot: plot, row: layout.hasBottom ? plot.maxY : plot.maxY - 1, context: context)
    drawCuts(into: &frame, plot: plot, range: yAxis.range, context: context)
    guard layout.hasEnds else { return }
    for (row, end) in LineEnd.rows(for: ends, among: plot.height) {
      let place = Rect(x: plot.maxX + 1, y: plot.y + row, width: area.maxX - plot.maxX - 1, height: 1)
      var style = context.palette[end.role]
      if end.isBold { style.attributes.insert(.bold) }
      frame.write(context.text(end.text, width: place.width), in: place, style: style)
    }
  }

  /// Where the curves are in an area.
  package func plotArea(in area: Rect) -> Rect {
    let (_, area) = Layout.split(area, hasReading: crosshair != nil)
    let yAxis = yAxis
    let ends = ends(yAxis: yAxis, isTalkative: area.width >= 60)
    return Layout(in: area, yAxis: yAxis, unit: unit, ends: ends).plot
  }

  private func drawBands(into frame: inout Frame, plot: Rect, yAxis: Axis, context: RenderContext) {
    var canvas = FillCanvas(size: plot.size, look: .band)
    let banded = series.prefix(2)
    for (layer, series) in banded.enumerated() {
      let buckets = Bucket.merged(series.buckets, to: plot.width)
      let isBanded = Self.bands(of: buckets, yAxis: yAxis, slack: 0.1 / Double(plot.height))
      let shown = zip(buckets, isBanded).map { bucket, isBanded in isBanded ? bucket : bucket.withoutExtent }
      for (column, bucket) in Bucket.graded(Bucket.spread(shown, over: plot.width)).enumerated()
      where bucket.minimum < bucket.maximum {
        let (low, high) = (yAxis.fraction(of: bucket.minimum), yAxis.fraction(of: bucket.maximum))
        canvas.fill(column: column, from: low, to: high, layer: layer)
      }
    }
    canvas.draw(into: &frame, at: plot, roles: banded.map(\.role), context: context)
  }

  /// Which buckets have a band: those whose values leave the heights that the line itself passes on its way from the
  /// bucket before to the one after. A smooth curve has none, however steep it is; single gaps between bands are closed.
  private static func bands(of buckets: [Bucket], yAxis: Axis, slack: Double) -> [Bool] {
    let lines = buckets.map { yAxis.fraction(of: $0.line) }
    let leaves = buckets.indices.map { index in
      guard buckets[index].hasExtent else { return false }
      var passed = lines[max(0, index - 1)...min(index + 1, lines.count - 1)].filter(\.isFinite)
      // A line begins and ends as if it went straight on.
      if lines.count > 1, index == 0 { passed.append(2 * lines[0] - lines[1]) }
      if lines.count > 1, index == lines.count - 1 { passed.append(2 * lines[index] - lines[index - 1]) }
      guard let lowest = passed.min(), let highest = passed.max() else { return true }
      return yAxis.fraction(of: buckets[index].minimum) < lowest - slack
        || yAxis.fraction(of: buckets[index].maximum) > highest + slack
    }
    return leaves.indices.map { index in
      leaves[index] || index > 0 && index + 1 < leaves.count && leaves[index - 1] && leaves[index + 1]
    }
  }

  private func drawLines(into frame: inout Frame, plot: Rect, yAxis: Axis, context: RenderContext) {
    var canvas = PlotCanvas(size: plot.size, glyphs: context.capabilities.glyphs)
    let behind = canvas.addLayer(context.palette[.dim], stroke: .dashed)
    for reference in references {
      let y = yAxis.fraction(of: reference.value)
      canvas.draw([.init(x: 0, y: y), .init(x: 1, y: y)], layer: behind)
    }
    for series in series.reversed() {
      let layer = canvas.addLayer(context.palette[series.role], stroke: series.stroke, isShared: series.label != nil)
      let buckets = Bucket.merged(series.buckets, to: canvas.width)
      let points = buckets.enumerated().map { index, bucket -> PlotCanvas.Point? in
        guard bucket.line.isFinite else { return nil }
        return .init(
          x: Bucket.position(of: index, among: buckets.count, over: canvas.width),
          y: yAxis.fraction(of: bucket.line))
      }
      // A single bucket covers the whole range of steps.
      let line = points.count == 1 ? points.compactMap(\.self).flatMap { [$0, .init(x: 1, y: $0.y)] } : points
      canvas.draw(line, layer: layer)
    }
    canvas.draw(into: &frame, at: plot)
    drawMarkers(into: &frame, plot: plot, yAxis: yAxis, context: context)
  }

  /// Columns between two markers of a line.
  private static let markerDistance = 16

  /// Each line's marker at equal distances, those of several lines in turn.
  private func drawMarkers(into frame: inout Frame, plot: Rect, yAxis: Axis, context: RenderContext) {
    for (index, series) in series.enumerated().reversed() {
      guard let marker = series.marker else { continue }
      var style = context.palette[series.role]
      style.attributes.insert(.bold)
      let start = Self.markerDistance * (2 * index + 1) / (2 * self.series.count)
      let columns = Bucket.spread(series.buckets, over: plot.width)
      for x in stride(from: start, to: plot.width, by: Self.markerDistance) {
        let height = yAxis.fraction(of: columns[x].line)
        guard (0...1).contains(height) else { continue }
        let row = plot.maxY - 1 - Axis.cell(of: height, among: plot.height)
        style.background = frame[x: plot.x + x, y: row].backdrop
        frame[x: plot.x + x, y: row] = Cell(marker, style: style)
      }
    }
  }

  private func drawMarks(into frame: inout Frame, plot: Rect, row: Int, context: RenderContext) {
    let mark: Unicode.Scalar = context.capabilities.glyphs == .ascii ? "x" : "×"
    for series in series {
      for (index, bucket) in series.buckets.enumerated() where bucket.broken {
        let column = Bucket.column(of: index, among: series.buckets.count, in: plot)
        frame[x: column, y: row] = Cell(mark, style: context.palette[.bad])
      }
    }
  }

  /// The ticks of the steps and, at the right of their labels, what they count: at length where that costs no more than
  /// the last few ticks.
  private func drawSteps(_ lines: AxisLines, into frame: inout Frame) {
    let (plot, area) = (lines.plot, lines.area)
    let all = Axis(xRange.lowerBound...max(xRange.upperBound, xRange.lowerBound + 1))
      .ticks(columns: plot.width, minimumStep: 1)
    func ticks(leaving width: Int) -> [Axis.Tick] {
      all.filter {
        plot.x + $0.start(within: plot.width) + $0.label.unicodeScalars.count + 1 + width <= area.maxX
      }
    }
    let note = lines.context.text("\(xLabel); \(xNote)")
    let noted = ticks(leaving: note.unicodeScalars.count)
    let isNoted = !xNote.isEmpty && noted.count >= 3 && noted.count * 3 >= all.count * 2
    let label = isNoted ? note : lines.context.text(xLabel)
    let shown = isNoted ? noted : ticks(leaving: 0)
    lines.drawBottom(shown, hasLine: true, into: &frame)
    let used = shown.map { plot.x + $0.start(within: plot.width) + $0.label.unicodeScalars.count }.max() ?? plot.x
    let room = Rect(x: used + 1, y: plot.maxY + 1, width: area.maxX - used - 1, height: 1)
    frame.write(firstFitting: [[Span(label, style: lines.context.palette[.dim])]], in: room, alignment: .right)
  }

  /// What is said at the right ends, the most important first.
  private func ends(yAxis: Axis, isTalkative: Bool) -> [LineEnd] {
    let values = series.compactMap { series -> LineEnd? in
      // A line may end before others do; one that ends in what is no number says so.
      guard let label = series.label, let last = series.buckets.last(where: \.isKnown)?.line else { return nil }
      let height = yAxis.fraction(of: series.buckets.last { $0.line.isFinite }?.line ?? yAxis.range.lowerBound)
      return LineEnd(
        text: (label.isEmpty ? "" : label + " ")
          + (isTalkative ? NumberLabel.precise(last) : NumberLabel.short(last)),
        role: last.isFinite ? series.role : .bad, isBold: true,
        height: height)
    }
    return values + cutEnds(range: yAxis.range, isTalkative: isTalkative)
      + references.filter { yAxis.fraction(of: $0.value).isFinite }.map {
        LineEnd(text: $0.label, role: .dim, height: yAxis.fraction(of: $0.value))
      }
  }
}
