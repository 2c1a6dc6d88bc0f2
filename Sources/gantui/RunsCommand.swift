// Which runs there are, the latest first.

import ArgumentParser
import Dashboard
import RunFiles
import TerminalUI
import Training

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs that have been kept.",
    discussion: """
      A run leaves a folder in ~/.local/state/gantui/runs (or $XDG_STATE_HOME/gantui/runs) unless it is told otherwise. \
      “broken off” is what ended without a word, because its process was killed or the machine stopped; it can be replayed all \
      the same.

      Nothing is ever removed by itself. --prune offers to remove runs in which nothing has happened for 30 days, and \
      those for which there is no room among the latest 2 GB, but for runs in folders that you have named or renamed, and for \
      those that are being trained.
      """, subcommands: [RemoveRunsCommand.self])

  @Flag(help: "Print NDJSON: a line for each run, with the keys of “gantui train --json”.")
  var json = false

  @Flag(help: "Offer to remove old runs, or those that take too much room.")
  var prune = false

  @Flag(help: "With --prune: remove them without asking.")
  var yes = false

  func validate() throws {
    guard prune || !yes else { throw ValidationError("--yes is of use only with --prune") }
    guard !prune || !json else { throw ValidationError("--prune and --json exclude each other") }
  }

  func run() throws {
    let home = try RunFolder.home(SettingsFlag.environment)
    if prune { return try Pruning(home: home).run(isAnswered: yes) }
    let runs = RunFolder.all(in: home).compactMap { RunSummary($0) }
    if json {
      for run in runs { StandardOutput.write(json: run.line.text) }
      return
    }
    guard !runs.isEmpty else { return StandardOutput.write("no runs in \(home.harmlessLine)\n") }
    let rows = [["run", "started", "steps", "time", "size", "end", "last figures"]] + runs.map(\.row)
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
      StandardOutput.write(cells.joined(separator: "  ").trimmed + "\n")
    }
    let size = words(forBytes: runs.reduce(0) { $0 + $1.folder.size })
    StandardOutput.write("\n\(size) in \(home.harmlessLine); “gantui runs rm RUN” removes a run\n")
    let offered = Pruning(home: home).offered
    if !offered.isEmpty {
      let (what, size) = (
        offered.count == 1 ? "one that is" : "\(offered.count) that are", words(forBytes: offered.size)
      )
      StandardOutput.write("“gantui runs --prune” offers to remove \(what) old or without room (\(size))\n")
    }
  }
}

/// `4 kB`, `61.3 MB`, `2.1 GB`
func words(forBytes bytes: Int) -> String {
  switch bytes {
  case ..<1_000_000: "\((bytes + 999) / 1000) kB"
  case ..<1_000_000_000: fixed(Double(bytes) / 1e6, decimals: 1) + " MB"
  default: fixed(Double(bytes) / 1e9, decimals: 1) + " GB"
  }
}

extension RunSummary {
  fileprivate var row: [String] {
    let snapshot = last.map { last in
      var snapshot = Snapshot(
        experiment: ExperimentSummary(name: experiment, title: "", data: "", loss: "", updates: "", seed: 0))
      snapshot.experiment.figures = self.figures
      snapshot.readings = last.readings
      snapshot.seconds = last.seconds
      return snapshot
    }
    let figures = (snapshot?.figures ?? []).prefix(3).map { "\($0.label) \($0.value)" }
    return [
      folder.name.harmlessLine, started?.words ?? "", last?.step.grouped ?? "0", snapshot?.duration ?? "",
      words(forBytes: folder.size), ending.words,
      figures.joined(separator: ", "),
    ]
  }

  fileprivate var line: JSONLine {
    var line = JSONLine()
    line.add("run", folder.name)
    line.add("path", folder.path)
    line.add("experiment", experiment)
    if let started { line.add("started", started.text) }
    line.add("end", ending.words)
    line.add("bytes", folder.size)
    line.add("step", last?.step)
    line.add("seconds", last?.seconds)
    if let last { line.add(last.readings, figures) }
    return line
  }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
