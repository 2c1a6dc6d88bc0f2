// Notices that a run has nothing more to learn that could be measured, so that its cores can be left to others.

import Figures

package struct FloorWatch {
  /// Seconds of training at the floor that count as long.
  private let patience: Double
  /// Nats above the floor that count as at it.
  private let tremor: Double

  /// Seconds of training at which the run arrived there.
  private var since: Double?
  /// Whether the last look was above it: a single one may be chance.
  private var wasAbove = false
  /// A person wants the run to go on.
  private var isDismissed = false

  package init(patience: Double = 30, tremor: Double = Readings.tremor) {
    self.patience = patience
    self.tremor = tremor
  }

  /// Takes a look into account.
  package mutating func saw(_ readings: Readings, at seconds: Double) {
    let isAbove = !readings.isAtFloor(within: tremor)
    if isAbove, wasAbove || since == nil { since = nil } else { since = since ?? seconds }
    wasAbove = isAbove
  }

  package func hasBeenThereForLong(at seconds: Double) -> Bool {
    !isDismissed && since.map { seconds - $0 >= patience } ?? false
  }

  /// The run is not to rest again by itself.
  package mutating func dismiss() { isDismissed = true }
}

extension Readings {
  /// Nats above the noise floor of the estimate that nobody could tell from it: the converged toy trembles by so much
  /// (measured: 0.001 to 0.005).
  package static let tremor = 0.005

  /// Whether G's samples are as close to the data as can be measured; `false` where no floor is known.
  package func isAtFloor(within tremor: Double = tremor) -> Bool {
    guard let jsd = self["jsd"], let floor = self["jsd_floor"] else { return false }
    return jsd <= floor + tremor
  }
}
