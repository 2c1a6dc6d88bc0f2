// Colours that are left out because they are set already: a terminal must not see the difference.

import NCursesBackend
import Testing

@Suite struct RepeatedColoursTests {
  @Test("a colour that is set already is not sent again, in any of its forms", arguments: forms)
  func repeated(colour: String) {
    #expect(thrifty("\(colour)a\(colour)b") == "\(colour)ab")
    #expect(thrifty("\(colour)a\u{1B}[m\(colour)b") == "\(colour)a\u{1B}[m\(colour)b")
  }

  @Test("each character has the colours that it had, whatever comes before it")
  func equal() {
    let pieces = Self.forms.prefix(4) + ["\u{1B}[39;49m", "\u{1B}(B\u{1B}[0;1m", "\u{1B}[6d", "x", "▀"]
    var sequences = [""]
    for _ in 0..<5 { sequences = sequences.flatMap { start in pieces.map { start + $0 } } }
    for sequence in sequences {
      let output = thrifty(sequence)
      guard Self.looks(of: output) == Self.looks(of: sequence), output.utf8.count <= sequence.utf8.count else {
        Issue.record("\(sequence.debugDescription) became \(output.debugDescription)")
        return
      }
    }
  }

  @Test("what is cut off in the middle of a sequence stays as it is", arguments: ["\u{1B}", "\u{1B}[", "\u{1B}[38;5"])
  func cut(end: String) {
    #expect(thrifty("a" + end) == "a" + end)
  }

  /// Foreground and background by turns.
  private static let forms = [
    "\u{1B}[38;5;253m", "\u{1B}[48;5;233m", "\u{1B}[38;5;74m", "\u{1B}[44m", "\u{1B}[97m", "\u{1B}[48;2;1;2;3m",
    "\u{1B}[38:2::1:2:3m", "\u{1B}[38:5:9m",
  ]

  private func thrifty(_ text: String) -> String {
    String(decoding: Array(text.utf8).withoutRepeatedColours, as: UTF8.self)
  }

  /// Each character with what was set before it; other sequences are characters, too.
  private static func looks(of text: String) -> [[String]] {
    var (fore, back, attributes) = ("before", "before", "before")
    var looks: [[String]] = []
    var rest = text[...]
    while let first = rest.first {
      guard first == "\u{1B}", let end = rest.dropFirst().firstIndex(where: \.isLetter) else {
        looks.append([String(first), fore, back, attributes])
        rest.removeFirst()
        continue
      }
      let sequence = String(rest[...end])
      rest = rest[rest.index(after: end)...]
      switch sequence.dropFirst(2).prefix(2) {
      case "39": (fore, back) = ("none", "none")
      case "0;": (fore, back, attributes) = ("none", "none", "bold")
      case "38", "97": fore = sequence
      case "48", "44": back = sequence
      default: looks.append([sequence, fore, back, attributes])
      }
    }
    return looks
  }
}
