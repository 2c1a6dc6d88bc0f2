// What a trainer saves by itself: when, how much of it is kept, and that it is always something to go on from.

import GenerativeModels
import NeuralNetwork
import RunFiles
import TestSupport
import Testing
import Training

@Suite("A trainer saves its run", .timeLimit(.minutes(10)))
struct CheckpointTests {
  private let folder = Folder()

  private func recorder(_ experiment: Experiment, _ cadence: CheckpointCadence) -> RunRecorder {
    RunRecorder(
      experiment, options: TrainingOptions(seed: 1), place: .new(in: folder.path), checkpoints: cadence,
      now: { Moment(seconds: 1_795_000_000) })
  }

  private func close(_ recorder: RunRecorder) { recorder.close(runPatience: 0, diskPatience: 300) }

  private func run() throws -> RunFolder { try RunFolder.find("last", in: folder.path) }

  private func resumed(from path: String, to step: Int, _ experiment: Experiment = .test("toy")) async throws
    -> RunState
  {
    let trainer = Trainer(
      experiment, options: TrainingOptions(seed: 1), resumption: try Resumption(path: path),
      clock: SteppingClock().clock)
    try await trainer.runToEnd(steps: step, every: step) { _ in }
    var state = try await trainer.state()
    state.seconds = 0
    return state
  }

  @Test("Every so many steps, and at the end; the latest few and the best are kept, and each is one to go on from")
  func everySoManySteps() async throws {
    let recorder = recorder(.test("toy"), CheckpointCadence(steps: 10, kept: 3))
    let trainer = Trainer(
      .test("toy"), options: TrainingOptions(seed: 1), clock: SteppingClock().clock, recorder: recorder)
    // The writer is waited for before the next one is due: nothing is skipped.
    try await trainer.runToEnd(steps: 55, every: 55) { _ in }
    close(recorder)
    let checkpoints = try run().checkpoints
    let kept = checkpoints.checkpoints
    #expect(kept.first?.moment.step == 55 && kept.count <= 3)
    #expect(kept.dropFirst().allSatisfy { $0.moment.step.isMultiple(of: 10) })
    var whole = try await trainer.state()
    whole.seconds = 0
    for checkpoint in kept { #expect(try await resumed(from: checkpoint.path, to: 55) == whole) }

    let events = try Folder.text(at: run().metrics).split(separator: "\n").compactMap { JSONObject(Array($0.utf8)) }
      .filter { $0.text("event") == "checkpoint" }
    let scores = events.compactMap { $0.number("score") }
    let best = try Safetensors.metadata(of: checkpoints.bestPath)
    #expect(scores.count == events.count && RunState.score(in: best) == scores.min())
  }

  @Test("By time: after ten seconds, then ever more seldom, from a minute to ten")
  func cadence() {
    var (last, times) = (Double?.none, [Double]())
    for second in 0...3600
    where CheckpointCadence().isDue(step: second, seconds: Double(second), begin: 0, last: last) {
      last = Double(second)
      times.append(Double(second))
    }
    #expect(times.prefix(5) == [10, 70, 130, 195, 293])
    let gaps = zip(times.dropFirst(), times).map(-)
    #expect(gaps == gaps.sorted() && gaps.last == 600 && times.count < 15)
  }

  @Test("By time: after ten seconds of training, then a minute apart at the least")
  func byTime() async throws {
    let recorder = recorder(.test("toy"), CheckpointCadence(kept: 1000))
    // A second passes with every reading of the clock, of which there are two or more in a step.
    let trainer = Trainer(
      .test("toy"), options: TrainingOptions(seed: 1), clock: SteppingClock(tick: 1).clock, recorder: recorder)
    try await trainer.runToEnd(steps: 120, every: 120) { _ in }
    close(recorder)
    let times = try run().checkpoints.checkpoints.reversed().map { checkpoint in
      try Double(#require(Safetensors.metadata(of: checkpoint.path)["seconds"])) ?? 0
    }
    #expect(try (10...20).contains(#require(times.first)))
    #expect(zip(times.dropFirst(), times).dropLast().allSatisfy { $0 - $1 >= 60 })
  }

  @Test("What is not sound is never saved")
  func sound() async throws {
    let broken = Experiment.toy(named: "broken") { _ in
      .momentum(rate: .linear(from: 1e-3, to: 1e38, after: 40, updates: 1), momentum: .constant(0))
    }
    let recorder = recorder(broken, CheckpointCadence(steps: 1, kept: 1000))
    let trainer = Trainer(
      broken, options: TrainingOptions(seed: 1), clock: SteppingClock().clock, recorder: recorder)
    await #expect(throws: TrainingError.self) { try await trainer.runToEnd(steps: 100, every: 100) { _ in } }
    close(recorder)
    let kept = try run().checkpoints.checkpoints
    #expect(!kept.isEmpty)
    for checkpoint in kept {
      #expect(try await resumed(from: checkpoint.path, to: checkpoint.moment.step, broken).isHealthy)
    }
  }

  @Test("Where it cannot be written, a person is told once, and the training goes on")
  func disk() async throws {
    // A file where the folder has to be.
    folder.write("checkpoints", [])
    let recorder = RunRecorder(
      .test("toy"), options: TrainingOptions(seed: 1), place: try .taking(RunFolder(path: folder.path)),
      checkpoints: CheckpointCadence(steps: 10))
    let trainer = Trainer(
      .test("toy"), options: TrainingOptions(seed: 1), clock: SteppingClock().clock, recorder: recorder)
    try await trainer.runToEnd(steps: 60, every: 60) { _ in }
    close(recorder)
    #expect(await trainer.snapshot().step == 60)
    let remarks = recorder.takeRemarks().filter { $0.contains("cannot be saved") }
    #expect(remarks.count == 1)
    #expect(remarks.first?.contains("cannot be written: Not a directory") == true)
  }

  @Test("Begun again, it is saved as soon as a new one would be, and gone on with from there")
  func reset() async throws {
    let trainer = Trainer(.test("toy"), options: TrainingOptions(seed: 1), clock: SteppingClock().clock)
    var moments: [(snapshot: Snapshot, state: RunState)] = []
    for step in [0, 20, 50] {
      try await trainer.runToEnd(steps: step, every: 50) { _ in }
      moments.append((await trainer.snapshot(), try await trainer.state()))
    }
    moments[2].state.seconds = 100
    let recorder = recorder(.test("toy"), CheckpointCadence())
    recorder.saw(moments[0].snapshot)
    recorder.saw(moments[2].snapshot)
    recorder.keep(moments[2].state, score: nil)
    recorder.note(.reset)
    #expect(!recorder.wantsCheckpoint(step: 1, seconds: 1))
    // It wants one as soon as the one before is written.
    while !recorder.wantsCheckpoint(step: 20, seconds: 12) { await Task.yield() }
    recorder.keep(moments[1].state, score: nil)
    close(recorder)
    let kept = try run().checkpoints
    #expect(kept.checkpoints.map(\.moment.step) == [20])
    #expect(try Safetensors.metadata(of: kept.abandonedPath)["step"] == "50")
  }

  @Test("A run that is left while its past is looked at keeps the moment that it had come to")
  func leftInThePast() async throws {
    let recorder = recorder(.test("toy"), CheckpointCadence(steps: 1_000_000))
    let rehearsal = Rehearsal(.test("toy"), recorder: recorder)
    _ = await rehearsal.first { $0.timeline.steps.count >= 3 }
    rehearsal.trainer.send(.pause)
    let paused = await rehearsal.first { $0.phase == .paused }
    rehearsal.trainer.send(.rewind)
    _ = await rehearsal.first { $0.timeline.position != nil }
    await rehearsal.stop()
    close(recorder)
    #expect(try run().checkpoints.checkpoints.map(\.moment.step) == [paused.step])
  }
}
