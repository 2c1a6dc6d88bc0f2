// Where settings are kept: $XDG_CONFIG_HOME/gantui/config.toml. It is read at the start and when the person asks for
// that, and written only when they do.

import Glibc
import TerminalUI

/// Why settings could not be written.
package enum SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file that is there is broken.
  case wrong(FileProblem)
  case unwritable(path: String, reason: String)
  case noPlace

  package var description: String {
    switch self {
    case .wrong(let problem): "\(problem); mend that first, nothing was written"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason); it is as it was"
    case .noPlace: "there is no place for settings: set HOME or XDG_CONFIG_HOME to a folder, from the root on"
    }
  }
}

package struct SettingsFile: Sendable {
  /// `nil` if there is no place for one.
  package let path: String?
  /// What the command line says.
  private let flags: Settings
  /// What the file said when it was read, but for what the environment decides.
  private var own = Settings()
  private let environment: [String: String]

  /// - Parameter environment: the value of a variable.
  package init(flags: Settings = Settings(), environment: (String) -> String? = { _ in nil }) {
    self.flags = flags
    path = Self.path(environment)
    self.environment = Dictionary(
      uniqueKeysWithValues: ["NO_COLOR", "GANTUI_DATA"].map { ($0, environment($0) ?? "") })
  }

  /// What holds: the command line, then the environment, then the file.
  package var settings: Settings { flags.over(own) }

  /// Reads the file; no settings and no warning where there is none. A file that is broken as a whole leaves all as it
  /// was.
  package mutating func read() -> [FileProblem] {
    guard let path else { return [] }
    do throws(TextFile.Failure) {
      return take(try TextFile.text(of: path), from: path)
    } catch {
      own = error.isAbsence ? Settings() : own
      return error.isAbsence
        ? [] : [FileProblem(file: path, line: 0, message: "\(error.reason); the settings are skipped")]
    }
  }

  /// Writes into the file what settings say otherwise than it does, and leaves alone what else stands there; an absent
  /// file, or an absent line, says what is usual.
  ///
  /// - Returns: What was written.
  package mutating func write(_ settings: Settings) throws(SettingsError) -> [Setting.Name] {
    guard let path else { throw .noPlace }
    var text = ""
    do throws(TextFile.Failure) {
      text = try TextFile.text(of: path)
    } catch {
      guard error.isAbsence else { throw .unwritable(path: path, reason: error.reason) }
    }
    var changed: [Setting.Name] = []
    do throws(FileProblem) {
      let (said, _) = try Settings.read(text, file: path)
      changed = Setting.Name.allCases.filter { name in
        settings[name].map { $0 != said[name] ?? Setting(name).usual } ?? false
      }
      text = try TOML.setting(
        changed.compactMap { name in settings[name].map { (name.rawValue, $0) } }, in: text, file: path)
    } catch {
      throw .wrong(error)
    }
    guard !changed.isEmpty else { return [] }
    do throws(TextFile.Failure) {
      try TextFile.replace(path, with: text)
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
    _ = take(text, from: path)
    return changed
  }

  private mutating func take(_ text: String, from path: String) -> [FileProblem] {
    do throws(FileProblem) {
      let (settings, warnings) = try Settings.read(text, file: path)
      own = settings.obeying { environment[$0] }
      return warnings
    } catch {
      return [error]
    }
  }

  /// By the XDG base directory specification, a relative folder counts as none.
  package static func path(_ environment: (String) -> String?) -> String? {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return folder + "/gantui/config.toml" }
    return environment("HOME").flatMap { $0.hasPrefix("/") ? $0 + "/.config/gantui/config.toml" : nil }
  }
}
