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
  /// The pace that was asked for last, whether or not the trainer has said that it keeps it.
  func wantedPace(of experiment: Int) -> Pace { wantedPaces[experiment] ?? snapshots[experiment].chosenPace }

  mutating func slowDown() -> [Effect] {
    guard let focused else { return [] }
    let current =
      switch wantedPace(of: focus.experiment) {
      case .automatic: focused.pace
      case .full: Double?.none
      case .steady(let pace): pace
      }
    guard let pace = PaceLadder.slower(than: current, fullSpeed: fullSpeeds[focus.experiment]) else {
      notice = Notice(
        "\(focused.experiment.name): there is no slower pace; \(keys.name(.togglePause)) pauses, "
          + "then \(keys.name(.stepHalf)) steps")
      return []
    }
    return choose(.steady(pace))
  }

  mutating func speedUp() -> [Effect] {
    guard let focused else { return [] }
    switch wantedPace(of: focus.experiment) {
    case .full:
      notice = Notice("\(focused.experiment.name): this is full speed")
      return []
    // It gets faster by itself: whoever asks for more wants all.
    case .automatic: return choose(.full)
    case .steady(let pace):
      return choose(PaceLadder.faster(than: pace, fullSpeed: fullSpeeds[focus.experiment]).map(Pace.steady) ?? .full)
    }
  }

  private mutating func choose(_ pace: Pace) -> [Effect] {
    let name = snapshots[focus.experiment].experiment.name
    if case .steady(let stepsPerSecond) = pace {
      notice = Notice("\(name): \(Snapshot.words(forRate: stepsPerSecond)), slow motion")
    } else {
      notice = Notice("\(name): full speed")
    }
    return [wish(pace, for: focus.experiment)]
  }

  mutating func wish(_ pace: Pace, for experiment: Int) -> Effect {
    wantedPaces[experiment] = pace
    return .send(.pace(pace), experiment: experiment)
  }

  /// Remembers what only a snapshot that no pace holds back can say.
  mutating func learnSpeed(from snapshot: Snapshot, experiment: Int) {
    if wantedPaces[experiment] == snapshot.chosenPace { wantedPaces[experiment] = nil }
    if snapshot.phase == .running, !snapshot.isHeldBack, snapshot.stepsPerSecond > 0 {
      fullSpeeds[experiment] = snapshot.stepsPerSecond
    }
  }
}

extension Snapshot {
  fileprivate var chosenPace: Pace { isAutomatic ? .automatic : pace.map(Pace.steady) ?? .full }
}
