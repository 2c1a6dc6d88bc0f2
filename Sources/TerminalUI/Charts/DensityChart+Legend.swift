// The legend of the density chart. Its samples are drawn by the canvases that draw the chart, so that they look the same
// on every terminal.

extension DensityChart {
  /// In columns.
  private static let sampleWidth = 5
  private static let gap = 3

  /// Draws as many entries as fit into the first row of `row`, from the plot's left edge on.
  func drawLegend(into frame: inout Frame, row: Rect, context: RenderContext) {
    var column = row.x + Self.margins(width: row.width).left
    func entry(_ name: String, draw: (inout Frame, Rect) -> Void) {
      let end = column + Self.sampleWidth + 1 + name.unicodeScalars.count
      guard end <= row.maxX else { return }
      draw(&frame, Rect(x: column, y: row.y, width: Self.sampleWidth, height: 1))
      frame.write(name, x: end - name.unicodeScalars.count, y: row.y, style: context.palette[.text], within: row)
      column = end + Self.gap
    }

    entry("p_data") { frame, place in
      var canvas = FillCanvas(size: place.size)
      for column in 0..<place.width { canvas.fill(column: column, from: 0, to: 1, layer: 0) }
      canvas.draw(into: &frame, at: place, roles: [.dataDensity], look: .area, context: context)
    }
    entry("p_g") { drawLine(Bins([1]).steps { $0 }, .modelDensity, .thin, into: &$0, place: $1, context: context) }
    let middle: [PlotCanvas.Point?] = [.init(x: 0, y: 0.5), .init(x: 1, y: 0.5)]
    entry("D(x)") { drawLine(middle, .discriminatorOutput, .solid, into: &$0, place: $1, context: context) }
    entry("D*(x)") { drawLine(middle, .optimum, .dashed, into: &$0, place: $1, context: context) }
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
