// The keys of time, and the question after a failure.

import Dashboard
import TerminalUI
import Testing
import Training

@Suite("Time and branches")
struct TimelineTests {
  private func state(_ snapshots: Snapshot..., isPaused: Bool = false) -> State {
    var state = Fixtures.state(snapshots, 120, 40)
    state.isPaused = isPaused
    return state
  }

  private func press(_ key: Key, _ state: inout State) -> [Effect] { state.update(.event(.key(key))) }

  private func text(_ state: State) -> String {
    state.frame(for: Capabilities(colours: .monochrome, glyphs: .braille)).text
  }

  @Test("Going back lets everything rest; what is seen is said, and how to go on")
  func rewinding() {
    var running = Fixtures.toy()
    running.timeline = TimelineView(steps: [0, 300, 12_000])
    var state = state(running, Fixtures.digits())
    #expect(
      press(.character("<"), &state)
        == [.send(.pause, experiment: 0), .send(.pause, experiment: 1), .send(.rewind, experiment: 0)])
    #expect(state.isPaused)
    _ = state.update(.snapshot(Fixtures.rewound(), experiment: 0))
    #expect(text(state).contains("REWOUND"))
    #expect(text(state).contains("moment 3 of 5, Space goes on from here"))
    #expect(press(.character(">"), &state) == [.send(.forward, experiment: 0)])
    #expect(press(.character("<"), &state) == [.send(.rewind, experiment: 0)])
    #expect(press(.character(" "), &state).contains(.send(.resume, experiment: 0)))
  }

  @Test("Where there is nothing before or after, it says so and asks for nothing")
  func ends() {
    var first = Fixtures.rewound()
    first.timeline.position = 0
    var state = state(first, isPaused: true)
    #expect(press(.character("<"), &state).isEmpty)
    #expect(state.notice?.text.contains("no earlier moment") == true)
    var present = self.state(Fixtures.toy())
    #expect(press(.character(">"), &present).isEmpty)
    #expect(press(.character("<"), &present).isEmpty, "nothing is remembered yet")
    #expect(!present.isPaused)
  }

  @Test("The course that was left is drawn beside the one that goes on, and only from where they part")
  func courses() {
    var (branched, alone) = (state(Fixtures.branched()), state(Fixtures.toy()))
    #expect(text(branched).contains("branch 1, rates × 0.5"))
    // Alone on the screen the chart has room for a note.
    for key in [Key.tab, .enter] { _ = (press(key, &branched), press(key, &alone)) }
    #expect(text(branched).contains("dim: courses that were left"))
    #expect(!text(alone).contains("courses"))
    var same = Fixtures.toy()
    same.abandoned = [AbandonedCourse(branch: 0, from: 1800, history: same.history)]
    var unchanged = state(same)
    for key in [Key.tab, .enter] { _ = press(key, &unchanged) }
    #expect(text(unchanged) == text(alone), "nothing parts, nothing shows")
  }

  @Test("Numbers that end are said at once, with the tensor, and going on is offered")
  func recovery() {
    var state = state(Fixtures.toy(), Fixtures.digits())
    _ = state.update(.snapshot(Fixtures.diverged(), experiment: 1))
    #expect(state.overlay == .offerRecovery(experiment: 1))
    let words = text(state).split(separator: "\n").joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(words.contains("discriminator.dense1.weight"))
    #expect(words.contains("step 812"))
    #expect(state.log.entries.last?.text.contains("NaN or infinite since step 812") == true)
    let effects = press(.character("y"), &state)
    #expect(effects.first == .send(.recover, experiment: 1) && state.overlay == nil && !state.isPaused)
  }

  @Test("Declined, it stays as it is, and can be asked for again")
  func declined() {
    var state = state(Fixtures.toy(), Fixtures.digits())
    _ = state.update(.snapshot(Fixtures.diverged(), experiment: 1))
    #expect(press(.character("n"), &state).isEmpty)
    #expect(state.overlay == nil && state.notice?.text.contains("asks again") == true)
    state.focus = PanelID(experiment: 1, kind: .losses)
    _ = press(.character(" "), &state)
    #expect(state.overlay == .offerRecovery(experiment: 1))
    #expect(press(.character("<"), &state).contains(.send(.rewind, experiment: 1)))
    #expect(state.overlay == nil)
  }

  @Test("A recovery that fails at once, before it has been seen, is asked about again")
  func failingAgain() {
    var state = state(Fixtures.digits())
    var failed = Fixtures.diverged()
    _ = state.update(.snapshot(failed, experiment: 0))
    _ = press(.character("y"), &state)
    #expect(state.overlay == nil)
    _ = state.update(.snapshot(failed, experiment: 0))
    #expect(state.overlay == nil, "a snapshot from before the answer")
    failed.timeline.branch = 1
    _ = state.update(.snapshot(failed, experiment: 0))
    #expect(state.overlay == .offerRecovery(experiment: 0))
  }

  @Test("The question goes when its reason has gone")
  func gone() {
    var state = state(Fixtures.digits())
    _ = state.update(.snapshot(Fixtures.diverged(), experiment: 0))
    _ = state.update(.snapshot(Fixtures.digits(), experiment: 0))
    #expect(state.overlay == nil)
  }
}
