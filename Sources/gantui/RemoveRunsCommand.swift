// Runs that are not wanted any more: those that a person names, and those that are offered.

import ArgumentParser
import Glibc
import RunFiles
import TerminalUI
import Training

struct RemoveRunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Remove runs.",
    discussion: """
      Removes the settings, figures, samples and checkpoints of each run, and its folder if nothing else is in it. A run \
      that is being trained is left alone.
      """)

  @Argument(help: ArgumentHelp("Names of “gantui runs”, or the folders of runs.", valueName: "run"))
  var runs: [String]

  func run() throws {
    let home = RunArgument.home
    // All of them are known before the first one goes.
    let folders = try runs.map { try Self.folder(of: $0, in: home) }
    try Removal.remove(folders)
  }

  /// One run by its own name: “last”, or that of an experiment, may mean another run than somebody thinks of.
  private static func folder(of name: String, in home: String?) throws -> RunFolder {
    if let home, !name.contains("/") {
      let folder = RunFolder(path: "\(home)/\(name)")
      if folder.holdsRun { return folder }
    }
    let folder = RunFolder(path: name)
    guard RunSummary(folder)?.isOwn == true else {
      throw ValidationError(
        "there is no run “\(name)”\(home.map { " in \($0)" } ?? ""): name runs as “gantui runs” lists them, or their folders"
      )
    }
    return folder
  }
}

/// The runs that may go by now, and the question whether they shall.
struct Pruning {
  let home: String
  let offered: [PruningRule.Run]

  init(home: String) {
    self.home = home
    offered = PruningRule().offered(of: RunFolder.all(in: home).compactMap { PruningRule.Run($0) }, at: .now)
  }

  /// - Parameter isAnswered: whether they shall go without a question.
  func run(isAnswered: Bool) throws {
    guard !offered.isEmpty else {
      return StandardOutput.write("no run in \(home.harmlessLine) is old or takes too much room\n")
    }
    let rows = offered.map { [$0.folder.name.harmlessLine, $0.changed.words, words(forBytes: $0.size)] }
    for row in rows { StandardOutput.write(row.joined(separator: "  ") + "\n") }
    let sum = words(forBytes: offered.size)
    let what = offered.count == 1 ? "this run" : "these \(offered.count) runs"
    if !isAnswered {
      guard isatty(STDIN_FILENO) == 1 else {
        throw ValidationError("nobody can be asked whether to remove \(what), \(sum): add --yes")
      }
      StandardOutput.write("remove \(what), \(sum)? y for yes: ")
      guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
        return StandardOutput.write("nothing is removed\n")
      }
    }
    try Removal.remove(offered.map(\.folder))
  }
}

extension [PruningRule.Run] {
  /// Bytes of all of them.
  var size: Int { reduce(0) { $0 + $1.size } }
}

enum Removal {
  /// Removes what can be removed; the rest is said, and thrown at the end.
  static func remove(_ folders: [RunFolder]) throws {
    var failure: RunFileError?
    for folder in folders {
      do throws(RunFileError) {
        try folder.remove()
        var information = stat()
        let isThere = lstat(folder.path, &information) == 0
        StandardOutput.write(
          "removed \(folder.name.harmlessLine)\(isThere ? "; what else there is in \(folder.path.harmlessLine) stays" : "")\n"
        )
      } catch {
        if let failure { StandardError.writeLine("Error: \(failure)") }
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
