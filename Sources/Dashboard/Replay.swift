// Going through a run that has been written down: which of its moments is shown, whether time passes, and how fast. Time
// is that of the training, over all that was gone back.

import TerminalUI
import Training

package struct Replay: Hashable, Sendable {
  /// Seconds of training a second.
  static let speeds: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]
  /// The share of a run that a leap takes.
  static let leap = 0.05
  /// Seconds in which a whole run should pass, at the speed that nobody has chosen.
  private static let usualLength = 30.0

  /// When each moment was, in seconds; they never go back.
  package private(set) var times: [Double]
  /// Whether a process goes on writing.
  package var isRunning: Bool
  /// The moment that is shown; 0 where there is none yet.
  package private(set) var index: Int
  package private(set) var isPlaying = false
  /// An index into `speeds`.
  package private(set) var pace: Int
  /// Seconds of the training at which the play has arrived, at or after the moment that is shown.
  private var playhead = 0.0

  /// Begins at the end: with all that there is to be seen of the run.
  package init(times: [Double], isRunning: Bool) {
    self.times = times
    self.isRunning = isRunning
    index = max(0, times.count - 1)
    let wanted = (times.last ?? 0) / Self.usualLength
    pace = Self.speeds.firstIndex { $0 >= wanted } ?? Self.speeds.count - 1
    playhead = time
  }

  /// Of the moment that is shown.
  package var time: Double { times.indices.contains(index) ? times[index] : 0 }
  package var speed: Double { Self.speeds[pace] }
  var isAtEnd: Bool { index >= times.count - 1 }
  /// Whether what is shown is what happens now.
  package var isLive: Bool { isRunning && isAtEnd }

  /// Takes in moments that came since, or a run that has begun anew; who looks at the latest one goes on doing so.
  package mutating func take(_ times: [Double], isRunning: Bool) {
    let follows = isLive
    self.isRunning = isRunning
    self.times = times
    if follows || index >= times.count { move(to: times.count - 1) }
  }

  mutating func move(to moment: Int) {
    index = min(max(0, moment), max(0, times.count - 1))
    playhead = time
  }

  mutating func move(by moments: Int) { move(to: index + moments) }

  /// Back or forth by so much of the whole time, and by a moment at least.
  mutating func leap(by share: Double) {
    let target = time + share * (times.last ?? 0)
    let found = share < 0 ? times.lastIndex { $0 <= target } ?? 0 : times.firstIndex { $0 >= target } ?? times.count - 1
    move(to: share < 0 ? min(found, index - 1) : max(found, index + 1))
  }

  mutating func togglePlaying() {
    isPlaying.toggle()
    if isPlaying, isAtEnd, !isRunning { move(to: 0) }
  }

  mutating func changeSpeed(by steps: Int) { pace = min(max(0, pace + steps), Self.speeds.count - 1) }

  /// Lets time pass.
  package mutating func play(for seconds: Double) {
    guard isPlaying else { return }
    playhead = min(playhead + seconds * speed, times.last ?? 0)
    while index + 1 < times.count, times[index + 1] <= playhead { index += 1 }
    if isAtEnd { isPlaying = false }
  }
}

extension State {
  /// Goes to another moment; its snapshot comes as news.
  mutating func scrub(_ change: (inout Replay) -> Void) -> [Effect] {
    if replay == nil { notice = Notice("there is nothing to go back to: this is no replay") }
    if var replay {
      change(&replay)
      self.replay = replay
    }
    return []
  }

  /// What a key does in a replay, where it differs from a session's; `nil` where it does not.
  mutating func perform(inReplay action: Action) -> [Effect]? {
    switch action {
    case .togglePause: return scrub { $0.togglePlaying() }
    case .slower: return scrub { $0.changeSpeed(by: -1) }
    case .faster: return scrub { $0.changeSpeed(by: 1) }
    case .rewind: return scrub { $0.leap(by: -Replay.leap) }
    case .forward: return scrub { $0.leap(by: Replay.leap) }
    case .left where crosshair == nil: return scrub { $0.move(by: -1) }
    case .right where crosshair == nil: return scrub { $0.move(by: 1) }
    case .stepHalf, .reset, .renewNoise, .nextPair, .nextPath:
      notice = Notice("a replay shows what was; only a session can be steered")
      return []
    case .quit: return [.leave(.quit)]
    default: return nil
    }
  }

  /// Where in time the replay is: `0:42 of 12:00 ×20`.
  var replayWords: String? {
    replay.map { replay in
      let words = [replay.time, replay.times.last ?? 0].map(Snapshot.words(forSeconds:))
      let speed = replay.isPlaying ? " ×\(Int(replay.speed).grouped)" : ""
      return "\(words[0]) of \(words[1])" + speed
    }
  }
}
