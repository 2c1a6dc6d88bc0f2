import TerminalUI
import Testing

@Suite("Overlays and hints")
struct OverlayTests {
  private func picture(_ widget: some Widget, _ width: Int, _ height: Int) -> [String] {
    let capabilities = Capabilities(colours: .monochrome, glyphs: .braille)
    let context = RenderContext(palette: Theme.standard.palette(for: capabilities), capabilities: capabilities)
    var frame = Frame(size: Size(width: width, height: height), filledWith: Cell("."))
    widget.render(into: &frame, area: frame.bounds, context: context)
    return frame.lines
  }

  private let help = HelpOverlay(
    title: "keys",
    lines: [.heading("Game"), .entry(key: "Space", text: "pause or resume it"), .blank, .entry(key: "q", text: "quit")])

  @Test("The help is in the middle, as large as it has to be")
  func wholeHelp() {
    #expect(
      picture(help, 33, 8) == [
        ".................................",
        "..┏━ keys ━━━━━━━━━━━━━━━━━━━━┓..",
        "..┃ Game                      ┃..",
        "..┃ Space  pause or resume it ┃..",
        "..┃                           ┃..",
        "..┃ q      quit               ┃..",
        "..┗━━━━━━━━━━━━━━━━━━━━━━━━━━━┛..",
        ".................................",
      ])
  }

  @Test("In a narrow area long lines go on below; in a low one the rest is a scroll away")
  func narrowHelp() {
    var help = help
    #expect(
      picture(help, 24, 8) == [
        "┏━ keys ━━━━━━━━━━━━━━━┓",
        "┃ Game                 ┃",
        "┃ Space  pause or      ┃",
        "┃        resume it     ┃",
        "┃                      ┃",
        "┃ q      quit          ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━┛",
        "........................",
      ])
    help.offset = 99
    #expect(
      picture(help, 40, 5) == [
        ".....┏━ keys ━━━━━━━━━━━━━━━━━━━━┓......",
        ".....┃ Space  pause or resume it ┃......",
        ".....┃                           ┃......",
        ".....┃ q      quit               ┃......",
        ".....┗━━━━━━━━━━━━━━━━━━━━━━━━━━━┛......",
      ])
    #expect(help.largestOffset(in: Rect(x: 0, y: 0, width: 40, height: 5)) == 1)
  }

  private let question = Dialog(
    question: "Reset?", brief: "Reset?", answers: [KeyHint(key: "y", label: "yes"), KeyHint(key: "n", label: "no")])

  @Test("A question stands in the middle with its answers")
  func dialog() {
    #expect(
      picture(question, 23, 6) == [
        "..┏━━━━━━━━━━━━━━━━━┓..",
        "..┃     Reset?      ┃..",
        "..┃                 ┃..",
        "..┃   y yes  n no   ┃..",
        "..┗━━━━━━━━━━━━━━━━━┛..",
        ".......................",
      ])
  }

  @Test("Without room for a border the question is still there")
  func smallDialog() {
    #expect(picture(question, 12, 2).contains { $0.hasPrefix("Reset? y/n") })
  }

  private let hints = KeyHints(
    hints: [KeyHint(key: "Space", label: "pause"), KeyHint(key: "t", label: "theme")],
    pinned: [KeyHint(key: "?", label: "help"), KeyHint(key: "q", label: "quit")])

  @Test("Hints give way from the right, the pinned ones last, the way out never")
  func hintsByRoom() {
    #expect(picture(hints, 40, 1) == ["Space pause  t theme......? help  q quit"])
    #expect(picture(hints, 30, 1) == ["Space pause.....? help  q quit"])
    #expect(picture(hints, 20, 1) == ["......? help  q quit"])
    #expect(picture(hints, 8, 1) == ["..q quit"])
    var three = hints
    three.hints.append(KeyHint(key: "s", label: "step"))
    #expect(picture(three, 43, 1) == ["Space pause t theme s step...? help  q quit"])
  }

  @Test("Every small area is fine", arguments: 0..<12, 0..<6)
  func total(width: Int, height: Int) {
    for lines in [picture(help, width, height), picture(question, width, height), picture(hints, width, height)] {
      #expect(lines.count == height)
    }
  }
}
