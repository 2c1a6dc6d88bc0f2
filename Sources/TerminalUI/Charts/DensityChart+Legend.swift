// The legend of the density chart. Its samples are drawn by the canvases that draw the chart, so that they look the same
// on every terminal.

extension DensityChart {
  /// Draws all entries into `row`, from the plot's left edge on; where room is short, in fewer columns and from the
  /// row's beginning. As many as fit where even that is too much.
  func drawLegend(into frame: inout Frame, row: Rect, context: RenderContext) {
    let isWide = row.width >= 60
    let argument = isWide ? "(x)" : ""
    let names = ["p_data", "p_g", "D\(argument)", "D*\(argument)"]
    let letters = names.reduce(0) { $0 + $1.count + 1 }
    let margin = Self.margins(width: row.width).left
    let forms = isWide ? [(5, 3)] : [(3, 1), (2, 1), (1, 1)]
    func fits(_ form: (sample: Int, gap: Int), _ margin: Int) -> Bool {
      margin + letters + names.count * form.sample + (names.count - 1) * form.gap <= row.width
    }
    let start = fits(forms[0], margin) ? margin : 0
    let (sampleWidth, gap) = forms.first { fits($0, start) } ?? (1, 1)
    var column = row.x + start
    func entry(_ name: String, draw: (inout Frame, Rect) -> Void) {
      let end = column + sampleWidth + 1 + name.unicodeScalars.count
      guard end <= row.maxX else { return }
      draw(&frame, Rect(x: column, y: row.y, width: sampleWidth, height: 1))
      frame.write(name, x: column + sampleWidth + 1, y: row.y, style: context.palette[.text], within: row)
      column = end + gap
    }

    entry(names[0]) { frame, place in
      var canvas = FillCanvas(size: place.size, look: .area)
      for column in 0..<place.width { canvas.fill(column: column, from: 0, to: 1, layer: 0) }
      canvas.draw(into: &frame, at: place, roles: [.dataDensity], context: context)
    }
    entry(names[1]) { drawLine(Bins([1]).steps { $0 }, .modelDensity, .thin, into: &$0, place: $1, context: context) }
    let middle: [PlotCanvas.Point?] = [.init(x: 0, y: 0.5), .init(x: 1, y: 0.5)]
    entry(names[2]) { drawLine(middle, .discriminatorOutput, .solid, into: &$0, place: $1, context: context) }
    entry(names[3]) { drawLine(middle, .optimum, .dashed, into: &$0, place: $1, context: context) }
  }

  private func drawLine(
    _ points: [PlotCanvas.Point?], _ role: Role, _ stroke: PlotCanvas.Stroke, into frame: inout Frame, place: Rect,
    context: RenderContext
  ) {
    var canvas = PlotCanvas(size: place.size, glyphs: context.capabilities.glyphs)
    canvas.draw(points, layer: canvas.addLayer(context.palette[role], stroke: stroke))
    canvas.draw(into: &frame, at: place)
  }
}
