// Files that the live view writes, screenshots and recordings: never over another file.

import Glibc

/// Why a file could not be written.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  /// What the system says.
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  package var description: String {
    "\(path) cannot be written: \(reason); start gantui in a folder you may write to"
  }
}

/// Where something can be added to.
package protocol Appending: AnyObject {
  var path: String { get }
  func append(_ text: String) throws(FileError)
}

package protocol FileCreating {
  /// Makes a new file, `name.ending`, `name-2.ending` and so on.
  func create(_ name: String, ending: String) throws(FileError) -> any Appending
}

package struct FileFolder: FileCreating {
  /// Empty means the current folder.
  package var path: String

  package init(path: String = "") { self.path = path }

  package func create(_ name: String, ending: String) throws(FileError) -> any Appending {
    let start = path.isEmpty ? name : "\(path)/\(name)"
    var number = 1
    while true {
      let file = start + (number == 1 ? "" : "-\(number)") + "." + ending
      if let new = try NewFile(path: file) { return new }
      number += 1
    }
  }
}

/// A file that was not there before; closed when nobody holds it any more.
private final class NewFile: Appending {
  let path: String
  private let descriptor: Int32

  /// `nil` if there is a file of that name.
  init?(path: String) throws(FileError) {
    self.path = path
    // O_EXCL: whoever else creates the file first, keeps it.
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if descriptor < 0 {
      if errno == EEXIST { return nil }
      throw FileError(path: path, reason: Self.lastError)
    }
  }

  deinit { close(descriptor) }

  func append(_ text: String) throws(FileError) {
    do throws(TextFile.Failure) {
      try TextFile.write(text, to: descriptor)
    } catch {
      throw FileError(path: path, reason: error.reason)
    }
  }

  private static var lastError: String { String(cString: strerror(errno)) }
}
