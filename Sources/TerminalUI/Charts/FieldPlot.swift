// Two numbers on their way through a plane: the path so far, over arrows of the field that moves them, in a square whose
// sides are equal on the screen.

package struct FieldPlot: Widget {
  package typealias Point = ScatterPlot.Point

  /// The visible range of both axes.
  package var range: ClosedRange<Double>
  package var axisTitles: (x: String, y: String)
  /// From the start to now.
  package var path: [Point]
  /// Where it should arrive.
  package var goal: Point
  /// The field at `fieldSide * fieldSide` places, rows from the largest y down.
  package var field: [Point]
  package var fieldSide: Int

  package init(
    range: ClosedRange<Double>, axisTitles: (x: String, y: String), path: [Point], goal: Point, field: [Point],
    fieldSide: Int
  ) {
    self.range = range
    self.axisTitles = axisTitles
    self.path = path
    self.goal = goal
    self.field = field
    self.fieldSide = fieldSide
  }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let plot = ScatterPlot.plotArea(in: area)
    guard !plot.isEmpty else { return }
    let axis = Axis(range)
    if plot.maxY < area.maxY {
      let lines = AxisLines(plot: plot, area: area, context: context)
      lines.drawLeft(axis.ticks(rows: plot.height), into: &frame)
      lines.drawBottom(axis.ticks(columns: plot.width), hasLine: true, into: &frame)
      drawLegend(into: &frame, row: Rect(x: plot.x, y: plot.y - 1, width: plot.width, height: 1), context)
    }
    drawField(into: &frame, plot: plot, context)
    drawPath(into: &frame, plot: plot, axis, context)
  }

  private func drawLegend(into frame: inout Frame, row: Rect, _ context: RenderContext) {
    let palette = context.palette
    let spans = [
      Span("→ ", style: palette[.dim]), Span(axisTitles.x, style: palette[.generator]),
      Span("  ↑ ", style: palette[.dim]), Span(axisTitles.y, style: palette[.discriminator]),
      Span("  ○ start  ● now  + goal", style: palette[.dim]),
    ]
    frame.write(
      firstFitting: [spans, Array(spans.prefix(4))].map { form in
        form.map { Span(context.text($0.text), style: $0.style) }
      }, in: row)
  }

  /// One arrow in so many cells, sideways and downwards: a cell is twice as tall as wide.
  private static let pitch = (x: 4, y: 2)
  /// By eighths of a turn, beginning to the right.
  private static let arrows = Array("→↗↑↖←↙↓↘".unicodeScalars)
  private static let strokes = Array("-/|\\-/|\\".unicodeScalars)

  private func drawField(into frame: inout Frame, plot: Rect, _ context: RenderContext) {
    guard fieldSide > 0, field.count >= fieldSide * fieldSide else { return }
    let glyphs = context.capabilities.glyphs == .ascii ? Self.strokes : Self.arrows
    for y in stride(from: Self.pitch.y / 2, to: plot.height, by: Self.pitch.y) {
      for x in stride(from: Self.pitch.x / 2, to: plot.width, by: Self.pitch.x) {
        let (column, row) = (x * fieldSide / plot.width, y * fieldSide / plot.height)
        let force = field[row * fieldSide + column]
        guard let eighth = Self.eighth(force) else { continue }
        frame[x: plot.x + x, y: plot.y + y] = Cell(glyphs[eighth], style: context.palette[.border])
      }
    }
  }

  /// The direction in eighths of a turn; `nil` where there is none.
  private static func eighth(_ force: Point) -> Int? {
    guard force.x.isFinite, force.y.isFinite, force.x != 0 || force.y != 0 else { return nil }
    // tan(22.5°): within it of an axis, an arrow points along the axis.
    let slope = 0.41421356
    let (right, up) = (abs(force.x), abs(force.y))
    let horizontal = up <= slope * right
    let vertical = right <= slope * up
    return switch (force.x >= 0, force.y >= 0) {
    case (true, true): horizontal ? 0 : vertical ? 2 : 1
    case (false, true): horizontal ? 4 : vertical ? 2 : 3
    case (false, false): horizontal ? 4 : vertical ? 6 : 5
    case (true, false): horizontal ? 0 : vertical ? 6 : 7
    }
  }

  private func drawPath(into frame: inout Frame, plot: Rect, _ axis: Axis, _ context: RenderContext) {
    func place(_ point: Point) -> PlotCanvas.Point? {
      guard point.x.isFinite, point.y.isFinite else { return nil }
      return PlotCanvas.Point(x: axis.fraction(of: point.x), y: axis.fraction(of: point.y))
    }
    var canvas = PlotCanvas(size: plot.size, glyphs: context.capabilities.glyphs)
    let layer = canvas.addLayer(context.palette[.optimum], stroke: .thin)
    canvas.draw(path.map(place), layer: layer)
    canvas.draw(into: &frame, at: plot)
    let marks: [(Point?, Unicode.Scalar, Role)] = [
      (goal, "+", .good), (path.first, "○", .text), (path.last, "●", .accent),
    ]
    for (point, glyph, role) in marks {
      guard let point = point.flatMap(place), (0...1).contains(point.x), (0...1).contains(point.y) else { continue }
      let x = plot.x + Axis.cell(of: point.x, among: plot.width)
      let y = plot.y + plot.height - 1 - Axis.cell(of: point.y, among: plot.height)
      var style = context.palette[role]
      style.attributes.insert(.bold)
      frame[x: x, y: y] = Cell(context.glyph(glyph), style: style)
    }
  }
}
