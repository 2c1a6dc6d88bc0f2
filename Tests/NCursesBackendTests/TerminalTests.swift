// The backend at a real (pseudo-)terminal. One at a time: ncurses, like the terminal, is one to a process.

import Glibc
import NCursesBackend
import TerminalUI
import Testing

@Suite(.serialized) struct TerminalTests {
  let tty = PseudoTerminal()

  func frame(_ text: String, style: Style = .plain, size: Size = Size(width: 20, height: 6)) -> Frame {
    var frame = Frame(size: size)
    for (x, scalar) in text.unicodeScalars.enumerated() { frame[x: x, y: 1] = Cell(scalar, style: style) }
    return frame
  }

  // MARK: Drawing

  @Test("a frame arrives whole, in synchronized output, on the alternate screen")
  func firstFrame() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    terminal.present(frame("loss ▀⣿"))
    let bytes = tty.written()
    #expect(bytes.contains("\u{1B}[?1049h"))
    #expect(bytes.contains("\u{1B}[?2026h"))
    #expect(bytes.contains("loss ▀⣿"))
  }

  @Test("the same frame again costs nothing, and a changed cell a few bytes")
  func differences() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    terminal.present(frame("step 41"))
    _ = tty.written()
    let before = terminal.bytesWritten
    terminal.present(frame("step 41"))
    #expect(terminal.bytesWritten == before)
    terminal.present(frame("step 42"))
    let bytes = tty.written()
    // One back, for the cursor stands behind the 1.
    #expect(bytes == "\u{1B}[?2026h\u{8}2\u{1B}[?2026l")
    #expect(terminal.bytesWritten == before + bytes.utf8.count)
  }

  @Test("a frame after `invalidate` is written whole")
  func invalidation() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    terminal.present(frame("all of it"))
    _ = tty.written()
    terminal.invalidate()
    terminal.present(frame("all of it"))
    #expect(tty.written().contains("all of it"))
  }

  @Test("the last cell of the last row is a cell like any other")
  func lastCell() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    var full = Frame(size: terminal.size, filledWith: Cell("."))
    terminal.present(full)
    _ = tty.written()
    full[x: 19, y: 5] = Cell("X")
    terminal.present(full)
    #expect(tty.written().contains("X"))
  }

  @Test("frames larger or smaller than the terminal are cut off or stand in its corner")
  func otherSizes() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    terminal.present(Frame(size: Size(width: 300, height: 100), filledWith: Cell("#")))
    #expect(tty.written().filter { $0 == "#" }.count == 120)
    terminal.present(Frame(size: Size(width: 0, height: 0)))
    #expect(!tty.written().contains("#"))
  }

  @Test(
    "a colour is sent as the terminal knows it",
    arguments: [
      (["COLORTERM": "truecolor"], "38;2;255;0;0m", "48;2;0;0;1m"),
      (["COLORTERM": "truecolor", "TERM": "tmux-256color"], "38;2;255;0;0m", "48;2;0;0;1m"),
      ([:], "38;5;196m", "48;5;16m"),
      (["TERM": "xterm"], "[31m", "[40m"),
    ])
  func colours(environment: [String: String], foreground: String, background: String) throws {
    let terminal = try tty.terminal(environment)
    defer { terminal.close() }
    let style = Style(
      foreground: .rgb(red: 255, green: 0, blue: 0), background: .rgb(red: 0, green: 0, blue: 1))
    terminal.present(frame("o", style: style))
    let bytes = tty.written()
    #expect(bytes.contains(foreground))
    #expect(bytes.contains(background))
  }

  @Test("named colours stay the person's own in true colour, the bright ones too")
  func namedColours() throws {
    let terminal = try tty.terminal(["COLORTERM": "truecolor"])
    defer { terminal.close() }
    terminal.present(frame("o", style: Style(foreground: .ansi(12), background: .ansi(1))))
    let bytes = tty.written()
    #expect(bytes.contains("94m"))
    #expect(bytes.contains("41m"))
  }

  @Test("without colours attributes are what is left")
  func monochrome() throws {
    let terminal = try tty.terminal(["NO_COLOR": "1"])
    defer { terminal.close() }
    terminal.present(frame("o", style: Style(foreground: .ansi(1), attributes: [.bold, .reverse])))
    let bytes = tty.written()
    #expect(bytes.contains("\u{1B}[0;1;7m") || (bytes.contains("[1m") && bytes.contains("[7m")))
    #expect(!bytes.contains("31m"))
  }

  @Test(
    "colours that the terminal is not said to have are sent all the same if they are asked for",
    arguments: [
      ("vt100", TerminalOptions.ColourMode.always, "[91m"), ("vt100", .depth(.trueColour), "38;2;255;0;0m"),
      ("xterm", .depth(.indexed256), "38;5;196m"), ("xterm-direct", .depth(.indexed256), "38;5;196m"),
      ("xterm-direct", .depth(.ansi16), "[91m"), ("xterm-256color", .depth(.ansi16), "[91m"),
    ])
  func forcedColours(terminal name: String, mode: TerminalOptions.ColourMode, sequence: String) throws {
    let terminal = try tty.terminal(["TERM": name], options: TerminalOptions(colours: mode))
    defer { terminal.close() }
    terminal.present(frame("o", style: Style(foreground: .rgb(red: 255, green: 0, blue: 0))))
    #expect(tty.written(upTo: "o").contains(sequence))
  }

  @Test("a terminal that cannot show frames at once is not told where they begin")
  func unsynchronised() throws {
    let terminal = try tty.terminal(["TERM": "linux"])
    defer { terminal.close() }
    terminal.present(frame("here"))
    #expect(!tty.written(upTo: "here").contains("2026"))
  }

  @Test("more colours than the terminal has pairs, one frame after the other, are still all shown")
  func manyPairs() throws {
    let terminal = try tty.terminal(["TERM": "xterm"])
    defer { terminal.close() }
    for background in 0..<8 as Range<UInt8> {
      var frame = Frame(size: terminal.size)
      for foreground in 0..<8 as Range<UInt8> {
        frame[x: Int(foreground), y: 0] = Cell(
          "o", style: Style(foreground: .ansi(foreground), background: .ansi(background)))
      }
      frame[x: 9, y: 0] = Cell("o", style: Style(foreground: .ansi(background)))
      terminal.present(frame)
      let bytes = tty.written()
      #expect(bytes.contains("\u{1B}[4\(background)m") || bytes.contains(";4\(background)m"))
    }
  }

  @Test("pair numbers that do not fit into a short are right")
  func highPairs() throws {
    let terminal = try tty.terminal(["COLORTERM": "truecolor"])
    defer { terminal.close() }
    // 120 cells, each of its own colour: after 300 frames more than 32,767 pairs are in use.
    for number in 0..<300 as Range<UInt16> {
      var frame = Frame(size: terminal.size)
      for place in 0..<120 {
        let colour = Colour.rgb(red: UInt8(number >> 8), green: UInt8(number & 255), blue: UInt8(place))
        frame[x: place % 20, y: place / 20] = Cell("o", style: Style(foreground: colour))
      }
      terminal.present(frame)
      let bytes = tty.written()
      for place in [0, 60, 119] {
        try #require(bytes.contains("38;2;\(number >> 8);\(number & 255);\(place)m"))
      }
    }
  }

  @Test("in a locale without UTF-8 no character is lost silently")
  func plainLocale() throws {
    let terminal = try tty.terminal(["LC_ALL": "C"])
    defer { terminal.close() }
    #expect(terminal.capabilities.glyphs == .ascii)
    terminal.present(frame("a▀b"))
    #expect(tty.written().contains("a?b"))
  }

  @Test("glyphs that are asked for are drawn in such a locale, too")
  func forcedGlyphs() throws {
    let terminal = try tty.terminal(["LC_ALL": "C"], options: TerminalOptions(glyphs: .braille))
    defer { terminal.close() }
    terminal.present(frame("a▀⣿b"))
    #expect(tty.written().contains("a▀⣿b"))
  }

  // MARK: Giving back

  @Test("`close` leaves the modes, the alternate screen and the cursor as they were, and once is enough")
  func closing() throws {
    let before = tty.modes
    let terminal = try tty.terminal()
    #expect(tty.modes != before)
    terminal.present(frame("here"))
    terminal.close()
    #expect(tty.modes == before)
    // The keypad's mode is the last to go.
    let bytes = tty.written(upTo: "\u{1B}[?1l")
    #expect(bytes.contains("\u{1B}[?25h"))
    #expect(bytes.contains("\u{1B}[?1049l"))
    terminal.close()
    #expect(tty.modes == before)
  }

  @Test("terminals that cannot be used are refused with a way out")
  func refusals() throws {
    #expect(throws: BackendError.noCursorMovement(terminal: "dumb")) { try tty.terminal(["TERM": "dumb"]) }
    var pipes: [Int32] = [-1, -1]
    pipe(&pipes)
    defer { pipes.forEach { close($0) } }
    #expect(throws: BackendError.notATerminal(stream: "input")) {
      try NCursesTerminal(environment: PseudoTerminal.environment, input: pipes[0], output: tty.program)
    }
    #expect(throws: BackendError.notATerminal(stream: "output")) {
      try NCursesTerminal(environment: PseudoTerminal.environment, input: tty.program, output: pipes[1])
    }
  }

  @Test("a terminal that nobody has described is used as xterm", arguments: ["xterm-kitty", "no-such-terminal", ""])
  func unknownTerminals(name: String) throws {
    let terminal = try tty.terminal(["TERM": name])
    defer { terminal.close() }
    #expect(terminal.capabilities.colours == .indexed256)
    terminal.present(frame("here"))
    #expect(tty.written().contains("here"))
  }
}
