// Colour numbers and pairs, as ncurses wants them.

import NCursesBackend
import TerminalUI
import Testing

/// How many colour numbers there are in true colour: the palette, and 24 bits.
private let everyColour: Int32 = 256 + (1 << 24)

@Suite struct ColourTests {
  @Test(
    "each colour has the number that the terminal knows it by",
    arguments: [
      (.terminal, .trueColour, everyColour, -1),
      (.ansi(9), .trueColour, everyColour, 9),
      (.indexed(200), .trueColour, everyColour, 200),
      (.rgb(red: 0, green: 0, blue: 0), .trueColour, everyColour, 256),
      (.rgb(red: 1, green: 2, blue: 3), .trueColour, everyColour, 256 + 0x010203),
      (.rgb(red: 255, green: 0, blue: 0), .indexed256, 256, 196),
      (.rgb(red: 255, green: 0, blue: 0), .ansi16, 16, 9),
      (.rgb(red: 255, green: 0, blue: 0), .ansi16, 8, 1),
      (.indexed(196), .ansi16, 16, 9),
      (.ansi(12), .ansi16, 8, 4),
      (.ansi(12), .monochrome, 0, -1),
    ] as [(Colour, ColourDepth, Int32, Int32)])
  func numbers(colour: Colour, depth: ColourDepth, count: Int32, expected: Int32) {
    #expect(ColourNumbers(depth: depth, count: count).number(of: colour) == expected)
  }

  @Test("of eight colours, what is secondary is dimmed instead of black, and what is bright is bold")
  func eight() {
    let (eight, sixteen) = (ColourNumbers(depth: .ansi16, count: 8), ColourNumbers(depth: .ansi16, count: 16))
    let grey = Style(foreground: .ansi(8))
    #expect(eight.style(grey) == Style(attributes: .dim))
    #expect(sixteen.style(grey) == grey)
    #expect(
      eight.style(Style(foreground: .ansi(8), background: .ansi(15)))
        == Style(foreground: .ansi(0), background: .ansi(15), attributes: .dim))
    #expect(
      eight.style(Style(foreground: .ansi(8), background: .ansi(4)))
        == Style(foreground: .ansi(7), background: .ansi(4), attributes: .dim))
    #expect(eight.style(Style(foreground: .ansi(11))) == Style(foreground: .ansi(11), attributes: .bold))
    #expect(eight.style(.plain) == .plain)
  }

  @Test("a pair of colours keeps its number until all are forgotten")
  func pairs() {
    var table = PairTable(capacity: 2)
    let (plain, red, blue, both) = (
      PairTable.Pair(foreground: .terminal, background: .terminal),
      PairTable.Pair(foreground: .ansi(1), background: .terminal),
      PairTable.Pair(foreground: .terminal, background: .ansi(4)),
      PairTable.Pair(foreground: .ansi(1), background: .ansi(4))
    )
    #expect(table.number(for: plain) == .known(0))
    #expect(table.number(for: red) == .new(1))
    #expect(table.number(for: blue) == .new(2))
    #expect(table.number(for: red) == .known(1))
    #expect(table.number(for: both) == .full)
    #expect(table.number(for: plain) == .known(0))
    table.removeAll()
    #expect(table.number(for: both) == .new(1))
  }
}
