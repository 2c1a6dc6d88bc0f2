// What is left of the terminal when the process dies. Each test lets another process die at a terminal that this one
// looks at.

import Glibc
import NCursesBackend
import TerminalUI
import Testing

@Suite struct CrashTests {
  @Test("a trap on another thread gives the terminal back, and its message is shown")
  func trap() async throws {
    let tty = PseudoTerminal()
    let (path, before) = (tty.path, tty.modes)
    await #expect(processExitsWith: .failure) {
      [path = path as String] in
      let terminal = try Self.takenTerminal(path)
      var thread = pthread_t()
      pthread_create(&thread, nil, { _ in fatalError("the message of the trap") }, nil)
      _ = terminal.waitForEvents(until: nil)
    }
    let drawn = tty.written(upTo: "\u{1B}[?1049l")
    #expect(drawn.contains("doomed"))
    #expect(!drawn.contains("message"))
    #expect(tty.written(upTo: "the message of the trap") != "")
    #expect(tty.modes == before)
  }

  @Test("after a trap no other thread draws, and two lines say what happened and what was saved")
  func drawing() async throws {
    let tty = PseudoTerminal()
    let (path, before) = (tty.path, tty.modes)
    await #expect(processExitsWith: .failure) { [path = path as String] in
      CrashGuard.watch()
      CrashGuard.note("Saved: step 100 in a folder.")
      let terminal = try Self.takenTerminal(path)
      var thread = pthread_t()
      pthread_create(&thread, nil, { _ in fatalError("the message of the trap") }, nil)
      while true {
        for scalar in "ab".unicodeScalars { terminal.present(Frame(size: terminal.size, filledWith: Cell(scalar))) }
      }
    }
    tty.echo("the end")
    _ = tty.written(upTo: "\u{1B}[?1049l")
    let after = tty.written(upTo: "the end")
    #expect(after.contains("the message of the trap"))
    let lines = after.split(whereSeparator: \.isNewline).suffix(3)
    #expect(lines.first?.hasPrefix("gantui ended by signal ") == true, "\(after)")
    #expect(lines.dropFirst() == ["Saved: step 100 in a folder.", "the end"], "\(after)")
    #expect(!after.contains("Press space"))
    #expect(tty.modes == before)
  }

  @Test(
    "a signal that ends the process at a terminal that does not read gives its modes back",
    arguments: [SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGQUIT, SIGXCPU])
  func stalled(signal: Int32) async throws {
    let tty = PseudoTerminal()
    let (path, before) = (tty.path, tty.modes)
    let result = await #expect(processExitsWith: .failure) { [path = path as String, signal = signal as Int32] in
      CrashGuard.watch()
      let terminal = try Self.takenTerminal(path)
      let flood = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK)
      let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 4096)
      while write(flood, bytes, bytes.count) > 0 {}
      // What the terminal forwards does not end the process by itself.
      if signal == SIGQUIT { terminal.close() }
      // Tests run on threads that block signals.
      var own = sigset_t()
      sigemptyset(&own)
      sigaddset(&own, signal)
      pthread_sigmask(SIG_UNBLOCK, &own, nil)
      withExtendedLifetime(terminal) { _ = raise(signal) }
    }
    #expect(result?.exitStatus == .signal(signal))
    #expect(tty.modes == before)
    #expect(tty.written(upTo: "\u{1B}[?1049l") != "", "it reads again")
  }

  @Test("a thread that runs out of stack gives the terminal back")
  func overflow() async throws {
    let tty = PseudoTerminal()
    let (path, before) = (tty.path, tty.modes)
    await #expect(processExitsWith: .signal(SIGSEGV)) { [path = path as String] in
      let terminal = try Self.takenTerminal(path)
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        { _ in
          NCursesTerminal.guardThisThread()
          exit(Int32(CrashTests.depth(below: 0)))
        }, nil)
      _ = terminal.waitForEvents(until: nil)
    }
    #expect(tty.written(upTo: "\u{1B}[?1049l").contains("doomed"))
    #expect(tty.modes == before)
  }

  /// Calls itself until there is no stack left.
  private static func depth(below level: Int) -> Int { level < .max ? depth(below: level + 1) - 1 : level }

  @Test("the signal that killed the process is the one that its parent sees")
  func abortion() async throws {
    let tty = PseudoTerminal()
    let (path, before) = (tty.path, tty.modes)
    await #expect(processExitsWith: .signal(SIGABRT)) { [path = path as String] in
      let terminal = try Self.takenTerminal(path)
      withExtendedLifetime(terminal) { abort() }
    }
    #expect(tty.written(upTo: "\u{1B}[?1049l").contains("doomed"))
    #expect(tty.modes == before)
  }

  @Test("`exit` without `close` gives the terminal back too, and keeps its code")
  func exiting() async throws {
    let tty = PseudoTerminal()
    let (path, before) = (tty.path, tty.modes)
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
      let terminal = try Self.takenTerminal(path)
      withExtendedLifetime(terminal) { exit(7) }
    }
    #expect(tty.written(upTo: "\u{1B}[?1049l").contains("doomed"))
    #expect(tty.modes == before)
  }

  @Test("what a library prints is told line by line, and shown when the terminal is given back")
  func printing() async throws {
    let tty = PseudoTerminal()
    let path = tty.path
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
      let terminal = try Self.takenTerminal(path)
      for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
        let text = Array("1 %\r2 %\rtold by \(descriptor)\nnot finished".utf8)
        _ = write(descriptor, text, text.count)
      }
      let events = terminal.waitForEvents(until: nil)
      exit(events == [.printed(["told by 1", "told by 2"])] ? 7 : 1)
    }
    #expect(!tty.written(upTo: "\u{1B}[?1049l").contains("told"))
    #expect(tty.written(upTo: "told by 2\r\nnot finished").contains("told by 1\r\nnot finished"))
  }

  @Test("of a library that prints without end, the beginning is forgotten once it has been told")
  func endlessPrinting() async throws {
    let tty = PseudoTerminal()
    await #expect(processExitsWith: .exitCode(7)) { [path = tty.path as String] in
      let terminal = try Self.takenTerminal(path)
      let line = String(repeating: "x", count: 99) + "\n"
      let text = Array(("the first\n" + String(repeating: line, count: 30_000) + "the last\n").utf8)
      precondition(write(STDERR_FILENO, text, text.count) == text.count)
      var lines: [String] = []
      while lines.last != "the last" {
        for case .printed(let more) in terminal.waitForEvents(until: nil) { lines += more }
      }
      var file = stat()
      fstat(STDERR_FILENO, &file)
      // Blocks of 512 bytes; 3 MB were written. Without `exit`, which would show what is left to nobody.
      _exit(lines.count == 30_002 && lines[0] == "the first" && file.st_blocks * 512 < 200_000 ? 7 : 1)
    }
  }

  /// The terminal at `path`, with a frame on it; standard output and standard error are that terminal too.
  private static func takenTerminal(_ path: String) throws -> NCursesTerminal {
    let descriptor = open(path, O_RDWR | O_NOCTTY)
    for output in [STDOUT_FILENO, STDERR_FILENO] { dup2(descriptor, output) }
    let terminal = try NCursesTerminal(environment: PseudoTerminal.environment, input: descriptor, output: descriptor)
    var frame = Frame(size: terminal.size)
    for (x, scalar) in "doomed".unicodeScalars.enumerated() { frame[x: x, y: 0] = Cell(scalar) }
    terminal.present(frame)
    return terminal
  }
}
