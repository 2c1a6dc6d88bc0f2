// The person's settings, from $XDG_CONFIG_HOME/gantui/config.toml: what they would otherwise have to say on every command
// line. The file is only ever read. One table of settings gives the reader, its complaints, and the commented file that
// `--default-config` prints.

import Glibc
import TerminalUI

/// What is `nil` is not said.
package struct Settings: Hashable, Sendable {
  package var theme: String?
  package var colour: String?
  package var glyphs: String?
  package var data: String?
  package var threads: Int?
  package var seed: Int?
  package var pace: Int?
  package var screenshots: String?

  package init() {}
}

/// One setting: how it is called, what it means, and what it may be.
private struct Setting: Sendable {
  enum Kind: Sendable {
    case text(@Sendable (inout Settings, String) -> Void, example: String)
    case choice(@Sendable (inout Settings, String) -> Void, of: [String])
    case number(@Sendable (inout Settings, Int) -> Void, ClosedRange<Int>)
  }

  let key: String
  let meaning: String
  let kind: Kind

  static let all: [Setting] = [
    Setting(
      key: "theme", meaning: "a theme of “gantui list themes”, or a theme file",
      kind: .text({ $0.theme = $1 }, example: "okabe-ito")),
    Setting(
      key: "color", meaning: "whether to use colours, or so many",
      kind: .choice({ $0.colour = $1 }, of: ["auto", "always", "never", "16", "256", "true"])),
    Setting(
      key: "glyphs", meaning: "which characters to draw with",
      kind: .choice({ $0.glyphs = $1 }, of: ["braille", "quadrant", "block", "ascii"])),
    Setting(
      key: "data", meaning: "the folder of MNIST's four files; $GANTUI_DATA comes before it",
      kind: .text({ $0.data = $1 }, example: "/data/mnist")),
    Setting(
      key: "threads", meaning: "how many threads may work on a step", kind: .number({ $0.threads = $1 }, 1...1024)),
    Setting(
      key: "seed", meaning: "decides first weights, noise and the order of the data",
      kind: .number({ $0.seed = $1 }, 0...Int.max)),
    Setting(
      key: "pace", meaning: "steps per second to begin with", kind: .number({ $0.pace = $1 }, 1...1_000_000_000)),
    Setting(
      key: "screenshots", meaning: "what S writes",
      kind: .choice({ $0.screenshots = $1 }, of: ScreenshotFormat.allCases.map(\.rawValue))),
  ]

  /// What a value has to be, in words.
  var expectation: String {
    switch kind {
    case .text(_, let example): "a \"string\", as in \(key) = \"\(example)\""
    case .choice(_, let choices): "one of " + choices.map { "\"\($0)\"" }.joined(separator: ", ")
    case .number(_, let limits) where limits.upperBound == .max: "a whole number from \(limits.lowerBound)"
    case .number(_, let limits): "a whole number from \(limits.lowerBound) to \(limits.upperBound)"
    }
  }

  /// Whether the value is one that the setting may have.
  func set(_ value: TOMLValue, in settings: inout Settings) -> Bool {
    switch (kind, value) {
    case (.text(let set, _), .string(let text)) where !text.isEmpty: set(&settings, text)
    case (.choice(let set, let choices), .string(let text)) where choices.contains(text): set(&settings, text)
    case (.number(let set, let limits), .integer(let number)) where limits.contains(number): set(&settings, number)
    default: return false
    }
    return true
  }

  /// As in a file that sets nothing.
  var comment: String {
    switch kind {
    case .text(_, let example): "# \(meaning)\n# \(key) = \"\(example)\"\n"
    case .choice(_, let choices): "# \(meaning): \(choices.joined(separator: ", "))\n# \(key) = \"\(choices[0])\"\n"
    case .number(_, let limits): "# \(meaning)\n# \(key) = \(limits.lowerBound)\n"
    }
  }
}

extension Settings {
  /// Reads settings. What means nothing is skipped, each with a warning, so that a slip never keeps the program from
  /// starting; of a file that is no TOML nothing is taken.
  package static func read(_ text: String, file: String) -> (settings: Settings, warnings: [FileProblem]) {
    let tables: [TOMLTable]
    do throws(FileProblem) {
      tables = try TOML.tables(of: text, file: file)
    } catch {
      return (Settings(), [error])
    }
    var (settings, warnings) = (Settings(), [FileProblem]())
    for table in tables {
      if !table.name.isEmpty {
        warnings.append(
          FileProblem(file: file, line: table.line, key: "[\(table.name)]", message: "unknown table, skipped"))
        continue
      }
      for entry in table.entries {
        let setting = Setting.all.first { $0.key == entry.key }
        if setting?.set(entry.value, in: &settings) == true { continue }
        let known = Setting.all.map(\.key).joined(separator: ", ")
        let message =
          setting.map { "expected \($0.expectation); skipped" } ?? "unknown key, skipped; known are \(known)"
        warnings.append(FileProblem(file: file, line: entry.line, key: entry.key, message: message))
      }
    }
    return (settings, warnings)
  }

  /// The person's own; no settings and no warning where there is no file.
  ///
  /// - Parameter environment: the value of a variable.
  package static func load(_ environment: (String) -> String?) -> (settings: Settings, warnings: [FileProblem]) {
    guard let path = path(environment) else { return (Settings(), []) }
    do throws(TextFile.Unreadable) {
      return read(try TextFile.text(of: path), file: path)
    } catch {
      if error.code == ENOENT || error.code == ENOTDIR { return (Settings(), []) }
      return (Settings(), [FileProblem(file: path, line: 0, message: "\(error.reason); the settings are skipped")])
    }
  }

  /// By the XDG base directory specification, a relative folder counts as none.
  package static func path(_ environment: (String) -> String?) -> String? {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return folder + "/gantui/config.toml" }
    return environment("HOME").flatMap { $0.hasPrefix("/") ? $0 + "/.config/gantui/config.toml" : nil }
  }

  /// A file that sets nothing and says what could be set.
  package static let commented =
    """
    # gantui's settings: save this as ~/.config/gantui/config.toml and take away the # before what you want to say.
    # What stands on the command line comes before what stands here.


    """ + Setting.all.map(\.comment).joined(separator: "\n")
}
