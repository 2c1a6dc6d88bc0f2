// Runs beside one another as a table: of each figure what it came to last, and the least and the greatest that it was.

import Dashboard
import TerminalUI

package struct ComparisonTable {
  package let text: String

  package init(_ runs: [WatchedRun]) {
    let tags = Set(runs.flatMap(\.figures.keys)).sorted()
    var rows = [["figure", "run", "step", "last", "least", "greatest"]]
    for tag in tags {
      for run in runs {
        guard let history = run.figures[tag] else { continue }
        let step = history.stretches.last?.steps.upperBound
        let numbers = [history.latest, history.extent?.lowerBound, history.extent?.upperBound]
        rows.append(
          [tag.harmlessLine, run.name.harmlessLine, step.map { fixed($0, decimals: 0) } ?? "-"]
            + numbers.map { $0.map { $0.isFinite ? NumberLabel.precise($0) : "\($0)" } ?? "-" })
      }
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return column < 2 ? cell.0 + padding : padding + cell.0
      }.joined(separator: "  ")
    }
    // Scripts, too, read this: a minus sign is that of programming languages.
    text = tags.isEmpty ? "no figures in any run\n" : (lines.joined(separator: "\n") + "\n").replacing("−", with: "-")
  }
}
