// Keys from what ncurses reads.

import CNCurses
import NCursesBackend
import TerminalUI
import Testing

@Suite struct KeyDecoderTests {
  @Test(
    "typed characters are keys",
    arguments: [
      ("q", [Key.character("q")]), ("Q", [.character("Q")]), (" ", [.character(" ")]), ("é", [.character("é")]),
      ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]),
      ("\u{3}", [.control("c")]), ("\u{1A}", [.control("z")]), ("\u{C}", [.control("l")]), ("\u{0}", []),
      ("\u{1B}", [.escape]), ("ab", [.character("a"), .character("b")]),
    ])
  func characters(text: String, expected: [Key]) {
    #expect(KeyDecoder.keys(in: text.inputs) == expected)
  }

  @Test(
    "ncurses' key numbers are keys, and those without a meaning are none",
    arguments: [
      (KEY_UP, [Key.up]), (KEY_DOWN, [.down]), (KEY_LEFT, [.left]), (KEY_RIGHT, [.right]), (KEY_PPAGE, [.pageUp]),
      (KEY_NPAGE, [.pageDown]), (KEY_HOME, [.home]), (KEY_END, [.end]), (KEY_BTAB, [.backTab]), (KEY_ENTER, [.enter]),
      (KEY_BACKSPACE, [.backspace]), (KEY_F0 + 1, [.function(1)]), (KEY_F0 + 12, [.function(12)]), (KEY_MOUSE, []),
      (KEY_RESIZE, []),
    ])
  func codes(code: Int32, expected: [Key]) {
    #expect(KeyDecoder.keys(in: [.code(code)]) == expected)
  }

  @Test(
    "a sequence that the terminal's description does not know is not typed text",
    arguments: [
      ("\u{1B}[1;5A", []), ("\u{1B}[I", []), ("\u{1B}Oq", []), ("\u{1B}[<0;3;4Mq", [Key.character("q")]),
      ("\u{1B}[200~x\u{1B}[201~", [.character("x")]),
    ])
  func unknownSequences(text: String, expected: [Key]) {
    #expect(KeyDecoder.keys(in: text.inputs) == expected)
  }

  @Test("escape before another key is escape and that key")
  func escapeAndMore() {
    #expect(KeyDecoder.keys(in: "\u{1B}q".inputs) == [.escape, .character("q")])
    #expect(KeyDecoder.keys(in: "\u{1B}\u{1B}".inputs) == [.escape, .escape])
    #expect(KeyDecoder.keys(in: "\u{1B}".inputs + [.code(KEY_UP)]) == [.escape, .up])
  }
}

extension String {
  fileprivate var inputs: [Input] { unicodeScalars.map { .scalar($0.value) } }
}
