// The person's settings: what they would otherwise have to say on every command line. They come from the command line, from
// the environment and from a file (`SettingsFile.swift`), in this order; what all of them leave open has its default.

import TerminalUI
import Training

/// What is `nil` is not said.
package struct Settings: Hashable, Sendable {
  /// As a file has them; each one is what its setting may be.
  private var values: [Setting.Name: TOMLValue] = [:]
  /// Of [keys]; `nil` where nothing is said of keys.
  package private(set) var keys: KeyMap?

  package init() {}

  /// Setting what the setting may not be sets nothing.
  package subscript(name: Setting.Name) -> TOMLValue? {
    get { values[name] }
    set { values[name] = newValue.flatMap(Setting(name).accepted) }
  }

  /// Says what is there to say; `nil` leaves the setting as it is.
  package mutating func say(_ name: Setting.Name, _ text: String?) {
    if let text { self[name] = .string(text) }
  }

  package mutating func say(_ name: Setting.Name, _ number: Int?) {
    if let number { self[name] = .integer(number) }
  }

  package mutating func say(_ name: Setting.Name, _ number: Double?) {
    if let number { self[name] = .number(number) }
  }

  package func text(_ name: Setting.Name) -> String? {
    if case .string(let text) = values[name] { text } else { nil }
  }

  package func number(_ name: Setting.Name) -> Int? {
    if case .integer(let number) = values[name] { number } else { nil }
  }

  package mutating func say(_ pace: Pace?) {
    switch pace {
    case .automatic: say(.pace, "auto")
    case .full: say(.pace, "full")
    case .steady(let stepsPerSecond): say(.pace, stepsPerSecond)
    case nil: break
    }
  }

  package var pace: Pace? {
    switch values[.pace] {
    case .integer(let pace): .steady(Double(pace))
    case .number(let pace): .steady(pace)
    case .string("full"): .full
    case .string: .automatic
    default: nil
    }
  }

  package var screenshots: ScreenshotFormat? { text(.screenshots).flatMap(ScreenshotFormat.init) }

  /// These, and of the others what these leave open.
  package func over(_ others: Settings) -> Settings {
    var settings = self
    settings.values.merge(others.values) { own, _ in own }
    settings.keys = keys ?? others.keys
    return settings
  }

  /// These but for what the environment says: NO_COLOR forbids colours (no-color.org), GANTUI_DATA names a folder.
  ///
  /// - Parameter environment: the value of a variable; `nil` or empty if it is not set.
  package func obeying(_ environment: (String) -> String?) -> Settings {
    var settings = self
    for (variable, name) in [("NO_COLOR", Setting.Name.color), ("GANTUI_DATA", .data)]
    where environment(variable)?.isEmpty == false {
      settings.values[name] = nil
    }
    return settings
  }
}

extension Settings {
  /// Reads settings. What means nothing is skipped, each with a warning, so that a slip never keeps the program from
  /// starting; what is no TOML at all is thrown.
  package static func read(
    _ text: String, file: String
  ) throws(FileProblem) -> (settings: Settings, warnings: [FileProblem]) {
    var (settings, warnings) = (Settings(), [FileProblem]())
    var others = 0
    func warn(_ line: Int, _ key: String, _ message: @autoclosure () -> String) {
      guard warnings.count < mostWarnings else { return others += 1 }
      warnings.append(FileProblem(file: file, line: line, key: key, message: message()))
    }
    for table in try TOML.tables(of: text, file: file) {
      if table.name == "keys" {
        let (keys, problems) = KeyMap.rebound(by: table.entries, file: file)
        settings.keys = keys
        warnings += problems
      } else if !table.name.isEmpty {
        warn(table.line, "[\(table.name)]", "unknown table, skipped; known is [keys]")
      } else {
        for entry in table.entries {
          guard let name = Setting.Name(rawValue: entry.key) else {
            warn(entry.line, entry.key, unknownKey(entry.key))
            continue
          }
          settings[name] = entry.value
          if settings[name] == nil {
            let guess = Setting(name).guess(entry.value)
            let problem = guess.isEmpty ? "expected \(Setting(name).expectation)" : "\(entry.value.text) means nothing"
            warn(entry.line, entry.key, "\(problem); skipped\(guess)")
          }
        }
      }
    }
    others += max(0, warnings.count - mostWarnings)
    guard others > 0 else { return (settings, warnings) }
    let rest = FileProblem(file: file, line: 0, message: "and \(others) more like these")
    return (settings, warnings.prefix(mostWarnings) + [rest])
  }

  private static func unknownKey(_ key: String) -> String {
    let known = Setting.Name.allCases.map(\.rawValue)
    let guess = guess(for: key, among: known)
    return "unknown key, skipped" + (guess.isEmpty ? "; known are \(known.joined(separator: ", "))" : guess)
  }

  /// Of a file with more of them, the rest is counted only: it is not meant for this program.
  static let mostWarnings = 20

  /// A file that sets nothing and says what could be set.
  package static let commented =
    """
    # gantui's settings: save this as ~/.config/gantui/config.toml and take away the # before what you want to say.
    # What stands on the command line comes before what stands here.


    """ + Setting.Name.allCases.map { Setting($0).comment }.joined(separator: "\n") + "\n" + KeyMap.commented
}
