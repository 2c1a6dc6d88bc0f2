// What there is to choose from, each list from the table that the program itself goes by.

import ArgumentParser
import Dashboard
import Training

struct ListCommand: ParsableCommand {
  enum Topic: String, CaseIterable, ExpressibleByArgument {
    case experiments, themes, keys
  }

  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the experiments, the themes or the keys.")

  @Argument(help: "experiments, themes or keys.")
  var topic: Topic

  @Flag(help: "Experiments as JSON, an object a line: paper, data, settings, figures, exhibits.")
  var json = false

  func validate() throws {
    guard !json || topic == .experiments else { throw ValidationError("--json lists experiments only") }
  }

  func run() {
    guard json else { return topic.write() }
    for experiment in Experiment.all { StandardOutput.write(json: experiment.line.text) }
  }
}

/// The keys by the shortest name.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "keys", abstract: "List the keys of the live view.")

  func run() { ListCommand.Topic.keys.write() }
}

extension ListCommand.Topic {
  /// Of the keys, as the settings have them.
  private static var bindings: [KeyBinding] {
    var file = SettingsFile(environment: SettingsFlag.environment)
    for problem in file.read() { StandardError.writeLine(problem.description) }
    return (file.settings.keys ?? .standard).bindings
  }

  fileprivate func write() {
    let entries: [(name: String, meaning: String)] =
      switch self {
      case .experiments: Experiment.all.map { ($0.name, $0.title) }
      case .themes: ThemeSelection.bundled.map { ($0.name, $0.isDark ? "dark" : "light") }
      case .keys: Self.bindings.map { ($0.keyNames, $0.help) }
      }
    let width = entries.map(\.name.count).max() ?? 0
    for (name, meaning) in entries {
      StandardOutput.write(name + String(repeating: " ", count: width + 2 - name.count) + meaning + "\n")
    }
  }
}
