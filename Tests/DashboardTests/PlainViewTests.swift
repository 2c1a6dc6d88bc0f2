// What is said without a screen.

import Dashboard
import Synchronization
import TerminalUI
import Testing
import Training

/// Plays a script of events, and tells the time by it. When the script is over, it hangs up.
private final class Script: EventSource {
  let waker: @Sendable () -> Void = {}
  var events: [Event]
  var time = ContinuousClock.now

  init(_ events: [Event]) { self.events = events }

  func waitForEvents(until deadline: ContinuousClock.Instant?) -> [Event] {
    guard !events.isEmpty else { return [.hangUp] }
    let event = events.removeFirst()
    if event == .timeout, let deadline { time = deadline }
    return [event]
  }
}

/// A trainer's two ends without a trainer: each look finds the next snapshot.
private final class Player: Sendable {
  private let snapshots: Mutex<[Snapshot]>
  let commands = Mutex<[Command]>([])

  init(_ snapshots: [Snapshot]) { self.snapshots = Mutex(snapshots) }

  var experiment: LiveExperiment {
    LiveExperiment(
      summary: Fixtures.toySummary, latest: { self.snapshots.withLock { $0.isEmpty ? nil : $0.removeFirst() } },
      send: { command in self.commands.withLock { $0.append(command) } })
  }
}

@Suite("Without a screen")
struct PlainViewTests {
  private func tell(
    _ events: [Event], _ players: [Player], isInteractive: Bool = true
  ) -> (lines: [String], outcome: Outcome) {
    let script = Script(events)
    var lines: [String] = []
    var view = PlainView(
      experiments: players.map(\.experiment), source: script, isInteractive: isInteractive, now: { script.time },
      say: { lines.append($0) })
    let outcome = view.run()
    return (lines, outcome)
  }

  @Test("It says what is played, when it begins, the figures in words after a while, and how it ends")
  func course() {
    let player = Player([Fixtures.toy(), Fixtures.toy(), Fixtures.toy(phase: .stopped)])
    let (lines, outcome) = tell([.wake, .timeout, .key(.character("q"))], [player], isInteractive: false)
    #expect(outcome == .quit)
    #expect(
      lines == [
        "toy: a Gaussian from noise, data N(4, 0.5), non-saturating loss, alternating, k = 1, seed 1",
        "toy: running, step 12,340",
        "toy: step 12,340, 5,210 steps/s, D(x) 0.534, D(G(z)) 0.471, JSD 0.038 nats (floor 0.004 nats), "
          + "V −1.322 nats (−log 4 −1.386 nats), |D − D*| 0.047, V at D* −1.310 nats, JSD ≥ 0.032 ± 0.004 nats, "
          + "D misses what D* sees",
        "toy: stopped, step 12,340",
      ])
    #expect(player.commands.withLock(\.self) == [.stop])
  }

  @Test("While nothing moves nothing is said")
  func silence() {
    let resting = [Fixtures.toy(phase: .paused), Fixtures.toy(phase: .paused)]
    let said = tell([.wake, .timeout, .timeout, .timeout], [Player(resting)]).lines
    #expect(said.last == "toy: paused, step 12,340")
  }

  @Test("Typed keys pause, ask before a reset, and go to the experiment that is named; others are refused")
  func keys() {
    let (first, second) = (Player([]), Player([]))
    let keys: [Key] = [
      .character(" "), .tab, .character("s"), .character("r"), .character("y"), .character("t"), .character("?"),
    ]
    let said = tell(keys.map(Event.key), [first, second]).lines.joined(separator: "\n")
    #expect(first.commands.withLock(\.self) == [.pause, .stop])
    #expect(second.commands.withLock(\.self) == [.pause, .stepHalf, .reset, .stop])
    #expect(said.contains("Keys for one experiment mean toy"))
    #expect(said.contains("Reset toy to step 0? y for yes, a for all experiments, n for no"))
    #expect(said.contains("t does nothing here"))
    #expect(said.contains("Space: pause or resume all experiments") && !said.contains("next theme"))
  }

  @Test("What went wrong is said, and is the end where nothing can come of it any more", arguments: [true, false])
  func failures(isInteractive: Bool) throws {
    let failed = Player([Fixtures.failed()])
    let (lines, outcome) = tell([.wake], [failed], isInteractive: isInteractive)
    #expect(lines.last?.contains("failed: train-images-idx3-ubyte.gz") == true)
    guard case .failed(let errors) = outcome else {
      Issue.record("it ended as \(outcome)")
      return
    }
    #expect(errors.count == 1 && failed.commands.withLock(\.self) == [.stop])
    // Another experiment goes on.
    let others = tell([.wake], [Player([Fixtures.failed()]), Player([Fixtures.toy()])], isInteractive: isInteractive)
    #expect(others.outcome == .hungUp)
  }

  @Test("The end of the input or a signal is the end")
  func ends() {
    #expect(tell([.wake], [Player([Fixtures.toy()])]).outcome == .hungUp)
    #expect(tell([.terminate(signal: 15)], [Player([])]).outcome == .terminated(signal: 15))
  }
}
