// When a run is saved: soon, then ever more seldom as it gets longer, or every so many steps; and at its end in any case.

package struct CheckpointCadence: Hashable, Sendable {
  /// Seconds of training before the first checkpoint, and between two of them: what is lost at the worst.
  private static let interval = (first: 10.0, shortest: 60.0, longest: 600.0)
  /// The wait between two as a share of the training so far: checkpoints are most of what a session writes (measured: 16 MB
  /// each for the digits).
  private static let share = 0.5

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
  package func isDue(step: Int, seconds: Double, begin: Double, last: Double?) -> Bool {
    guard steps == nil else { return includes(step: step) }
    guard let last else { return seconds >= begin + Self.interval.first }
    return seconds >= last + min(max(last * Self.share, Self.interval.shortest), Self.interval.longest)
  }
}
