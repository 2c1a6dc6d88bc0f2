// The built program, started as a person would start it: another process with arguments, an environment and pipes.

import Glibc
import Synchronization
import TestSupport
import Testing

/// What a process has left behind.
struct Outcome {
  /// As shells count: 128 + n for signal n.
  var status: Int32
  var output: String
  var errors: String

  var lines: [String] { output.split(separator: "\n").map(String.init) }
}

enum Program {
  /// Beside the tests, where the build puts it.
  static let path: String = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let tests = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return tests.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/gantui"
  }()

  /// A world without the data, the terminal and the locale of whoever runs the tests.
  static let environment = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
    "GANTUI_DATA": "",
  ]

  /// Runs the program to its end.
  static func run(_ arguments: String..., environment: [String: String] = environment) throws -> Outcome {
    try Running(path, arguments, environment: environment).finish()
  }
}

/// A process under way. Its input is empty; what it writes comes back here.
final class Running {
  private let process: pid_t
  private let output: Int32
  private let errors: Int32
  /// Where the process leaves its runs unless it is told a place, gone with this.
  private let state = Folder()
  /// The pipes that are not at their end.
  private var open: [Int32]
  private var written: [Int32: [UInt8]] = [:]

  /// Seconds after which a process that says nothing is taken to hang; only a failing test gets there.
  private static let patience: Int32 = 60
  /// From pipes to their inheritance by one process and no other.
  private static let starting = Mutex(())

  struct CannotStart: Error, CustomStringConvertible {
    let description: String
  }
  struct Hanging: Error {}

  init(_ path: String, _ arguments: [String], environment: [String: String]) throws {
    let own = ["XDG_STATE_HOME": state.path].merging(environment) { _, given in given }
    let start = Self.starting.withLock { _ in Self.start(path, arguments, own) }
    guard start.code == 0 else {
      throw CannotStart(description: "\(path) cannot be started: \(String(cString: strerror(start.code)))")
    }
    (process, output, errors) = (start.process, start.output, start.errors)
    open = [output, errors]
  }

  deinit { for descriptor in open { close(descriptor) } }

  private static func start(
    _ path: String, _ arguments: [String], _ environment: [String: String]
  ) -> (code: Int32, process: pid_t, output: Int32, errors: Int32) {
    var (output, errors): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard pipe(&output) == 0, pipe(&errors) == 0 else { return (errno, 0, 0, 0) }
    for descriptor in output + errors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO)
    // The threads that tests run on block signals; a shell starts its programs without that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let arguments = ([path] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, path, &actions, &attributes, arguments, variables)
    close(output[1])
    close(errors[1])
    return (code, process, output[0], errors[0])
  }

  func send(_ signal: Int32) { kill(process, signal) }

  /// Closes the pipe that the process writes into, as `head` does.
  func stopReading() {
    close(output)
    open.removeAll { $0 == output }
  }

  /// Waits for a whole line that contains `text`.
  func line(containing text: String) throws -> String {
    while true {
      let lines = self.text(output).split(separator: "\n", omittingEmptySubsequences: false)
      if let line = lines.dropLast().first(where: { $0.contains(text) }) { return String(line) }
      try #require(try collect(), "the program ended without a line that contains “\(text)”")
    }
  }

  /// Reads all that comes and waits for the end.
  func finish() throws -> Outcome {
    while try collect() {}
    var status: Int32 = 0
    waitpid(process, &status, 0)
    let signal = status & 0x7F
    return Outcome(
      status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: text(output), errors: text(errors))
  }

  private func text(_ descriptor: Int32) -> String { String(decoding: written[descriptor, default: []], as: UTF8.self) }

  /// Takes what has been written; false at the end of all pipes.
  private func collect() throws -> Bool {
    guard !open.isEmpty else { return false }
    var waiting = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&waiting, nfds_t(waiting.count), Self.patience * 1000) > 0 else {
      kill(process, SIGKILL)
      throw Hanging()
    }
    for pipe in waiting where pipe.revents != 0 {
      let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
        count = max(0, read(pipe.fd, buffer.baseAddress, buffer.count))
      }
      written[pipe.fd, default: []] += bytes
      if bytes.isEmpty {
        close(pipe.fd)
        open.removeAll { $0 == pipe.fd }
      }
    }
    return true
  }
}
