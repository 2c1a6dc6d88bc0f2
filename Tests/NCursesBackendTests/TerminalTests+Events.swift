// What a terminal reports: keys, pastes, sizes, signals, its own end.

import Glibc
import NCursesBackend
import TerminalUI
import Testing

extension TerminalTests {
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

  @Test("it is asked for its background once, nobody waits for the answer, and that is none of the keys")
  func background() throws {
    let terminal = try tty.terminal()
    terminal.present(frame("here"))
    #expect(tty.written(upTo: "here").split(separator: "]11;?").count == 2)
    #expect(terminal.capabilities.ground == .unknown)
    tty.type("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\q")
    #expect(terminal.nextEvents() == [.ground(.light), .key(.character("q"))])
    #expect(terminal.capabilities.ground == .light)
    terminal.close()
    #expect(!tty.written(upTo: "?1049l").contains("]11;"))
  }

  @Test("an answer that comes as it is given back is not left for the shell")
  func lateAnswer() throws {
    let terminal = try tty.terminal()
    #expect(tty.written(upTo: "]11;?") != "")
    tty.type("\u{1B}]11;rgb:0/0/0\u{7}")
    terminal.close()
    var count: Int32 = 0
    _ = ioctl(tty.program, UInt(FIONREAD), &count)
    #expect(count == 0)
  }

  @Test("the Linux console and its like are asked nothing", arguments: ["linux", "vt100", "screen-256color"])
  func noQuestion(name: String) throws {
    let terminal = try tty.terminal(["TERM": name])
    defer { terminal.close() }
    terminal.present(frame("here"))
    #expect(!tty.written(upTo: "here").contains("]11;"))
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

  @Test("a signal gets through while the terminal has stopped reading, and the terminal is given back all the same")
  func stalledTerminal() throws {
    let before = tty.modes
    let terminal = try tty.terminal()
    defer { terminal.close() }
    kill(getpid(), SIGTERM)
    // Far more than a pseudo-terminal buffers, and nobody reads it.
    for number in 0..<2000 {
      terminal.present(Frame(size: terminal.size, filledWith: Cell(number.isMultiple(of: 2) ? "a" : "b")))
    }
    #expect(terminal.waitForEvents(until: .now) == [.terminate(signal: SIGTERM)])
    terminal.close()
    #expect(tty.modes == before)
    #expect(tty.written(upTo: "\u{1B}[?1049l") != "", "it reads again")
  }

  @Test("a terminal that knows no control sequences of xterm is sent none")
  func oldTerminal() throws {
    let terminal = try tty.terminal(["TERM": "vt52"])
    terminal.present(frame("here"))
    terminal.hearsMouse = true
    terminal.copy("here")
    terminal.close()
    tty.echo("the end")
    let bytes = tty.written(upTo: "the end")
    #expect(bytes.contains("here") && !bytes.contains("["), "\(bytes.debugDescription)")
  }

  @Test("a terminal of any size is drawn on, as far as there is memory for it")
  func hugeTerminal() throws {
    tty.resize(to: Size(width: 65535, height: 65535))
    let terminal = try tty.terminal()
    defer { terminal.close() }
    #expect(terminal.size == Size(width: 2000, height: 1000))
    tty.resize(to: Size(width: 30, height: 65535))
    kill(getpid(), SIGWINCH)
    #expect(terminal.nextEvents() == [.resize(Size(width: 30, height: 1000))])
  }
}
