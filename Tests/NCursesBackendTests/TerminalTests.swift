// The backend at a real (pseudo-)terminal. One at a time: ncurses, like the terminal, is one to a process.

import Glibc
import NCursesBackend
import TerminalUI
import Testing

@Suite(.serialized) struct TerminalTests {
  private let tty = PseudoTerminal()

  private func frame(_ text: String, style: Style = .plain, size: Size = Size(width: 20, height: 6)) -> Frame {
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

  // MARK: Events

  @Test(
    "keys are decoded",
    arguments: [
      ("\u{1B}OA", Key.up), ("\u{1B}OB", .down), ("\u{1B}OC", .right), ("\u{1B}OD", .left), ("\u{1B}OP", .function(1)),
      ("\u{1B}[Z", .backTab), ("\u{1B}[5~", .pageUp), ("\u{1B}", .escape), ("é", .character("é")),
      ("⣿", .character("⣿")), ("\u{3}", .control("c")), ("\u{1A}", .control("z")), ("\u{13}", .control("s")),
      ("\r", .enter), ("q", .character("q")),
    ])
  func keys(typed: String, expected: Key) throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    tty.type(typed)
    #expect(terminal.nextEvents() == [.key(expected)])
  }

  @Test("keys are the terminal's own in true colour too")
  func keysInTrueColour() throws {
    let terminal = try tty.terminal(["COLORTERM": "truecolor", "TERM": "linux"])
    defer { terminal.close() }
    // Nobody but the Linux console sends F1 like this.
    tty.type("\u{1B}[[A")
    #expect(terminal.nextEvents() == [.key(.function(1))])
  }

  @Test("the mouse is only listened to on request, and never for movements")
  func mouse() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    terminal.present(frame("here"))
    #expect(!tty.written(upTo: "here").contains("?100"))
    terminal.hearsMouse = true
    #expect(tty.written(upTo: "?1006h").contains("?1000h"))
    tty.type("\u{1B}[<0;3;4M")
    #expect(terminal.nextEvents() == [.mouse(MouseEvent(.press, x: 2, y: 3))])
    terminal.hearsMouse = false
    #expect(tty.written(upTo: "?1000l").contains("?1006l"))
    terminal.hearsMouse = true
    _ = tty.written(upTo: "?1006h")
    terminal.close()
    let bytes = tty.written(upTo: "?1049l")
    #expect(bytes.contains("?1000l") && bytes.contains("?2004l"))
  }

  @Test(
    "text for the clipboard is sent as Base64",
    arguments: [("", ""), ("a", "YQ=="), ("ab", "YWI="), ("a\u{7}é", "YQfDqQ==")])
  func clipboard(text: String, payload: String) throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    terminal.copy(text)
    #expect(tty.written(upTo: "\u{7}").hasSuffix("\u{1B}]52;c;\(payload)\u{7}"))
  }

  @Test("pasted text is swallowed, however long it is, and the next key is a key")
  func paste() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    #expect(tty.written(upTo: "?2004h") != "")
    let text = Array(("\u{1B}[200~" + String(repeating: "q\rry\u{1B}[A", count: 20_000) + "\u{1B}[201~n").utf8)
    var rest = text[...]
    var events: [Event] = []
    while !rest.isEmpty {
      rest = rest.dropFirst(tty.typeWhatFits(rest))
      terminal.waker()
      events += terminal.nextEvents().filter { $0 != .wake }
    }
    while events.isEmpty { events += terminal.nextEvents().filter { $0 != .wake } }
    #expect(events == [.key(.character("n"))])
  }

  @Test("a new size is reported once and drawn for")
  func resizing() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    #expect(terminal.size == Size(width: 20, height: 6))
    let larger = Size(width: 31, height: 9)
    tty.resize(to: larger)
    kill(getpid(), SIGWINCH)
    kill(getpid(), SIGWINCH)
    #expect(terminal.nextEvents() == [.resize(larger)])
    #expect(terminal.size == larger)
    var whole = Frame(size: larger, filledWith: Cell("."))
    whole[x: 30, y: 8] = Cell("X")
    terminal.present(whole)
    #expect(tty.written().contains("X"))
  }

  @Test("a terminal that does not know its size has that of the terminal database")
  func unknownSize() throws {
    tty.resize(to: Size(width: 0, height: 0))
    let terminal = try tty.terminal()
    defer { terminal.close() }
    #expect(terminal.size == Size(width: 80, height: 24))
  }

  @Test("any number of wakes is one event")
  func waking() async throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    let wake = terminal.waker
    await withTaskGroup { group in
      for _ in 0..<100 { group.addTask { wake() } }
    }
    #expect(terminal.nextEvents() == [.wake])
    #expect(terminal.waitForEvents(until: .now) == [.timeout])
    wake()
    #expect(terminal.nextEvents() == [.wake])
  }

  @Test("a waker that outlives its terminal does nothing")
  func lateWake() throws {
    let wake: @Sendable () -> Void
    do {
      let terminal = try tty.terminal()
      wake = terminal.waker
      terminal.close()
    }
    wake()
  }

  @Test("signals that end the process are events", arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func termination(signal: Int32) throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    kill(getpid(), signal)
    #expect(terminal.nextEvents() == [.terminate(signal: signal)])
  }

  @Test("a terminal that is gone is reported once, and drawing on it does nothing")
  func hangUp() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    terminal.present(frame("here"))
    tty.hangUp()
    #expect(terminal.nextEvents() == [.hangUp])
    #expect(terminal.waitForEvents(until: .now) == [.timeout])
    terminal.present(frame("gone"))
  }

  @Test("a terminal that is gone is also noticed while drawing")
  func hangUpWhileDrawing() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    tty.hangUp()
    terminal.present(frame("gone"))
    #expect(terminal.nextEvents() == [.hangUp])
  }

  @Test("a process that is continued takes the terminal again and draws all of it")
  func continuing() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    terminal.present(frame("all of it"))
    _ = tty.written()
    kill(getpid(), SIGCONT)
    #expect(terminal.nextEvents() == [.resumed])
    terminal.present(frame("all of it"))
    let bytes = tty.written()
    #expect(bytes.contains("\u{1B}[?1049h"))
    #expect(bytes.contains("\u{1B}[?25l"))
    #expect(bytes.contains("all of it"))
    tty.type("\u{1B}OA")
    #expect(terminal.nextEvents() == [.key(.up)])
  }

  @Test("a signal gets through while the terminal has stopped reading")
  func stalledTerminal() throws {
    let terminal = try tty.terminal()
    defer { terminal.close() }
    kill(getpid(), SIGTERM)
    // Far more than a pseudo-terminal buffers, and nobody reads it.
    for number in 0..<2000 {
      terminal.present(Frame(size: terminal.size, filledWith: Cell(number.isMultiple(of: 2) ? "a" : "b")))
    }
    #expect(terminal.waitForEvents(until: .now) == [.terminate(signal: SIGTERM)])
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
