// A terminal and a trainer for tests of the loop.

import Dashboard
import Synchronization
import TerminalUI
import Training

/// A terminal that plays a script of events and keeps what it is shown. When the script is over, it hangs up.
final class ScriptedTerminal: TerminalDevice {
  var size = Size(width: 80, height: 24)
  var capabilities = Capabilities(colours: .monochrome, glyphs: .ascii)
  let waker: @Sendable () -> Void = {}
  var script: [[Event]]
  var frames: [Frame] = []
  var log: [String] = []
  var deadlines: [ContinuousClock.Instant?] = []
  /// The time that the loop sees; every wait with a deadline lasts until then.
  var time = ContinuousClock.now
  /// What happens elsewhere while the loop waits the so many-th time.
  var meanwhile: [Int: () -> Void] = [:]

  init(_ script: [[Event]]) { self.script = script }

  func waitForEvents(until deadline: ContinuousClock.Instant?) -> [Event] {
    deadlines.append(deadline)
    meanwhile[deadlines.count]?()
    guard !script.isEmpty else { return [.hangUp] }
    let events = script.removeFirst()
    if let deadline, events == [.timeout] { time = deadline }
    for case .resize(let size) in events { self.size = size }
    return events
  }

  /// Frames, counted from 1, that a signal interrupts.
  var interrupted: Set<Int> = []

  func present(_ frame: Frame) -> Bool {
    frames.append(frame)
    return !interrupted.contains(frames.count)
  }

  var hearsMouse = false
  /// A byte a frame.
  var bytesWritten: Int { frames.count }

  func copy(_ text: String) { log.append("copy \(text)") }
  func invalidate() { log.append("invalidate") }
  func suspend() { log.append("suspend") }
  func close() { log.append("close") }
}

/// A trainer's two ends without a trainer.
final class FakeTrainer: Sendable {
  let box = Mutex<Snapshot?>(nil)
  let commands = Mutex<[Command]>([])

  var experiment: LiveExperiment {
    LiveExperiment(
      summary: Fixtures.toySummary,
      latest: {
        self.box.withLock { snapshot in
          defer { snapshot = nil }
          return snapshot
        }
      }, send: { command in self.commands.withLock { $0.append(command) } })
  }

  func publish(_ snapshot: Snapshot) { box.withLock { $0 = snapshot } }
}
