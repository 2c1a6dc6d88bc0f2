import TerminalUI
import Testing

@Suite("Panels")
struct PanelTests {
  private func picture(_ panel: Panel, _ width: Int, _ height: Int, glyphs: GlyphSet = .braille) -> [String] {
    var frame = Frame(size: Size(width: width + 2, height: height + 2), filledWith: Cell("."))
    let context = RenderContext(
      palette: Theme.standard.palette(for: Capabilities(colours: .monochrome, glyphs: glyphs)),
      capabilities: Capabilities(colours: .monochrome, glyphs: glyphs))
    panel.render(into: &frame, area: Rect(x: 1, y: 1, width: width, height: height), context: context)
    return frame.lines
  }

  @Test("A border with a title and a note, nothing drawn inside or outside")
  func border() {
    #expect(
      picture(Panel(title: "Losses", note: "nats"), 20, 3) == [
        "......................",
        ".╭─ Losses ── nats ─╮.",
        ".│..................│.",
        ".╰──────────────────╯.",
        "......................",
      ])
  }

  @Test("The focus shows without colour, also in ASCII")
  func focus() {
    #expect(picture(Panel(title: "D", isFocused: true), 9, 2)[1] == ".┏━ D ━━━┓.")
    #expect(picture(Panel(title: "D", isFocused: true), 9, 2, glyphs: .ascii)[1] == ".#= D ===#.")
    #expect(picture(Panel(title: "D"), 9, 2, glyphs: .ascii)[1] == ".+- D ---+.")
  }

  @Test("The note gives way first, then the title is cut")
  func narrow() {
    #expect(picture(Panel(title: "Losses", note: "nats"), 15, 2)[1] == ".╭─ Losses ────╮.")
    #expect(picture(Panel(title: "Losses", note: "nats"), 10, 2)[1] == ".╭─ Los… ─╮.")
    #expect(picture(Panel(title: "Losses", note: "nats"), 5, 2)[1] == ".╭───╮.")
  }

  @Test("Every small area is fine", arguments: 0..<5, 0..<5)
  func total(width: Int, height: Int) {
    let lines = picture(Panel(title: "Losses", note: "nats", isFocused: true), width, height)
    #expect(lines.first == String(repeating: ".", count: width + 2))
    #expect(lines.allSatisfy { $0.first == "." && $0.last == "." })
  }
}
