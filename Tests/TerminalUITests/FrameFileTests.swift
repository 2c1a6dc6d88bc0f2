import TerminalUI
import Testing

@Suite("Frames as files")
struct FrameFileTests {
  private func frame(_ cells: [(Unicode.Scalar, Style)]) -> Frame {
    var frame = Frame(size: Size(width: cells.count, height: 1))
    for (x, cell) in cells.enumerated() { frame[x: x, y: 0] = Cell(cell.0, style: cell.1) }
    return frame
  }

  @Test("Text has no blanks at the ends of rows and ends in a newline")
  func text() {
    var frame = Frame(size: Size(width: 6, height: 3))
    frame.write("D ▀", x: 1, y: 0, style: Style(foreground: .ansi(1)), within: frame.bounds)
    frame.write("G", x: 0, y: 2, style: .plain, within: frame.bounds)
    #expect(frame.text == " D ▀\n\nG\n")
    #expect(Frame(size: Size(width: 0, height: 0)).text == "")
  }

  @Test("Plain cells need no escape sequence")
  func plain() {
    #expect(frame([("a", .plain), ("b", .plain), (" ", .plain)]).ansi == "ab\n")
  }

  @Test("A style is said once for all its cells and ended with the row")
  func minimal() {
    let red = Style(foreground: .ansi(1), attributes: .bold)
    #expect(frame([("a", red), ("b", red), ("c", .plain)]).ansi == "\u{1B}[1;31mab\u{1B}[0mc\n")
    #expect(frame([("a", red)]).ansi == "\u{1B}[1;31ma\u{1B}[0m\n")
  }

  @Test("Only what differs between two styles is said")
  func differences() {
    let first = Style(foreground: .ansi(9), background: .indexed(17))
    let second = Style(foreground: .rgb(red: 1, green: 20, blue: 255), background: .indexed(17))
    #expect(frame([("a", first), ("b", second)]).ansi == "\u{1B}[91;48;5;17ma\u{1B}[38;2;1;20;255mb\u{1B}[0m\n")
    let bold = Style(background: .indexed(17), attributes: [.bold, .underline])
    #expect(
      frame([("a", bold), ("b", Style(background: .ansi(8), attributes: .underline))]).ansi
        == "\u{1B}[1;4;48;5;17ma\u{1B}[0;4;100mb\u{1B}[0m\n")
  }

  @Test("Blanks with a background are kept")
  func background() {
    #expect(frame([(" ", Style(background: .ansi(4)))]).ansi == "\u{1B}[44m \u{1B}[0m\n")
  }
}
