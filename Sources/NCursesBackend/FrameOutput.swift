// A frame reaches the terminal whole: ncurses writes to a file in memory, and the file's contents go out in one
// piece, wrapped in "synchronized output", which terminals that know it show at once, and others ignore.
//
// It also means that a terminal which has stopped reading (a stalled connection) cannot hold the loop: ncurses itself
// would retry for ever, here a signal interrupts.

import CNCurses
import Glibc

/// The way from ncurses to the terminal.
struct FrameOutput: ~Copyable {
  enum Outcome: Hashable {
    case written
    /// A signal came while the terminal was not reading; how much of the bytes it got is unknown.
    case interrupted
    /// The terminal is gone.
    case gone
  }

  /// The descriptor that ncurses writes to: the terminal, but for the moments of `collect`.
  let curses: Int32
  /// The terminal, blocking as the process got it; standard output may be captured.
  let terminal: Int32
  /// The terminal, opened anew where possible, so that not blocking stays our own affair: the flag belongs to the
  /// open file, which the shell shares.
  private let unblocked: Int32
  private let memory: Int32
  private let interrupt: Int32
  /// How many bytes have been sent so far.
  private(set) var bytesWritten = 0

  /// Bytes of a large frame: of 190×60 cells, each with two colours of 24 bits, which take 45.
  private static let largeFrame: off_t = 1 << 19

  /// What a frame is wrapped in.
  private let begin: [UInt8]
  private let end: [UInt8]

  /// - Parameters:
  ///   - output: the terminal.
  ///   - interrupt: a descriptor that becomes readable when a signal has come.
  ///   - isSynchronised: whether the terminal is told where a frame begins and ends.
  init(output: Int32, interrupt: Int32, isSynchronised: Bool) throws(BackendError) {
    self.interrupt = interrupt
    begin = isSynchronised ? Array("\u{1B}[?2026h".utf8) : []
    end = isSynchronised ? Array("\u{1B}[?2026l".utf8) : []
    terminal = fcntl(output, F_DUPFD_CLOEXEC, 3)
    curses = fcntl(output, F_DUPFD_CLOEXEC, 3)
    memory = guard_memory_file()
    let name = ttyname(output)
    let reopened = name.map { open($0, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) } ?? -1
    unblocked = reopened >= 0 ? reopened : fcntl(output, F_DUPFD_CLOEXEC, 3)
    guard terminal >= 0, curses >= 0, memory >= 0, unblocked >= 0 else {
      throw .lastFailure(of: "opening the terminal")
    }
    // A limit to the size of files holds for those in memory, too, and ncurses passes over what it cannot write.
    guard ftruncate(memory, Self.largeFrame) == 0 && ftruncate(memory, 0) == 0 else {
      throw .noRoomForFrames(reason: String(cString: strerror(errno)))
    }
  }

  deinit {
    // `curses` is closed with ncurses' stream.
    for descriptor in [terminal, unblocked, memory] { close(descriptor) }
  }

  /// Those that frames come out of.
  var descriptors: [Int32] { [curses, terminal, unblocked] }

  /// What ncurses writes while `draw` runs.
  func collect(_ draw: () -> Void) -> [UInt8] {
    dup2(memory, curses)
    draw()
    dup2(terminal, curses)
    let length = lseek(memory, 0, SEEK_CUR)
    defer { lseek(memory, 0, SEEK_SET) }
    return [UInt8](unsafeUninitializedCapacity: max(0, length)) { buffer, count in
      count = max(0, pread(memory, buffer.baseAddress, length, 0))
    }
  }

  /// Sends the bytes of a frame; nothing at all if there are none.
  mutating func send(frame: [UInt8]) -> Outcome {
    frame.isEmpty ? .written : send(begin + frame.withoutRepeatedColours + end)
  }

  /// Sends all of the bytes.
  mutating func send(_ bytes: [UInt8]) -> Outcome {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(unblocked, $0.baseAddress, $0.count) }
      if count > 0 {
        bytesWritten += count
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var waiting = [
          pollfd(fd: unblocked, events: Int16(POLLOUT), revents: 0),
          pollfd(fd: interrupt, events: Int16(POLLIN), revents: 0),
        ]
        poll(&waiting, 2, -1)
        if waiting[1].revents != 0 { return .interrupted }
        if waiting[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return .gone }
      } else if errno != EINTR {
        return .gone
      }
    }
    return .written
  }

  /// Sends the last bytes of a session. A terminal that takes nothing for 200 ms loses what it has not read yet, which
  /// makes room for what it has to read when it goes on.
  ///
  /// - Parameter isOurs: whether this process may touch the terminal.
  func sendLast(_ bytes: [UInt8], isOurs: Bool) {
    var waiting = pollfd(fd: unblocked, events: Int16(POLLOUT), revents: 0)
    let isReading = poll(&waiting, 1, 200) == 1 && waiting.revents & Int16(POLLOUT) != 0
    if isOurs && !isReading { tcflush(terminal, TCOFLUSH) }
    trySend(bytes)
  }

  /// Sends bytes without waiting for a terminal that does not read.
  func trySend(_ bytes: [UInt8]) {
    _ = write(unblocked, bytes, bytes.count)
  }
}
