// Slow motion: which paces there are, and what the keys for slower and faster make of them.

import TerminalUI
import Training

/// The paces that a person can choose from, in steps per second. Above them is full speed.
enum PaceLadder {
  static let paces: [Double] = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]

  /// The next pace below another one. From full speed, or from a pace that is out of reach, it is at most half of full
  /// speed, so that a person sees the difference; `nil` where there is none.
  static func slower(than pace: Double?, fullSpeed: Double?) -> Double? {
    if let pace, pace < fullSpeed ?? .infinity { return paces.last { $0 < pace } }
    return paces.last { $0 <= (fullSpeed ?? .infinity) / 2 }
  }

  /// The next pace above another one; `nil`, full speed, where it would not be slower than that.
  static func faster(than pace: Double, fullSpeed: Double?) -> Double? {
    paces.first { $0 > pace && $0 < fullSpeed ?? .infinity }
  }
}

extension State {
  /// The pace that was asked for last, `nil` for full speed, whether or not the trainer has said that it keeps it.
  func wantedPace(of experiment: Int) -> Double? {
    wantedPaces[experiment] ?? snapshots[experiment].pace
  }

  mutating func slowDown() -> [Effect] {
    guard let focused else { return [] }
    let fullSpeed = fullSpeeds[focus.experiment]
    guard let pace = PaceLadder.slower(than: wantedPace(of: focus.experiment), fullSpeed: fullSpeed) else {
      notice = Notice(
        "\(focused.experiment.name): there is no slower pace; \(keys.name(.togglePause)) pauses, "
          + "then \(keys.name(.stepHalf)) steps")
      return []
    }
    return choose(pace)
  }

  mutating func speedUp() -> [Effect] {
    guard let focused else { return [] }
    guard let pace = wantedPace(of: focus.experiment) else {
      notice = Notice("\(focused.experiment.name): this is full speed")
      return []
    }
    return choose(PaceLadder.faster(than: pace, fullSpeed: fullSpeeds[focus.experiment]))
  }

  private mutating func choose(_ pace: Double?) -> [Effect] {
    let name = snapshots[focus.experiment].experiment.name
    notice = Notice("\(name): \(pace.map { "\(Snapshot.words(forRate: $0)), slow motion" } ?? "full speed")")
    return [wish(pace, for: focus.experiment)]
  }

  /// - Parameter pace: in steps per second; `nil` for full speed.
  mutating func wish(_ pace: Double?, for experiment: Int) -> Effect {
    wantedPaces.updateValue(pace, forKey: experiment)
    return .send(.pace(stepsPerSecond: pace), experiment: experiment)
  }

  /// Remembers what only a snapshot that no pace holds back can say.
  mutating func learnSpeed(from snapshot: Snapshot, experiment: Int) {
    if let wanted = wantedPaces[experiment], wanted == snapshot.pace { wantedPaces[experiment] = nil }
    if snapshot.phase == .running, !snapshot.isHeldBack, snapshot.stepsPerSecond > 0 {
      fullSpeeds[experiment] = snapshot.stepsPerSecond
    }
  }
}
