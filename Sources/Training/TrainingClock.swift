// Time, passed in, so that a test decides how late it is.

import Glibc

/// A clock that never goes back. Only differences mean anything.
package struct TrainingClock: Sendable {
  /// Seconds since some moment.
  package let now: @Sendable () -> Double
  /// Returns after so many seconds at the earliest, or when the task is cancelled.
  package let sleep: @Sendable (_ seconds: Double) async -> Void

  package init(now: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) async -> Void) {
    self.now = now
    self.sleep = sleep
  }

  /// The system's monotonic clock.
  package static let monotonic = TrainingClock(
    now: {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    },
    // Throws only where the task is cancelled.
    sleep: { try? await Task.sleep(for: .seconds($0)) })
}

/// Steps a second over roughly the last second, from bursts of unequal length.
package struct RateMeter {
  private var steps = 0.0
  private var seconds = 0.0
  /// Seconds since the last step.
  private var waited = 0.0

  package init() {}

  package mutating func add(steps newSteps: Int, seconds newSeconds: Double) {
    waited += newSeconds
    // A rest counts when its step is made, else the rate would sink and leap at paces of a step in a second or two.
    guard newSteps > 0 else { return }
    // What lies a second back counts e times less.
    let fading = exp(-max(0, waited))
    steps = steps * fading + Double(newSteps)
    seconds = seconds * fading + waited
    waited = 0
  }

  /// 0 before anything was measured.
  package var stepsPerSecond: Double { seconds > 0 ? steps / seconds : 0 }
}
