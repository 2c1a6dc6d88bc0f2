// A terminal without a screen: the tests sit at its other end, read what a program draws and type what it reads.

import Glibc
import NCursesBackend
import TerminalUI

final class PseudoTerminal {
  /// The end that the program gets.
  let program: Int32
  /// The name of that end, for another process.
  let path: String
  private var person: Int32
  /// What was read and not yet asked for.
  private var unread: [UInt8] = []

  init(size: Size = Size(width: 20, height: 6)) {
    var ends: (person: Int32, program: Int32) = (-1, -1)
    precondition(openpty(&ends.person, &ends.program, nil, nil, nil) == 0, "no pseudo-terminals here")
    (person, program) = ends
    // `ttyname` has one buffer for all threads, and tests run at the same time.
    var name = [CChar](repeating: 0, count: 64)
    precondition(ttyname_r(program, &name, name.count) == 0, "a pseudo-terminal without a name")
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    resize(to: size)
  }

  deinit {
    hangUp()
    close(program)
  }

  func resize(to size: Size) {
    var window = winsize(ws_row: UInt16(size.height), ws_col: UInt16(size.width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(person, UInt(TIOCSWINSZ), &window)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(person, bytes, bytes.count)
  }

  /// Writes at the program's end, after all that it has written.
  func echo(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(program, bytes, bytes.count)
  }

  /// Types as much as the terminal takes before the program reads; how many bytes.
  func typeWhatFits(_ bytes: ArraySlice<UInt8>) -> Int {
    let count = min(bytes.count, 2048)
    return bytes.prefix(count).withUnsafeBytes { max(0, write(person, $0.baseAddress, $0.count)) }
  }

  /// What has been written up to and with `mark`, as far as it was not asked for before; empty if it does not come.
  func written(upTo mark: String = "\u{1B}[?2026l") -> String {
    let mark = Array(mark.utf8)
    var searched = 0
    while true {
      if let found = unread[searched...].firstRange(of: mark) {
        defer { unread.removeFirst(found.upperBound) }
        return String(decoding: unread[..<found.upperBound], as: UTF8.self)
      }
      searched = max(0, unread.count - mark.count)
      var waiting = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
      // The time is only for a test that fails.
      guard poll(&waiting, 1, 5000) == 1 else { return "" }
      let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
        count = max(0, read(person, buffer.baseAddress, buffer.count))
      }
      guard !bytes.isEmpty else { return "" }
      unread += bytes
    }
  }

  func hangUp() {
    if person >= 0 { close(person) }
    person = -1
  }

  /// All that `stty -a` shows.
  var modes: [UInt32] {
    var modes = termios()
    tcgetattr(program, &modes)
    let characters = withUnsafeBytes(of: modes.c_cc) { $0.map(UInt32.init) }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + characters
  }

  static let environment = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]

  /// The program's side, with a terminal of today unless told otherwise.
  func terminal(
    _ changes: [String: String] = [:], options: TerminalOptions = TerminalOptions()
  ) throws -> NCursesTerminal {
    let environment = Self.environment.merging(changes) { $1 }
    return try NCursesTerminal(options: options, environment: environment, input: program, output: program)
  }
}

extension NCursesTerminal {
  /// The next events; the deadline is only for a test that fails.
  func nextEvents() -> [Event] { waitForEvents(until: .now + .seconds(5)) }
}
