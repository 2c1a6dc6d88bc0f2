// The 2-D game: D over the plane as a field of shades, generated samples as fat dots, and a ring around every cell with
// real ones, which are few and narrow and would be lost beneath the others; in a square whose sides are equal on the
// screen, beneath a legend (`ScatterPlot+Legend.swift`).

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
    if plot.y > area.y { drawLegend(into: &frame, area: area, plot: plot, context: context) }
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
    let (left, top, bottom) = hasAxes ? (5, 1, 2) : (0, 0, 0)
    let side = min(area.height - top - bottom, (area.width - left) / 2)
    let (width, height) = side > 0 ? (side * 2, side) : (min(area.width, 1), min(area.height, 1))
    return Rect(
      x: area.x + left + (area.width - left - width) / 2,
      y: area.y + top + (area.height - top - bottom - height) / 2, width: width, height: height)
  }

  /// A difference between the halves of a cell that the eye sees; smaller ones are not worth a glyph.
  private static let visibleStep: Float = 0.06

  private func drawField(into frame: inout Frame, plot: Rect, context: RenderContext) {
    guard heatSide > 0, heat.count >= heatSide * heatSide else { return }
    let glyphs = context.capabilities.glyphs
    let hasShades = Self.hasShades(context)
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
        } else if let texture = Self.textures(context).first(where: { (upper + lower) / 2 >= $0.level }) {
          frame[x: place.x, y: place.y] = Cell(texture.glyph, style: context.palette[.dim])
        }
      }
    }
  }

  /// Whether D is a shade; else it is a texture.
  static func hasShades(_ context: RenderContext) -> Bool {
    context.capabilities.colours >= .indexed256 && context.palette.heat(level: 0)?.isShade == true
  }

  /// What D is drawn as from which level on, where there are no shades.
  static func textures(_ context: RenderContext) -> [(level: Float, name: String, glyph: Unicode.Scalar)] {
    context.capabilities.glyphs == .ascii
      ? [(0.75, "0.75", "%"), (0.5, "0.5", ":"), (0.25, "0.25", ".")]
      : [(0.75, "¾", "▒"), (0.5, "½", "░"), (0.25, "¼", "·")]
  }

  /// What a cell with real samples, with generated ones, and with both is drawn as; `nil` for dots of braille.
  static func marks(_ glyphs: GlyphSet) -> (real: Unicode.Scalar, fake: Unicode.Scalar?, both: Unicode.Scalar) {
    switch glyphs {
    case .ascii: ("+", "o", "@")
    case .block, .quadrant: ("+", "•", "@")
    case .braille: ("○", nil, "◉")
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
    let (realStyle, fakeStyle) = Self.styles(context.palette)
    let marks = Self.marks(context.capabilities.glyphs)
    if marks.fake == nil {
      var canvas = PlotCanvas(size: plot.size, glyphs: .braille)
      let layer = canvas.addLayer(fakeStyle)
      let (dx, dy) = (1 / Double(canvas.width), 1 / Double(canvas.height))
      for point in places(fake) {
        for (x, y) in [(0, 0), (dx, 0), (0, dy), (dx, dy)] {
          canvas.plot(.init(x: point.x + x, y: point.y + y), layer: layer)
        }
      }
      canvas.draw(into: &frame, at: plot)
    }

    func cells(_ points: [Point]) -> Set<Int> {
      Set(
        places(points).map { point in
          let row = plot.height - 1 - Axis.cell(of: point.y, among: plot.height)
          return row * plot.width + Axis.cell(of: point.x, among: plot.width)
        })
    }
    let (reals, fakes) = (cells(real), cells(fake))
    for cell in reals.union(fakes) {
      let (isReal, isFake) = (reals.contains(cell), fakes.contains(cell))
      guard let mark = isReal ? (isFake ? marks.both : marks.real) : marks.fake else { continue }
      let (x, y) = (plot.x + cell % plot.width, plot.y + cell / plot.width)
      var style = isFake ? fakeStyle : realStyle
      style.background = frame[x: x, y: y].backdrop
      frame[x: x, y: y] = Cell(mark, style: style)
    }
  }

  static func styles(_ palette: Palette) -> (real: Style, fake: Style) {
    func bold(_ role: Role) -> Style {
      var style = palette[role]
      style.attributes.insert(.bold)
      return style
    }
    return (bold(.text), bold(.modelDensity))
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
