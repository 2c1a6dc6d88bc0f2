// How often a run's journal gets a line: every second at first, then ever more seldom, so that a week is some ten thousand
// lines (2,000 for the first 2,000 seconds, and as many for every e-fold of that), or after every so many steps.

package struct LogCadence: Hashable, Sendable {
  /// Seconds between two lines at first.
  private static let shortest = 1.0

  /// Lines for every e-fold of the time.
  package var density: Double
  /// Steps between two lines, instead of time; `nil` leaves it to time.
  package var steps: Int?

  /// Of figures.
  package static let metrics = LogCadence(density: 2000)
  /// Of samples, which take more room.
  package static let samples = LogCadence(density: 100)

  package init(density: Double, steps: Int? = nil) {
    self.density = density
    self.steps = steps
  }

  /// When the line after the one at `seconds` is due, both on the clock of the training.
  func next(after seconds: Double) -> Double { seconds + max(Self.shortest, seconds / density) }

  /// Whether a step has a line because of its number.
  package func includes(step: Int) -> Bool { steps.map { step > 0 && step.isMultiple(of: $0) } ?? false }
}
