// Moments of runs that have been taken back, or have left the numbers.

import Dashboard
import Training

extension Fixtures {
  /// Looked at where it was at its third moment, with the course from there to where it had come.
  static func rewound() -> Snapshot {
    var snapshot = toy(phase: .paused)
    snapshot.step = 700
    snapshot.history = history(steps: 700)
    snapshot.timeline = TimelineView(steps: [0, 300, 700, 1200, 1800], position: 2)
    snapshot.abandoned = [AbandonedCourse(branch: 0, from: 700, history: history(steps: 1800))]
    return snapshot
  }

  /// On its second course, at half the rates.
  static func branched() -> Snapshot {
    var snapshot = toy()
    snapshot.timeline = TimelineView(steps: [0, 300, 700, 1800], branch: 1)
    var left = history(steps: 700)
    for step in 0..<900 { left.add(discriminator: 0.5 + Float(step) / 3000, generator: 1 + Float(step) / 1000) }
    snapshot.abandoned = [AbandonedCourse(branch: 0, from: 700, history: left)]
    snapshot.rateScale = 0.5
    return snapshot
  }

  /// Its numbers have ended.
  static func diverged() -> Snapshot {
    var snapshot = digits()
    snapshot.phase = .failed(
      .diverged(Divergence(step: 812, losses: ["D", "G"], tensor: "discriminator.dense1.weight")))
    snapshot.step = 812
    snapshot.timeline = TimelineView(steps: [0, 300, 800])
    return snapshot
  }
}
