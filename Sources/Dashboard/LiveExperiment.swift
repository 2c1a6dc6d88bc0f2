// How the dashboard reaches a trainer: it takes the latest snapshot and sends commands, and neither ever waits.

import Training

package struct LiveExperiment: Sendable {
  package let summary: ExperimentSummary
  /// The snapshot that came since the last call, if one did.
  package let latest: @Sendable () -> Snapshot?
  package let send: @Sendable (Command) -> Void
  /// Takes note of what happens beside the training, where its run is written down.
  package let note: @Sendable (RunEvent) -> Void
  /// What there is to say of the run's files since the last call.
  package let remarks: @Sendable () -> [String]

  package init(
    summary: ExperimentSummary, latest: @escaping @Sendable () -> Snapshot?,
    send: @escaping @Sendable (Command) -> Void, note: @escaping @Sendable (RunEvent) -> Void = { _ in },
    remarks: @escaping @Sendable () -> [String] = { [] }
  ) {
    self.summary = summary
    self.latest = latest
    self.send = send
    self.note = note
    self.remarks = remarks
  }
}
