// Screenshots as files: named after what is on them, and never over another file.

import Glibc
import Training

/// Why a screenshot could not be written.
package struct ScreenshotError: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  /// What the system says.
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  package var description: String {
    "no screenshot: \(path): \(reason); start gantui in a folder that you may write to"
  }
}

package protocol ScreenshotWriting {
  /// Writes a text into a new file, `name.txt`, `name-2.txt` and so on, and returns its path.
  func write(_ text: String, name: String) throws(ScreenshotError) -> String
}

package struct ScreenshotFolder: ScreenshotWriting {
  /// Empty means the current folder.
  package var path: String

  package init(path: String = "") { self.path = path }

  package func write(_ text: String, name: String) throws(ScreenshotError) -> String {
    var number = 1
    while true {
      let file = (path.isEmpty ? "" : path + "/") + name + (number == 1 ? "" : "-\(number)") + ".txt"
      // O_EXCL: whoever else creates the file first, keeps it.
      let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if descriptor < 0, errno == EEXIST {
        number += 1
        continue
      }
      guard descriptor >= 0 else { throw ScreenshotError(path: file, reason: Self.lastError) }
      defer { close(descriptor) }
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 || errno == EINTR else { throw ScreenshotError(path: file, reason: Self.lastError) }
        bytes = bytes.dropFirst(max(0, count))
      }
      return file
    }
  }

  private static var lastError: String { String(cString: strerror(errno)) }
}

extension Snapshot {
  /// `gantui-toy-12340`; of the experiment's name, what is safe in a file name everywhere.
  package var screenshotName: String {
    let name = experiment.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return "gantui-\(String(name))-\(step)"
  }
}
