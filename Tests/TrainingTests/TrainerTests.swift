// A trainer as its user meets it: commands go in, snapshots come out.

import Testing
import Training

@Suite("A trainer obeys between two steps", .timeLimit(.minutes(10)))
struct TrainerTests {
  @Test("It says that it prepares before it does, then runs, and stops when told")
  func lifeCycle() async {
    let rehearsal = Rehearsal(.test("toy"), before: { _ in })
    let running = await rehearsal.first { $0.phase == .running && $0.step > 0 }
    #expect(running.experiment.data == "N(4, 0.5)")
    #expect(running.experiment.updates == "alternating, k = 1")
    rehearsal.trainer.send(.stop)
    _ = await rehearsal.first { $0.phase == .stopped }
    await rehearsal.task.value
  }

  @Test("The first snapshot is there before data or programs are")
  func preparing() async throws {
    let trainer = Trainer(.test("toy"), options: TrainingOptions(), clock: SteppingClock().clock)
    let snapshot = await trainer.snapshot()
    #expect(snapshot.phase == .preparing)
    #expect(snapshot.experiment.name == "toy")
    #expect(snapshot.samples == .empty)
  }

  @Test("A pause takes hold after the step it meets")
  func pause() async {
    let stepping = SteppingClock()
    let rehearsal = Rehearsal(.test("toy"), clock: stepping.clock) { trainer in
      stepping.at(reading: 200) { trainer.send(.pause) }
    }
    let paused = await rehearsal.first { $0.phase == .paused }
    #expect(paused.step > 0)
    // A burst is 4 ms, 4 readings; looking at the samples and publishing take a few more.
    #expect(stepping.count - 200 <= 8)
    let later = await rehearsal.trainer.snapshot()
    #expect(later.step == paused.step)
    #expect(later.seconds == paused.seconds)
    rehearsal.trainer.send(.resume)
    _ = await rehearsal.first { $0.phase == .running && $0.step > paused.step }
    await rehearsal.stop()
  }

  @Test("While paused, single halves alternate between D and G; two make a step")
  func halves() async {
    let rehearsal = Rehearsal(.test("toy"), before: { $0.send(.pause) })
    var snapshot = await rehearsal.first { $0.phase == .paused }
    #expect(snapshot.step == 0)
    #expect(snapshot.next.name == "D")
    for (next, step) in [("G", 0), ("D", 1), ("G", 1), ("D", 2)] {
      let before = snapshot.readings
      rehearsal.trainer.send(.stepHalf)
      snapshot = await rehearsal.first { $0.next.name == next && $0.step == step }
      #expect(snapshot.phase == .paused)
      // Who moves is seen at once: D in both of its means, G in the second alone.
      let after = snapshot.readings
      #expect((after["d_real"] != before["d_real"]) == (next == "G"))
      #expect(after["d_fake"] != before["d_fake"])
      #expect(after["value"] != before["value"])
    }
    await rehearsal.stop()
  }

  @Test("Where both move at once, a single step is a whole one")
  func wholeSteps() async {
    let options = TrainingOptions(seed: 1, changes: [SettingChange("order", "simultaneous")])
    let rehearsal = Rehearsal(.test("toy"), options: options, before: { $0.send(.pause) })
    let paused = await rehearsal.first { $0.phase == .paused }
    #expect(paused.next.isWholeStep && paused.step == 0)
    rehearsal.trainer.send(.stepHalf)
    let after = await rehearsal.first { $0.step == 1 }
    #expect(after.next.isWholeStep)
    await rehearsal.stop()
  }

  @Test("Commands that arrive together are obeyed in their order")
  func order() async {
    let rehearsal = Rehearsal(.test("toy")) { trainer in
      for command in [Command.pause, .stepHalf, .stepHalf, .stepHalf, .reset, .stepHalf] { trainer.send(command) }
    }
    let snapshot = await rehearsal.first { $0.phase == .paused && $0.next.name == "G" }
    #expect(snapshot.step <= 1)
    let last = await rehearsal.trainer.snapshot()
    #expect(last.step == 0, "the reset came before the last half")
    await rehearsal.stop()
  }

  @Test("A reset leads along the same course again")
  func reset() async {
    let rehearsal = Rehearsal(.test("toy"), stepLimit: 40)
    let first = await rehearsal.first { $0.phase == .finished }
    rehearsal.trainer.send(.reset)
    let second = await rehearsal.first { $0.phase == .finished }
    #expect(second.step == 40)
    #expect(second.samples == first.samples)
    #expect(second.history == first.history)
    #expect(second.readings["jsd"] == first.readings["jsd"])
    await rehearsal.stop()
  }

  @Test("However long a look at the samples takes, there is one every twenty seconds")
  func looks() async {
    // Every reading of the clock is a second after the one before: a step and a look take one each.
    let stepping = SteppingClock(tick: 1)
    let rehearsal = Rehearsal(.test("toy"), stepLimit: 100, clock: stepping.clock)
    let finished = await rehearsal.first { $0.phase == .finished }
    let (looks, elapsed) = (finished.seconds - 100, Double(stepping.count))
    // A look is due after twenty seconds, and comes when the step under way, of some readings, is through.
    #expect(looks >= elapsed / 30)
    #expect(looks <= elapsed / 20 + 1)
    await rehearsal.stop()
  }

  @Test("New noise shows other samples and leaves the training alone")
  func renewNoise() async {
    let rehearsal = Rehearsal(.test("ring"), before: { $0.send(.pause) })
    let before = await rehearsal.first { $0.phase == .paused && $0.samples != .empty }
    rehearsal.trainer.send(.renewNoise)
    let after = await rehearsal.first { $0.samples != before.samples }
    #expect(after.step == before.step)
    #expect(after.readings == before.readings, "what is measured does not depend on what is shown")
    guard case .points(let old) = before.samples, case .points(let new) = after.samples else {
      Issue.record("a ring shows points")
      return
    }
    #expect(old.real == new.real)
    #expect(old.fake != new.fake)
    #expect(old.discriminator == new.discriminator)
    await rehearsal.stop()
  }

  @Test("Data that are missing are a failure in words, and the trainer can still be stopped")
  func missingData() async {
    let rehearsal = Rehearsal(
      .test("gan/tutorial-mnist"), options: TrainingOptions(dataDirectory: "/nowhere/at/all"))
    let snapshot = await rehearsal.first { if case .failed = $0.phase { true } else { false } }
    guard case .failed(let error) = snapshot.phase else { return }
    #expect(error.description.contains("/nowhere/at/all"))
    #expect(error.description.contains("train-images-idx3-ubyte"))
    await rehearsal.stop()
  }

  @Test("Without any data the experiments on MNIST say how to bring it")
  func noImages() async {
    let trainer = Trainer(.test("gan/paper-mnist"), options: TrainingOptions(), clock: SteppingClock().clock)
    await #expect(throws: TrainingError.noImages) {
      try await trainer.runToEnd(steps: 1, every: 1) { _ in }
    }
    #expect(TrainingError.noImages.description.contains("--data"))
  }

  @Test("A cancelled task ends the trainer")
  func cancellation() async {
    let rehearsal = Rehearsal(.test("toy"), before: { $0.send(.pause) })
    _ = await rehearsal.first { $0.phase == .paused }
    rehearsal.task.cancel()
    await rehearsal.task.value
    #expect(await rehearsal.trainer.snapshot().phase == .stopped)
  }
}
