// When a run is saved: every so many seconds of training, or every so many steps; and at its end in any case.

package struct CheckpointCadence: Hashable, Sendable {
  /// Seconds of training before the first checkpoint, and between two of them. What is lost at the worst.
  private static let interval = (first: 10.0, later: 60.0)

  /// Steps between two checkpoints, instead of time; `nil` leaves it to time.
  package var steps: Int?
  /// So many of the latest are kept, and the best.
  package var kept: Int

  package init(steps: Int? = nil, kept: Int = 1) {
    self.steps = steps
    self.kept = kept
  }

  /// Whether a step has a checkpoint because of its number.
  func includes(step: Int) -> Bool { steps.map { step > 0 && step.isMultiple(of: $0) } ?? false }

  /// - Parameters:
  ///   - begin: seconds of training at which the run was begun or gone on with.
  ///   - last: those at which it was saved last.
  func isDue(step: Int, seconds: Double, begin: Double, last: Double?) -> Bool {
    guard steps == nil else { return includes(step: step) }
    return seconds >= (last.map { $0 + Self.interval.later } ?? begin + Self.interval.first)
  }
}
