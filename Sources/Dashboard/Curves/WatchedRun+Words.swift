// A run in a line, for those who listen and for pipes.

import TerminalUI

extension WatchedRun {
  /// `lr-3: step 1,200, loss/D 0.6931, loss/G 0.7012`
  package var sentence: String {
    let reached = step.map { ["step \(NumberLabel.step($0))"] } ?? []
    let values = figures.sorted { $0.key < $1.key }.map { tag, history in
      "\(tag) \(NumberLabel.precise(history.latest))"
    }
    let facts = reached + values + samples.keys.sorted().map { "\($0) to be seen" }
    return "\(name): " + (facts.isEmpty ? "no figures yet" : facts.joined(separator: ", "))
  }
}
