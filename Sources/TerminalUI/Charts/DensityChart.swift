// The upper part of Figure 1 of "Generative Adversarial Nets" (Goodfellow et al. 2014), alive: the data's density as an
// area, the generator's as an outline, D(x) as a solid line, and the optimum D*(x) = p_data / (p_data + p_g) as a dashed
// one. Densities are read on the left, probabilities on the right.

package struct DensityChart: Widget {
  /// The visible range of x. Each array has one entry a bin of equal width over this range, in any number.
  package var range: ClosedRange<Double>
  /// p_data at the bins' centres.
  package var filled: [Double]
  /// p_g of each bin, as a density.
  package var outline: [Double]
  /// D(x) at the bins' centres, 0…1; NaN leaves a gap.
  package var discriminator: [Double]
  /// D*(x) at the bins' centres, 0…1; NaN, where neither density has mass, leaves a gap.
  package var optimum: [Double]

  package init(
    range: ClosedRange<Double>, filled: [Double], outline: [Double], discriminator: [Double], optimum: [Double]
  ) {
    self.range = range
    self.filled = filled
    self.outline = outline
    self.discriminator = discriminator
    self.optimum = optimum
  }

  /// The columns and rows of the curves in an area. It depends on the area alone, so that what is drawn beneath can keep
  /// to the same columns.
  package static func plotArea(in area: Rect) -> Rect {
    let (left, right) = margins(width: area.width)
    let top = hasLegend(area) ? 1 : 0
    let bottom = hasLine(area) ? 2 : (area.height >= 4 ? 1 : 0)
    return Rect(
      x: area.x + left, y: area.y + top, width: area.width - left - right, height: area.height - top - bottom)
  }

  /// The columns of the scales: three or four digits and a line on the left, a line and "0.5" on the right.
  static func margins(width: Int) -> (left: Int, right: Int) { width >= 24 ? (5, 4) : (0, 0) }

  private static func hasLegend(_ area: Rect) -> Bool { area.height >= 6 }
  private static func hasLine(_ area: Rect) -> Bool { area.height >= 9 }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let plot = Self.plotArea(in: area)
    guard !plot.isEmpty else { return }
    let (densities, isCut) = densityAxis
    let lines = AxisLines(plot: plot, area: area, context: context)
    if plot.x > area.x {
      lines.drawLeft(densities.ticks(rows: plot.height), into: &frame)
      lines.drawRight(probabilityTicks(rows: plot.height, context: context), role: .discriminatorOutput, into: &frame)
    }
    if plot.maxY < area.maxY {
      lines.drawBottom(Axis(range).ticks(columns: plot.width), hasLine: Self.hasLine(area), into: &frame)
    }
    if Self.hasLegend(area) { drawLegend(into: &frame, row: area.splitTop(1).top, context: context) }
    drawData(into: &frame, plot: plot, densities: densities, context: context)
    drawCurves(into: &frame, plot: plot, densities: densities, context: context)
    if isCut { markCuts(into: &frame, plot: plot, densities: densities, context: context) }
  }

  /// A generator that has collapsed has an enormous density at one place; the scale follows it up to this multiple of
  /// p_data's peak, so that p_data stays in sight.
  private static let headroom = 2.0

  private var densityAxis: (axis: Axis, isCut: Bool) {
    let data = filled.filter(\.isFinite).max() ?? 0
    let model = outline.filter(\.isFinite).max() ?? 0
    let isCut = data > 0 && model > data * Self.headroom
    let top = isCut ? data * Self.headroom : max(data, model)
    return (Axis(0...(top > 0 ? top * 1.08 : 1)), isCut)
  }

  private func probabilityTicks(rows: Int, context: RenderContext) -> [Axis.Tick] {
    let half = context.capabilities.glyphs == .ascii ? "0.5" : "½"
    let ticks = [(1.0, "1"), (0.5, half), (0, "0")].map { value, label in
      Axis.Tick(value: value, position: rows - 1 - Axis.cell(of: value, among: rows), label: label)
    }
    return rows >= 5 ? ticks : [ticks[0], ticks[2]]
  }

  private func drawData(into frame: inout Frame, plot: Rect, densities: Axis, context: RenderContext) {
    var canvas = FillCanvas(size: plot.size, look: .area)
    let curve = Bins(filled)
    for column in 0..<plot.width {
      let density = curve.value(at: (Double(column) + 0.5) / Double(plot.width))
      guard density.isFinite else { continue }
      canvas.fill(column: column, from: 0, to: densities.fraction(of: density), layer: 0)
    }
    canvas.draw(into: &frame, at: plot, roles: [.dataDensity], context: context)
  }

  private func drawCurves(into frame: inout Frame, plot: Rect, densities: Axis, context: RenderContext) {
    var canvas = PlotCanvas(size: plot.size, glyphs: context.capabilities.glyphs)
    // From the back to the front: what D does is what a person looks for first.
    let modelLayer = canvas.addLayer(context.palette[.modelDensity], stroke: .thin)
    let optimumLayer = canvas.addLayer(context.palette[.optimum], stroke: .dashed)
    let discriminatorLayer = canvas.addLayer(context.palette[.discriminatorOutput], stroke: .solid)
    canvas.draw(Bins(outline).steps(densities.fraction(of:)), layer: modelLayer)
    let places = (0..<canvas.width).map { (Double($0) + 0.5) / Double(canvas.width) }
    func curve(_ values: [Double]) -> [PlotCanvas.Point?] {
      let bins = Bins(values)
      return places.map { x in
        let y = bins.value(at: x)
        return y.isFinite ? .init(x: x, y: y) : nil
      }
    }
    canvas.draw(curve(optimum), layer: optimumLayer)
    canvas.draw(curve(discriminator), layer: discriminatorLayer)
    canvas.draw(into: &frame, at: plot)
  }

  private func markCuts(into frame: inout Frame, plot: Rect, densities: Axis, context: RenderContext) {
    var style = context.palette[.modelDensity]
    style.attributes.insert(.bold)
    for (index, density) in outline.enumerated() where densities.fraction(of: density) > 1 {
      let centre = (Double(index) + 0.5) / Double(outline.count)
      let column = plot.x + Axis.cell(of: centre, among: plot.width)
      frame[x: column, y: plot.y] = Cell(context.glyph("▲"), style: style)
    }
  }
}
