// Files that people write for this program: themes and settings.

import Glibc

enum TextFile {
  struct Failure: Error {
    /// `ENOENT` and its like; 0 if the system has no objection.
    var code: Int32 = 0
    var reason: String

    init(reason: String) { self.reason = reason }

    init(_ code: Int32) {
      self.code = code
      reason = String(cString: strerror(code))
    }

    /// Whether there is no such file.
    var isAbsence: Bool { code == ENOENT || code == ENOTDIR }
  }

  /// More than anybody writes by hand.
  private static let largest = 1 << 20

  static func text(of path: String) throws(Failure) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      var failure: Int32?
      let part = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
        let result = read(descriptor, buffer.baseAddress, buffer.count)
        if result < 0 { failure = errno }
        count = max(0, result)
      }
      if failure == EINTR { continue }
      if let failure { throw Failure(failure) }
      bytes += part
      if part.isEmpty { break }
      guard bytes.count <= largest else { throw Failure(reason: "more than \(largest) bytes") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure(reason: "not UTF-8 text") }
    return text
  }
}
