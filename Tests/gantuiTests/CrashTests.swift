// How the program ends when a signal kills it, wherever it comes from: at once, with that signal's status, and two lines.

import Glibc
import TestSupport
import Testing

@Suite("A fatal signal", .serialized)
struct CrashTests {
  private static let faults = [SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP]

  /// Runs `command` and notes how it ended, and the terminal's modes before and after.
  private func screen(_ command: String) throws -> Screen {
    try Screen(
      100, 30,
      """
      stty -a > before
      (echo $BASHPID > pid; exec \(command))
      echo "status $?"
      stty -a > after
      echo "the end"
      """)
  }

  private func expectEnd(_ screen: Screen, by signal: Int32, saying words: String) throws {
    let text = try screen.wait(for: "the end")
    #expect(text.contains("status \(128 + signal)\n"), "\(text)")
    #expect(screen.folder.text("before") == screen.folder.text("after") && screen.folder.text("after") != "")
    #expect(try screen.variable("alternate_on") == "0" && screen.variable("cursor_flag") == "1")
    let lines = text.split(separator: "\n").map(String.init)
    let index = try #require(lines.firstIndex { $0.contains("gantui ended by signal \(signal) (") }, "\(text)")
    #expect(lines[index + 1].hasPrefix(words), "\(text)")
    #expect(!text.contains("Press space"), "\(text)")
    // Nothing was drawn over the shell afterwards.
    #expect(!text.contains("╭") && !text.contains("RUNNING"), "\(text)")
  }

  @Test(
    "The live view says what happened and where the run was saved", arguments: faults + [SIGXFSZ, SIGXCPU, SIGUSR1])
  func live(signal: Int32) throws {
    let screen = try screen("$gantui toy --checkpoint-every 100 --run-dir here")
    try screen.wait(for: "RUNNING") { _ in screen.folder.names.contains("here") }
    // The second one is written when the first one has been noted.
    try screen.wait(for: "two checkpoints") { _ in
      screen.folder.text("here/metrics.ndjson").split(separator: "\n").count { $0.contains(#""event":"checkpoint""#) }
        > 1
    }
    kill(try screen.process(), signal)
    try expectEnd(screen, by: signal, saying: "Saved: step ")
  }

  @Test("gantui train says so, too", arguments: faults + [SIGQUIT, SIGXFSZ])
  func train(signal: Int32) throws {
    let screen = try screen("$gantui train toy --steps 1000000000 --every 100000000 --no-run-dir")
    try screen.wait(for: "loss D")
    kill(try screen.process(), signal)
    try expectEnd(screen, by: signal, saying: "Nothing was saved in this session.")
  }

  @Test("Ctrl-\\ ends gantui train at once")
  func quitKey() throws {
    let screen = try screen("$gantui train toy --steps 1000000000 --every 100000000 --no-run-dir")
    try screen.wait(for: "loss D")
    try screen.press("C-\\")
    try expectEnd(screen, by: SIGQUIT, saying: "Nothing was saved in this session.")
  }
}
