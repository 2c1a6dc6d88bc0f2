import TerminalUI
import Testing

@Suite("Text on a frame")
struct TextTests {
  let wide = Rect(x: 0, y: 0, width: 12, height: 1)

  private func line(_ text: String, width: Int, alignment: Alignment = .left) -> String {
    var frame = Frame(size: Size(width: width, height: 1), filledWith: Cell("_"))
    frame.write(text, in: frame.bounds, style: .plain, alignment: alignment)
    return frame.lines[0]
  }

  @Test("What does not fit ends in an ellipsis, at every width")
  func ellipsis() {
    #expect(line("discriminator", width: 13) == "discriminator")
    #expect(line("discriminator", width: 12) == "discriminat…")
    #expect(line("discriminator", width: 2) == "d…")
    #expect(line("discriminator", width: 1) == "…")
    #expect(line("discriminator", width: 0) == "")
  }

  @Test("Text aligns left, right and in the centre of its area")
  func alignment() {
    #expect(line("ab", width: 5) == "ab___")
    #expect(line("ab", width: 5, alignment: .right) == "___ab")
    #expect(line("ab", width: 6, alignment: .centre) == "__ab__")
  }

  @Test("Nothing that a terminal would obey or that breaks columns gets into a cell")
  func sanitised() {
    let text = "a\u{1B}[2J\u{07}\u{9B}\r\n\u{202E}\u{200B}\u{301}漢👍\u{FE0F}\u{AD}z"
    let shown = line(text, width: 40)
    #expect(shown.hasPrefix("a?[2J??"))
    #expect(shown.unicodeScalars.allSatisfy { $0 == "_" || (" "..."~").contains($0) })
    #expect(shown.contains("z_"))
  }

  @Test("A message keeps its lines and its letters, and nothing in it is obeyed")
  func harmless() {
    #expect("é漢 one\n\ttwo".harmless == "é漢 one\n two")
    #expect("a\u{1B}[2Jb\u{9B}c\u{7F}\u{202E}d\r".harmless == "a?[2Jb?c??d?")
  }

  @Test(
    "Escape sequences of other programs are left out whole",
    arguments: [
      ("\u{1B}[1;31mred\u{1B}[0m", "red"), ("\u{1B}]0;title\u{07}text", "text"),
      ("\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"), ("\u{1B}7saved\u{1B}8", "saved"),
      ("cut\u{1B}[3", "cut"), ("cut\u{1B}]0;ti", "cut"), ("cut\u{1B}", "cut"), ("plain", "plain"),
    ])
  func sequences(text: String, expected: String) {
    #expect(text.withoutEscapeSequences == expected)
  }

  @Test("Characters of one column pass", arguments: "aé½λŁЖ−≈·…→│╭█▀▁░⣿•✓".unicodeScalars)
  func passes(scalar: Unicode.Scalar) {
    #expect(scalar.shown == scalar)
  }

  @Test("Writing stays within the clip, on all sides")
  func clipping() {
    var frame = Frame(size: Size(width: 6, height: 3), filledWith: Cell("_"))
    let end = frame.write(
      "abcdef", x: 0, y: 1, style: .plain, within: Rect(x: 2, y: 1, width: 2, height: 1))
    #expect(frame.lines == ["______", "__cd__", "______"])
    #expect(end == 6)
    frame.write("xyz", x: -1, y: 5, style: .plain, within: Rect(x: -9, y: -9, width: 99, height: 99))
    #expect(frame.lines == ["______", "__cd__", "______"])
  }

  @Test("Paragraphs break at blanks, long words anywhere")
  func paragraphs() {
    #expect("the data could not be read".wrapped(to: 9) == ["the data", "could not", "be read"])
    #expect("abcdefgh ij".wrapped(to: 3) == ["abc", "def", "gh", "ij"])
    #expect("one\ntwo".wrapped(to: 10) == ["one", "two"])
    #expect("anything".wrapped(to: 0) == [])
    var frame = Frame(size: Size(width: 8, height: 2))
    frame.write(paragraph: "no file at all there", in: frame.bounds, style: .plain)
    #expect(frame.lines == ["no file", "at all …"])
  }

  @Test("Folding to ASCII leaves 7-bit characters only")
  func ascii() {
    var frame = Frame(size: Size(width: 20, height: 1))
    frame.write("−log 4 ≈ 1 · ╭─╮ ½", in: frame.bounds, style: .plain)
    frame.foldToASCII()
    #expect(frame.lines == ["-log 4 ~ 1 . +-+ ?"])
  }
}
