// The legend of the density chart. Its samples are drawn by the canvases that draw the chart, so that they look the same
// on every terminal.

extension DensityChart {
  /// Draws as many entries as fit into `row`, from the plot's left edge on; where room is short, in fewer words.
  func drawLegend(into frame: inout Frame, row: Rect, context: RenderContext) {
    let isWide = row.width >= 60
    let (sampleWidth, gap, argument) = isWide ? (5, 3, "(x)") : (3, 1, "")
    var column = row.x + Self.margins(width: row.width).left
    func entry(_ name: String, draw: (inout Frame, Rect) -> Void) {
      let end = column + sampleWidth + 1 + name.unicodeScalars.count
      guard end <= row.maxX else { return }
      draw(&frame, Rect(x: column, y: row.y, width: sampleWidth, height: 1))
      frame.write(name, x: column + sampleWidth + 1, y: row.y, style: context.palette[.text], within: row)
      column = end + gap
    }

    entry("p_data") { frame, place in
      var canvas = FillCanvas(size: place.size)
      for column in 0..<place.width { canvas.fill(column: column, from: 0, to: 1, layer: 0) }
      canvas.draw(into: &frame, at: place, roles: [.dataDensity], look: .area, context: context)
    }
    entry("p_g") { drawLine(Bins([1]).steps { $0 }, .modelDensity, .thin, into: &$0, place: $1, context: context) }
    let middle: [PlotCanvas.Point?] = [.init(x: 0, y: 0.5), .init(x: 1, y: 0.5)]
    entry("D\(argument)") { drawLine(middle, .discriminatorOutput, .solid, into: &$0, place: $1, context: context) }
    entry("D*\(argument)") { drawLine(middle, .optimum, .dashed, into: &$0, place: $1, context: context) }
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
