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

  /// The terminal at `path`, with a frame on it; standard error is that terminal too.
  private static func takenTerminal(_ path: String) throws -> NCursesTerminal {
    let descriptor = open(path, O_RDWR | O_NOCTTY)
    dup2(descriptor, STDERR_FILENO)
    let terminal = try NCursesTerminal(environment: PseudoTerminal.environment, input: descriptor, output: descriptor)
    var frame = Frame(size: terminal.size)
    for (x, scalar) in "doomed".unicodeScalars.enumerated() { frame[x: x, y: 0] = Cell(scalar) }
    terminal.present(frame)
    return terminal
  }
}
