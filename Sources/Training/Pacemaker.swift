// Slow motion: a game that converges within a second can be watched only if its steps keep to a beat. A pace decides when
// a step is made, never what it does.

/// Says when the next step is due.
package struct Pacemaker {
  /// How much lateness is made up for, in seconds: what a timer or an evaluation costs, not what a person would see as
  /// a leap. Anything beyond it is forgotten.
  private static let makesUp = 0.05

  /// Steps a second, more than 0; `nil` for as fast as it goes. Another pace begins with a step at once.
  package var stepsPerSecond: Double? {
    didSet { restart() }
  }
  /// When the next step is due; `nil` for now, whenever that is.
  private var due: Double?

  package init() {}

  /// Begins anew with the next step, as after a pause: what was not done meanwhile is not owed.
  package mutating func restart() { due = nil }

  /// Seconds until the next step; 0 if it is due.
  package func wait(at now: Double) -> Double { due.map { max(0, $0 - now) } ?? 0 }

  /// Has to be told of every step.
  package mutating func stepped(at now: Double) {
    guard let stepsPerSecond else { return }
    due = (due.map { max($0, now - Self.makesUp) } ?? now) + 1 / stepsPerSecond
  }
}
