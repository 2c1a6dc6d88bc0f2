// The 2-D game: D over the plane as a field of shades, real samples as single dots, generated ones as fat dots, in a
// square whose sides are equal on the screen.

package struct ScatterPlot: Widget {
  package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// The visible range of both axes.
  package var range: ClosedRange<Double>
  package var real: [Point]
  package var fake: [Point]
  /// D, 0…1, at the centres of `heatSide * heatSide` squares, rows from the largest y down. Empty: no field.
  package var heat: [Float]
  package var heatSide: Int

  package init(range: ClosedRange<Double>, real: [Point], fake: [Point], heat: [Float], heatSide: Int) {
    self.range = range
    self.real = real
    self.fake = fake
    self.heat = heat
    self.heatSide = heatSide
  }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let plot = Self.plotArea(in: area)
    guard !plot.isEmpty else { return }
    let axis = Axis(range)
    if plot.maxY < area.maxY {
      let lines = AxisLines(plot: plot, area: area, context: context)
      lines.drawLeft(axis.ticks(rows: plot.height), into: &frame)
      lines.drawBottom(axis.ticks(columns: plot.width), hasLine: true, into: &frame)
    }
    drawField(into: &frame, plot: plot, context: context)
    drawPoints(into: &frame, plot: plot, axis: axis, context: context)
  }

  /// The largest square in the middle of an area; a cell is twice as tall as wide.
  package static func plotArea(in area: Rect) -> Rect {
    let hasAxes = area.width >= 24 && area.height >= 8
    let (left, bottom) = hasAxes ? (5, 2) : (0, 0)
    let side = min(area.height - bottom, (area.width - left) / 2)
    let (width, height) = side > 0 ? (side * 2, side) : (min(area.width, 1), min(area.height, 1))
    return Rect(
      x: area.x + left + (area.width - left - width) / 2, y: area.y + (area.height - bottom - height) / 2,
      width: width, height: height)
  }

  /// A difference between the halves of a cell that the eye sees; smaller ones are not worth a glyph.
  private static let visibleStep: Float = 0.06

  private func drawField(into frame: inout Frame, plot: Rect, context: RenderContext) {
    guard heatSide > 0, heat.count >= heatSide * heatSide else { return }
    let glyphs = context.capabilities.glyphs
    let hasShades = context.capabilities.colours >= .indexed256 && context.palette.heat(level: 0)?.isShade == true
    for y in 0..<plot.height {
      for x in 0..<plot.width {
        let column = (Double(x) + 0.5) / Double(plot.width)
        let (upper, lower) = (
          level(x: column, y: (Double(y) + 0.25) / Double(plot.height)),
          level(x: column, y: (Double(y) + 0.75) / Double(plot.height))
        )
        let place = (x: plot.x + x, y: plot.y + y)
        if hasShades, let above = context.palette.heat(level: upper), let below = context.palette.heat(level: lower) {
          let isSplit = glyphs != .ascii && abs(upper - lower) > Self.visibleStep
          frame[x: place.x, y: place.y] = Cell(
            isSplit ? "▄" : " ", style: Style(foreground: below, background: above))
        } else if (upper + lower) / 2 >= 0.5 {
          var style = context.palette[.border]
          style.attributes.insert(.dim)
          frame[x: place.x, y: place.y] = Cell(glyphs == .ascii ? ":" : "░", style: style)
        }
      }
    }
  }

  /// D at a place of the unit square, from the top left, between the centres of the grid's squares.
  private func level(x: Double, y: Double) -> Float {
    func place(_ fraction: Double) -> (index: Int, next: Int, share: Float) {
      let position = min(max(fraction * Double(heatSide) - 0.5, 0), Double(heatSide - 1))
      return (Int(position), min(Int(position) + 1, heatSide - 1), Float(position - position.rounded(.down)))
    }
    let (column, row) = (place(x), place(y))
    func mix(_ index: Int) -> Float {
      let (left, right) = (heat[index * heatSide + column.index], heat[index * heatSide + column.next])
      return left + (right - left) * column.share
    }
    let (above, below) = (mix(row.index), mix(row.next))
    return above + (below - above) * row.share
  }

  private func drawPoints(into frame: inout Frame, plot: Rect, axis: Axis, context: RenderContext) {
    func places(_ points: [Point]) -> [PlotCanvas.Point] {
      points.map { .init(x: axis.fraction(of: $0.x), y: axis.fraction(of: $0.y)) }
        .filter { (0...1).contains($0.x) && (0...1).contains($0.y) }
    }
    var fakeStyle = context.palette[.modelDensity]
    fakeStyle.attributes.insert(.bold)
    let realStyle = context.palette[.text]
    guard context.capabilities.glyphs == .braille else {
      let (dot, bullet): (Unicode.Scalar, Unicode.Scalar) =
        context.capabilities.glyphs == .ascii ? (".", "o") : ("·", "•")
      for (points, glyph, style) in [(places(real), dot, realStyle), (places(fake), bullet, fakeStyle)] {
        for point in points {
          let column = plot.x + Axis.cell(of: point.x, among: plot.width)
          let row = plot.maxY - 1 - Axis.cell(of: point.y, among: plot.height)
          var style = style
          style.background = frame[x: column, y: row].backdrop
          frame[x: column, y: row] = Cell(glyph, style: style)
        }
      }
      return
    }
    var canvas = PlotCanvas(size: plot.size, glyphs: .braille)
    let realLayer = canvas.addLayer(realStyle)
    let fakeLayer = canvas.addLayer(fakeStyle)
    for point in places(real) { canvas.plot(point, layer: realLayer) }
    let (dx, dy) = (1 / Double(canvas.width), 1 / Double(canvas.height))
    for point in places(fake) {
      for (x, y) in [(0, 0), (dx, 0), (0, dy), (dx, dy)] {
        canvas.plot(.init(x: point.x + x, y: point.y + y), layer: fakeLayer)
      }
    }
    canvas.draw(into: &frame, at: plot)
  }
}

extension Colour {
  /// Whether it can be quiet enough for points to stand on; the sixteen named colours are as loud as the points.
  fileprivate var isShade: Bool {
    switch self {
    case .terminal, .ansi: false
    case .indexed, .rgb: true
    }
  }
}
