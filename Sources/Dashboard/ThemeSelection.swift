// What somebody means by `--theme`: the name of a bundled theme, or a file of their own or of btop's; and what the theme keys then
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
      "there is no theme “\(name)”" + Self.beginning(guess(for: name, among: Theme.bundledNames))
        + " are \(Theme.bundledNames.joined(separator: ", ")), and a file of your own is named with its ending: "
        + "\(name).toml"
    case .unreadable(let path, let reason):
      "\(path): \(reason); expected a theme file, such as those in the folder Themes of the source code"
    case .wrong(let problem): problem.description
    }
  }

  /// Of the list of names, after a guess or without one.
  private static func beginning(_ guess: String) -> String { guess.isEmpty ? "; there" : "\(guess) There" }
}

package struct ThemeSelection: Sendable {
  /// Never empty; the first one is the one that was asked for.
  package let themes: [Theme]
  package var theme: Theme { themes[0] }
  /// What was skipped in a file.
  package let notice: Notice?
  /// Where the theme that was asked for comes from, if not from the program.
  package let file: ThemeFile?

  package static let bundled: [Theme] = Theme.bundledNames.compactMap(Theme.bundled(named:))

  /// - Parameter choice: a name or a file (with a slash or a dot in it); `nil` for the default.
  package init(_ choice: String?) throws(ThemeError) {
    guard let choice else {
      themes = Self.bundled
      notice = nil
      file = nil
      return
    }
    if let index = Self.bundled.firstIndex(where: { $0.name == choice }) {
      // Round and round, so that the order stays.
      themes = Array(Self.bundled[index...] + Self.bundled[..<index])
      notice = nil
      file = nil
      return
    }
    guard choice.contains("/") || choice.contains(".") else { throw .unknown(choice) }
    let file = ThemeFile(path: choice)
    let (theme, notice) = try file.read()
    self.file = file
    self.notice = notice
    themes = [theme] + Self.bundled
  }
}

/// A file that a theme is read from; its author may be changing it while it is shown.
package struct ThemeFile: Sendable {
  package let path: String
  private var seen: Stamp?

  init(path: String) {
    self.path = path
    seen = Stamp(of: path)
  }

  /// Whether it is another one than when this was asked the last time.
  mutating func hasChanged() -> Bool {
    let stamp = Stamp(of: path)
    defer { seen = stamp }
    return stamp != seen
  }

  /// The theme, and what was skipped.
  func read() throws(ThemeError) -> (theme: Theme, notice: Notice?) {
    let text: String
    do {
      text = try TextFile.text(of: path)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    do throws(FileProblem) {
      let isOfBtop = path.hasSuffix(Theme.btopEnding)
      let (theme, warnings) = try isOfBtop ? Theme.read(btop: text, file: path) : Theme.read(text, file: path)
      let more = warnings.count > 1 ? " (and \(warnings.count - 1) more)" : ""
      return (theme, warnings.first.map { Notice($0.description + more, isError: true) })
    } catch {
      throw .wrong(error)
    }
  }
}

/// What tells one state of a file from another without reading it.
private struct Stamp: Hashable {
  var inode: ino_t
  var size: off_t
  var seconds: Int
  var nanoseconds: Int

  /// `nil` if there is no file.
  init?(of path: String) {
    var information = stat()
    guard stat(path, &information) == 0 else { return nil }
    (inode, size) = (information.st_ino, information.st_size)
    (seconds, nanoseconds) = (information.st_mtim.tv_sec, information.st_mtim.tv_nsec)
  }
}
