// Slow motion, in a world in which sleeping takes no time.

import Testing
import Training

@Suite("A pace decides when a step is made, not what it does", .timeLimit(.minutes(2)))
struct PaceTests {
  private func finished(pace: Double?, steps: Int, _ name: String = "toy") async -> Snapshot {
    let rehearsal = Rehearsal(.test(name), stepLimit: steps, clock: SteppingClock(tick: 1e-5).clock) { trainer in
      trainer.send(.pace(stepsPerSecond: pace))
    }
    let snapshot = await rehearsal.first { $0.phase == .finished }
    await rehearsal.stop()
    return snapshot
  }

  @Test("The same numbers come at every pace", arguments: [10, 200, 10_000] as [Double])
  func sameCourse(pace: Double) async {
    let (slow, fast) = (await finished(pace: pace, steps: 60), await finished(pace: nil, steps: 60))
    #expect(slow.history == fast.history)
    #expect(slow.samples == fast.samples)
    #expect(slow.metrics.jsd == fast.metrics.jsd)
    #expect(slow.pace == pace)
    #expect(fast.pace == nil)
  }

  @Test(
    "A pace is kept: the first step is made at once, the others in their time", arguments: [10, 200, 1_000] as [Double])
  func kept(pace: Double) async {
    let snapshot = await finished(pace: pace, steps: 101)
    // The clock moves on while nothing is timed, and a rest that a command cut short counts twice on it.
    #expect(snapshot.seconds >= 95 / pace)
    #expect(snapshot.seconds <= 101 / pace + 0.05)
  }

  @Test("A step every two seconds is half a step a second, also in the middle of a rest")
  func slowRate() {
    var meter = RateMeter()
    for _ in 0..<6 {
      meter.add(steps: 0, seconds: 1)
      meter.add(steps: 0, seconds: 1)
      meter.add(steps: 1, seconds: 1e-5)
    }
    #expect(abs(meter.stepsPerSecond - 0.5) < 0.001)
    meter.add(steps: 0, seconds: 1.5)
    #expect(abs(meter.stepsPerSecond - 0.5) < 0.001)
  }

  @Test("Small delays are made up for; a long one, like a pause, is not")
  func lateness() {
    var pacemaker = Pacemaker()
    pacemaker.stepsPerSecond = 100
    /// Steps that are due within a second from `begin`, each made `late` seconds after it is due.
    func steps(from begin: Double, late: Double) -> Int {
      var (count, now) = (0, begin)
      while now < begin + 0.995 {
        pacemaker.stepped(at: now)
        count += 1
        let wait = pacemaker.wait(at: now)
        if wait > 0 { now += wait + late }
      }
      return count
    }
    #expect(steps(from: 0, late: 0) == 100)
    #expect((99...100).contains(steps(from: 1, late: 0.004)))
    #expect((100...106).contains(steps(from: 60, late: 0)), "a minute is not owed")
    pacemaker.restart()
    #expect(steps(from: 200, late: 0) == 100)
    pacemaker.stepsPerSecond = nil
    pacemaker.stepped(at: 300)
    #expect(pacemaker.wait(at: 300) == 0)
  }

  @Test("A pace is told with the next snapshot, also while paused, and outlives a reset")
  func told() async {
    let rehearsal = Rehearsal(.test("toy"), before: { $0.send(.pause) })
    _ = await rehearsal.first { $0.phase == .paused && $0.pace == nil }
    rehearsal.trainer.send(.pace(stepsPerSecond: 50))
    let slowed = await rehearsal.first { $0.pace == 50 }
    #expect(slowed.phase == .paused)
    rehearsal.trainer.send(.reset)
    rehearsal.trainer.send(.resume)
    let again = await rehearsal.first { $0.phase == .running && $0.step > 2 }
    #expect(again.pace == 50)
    rehearsal.trainer.send(.pace(stepsPerSecond: nil))
    _ = await rehearsal.first { $0.phase == .running && $0.pace == nil }
    await rehearsal.stop()
  }

  @Test("A command does not wait for the next step")
  func impatience() async {
    let (rests, rest) = AsyncStream<Void>.makeStream()
    // By this clock nobody ever wakes up by themselves.
    let clock = TrainingClock(now: SteppingClock().clock.now) { _ in
      rest.yield()
      let (silence, end) = AsyncStream<Void>.makeStream()
      for await _ in silence {}
      end.finish()
    }
    let rehearsal = Rehearsal(.test("toy"), clock: clock) { $0.send(.pace(stepsPerSecond: 0.001)) }
    _ = await rehearsal.first { $0.phase == .running && $0.step == 1 }
    for await _ in rests { break }
    rehearsal.trainer.send(.pause)
    let paused = await rehearsal.first { $0.phase == .paused }
    #expect(paused.step == 1)
    await rehearsal.stop()
  }

  @Test("A cancelled task ends a trainer that rests between two steps")
  func cancellation() async {
    let rehearsal = Rehearsal(.test("toy"), before: { $0.send(.pace(stepsPerSecond: 10)) })
    _ = await rehearsal.first { $0.phase == .running && $0.step > 0 }
    rehearsal.task.cancel()
    await rehearsal.task.value
    #expect(await rehearsal.trainer.snapshot().phase == .stopped)
  }
}
