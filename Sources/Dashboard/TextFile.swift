// Files that people write for this program: themes and settings.

import Glibc

enum TextFile {
  struct Unreadable: Error {
    /// `ENOENT` and its like; 0 if the system has no objection.
    var code: Int32 = 0
    var reason: String
  }

  /// More than anybody writes by hand.
  private static let largest = 1 << 20

  static func text(of path: String) throws(Unreadable) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(errno) }
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
      if let failure { throw unreadable(failure) }
      bytes += part
      if part.isEmpty { break }
      guard bytes.count <= largest else { throw Unreadable(reason: "more than \(largest) bytes") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Unreadable(reason: "not UTF-8 text") }
    return text
  }

  private static func unreadable(_ code: Int32) -> Unreadable {
    Unreadable(code: code, reason: String(cString: strerror(code)))
  }
}
