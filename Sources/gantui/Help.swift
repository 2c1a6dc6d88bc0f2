// `gantui help WORD`: about a command, an experiment or a topic of the manual. The pages are Markdown in `Help/`, and part of
// the program.

import ArgumentParser
import TerminalUI
import Training

package enum Help {
  /// Columns of a page.
  static let width = 80

  /// The words after `gantui help`; `nil` for another command line.
  static func words(of arguments: [String]) -> [String]? {
    arguments.dropFirst().first == "help" ? Array(arguments.dropFirst(2)) : nil
  }

  /// What there is to say; `nil` where that is the parser's: what a command takes.
  static func text(for words: [String]) throws -> String? {
    guard let word = words.first else { return "\(Gantui.helpMessage(columns: width))\n\n\(contents)" }
    // Options, such as --help itself.
    if word.hasPrefix("-") { return nil }
    let page = HelpPage.all.first { $0.name == word }
    if let command = commands.first(where: { $0.configuration.commandName == word }) {
      guard let page, words.count == 1 else { return nil }
      return "\(Gantui.helpMessage(for: command, columns: width))\n\n\(page.text)"
    }
    if let experiment = Experiment.all.first(where: { $0.name == word }) { return experiment.help() }
    if let page { return page.text }
    throw ValidationError(unknown("command, experiment or topic", word, among: known))
  }

  private static var commands: [any ParsableCommand.Type] { Gantui.configuration.subcommands }

  private static var known: [String] {
    let names = commands.compactMap { $0.configuration.commandName } + Experiment.all.map(\.name)
    // Some topics have the name of a command.
    return names + HelpPage.all.map(\.name).filter { !names.contains($0) }
  }

  /// The topics, a line each.
  private static var contents: String {
    let column = (HelpPage.all.map(\.name.count).max() ?? 0) + 4
    let lines = HelpPage.all.map { page in
      "  " + page.name + String(repeating: " ", count: column - page.name.count - 2) + page.title
    }
    return """
      TOPICS: gantui help TOPIC
      \(lines.joined(separator: "\n"))

      EXPERIMENTS: gantui help EXPERIMENT
      \(Experiment.all.map(\.name).joined(separator: ", ").wrapped(to: width - 2).map { "  " + $0 }.joined(separator: "\n"))

      """
  }
}
