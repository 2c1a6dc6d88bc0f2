// What happens to a run besides its steps, for its journal: what a person changes, what is written beside it, what goes
// wrong.

import RunFiles

package enum RunEvent: Hashable, Sendable {
  /// Back to step 0 with the same seed.
  case reset
  /// Another course from an earlier step on, whose learning rates are multiplied.
  case branch(Int, from: Int, rateScale: Double)
  case pace(Pace)
  case screenshot(path: String)
  case recording(path: String)
  case recordingEnded(path: String)
  case warning(String)

  /// The event's name and what there is to say of it.
  func write(to line: inout JSONLine) {
    switch self {
    case .reset: line.add("event", "reset")
    case .branch(let number, let from, let rateScale):
      line.add("event", "branch")
      line.add("branch", number)
      line.add("from", from)
      line.add("rate_scale", rateScale)
    case .pace(let pace):
      line.add("event", "pace")
      if case .steady(let stepsPerSecond) = pace { line.add("pace", stepsPerSecond) }
    case .screenshot(let path):
      line.add("event", "screenshot")
      line.add("path", path)
    case .recording(let path):
      line.add("event", "recording")
      line.add("path", path)
    case .recordingEnded(let path):
      line.add("event", "recording_ended")
      line.add("path", path)
    case .warning(let message):
      line.add("event", "warning")
      line.add("message", message)
    }
  }
}
