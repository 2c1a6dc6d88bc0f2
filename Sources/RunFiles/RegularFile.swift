// Opening what has to be a file on a disk. A named pipe in its place would be waited for until somebody writes into it, and a
// device may do anything.

import Glibc

package enum RegularFile {
  package struct Failure: Error {
    /// The system's number; 0 where something else than a file is there.
    package var code: Int32
    package var reason: String
  }

  /// A descriptor of the file, which is the caller's to close. Never waits.
  ///
  /// - Parameter how: O_RDONLY, O_RDWR and the like. With O_CREAT a file that is not there is made.
  package static func open(_ path: String, _ how: Int32) throws(Failure) -> Int32 {
    let descriptor = Glibc.open(path, how | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0o644)
    var information = stat()
    guard descriptor >= 0 else {
      let code = errno
      // For writing, a folder is refused before anybody can look at it, and so is a pipe that nobody reads.
      if code == EISDIR || code == ENXIO { throw Failure(code: 0, reason: notAFile) }
      throw Failure(code: code, reason: String(cString: strerror(code)))
    }
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Failure(code: 0, reason: notAFile)
    }
    return descriptor
  }

  private static let notAFile = "it is not a file"
}
