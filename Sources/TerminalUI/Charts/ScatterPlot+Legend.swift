// The legend of the scatter plot: what each mark is, and which shade or texture is which value of D.

extension ScatterPlot {
  /// Draws what fits into the first row of `area`, above the plot if it is no wider than that.
  func drawLegend(into frame: inout Frame, area: Rect, plot: Rect, context: RenderContext) {
    let palette = context.palette
    let marks = Self.marks(context.capabilities.glyphs)
    let styles = Self.styles(palette)
    func entry(_ mark: Unicode.Scalar, _ style: Style, _ name: String) -> [Span] {
      [Span(String(Character(mark)), style: style), Span(" \(name)", style: palette[.text])]
    }
    let data = entry(marks.real, styles.real, "p_data")
    let model = entry(marks.fake ?? "⠶", styles.fake, "p_g")
    let both = entry(marks.both, styles.fake, "both")
    let field = Self.hasShades(context) ? shades(context) : textures(context)
    let isKnown = !heat.isEmpty
    let forms = [
      isKnown ? [data, model, both, field] : [data, model, both], isKnown ? [data, model, field] : [data, model],
      [data, model],
    ].map { entries in
      Array(entries.joined(separator: [Span(Self.gap, style: palette[.text])]))
    }
    guard let spans = forms.first(where: { Self.width(of: $0) <= area.width }) else { return }
    let isNarrow = Self.width(of: spans) <= plot.width
    let row = Rect(x: isNarrow ? plot.x : area.x, y: area.y, width: isNarrow ? plot.width : area.width, height: 1)
    frame.write(spans, in: row, alignment: isNarrow ? .left : .centre)
  }

  private static let gap = "  "

  private static func width(of spans: [Span]) -> Int { spans.reduce(0) { $0 + $1.width } }

  /// From 0 to 1, with the neutral shade in the middle.
  private func shades(_ context: RenderContext) -> [Span] {
    let half = context.capabilities.glyphs == .ascii ? "0.5" : "½"
    let text = context.palette[.text]
    func cell(_ level: Float, _ word: String) -> Span {
      Span(word, style: Style(foreground: text.foreground, background: context.palette.heat(level: level) ?? .terminal))
    }
    let lower = [Float(0), 0.125, 0.25, 0.375].map { cell($0, " ") }
    let upper = [Float(0.625), 0.75, 0.875, 1].map { cell($0, " ") }
    return [Span("D 0 ", style: text)] + lower + [cell(0.5, half)] + upper + [Span(" 1", style: text)]
  }

  /// From which value on there is which texture.
  private func textures(_ context: RenderContext) -> [Span] {
    [Span(context.text("D ≥"), style: context.palette[.text])]
      + Self.textures(context).flatMap { texture in
        [
          Span(" \(texture.name) ", style: context.palette[.text]),
          Span(String(Character(texture.glyph)), style: context.palette[.dim]),
        ]
      }
  }
}
