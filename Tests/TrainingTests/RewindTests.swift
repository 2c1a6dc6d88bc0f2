// Going back in time, looking, and going on from there: as it was, or on another course.

import Figures
import GenerativeModels
import NeuralNetwork
import RunFiles
import TestSupport
import Testing
import Training

@Suite("A run can be taken back", .timeLimit(.minutes(10)))
struct RewindTests {
  /// A toy that has been paused after a few remembered moments: about one in 500 steps.
  private func pausedToy() async -> (rehearsal: Rehearsal, paused: Snapshot) {
    let rehearsal = Rehearsal(.test("toy"))
    _ = await rehearsal.first { $0.timeline.steps.count >= 4 }
    rehearsal.trainer.send(.pause)
    let paused = await rehearsal.first { $0.phase == .paused }
    return (rehearsal, paused)
  }

  @Test("Moment by moment, to the beginning, and forward again to where it was, bit for bit")
  func backAndForward() async throws {
    let (rehearsal, paused) = await pausedToy()
    var tip = try await rehearsal.trainer.state()
    let moments = paused.timeline.steps
    #expect(moments.first == 0 && moments.last == paused.step)
    for position in moments.indices.dropLast().reversed() {
      rehearsal.trainer.send(.rewind)
      let past = await rehearsal.first { $0.timeline.position == position }
      #expect(past.step == moments[position] && past.phase == .paused)
      #expect(past.history.steps == past.step)
    }
    rehearsal.trainer.send(.rewind)
    #expect(try await rehearsal.trainer.state().step == 0)
    for position in moments.indices.dropFirst().dropLast() {
      rehearsal.trainer.send(.forward)
      _ = await rehearsal.first { $0.timeline.position == position }
    }
    rehearsal.trainer.send(.forward)
    let back = await rehearsal.first { $0.timeline.position == nil }
    let returned = try await rehearsal.trainer.state()
    tip.seconds = returned.seconds
    #expect(returned == tip)
    #expect(back.readings == paused.readings && back.exhibits == paused.exhibits && back.abandoned.isEmpty)
    await rehearsal.stop()
  }

  @Test("Looked at and returned from, it goes on as if nothing had happened")
  func returning() async throws {
    let (rehearsal, paused) = await pausedToy()
    rehearsal.trainer.send(.rewind)
    _ = await rehearsal.first { $0.timeline.position != nil }
    rehearsal.trainer.send(.forward)
    _ = await rehearsal.first { $0.timeline.position == nil }
    rehearsal.trainer.send(.stepHalf)
    rehearsal.trainer.send(.stepHalf)
    let next = await rehearsal.first { $0.step == paused.step + 1 && $0.next.name == "D" }
    await rehearsal.stop()

    let undisturbed = Trainer(.test("toy"), options: TrainingOptions(seed: 1), clock: SteppingClock().clock)
    try await undisturbed.runToEnd(steps: next.step, every: next.step) { _ in }
    #expect(await undisturbed.snapshot().readings == next.readings)
    #expect(next.timeline.branch == 0)
  }

  @Test("Continued in the past, it takes another course, and the one that it left stays in sight")
  func branching() async throws {
    let (rehearsal, paused) = await pausedToy()
    rehearsal.trainer.send(.rewind)
    rehearsal.trainer.send(.rewind)
    let past = await rehearsal.first { $0.timeline.position == paused.timeline.steps.count - 3 }
    #expect(past.abandoned.map(\.history) == [paused.history], "where it came from is shown while it is in the past")
    rehearsal.trainer.send(.resume)
    _ = await rehearsal.first { $0.phase == .running && $0.step > paused.step }
    rehearsal.trainer.send(.pause)
    let other = await rehearsal.first { $0.phase == .paused }
    #expect(other.timeline.branch == 1)
    #expect(other.abandoned == [AbandonedCourse(branch: 0, from: past.step, history: paused.history)])
    #expect(other.timeline.steps == other.timeline.steps.sorted() && other.timeline.steps.contains(past.step))
    // The first course would have come elsewhere.
    let undisturbed = Trainer(.test("toy"), options: TrainingOptions(seed: 1), clock: SteppingClock().clock)
    try await undisturbed.runToEnd(steps: other.step, every: other.step) { _ in }
    #expect(await undisturbed.snapshot().readings != other.readings)
    #expect(other.history.steps == other.step)

    // The other course is one to be saved and resumed as any.
    let folder = Folder()
    let path = "\(folder.path)/branch.safetensors"
    let state = try await rehearsal.trainer.state()
    try state.safetensors(program: "test").write(to: path)
    await rehearsal.stop()
    let resumed = Trainer(
      .test("toy"), options: TrainingOptions(seed: 1), resumption: try Resumption(path: path),
      clock: SteppingClock().clock)
    try await resumed.prepare()
    #expect(try await resumed.state() == state)
    #expect(state.branch == 1)
  }

  @Test("A single step made in the past begins another course, too")
  func stepping() async throws {
    let (rehearsal, _) = await pausedToy()
    rehearsal.trainer.send(.rewind)
    let past = await rehearsal.first { $0.timeline.position != nil }
    rehearsal.trainer.send(.stepHalf)
    let half = await rehearsal.first { $0.next.name == "G" }
    #expect(half.timeline.branch == 1 && half.timeline.position == nil)
    #expect(half.abandoned.first?.from == past.step)
    await rehearsal.stop()
  }
}

@Suite("A run whose numbers end stops at once", .timeLimit(.minutes(10)))
struct RecoveryTests {
  /// D's rate grows until no weight survives it.
  private static let broken = Experiment.toy(named: "broken") { _ in
    .momentum(rate: .linear(from: 1e-3, to: 1e38, after: 3000, updates: 1), momentum: .constant(0))
  }

  @Test("It says where, and goes on from the last sound moment with half the rates")
  func recovery() async throws {
    let rehearsal = Rehearsal(Self.broken)
    let failed = await rehearsal.first { if case .failed = $0.phase { true } else { false } }
    guard case .failed(.diverged(let divergence)) = failed.phase else { return }
    #expect(divergence.step == failed.step)
    #expect((3001...3010).contains(divergence.step))
    #expect(!divergence.losses.isEmpty)
    #expect("\(divergence)".contains("NaN or infinite since step \(failed.step)"))
    let sound = try #require(failed.timeline.steps.last)
    #expect(sound < divergence.step)

    rehearsal.trainer.send(.recover)
    let recovered = await rehearsal.first { $0.timeline.branch == 1 }
    #expect(recovered.rateScale == 0.5)
    #expect(recovered.abandoned.first?.from == sound)
    let again = await rehearsal.first { if case .failed = $0.phase { true } else { false } }
    #expect(again.step > sound)
    // Looking back needs no other rates.
    rehearsal.trainer.send(.rewind)
    let past = await rehearsal.first { $0.phase == .paused }
    #expect(past.readings["d_loss"] != nil && past.rateScale == 0.5)
    await rehearsal.stop()
  }
}
