// How the dashboard reaches a trainer: it takes the latest snapshot and sends commands, and neither ever waits.

import Training

package struct LiveExperiment: Sendable {
  package let summary: ExperimentSummary
  /// The snapshot that came since the last call, if one did.
  package let latest: @Sendable () -> Snapshot?
  package let send: @Sendable (Command) -> Void

  package init(
    summary: ExperimentSummary, latest: @escaping @Sendable () -> Snapshot?,
    send: @escaping @Sendable (Command) -> Void
  ) {
    self.summary = summary
    self.latest = latest
    self.send = send
  }
}
