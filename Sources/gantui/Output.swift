// Bytes on their way out: standard output, standard error, and files.

import Glibc

/// Why something could not be written.
package struct OutputError: Error, Hashable, CustomStringConvertible {
  package let path: String
  /// What the system says.
  package let reason: String

  init(path: String, errno code: Int32 = errno) {
    self.path = path
    self.reason = String(cString: strerror(code))
  }

  package var description: String {
    "\(path) cannot be written: \(reason); name a file in a folder that you may write to, on a disk with room"
  }
}

enum StandardOutput {
  /// Writes at once, without a buffer, so that whoever reads along sees each line when it is there. Names of files and what
  /// stands in them are among it, so nothing that a terminal would obey gets through.
  static func write(_ text: String) { write(raw: text.harmless) }

  /// Writes JSON, of which nothing is lost: what a terminal would obey is escaped.
  static func write(json text: String) { write(raw: text.harmlessJSON) }

  /// Writes what has been made for a terminal, or in a form of its own.
  static func write(raw text: String) {
    guard let code = writeAll(Array(text.utf8), to: STDOUT_FILENO) else { return }
    // A reader that has seen enough, such as `head`, is no reason to complain. The status is that of a process
    // which SIGPIPE has ended; here that signal was being ignored.
    if code == EPIPE { exit(128 + SIGPIPE) }
    StandardError.write("Error: \(OutputError(path: "standard output", errno: code))\n")
    exit(ExitStatus.cannotWrite.rawValue)
  }

  /// Whether it is a pipe from which nobody reads any more.
  static var hasLostReader: Bool {
    var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    return poll(&output, 1, 0) > 0 && output.revents & Int16(POLLERR) != 0
  }
}

enum StandardError {
  /// Names of files and the like stand in such texts, so nothing that a terminal would obey gets through. Nobody can be
  /// told if this fails.
  static func write(_ text: String) { _ = writeAll(Array(text.harmless.utf8), to: STDERR_FILENO) }

  /// Writes what stays one line, whatever is in it.
  static func writeLine(_ text: String) { write(text.harmlessLine + "\n") }
}

/// A file named on the command line.
package struct OutputFile {
  let path: String

  package init(path: String) { self.path = path }

  /// Finds out before minutes of training whether there is a point in them.
  package func check() throws(OutputError) {
    var folder = path
    while let last = folder.last, last != "/" { folder.removeLast() }
    var information = stat()
    let isThere = stat(path, &information) == 0
    guard !isThere || information.st_mode & S_IFMT != S_IFDIR else { throw OutputError(path: path, errno: EISDIR) }
    guard access(isThere ? path : folder.isEmpty ? "." : folder, W_OK) == 0 else { throw OutputError(path: path) }
  }

  /// A file that is there already is replaced.
  package func write(_ bytes: [UInt8]) throws(OutputError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutputError(path: path) }
    let failure = writeAll(bytes, to: descriptor)
    // The last bytes may be refused as late as here.
    guard close(descriptor) == 0 else { throw OutputError(path: path) }
    if let failure { throw OutputError(path: path, errno: failure) }
  }
}

/// `nil`, or the error number that stopped it.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno != EINTR { return errno }
    rest = rest.dropFirst(max(0, count))
  }
  return nil
}
