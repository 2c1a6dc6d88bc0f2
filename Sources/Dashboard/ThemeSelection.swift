// What somebody means by `--theme`: the name of a bundled theme, or a file of their own; and what the theme keys then
// step through.

import Glibc
import TerminalUI

/// Why a theme cannot be had.
package enum ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknown(String)
  case unreadable(path: String, reason: String)
  case wrong(FileProblem)

  package var description: String {
    switch self {
    case .unknown(let name):
      "there is no theme “\(name)”; there are \(Theme.bundledNames.joined(separator: ", ")), and a file of your own "
        + "is named with its ending: \(name).toml"
    case .unreadable(let path, let reason):
      "\(path): \(reason); expected a theme file, such as those in the folder Themes of the source code"
    case .wrong(let problem): problem.description
    }
  }
}

package struct ThemeSelection: Sendable {
  /// Never empty; the first one is the one that was asked for.
  package let themes: [Theme]
  package var theme: Theme { themes[0] }
  /// What was skipped in a file.
  package let notice: Notice?

  package static let bundled: [Theme] = Theme.bundledNames.compactMap(Theme.bundled(named:))

  /// - Parameter choice: a name or a file (with a slash or a dot in it); `nil` for the default.
  package init(_ choice: String?) throws(ThemeError) {
    guard let choice else {
      themes = Self.bundled
      notice = nil
      return
    }
    if let index = Self.bundled.firstIndex(where: { $0.name == choice }) {
      // Round and round, so that the order stays.
      themes = Array(Self.bundled[index...] + Self.bundled[..<index])
      notice = nil
      return
    }
    guard choice.contains("/") || choice.contains(".") else { throw .unknown(choice) }
    let text = try Self.text(of: choice)
    do throws(FileProblem) {
      let (theme, warnings) = try Theme.read(text, file: choice)
      themes = [theme] + Self.bundled
      let more = warnings.count > 1 ? " (and \(warnings.count - 1) more)" : ""
      notice = warnings.first.map { Notice($0.description + more, isError: true) }
    } catch {
      throw .wrong(error)
    }
  }

  private static func text(of path: String) throws(ThemeError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
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
      if let failure { throw .unreadable(path: path, reason: String(cString: strerror(failure))) }
      bytes += part
      if part.isEmpty { break }
      guard bytes.count <= largest else { throw .unreadable(path: path, reason: "more than \(largest) bytes") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "not UTF-8 text")
    }
    return text
  }

  /// Bundled themes have less than 2,000.
  private static let largest = 1 << 20
}
