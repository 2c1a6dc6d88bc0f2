// Files that people write for this program: themes and settings.

import Glibc
import RunFiles

package enum TextFile {
  package struct Failure: Error {
    /// `ENOENT` and its like; 0 if the system has no objection.
    var code: Int32 = 0
    var reason: String

    init(code: Int32 = 0, reason: String) {
      self.code = code
      self.reason = reason
    }

    init(_ code: Int32) {
      self.code = code
      reason = String(cString: strerror(code))
    }

    /// Whether there is no such file.
    var isAbsence: Bool { code == ENOENT || code == ENOTDIR }
  }

  /// More than anybody writes by hand.
  private static let largest = 1 << 20

  package static func text(of path: String) throws(Failure) -> String {
    let descriptor: Int32
    do throws(RegularFile.Failure) {
      descriptor = try RegularFile.open(path, O_RDONLY)
    } catch {
      throw Failure(code: error.code, reason: error.reason)
    }
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

  static func write(_ text: String, to descriptor: Int32) throws(Failure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else { throw Failure(errno) }
      bytes = bytes.dropFirst(max(0, count))
    }
  }

  /// Puts a text in the place of a file's, or makes the file and the folders that it needs. Whatever happens, a crash and
  /// a full disk included, the file has either its old text or the new one, whole.
  static func replace(_ path: String, with text: String) throws(Failure) {
    // Where a link stands, the file that it leads to is meant.
    let target = wholePath(of: path)
    let folder = target.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
    try makeFolder(folder)
    var information = stat()
    let mode = stat(target, &information) == 0 ? information.st_mode & 0o7777 : 0o644
    // In place of the six last letters mkstemp(3) puts a name that nobody has.
    var template = Array("\(target).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Failure(errno) }
    let new = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    do throws(Failure) {
      defer { close(descriptor) }
      try write(text, to: descriptor)
      guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw Failure(errno) }
      guard rename(new, target) == 0 else { throw Failure(errno) }
    } catch {
      unlink(new)
      throw error
    }
    // That the folder has the new name in it is written down, too; a file system that cannot do that loses nothing.
    let place = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard place >= 0 else { return }
    fsync(place)
    close(place)
  }

  /// The path from the root on, without links; the path itself where there is no such file.
  static func wholePath(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func makeFolder(_ path: String) throws(Failure) {
    var made = ""
    for name in path.split(separator: "/") {
      made += "/\(name)"
      guard mkdir(made, 0o755) == 0 || errno == EEXIST else { throw Failure(errno) }
    }
  }
}
