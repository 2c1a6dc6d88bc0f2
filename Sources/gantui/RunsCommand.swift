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
      Nothing is ever removed by itself. “broken off” is what ended without a word, because its process was killed or the \
      machine stopped; it can be replayed all the same.
      """)

  @Flag(help: "Print NDJSON: a line for each run, with the keys of “gantui train --json”.")
  var json = false

  func run() throws {
    let home = try RunFolder.home(SettingsFlag.environment)
    let runs = RunFolder.all(in: home).compactMap { RunSummary($0) }
    if json {
      for run in runs { StandardOutput.write(json: run.line.text) }
      return
    }
    guard !runs.isEmpty else { return StandardOutput.write("no runs in \(home.harmlessLine)\n") }
    let rows = [["run", "started", "steps", "time", "end", "last figures"]] + runs.map(\.row)
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
      StandardOutput.write(cells.joined(separator: "  ").trimmed + "\n")
    }
    let size = Self.words(forBytes: runs.reduce(0) { $0 + $1.folder.size })
    StandardOutput.write("\n\(size) in \(home.harmlessLine); rm -r removes a run that is not wanted any more\n")
  }

  private static func words(forBytes bytes: Int) -> String {
    bytes < 1_000_000 ? "\((bytes + 999) / 1000) kB" : fixed(Double(bytes) / 1e6, decimals: 1) + " MB"
  }
}

extension RunSummary {
  fileprivate var row: [String] {
    let snapshot = last.map { last in
      var snapshot = Snapshot(
        experiment: ExperimentSummary(name: experiment, title: "", data: "", loss: "", updates: "", seed: 0))
      snapshot.metrics = last.metrics
      snapshot.seconds = last.seconds
      return snapshot
    }
    let figures = (snapshot?.figures ?? []).prefix(3).map { "\($0.label) \($0.value)" }
    return [
      folder.name.harmlessLine, started?.words ?? "", last?.step.grouped ?? "0", snapshot?.duration ?? "", ending.words,
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
    if let last { line.add(last.metrics) }
    return line
  }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
