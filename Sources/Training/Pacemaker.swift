// Slow motion: a game that converges within a second can be watched only if its steps keep to a beat. A pace decides when
// a step is made, never what it does.

import Glibc

/// Says when the next step is due.
package struct Pacemaker {
  /// How much lateness is made up for, in seconds: what a timer or an evaluation costs, not what a person would see as
  /// a leap. Anything beyond it is forgotten.
  private static let makesUp = 0.05
  /// The opening: after t seconds, `start`·(10^(t / `decade`) − 1) steps. Each decade of steps takes as long as the one
  /// before, the first ten steps a little more than a second. The toy is at full speed after 15 seconds, the digits after 5.
  private static let opening = (start: 10.0, decade: 4.0)

  /// Another pace begins with a step at once.
  package var pace = Pace.full {
    didSet { restart() }
  }
  /// Whether the opening of an automatic pace is still under way.
  package private(set) var isOpening = true
  /// When the next step is due; `nil` for now, whenever that is.
  private var due: Double?

  package init() {}

  /// Begins anew with the next step, as after a pause: what was not done meanwhile is not owed.
  package mutating func restart() { due = nil }

  /// Begins anew with an opening, if the pace has one.
  package mutating func open() {
    isOpening = true
    restart()
  }

  /// The steps a second that the run is held back to after so many steps; `nil` where nothing holds it back.
  package func stepsPerSecond(at step: Int) -> Double? {
    switch pace {
    case .full: nil
    case .steady(let stepsPerSecond): stepsPerSecond
    // The derivative of the opening, as a function of what has been done.
    case .automatic: isOpening ? (Double(step) + Self.opening.start) * log(10) / Self.opening.decade : nil
    }
  }

  /// Seconds until the next step; 0 if it is due.
  package func wait(at now: Double) -> Double { due.map { max(0, $0 - now) } ?? 0 }

  /// Has to be told of every step.
  package mutating func stepped(at now: Double, to step: Int) {
    guard let stepsPerSecond = stepsPerSecond(at: step) else { return }
    due = (due.map { max($0, now - Self.makesUp) } ?? now) + 1 / stepsPerSecond
  }

  /// Ends the opening where it asks for more than there is.
  ///
  /// - Parameter fullSpeed: steps a second that the training does while it does not rest.
  package mutating func compare(with fullSpeed: Double, at step: Int) {
    guard pace == .automatic, isOpening, let wanted = stepsPerSecond(at: step), wanted >= fullSpeed else { return }
    isOpening = false
    restart()
  }
}
