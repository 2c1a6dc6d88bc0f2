// What frames cost, for whoever wants to know: bytes on their way to the terminal, and time.

import TerminalUI

/// Of the last frame, and of all within the last second.
package struct FrameCosts: Hashable, Sendable {
  package var bytes = 0
  package var bytesPerSecond = 0
  package var framesPerSecond = 0
  /// From events to state, from state to frame, and from frame to terminal.
  package var update = Duration.zero
  package var render = Duration.zero
  package var output = Duration.zero

  package init() {}

  var text: String {
    func micro(_ duration: Duration) -> String { Int(duration / .microseconds(1)).grouped }
    return "last frame \(bytes.grouped) B, update \(micro(update)), render \(micro(render)), output \(micro(output)) µs"
      + " · last second \(framesPerSecond) frames, \(bytesPerSecond.grouped) B"
  }
}

/// Adds up frames; the time is passed in.
struct FrameMeter {
  private var costs = FrameCosts()
  /// The frames of the last second, the oldest first.
  private var frames: [(time: ContinuousClock.Instant, bytes: Int)] = []
  /// What updates have taken since the last frame.
  private var update = Duration.zero

  mutating func updated(in duration: Duration) { update += duration }

  mutating func drew(at time: ContinuousClock.Instant, bytes: Int, render: Duration, output: Duration) {
    frames.append((time, bytes))
    (costs.bytes, costs.update, costs.render, costs.output) = (bytes, update, render, output)
    update = .zero
  }

  mutating func costs(at time: ContinuousClock.Instant) -> FrameCosts {
    frames.removeAll { time - $0.time > .seconds(1) }
    costs.framesPerSecond = frames.count
    costs.bytesPerSecond = frames.reduce(0) { $0 + $1.bytes }
    return costs
  }
}
