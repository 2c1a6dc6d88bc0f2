// A real terminal with somebody in front of it: tmux on a socket of its own. It draws what the program writes, hands on
// what is typed, and tells what stands on the screen.
//
// Nobody tells a person when a screen has changed, so these tests look again and again, with rests in between. No
// outcome depends on how long that takes, but for one: who still waits after a minute, on however slow or busy a
// machine, has found a mistake.

import Glibc
import TestSupport
import Testing

final class Screen {
  /// Milliseconds between two looks.
  private static let pause: Int32 = 20
  private static let patience = Duration.seconds(60)

  let folder = Folder()

  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// Opens a terminal in which bash runs `script`, with $gantui for the program, in a folder of its own. What the
  /// script leaves on the screen stays there.
  init(_ columns: Int, _ rows: Int, _ script: String) throws {
    let setting =
      "export XDG_STATE_HOME=\(folder.path)/state gantui=\(Program.path) COLORTERM=truecolor TERM=tmux-256color LC_ALL=C.UTF-8"
    folder.write("script", Array("\(setting)\n\(script)\ncat\n".utf8))
    do {
      // A clipboard to copy to.
      try tmux(
        "start-server", ";", "set", "-g", "set-clipboard", "on", ";", "new-session", "-d", "-x", "\(columns)", "-y",
        "\(rows)", "-c", folder.path, "bash", "\(folder.path)/script")
    } catch is Running.CannotStart {
      throw Problem(description: "these tests need a terminal to test in: apt-get install tmux")
    }
  }

  deinit { close() }

  /// As if its window had been closed.
  func close() { _ = try? tmux("kill-server") }

  func resize(_ columns: Int, _ rows: Int) throws { try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)") }

  /// One size after the other, as quickly as they come.
  func resize(through sizes: [(Int, Int)]) throws {
    try tmux(sizes.flatMap { ["resize-window", "-x", "\($0.0)", "-y", "\($0.1)", ";"] })
  }

  /// Types text as it is, escape sequences included.
  func type(_ text: String) throws { try tmux("send-keys", "-l", text) }

  func paste(_ text: String, inBrackets: Bool) throws {
    folder.write("paste", Array(text.utf8))
    try tmux("load-buffer", "\(folder.path)/paste")
    try tmux(["paste-buffer", "-r"] + (inBrackets ? ["-p"] : []))
  }

  /// What the program has put there.
  func clipboard() throws -> String { try tmux("show-buffer") }

  /// Presses keys by tmux's names: `q`, `Space`, `C-z`, `Escape`.
  func press(_ keys: String...) throws {
    for key in keys { try tmux("send-keys", key) }
  }

  /// The rows without blanks at their ends.
  func text() throws -> String { try tmux("capture-pane", "-p") }

  /// One of tmux's variables: `alternate_on`, `cursor_flag`.
  func variable(_ name: String) throws -> String {
    String(try tmux("display-message", "-p", "#{\(name)}").prefix { $0 != "\n" })
  }

  /// Looks until the screen is as expected, and returns what is on it.
  @discardableResult
  func wait(for what: String, until isThere: (String) throws -> Bool) throws -> String {
    var last = ""
    return try Self.look {
      last = try text()
      return try isThere(last) ? last : nil
    } orFail: {
      "\(what): did not come; on the screen is\n\(last)"
    }
  }

  @discardableResult
  func wait(for text: String) throws -> String { try wait(for: text) { $0.contains(text) } }

  /// The process that the script has written down in a file, once it has.
  func process(namedIn file: String = "pid") throws -> pid_t {
    try Self.look {
      let text = folder.text(file)
      return text.hasSuffix("\n") ? pid_t(text.dropLast()) : nil
    } orFail: {
      "the script did not write down its process"
    }
  }

  /// Waits for the end of a process that is not ours.
  func waitForEnd(of process: pid_t) throws {
    try Self.look {
      kill(process, 0) != 0 || isZombie(process) ? () : nil
    } orFail: {
      "process \(process) goes on and on"
    }
  }

  /// Looks until something is there, at least once.
  private static func look<Sight>(_ sight: () throws -> Sight?, orFail problem: () -> String) throws -> Sight {
    let end = ContinuousClock.now + patience
    repeat {
      if let seen = try sight() { return seen }
      poll(nil, 0, pause)
    } while ContinuousClock.now < end
    throw Problem(description: problem())
  }

  /// Ended, but not yet asked for by its parent.
  private func isZombie(_ process: pid_t) -> Bool {
    // /proc/…/stat: number, name in brackets, state.
    Folder.text(at: "/proc/\(process)/stat").split(separator: ")").last?.hasPrefix(" Z") ?? true
  }

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let outcome = try Running(
      "tmux", ["-S", "\(folder.path)/tmux", "-f", "/dev/null"] + arguments, environment: Program.environment
    )
    .finish()
    guard outcome.status == 0 else { throw Problem(description: "tmux \(arguments): \(outcome.errors)") }
    return outcome.output
  }
}
