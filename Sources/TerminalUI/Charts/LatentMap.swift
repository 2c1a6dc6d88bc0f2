// The lower part of Figure 1 of "Generative Adversarial Nets" (Goodfellow et al. 2014): the generator as a map from
// evenly spaced z, on the axis below, to x, on the axis above. Where lines crowd above, p_g is dense.

package struct LatentMap: Widget {
  /// A latent value and where the generator puts it.
  package struct Point: Hashable, Sendable {
    package var z: Double
    package var x: Double

    package init(z: Double, x: Double) {
      self.z = z
      self.x = x
    }
  }

  package var points: [Point]
  package var xRange: ClosedRange<Double>
  package var zRange: ClosedRange<Double>

  package init(points: [Point], xRange: ClosedRange<Double>, zRange: ClosedRange<Double>) {
    self.points = points
    self.xRange = xRange
    self.zRange = zRange
  }

  /// Columns between two lines at the least, on the axis of z: closer ones would merge into an area.
  private static func spacing(_ glyphs: GlyphSet) -> Int { glyphs == .braille ? 3 : 8 }

  /// The columns are those of a `DensityChart` in an area of the same width.
  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let (left, right) = DensityChart.margins(width: area.width)
    let hasLabels = area.height >= 6
    let rows = area.height - (hasLabels ? 1 : 0)
    let map = Rect(x: area.x + left, y: area.y, width: area.width - left - right, height: rows)
    guard map.width > 0, map.height >= 3 else { return }

    let lines = Rect(x: map.x, y: map.y + 1, width: map.width, height: map.height - 2)
    let (xAxis, zAxis) = (Axis(xRange), Axis(zRange))
    let shown = shownPoints(count: map.width / Self.spacing(context.capabilities.glyphs))
    drawLines(shown, into: &frame, plot: lines, xAxis: xAxis, zAxis: zAxis, context: context)

    drawAxis("x", row: map.y, map: map, area: area, into: &frame, context: context)
    drawAxis("z", row: map.maxY - 1, map: map, area: area, into: &frame, context: context)
    let mark = context.palette[.modelDensity]
    for point in shown {
      let (x, z) = (xAxis.fraction(of: point.x), zAxis.fraction(of: point.z))
      if (0...1).contains(x) {
        let column = map.x + Axis.cell(of: x, among: map.width)
        frame[x: column, y: map.y] = Cell(context.glyph("▲"), style: mark)
      }
      if (0...1).contains(z) {
        let column = map.x + Axis.cell(of: z, among: map.width)
        frame[x: column, y: map.maxY - 1] = Cell(context.glyph("┴"), style: context.palette[.border])
      }
    }
    guard hasLabels else { return }
    for tick in zAxis.ticks(columns: map.width) {
      let start = map.x + tick.start(within: map.width)
      frame.write(context.text(tick.label), x: start, y: map.maxY, style: context.palette[.dim], within: area)
    }
  }

  /// As many of the points, evenly chosen, as can be told apart.
  private func shownPoints(count most: Int) -> [Point] {
    let finite = points.filter { $0.z.isFinite && $0.x.isFinite }
    let count = min(finite.count, max(2, most))
    guard count > 1 else { return Array(finite.prefix(count)) }
    return (0..<count).map { finite[$0 * (finite.count - 1) / (count - 1)] }
  }

  private func drawLines(
    _ points: [Point], into frame: inout Frame, plot: Rect, xAxis: Axis, zAxis: Axis, context: RenderContext
  ) {
    var canvas = PlotCanvas(size: plot.size, glyphs: context.capabilities.glyphs)
    let layer = canvas.addLayer(context.palette[.modelDensity], stroke: .thin)
    for point in points {
      canvas.draw(
        [.init(x: zAxis.fraction(of: point.z), y: 0), .init(x: xAxis.fraction(of: point.x), y: 1)], layer: layer)
    }
    canvas.draw(into: &frame, at: plot)
  }

  private func drawAxis(
    _ name: String, row: Int, map: Rect, area: Rect, into frame: inout Frame, context: RenderContext
  ) {
    let line = Rect(x: map.x, y: row, width: map.width, height: 1)
    frame.fill(line, with: Cell(context.glyph("─"), style: context.palette[.border]))
    frame.write(name, x: map.x - 2, y: row, style: context.palette[.dim], within: area)
  }
}
