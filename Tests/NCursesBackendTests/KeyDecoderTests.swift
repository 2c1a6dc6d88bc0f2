// Keys from what ncurses reads.

import CNCurses
import NCursesBackend
import TerminalUI
import Testing

@Suite struct KeyDecoderTests {
  private func events(in reads: [Input]...) -> [Event] {
    var decoder = KeyDecoder()
    return reads.flatMap { decoder.events(in: $0) }
  }

  private func keys(in inputs: [Input]) -> [Key] {
    events(in: inputs).compactMap { if case .key(let key) = $0 { key } else { nil } }
  }

  @Test(
    "typed characters are keys",
    arguments: [
      ("q", [Key.character("q")]), ("Q", [.character("Q")]), (" ", [.character(" ")]), ("é", [.character("é")]),
      ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]),
      ("\u{3}", [.control("c")]), ("\u{1A}", [.control("z")]), ("\u{C}", [.control("l")]), ("\u{0}", []),
      ("\u{1B}", [.escape]), ("ab", [.character("a"), .character("b")]),
    ])
  func characters(text: String, expected: [Key]) {
    #expect(keys(in: text.inputs) == expected)
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
    #expect(keys(in: [.code(code)]) == expected)
  }

  @Test(
    "a sequence that the terminal's description does not know is not typed text",
    arguments: [
      ("\u{1B}[1;5A", []), ("\u{1B}[I", []), ("\u{1B}Oq", []), ("\u{1B}[<0;3;4Mq", [Key.character("q")]),
      ("\u{1B}[200~x\u{1B}[201~y", [.character("y")]), ("\u{1B}[M !!q", [.character("q")]),
    ])
  func unknownSequences(text: String, expected: [Key]) {
    #expect(keys(in: text.inputs) == expected)
  }

  @Test("what is pasted is swallowed, in however many pieces it comes and whatever is in it")
  func pastes() {
    let paste = "\u{1B}[200~qr\u{1B}[201\u{1B}[Ay\u{3}\u{1B}[201~z".inputs
    for cut in 1..<paste.count where cut != 1 {
      #expect(events(in: Array(paste[..<cut]), Array(paste[cut...])) == [.key(.character("z"))], "cut at \(cut)")
    }
    #expect(events(in: "\u{1B}[200~".inputs + [.code(KEY_UP)] + "\u{1B}[201~q".inputs) == [.key(.character("q"))])
  }

  @Test(
    "reports of the mouse are events; releases, movements and other buttons are not",
    arguments: [
      ("\u{1B}[<0;3;4M", MouseEvent(.press, x: 2, y: 3)), ("\u{1B}[<16;300;100M", MouseEvent(.press, x: 299, y: 99)),
      ("\u{1B}[<64;1;1M", MouseEvent(.wheelUp, x: 0, y: 0)), ("\u{1B}[<65;1;1M", MouseEvent(.wheelDown, x: 0, y: 0)),
      ("\u{1B}[<0;3;4m", nil), ("\u{1B}[<35;3;4M", nil), ("\u{1B}[<2;3;4M", nil), ("\u{1B}[<0;0;4M", nil),
      ("\u{1B}[<0;3M", nil), ("\u{1B}[<;;M", nil), ("\u{1B}[<99999999999999999999;1;1M", nil),
    ] as [(String, MouseEvent?)])
  func mouse(text: String, expected: MouseEvent?) {
    let halves = (Array(text.inputs.prefix(4)), Array(text.inputs.dropFirst(4)))
    #expect(events(in: text.inputs) == (expected.map { [.mouse($0)] } ?? []))
    #expect(events(in: halves.0, halves.1) == (expected.map { [.mouse($0)] } ?? []))
  }

  @Test(
    "the terminal's answer about its background is no key, in however many pieces it comes",
    arguments: [
      ("\u{1B}]11;rgb:0000/2b2b/3636\u{1B}\\", Capabilities.Ground.dark), ("\u{1B}]11;rgb:fd/f6/e3\u{7}", .light),
      ("\u{1B}]11;rgba:ffff/ffff/ffff/8000\u{7}", .light), ("\u{1B}]11;rgb:f/f/f\u{7}", .light),
      ("\u{1B}]11;?\u{7}", nil), ("\u{1B}]11;rgb:1/2\u{1B}\\", nil), ("\u{1B}]11;rgb:zz/-1/\u{7}", nil),
    ] as [(String, Capabilities.Ground?)])
  func replies(text: String, expected: Capabilities.Ground?) {
    let inputs = (text + "q").inputs
    let answer = (expected.map { [Event.ground($0)] } ?? []) + [.key(.character("q"))]
    #expect(events(in: inputs) == answer)
    // ncurses waits for what follows an Escape that begins something.
    for cut in 2..<inputs.count {
      #expect(events(in: Array(inputs[..<cut]), Array(inputs[cut...])) == answer, "\(cut)")
    }
  }

  @Test("what only begins like an answer does not swallow the keys that follow")
  func noReplies() {
    #expect(events(in: "\u{1B}]".inputs, "q".inputs) == [.key(.character("q"))])
    #expect(events(in: "\u{1B}]11;".inputs, [.code(KEY_UP)], "q".inputs) == [.key(.up), .key(.character("q"))])
    #expect(events(in: ("\u{1B}]11;" + String(repeating: "f", count: 99)).inputs).count < 70)
    #expect(events(in: "\u{1B}]11;rgb:\u{1B}[200~x\u{1B}[201~y".inputs) == [.key(.character("y"))])
  }

  @Test("more keys at once than anybody can press do nothing, until it has been quiet; Ctrl-C always does something")
  func floods() {
    var gate = FloodGate()
    let now = ContinuousClock.now
    func typed(_ count: Int) -> [Event] { Array(repeating: .key(.character("q")), count: count) }
    #expect(gate.pass(typed(10), at: now) == typed(10))
    #expect(gate.pass(typed(1000) + [.key(.control("c")), .wake], at: now) == [.key(.control("c")), .wake])
    #expect(gate.pass(typed(5), at: now + .milliseconds(50)) == [])
    #expect(gate.pass(typed(1), at: now + .milliseconds(140)) == [])
    #expect(gate.pass(typed(1), at: now + .milliseconds(160)) == typed(1))
  }

  @Test("escape before another key is escape and that key")
  func escapeAndMore() {
    #expect(keys(in: "\u{1B}q".inputs) == [.escape, .character("q")])
    #expect(keys(in: "\u{1B}\u{1B}".inputs) == [.escape, .escape])
    #expect(keys(in: "\u{1B}".inputs + [.code(KEY_UP)]) == [.escape, .up])
  }
}

extension String {
  fileprivate var inputs: [Input] { unicodeScalars.map { .scalar($0.value) } }
}
