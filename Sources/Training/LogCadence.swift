// How often a run's journal gets a line: several times a second at first, when most is to be seen, then ever more seldom, so
// that a week of figures is some ten thousand lines; or after every so many steps.

package struct LogCadence: Hashable, Sendable {
  /// Seconds between two lines at first.
  package var shortest: Double
  /// Lines for every e-fold of the time, later.
  package var density: Double
  /// Steps between two lines, instead of time; `nil` leaves it to time.
  package var steps: Int?

  package init(shortest: Double, density: Double, steps: Int? = nil) {
    self.shortest = shortest
    self.density = density
    self.steps = steps
  }

  /// Of figures: as often as they are measured, for 500 seconds.
  package static let metrics = LogCadence(shortest: 0.25, density: 2000)
  /// Of samples, which take more room: 64 pictures of 28×28 are 70 kB.
  package static let samples = LogCadence(shortest: 0.5, density: 100)

  /// When the line after the one at `seconds` is due, both on the clock of the training.
  func next(after seconds: Double) -> Double { seconds + max(shortest, seconds / density) }

  /// Whether a step has a line because of its number.
  package func includes(step: Int) -> Bool { steps.map { step > 0 && step.isMultiple(of: $0) } ?? false }
}
