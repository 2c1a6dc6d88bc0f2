// Slow motion, in a world in which sleeping takes no time.

import Testing
import Training

@Suite("A pace decides when a step is made, not what it does", .timeLimit(.minutes(10)))
struct PaceTests {
  private func finished(pace: Pace, steps: Int, _ name: String = "toy") async -> Snapshot {
    let rehearsal = Rehearsal(.test(name), stepLimit: steps, clock: SteppingClock(tick: 1e-5).clock) { trainer in
      trainer.send(.pace(pace))
    }
    let snapshot = await rehearsal.first { $0.phase == .finished }
    await rehearsal.stop()
    return snapshot
  }

  @Test(
    "The same numbers come at every pace",
    arguments: [.steady(10), .steady(200), .steady(10_000), .automatic] as [Pace])
  func sameCourse(pace: Pace) async {
    let (slow, fast) = (await finished(pace: pace, steps: 60), await finished(pace: .full, steps: 60))
    #expect(slow.history == fast.history)
    #expect(slow.samples == fast.samples)
    #expect(slow.readings["jsd"] == fast.readings["jsd"])
    #expect(slow.isAutomatic == (pace == .automatic) && !fast.isAutomatic)
    if case .steady(let stepsPerSecond) = pace { #expect(slow.pace == stepsPerSecond) }
    #expect(fast.pace == nil)
  }

  @Test(
    "A pace is kept: the first step is made at once, the others in their time", arguments: [10, 200, 1_000] as [Double])
  func kept(pace: Double) async {
    let snapshot = await finished(pace: .steady(pace), steps: 101)
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
    pacemaker.pace = .steady(100)
    /// Steps that are due within a second from `begin`, each made `late` seconds after it is due.
    func steps(from begin: Double, late: Double) -> Int {
      var (count, now) = (0, begin)
      while now < begin + 0.995 {
        pacemaker.stepped(at: now, to: 0)
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
    pacemaker.pace = .full
    pacemaker.stepped(at: 300, to: 0)
    #expect(pacemaker.wait(at: 300) == 0)
  }

  @Test("An automatic pace gives each decade of steps the same seconds, and little to the first steps")
  func opening() {
    var pacemaker = Pacemaker()
    pacemaker.pace = .automatic
    var (now, times) = (0.0, [Int: Double]())
    for step in 1...100_000 {
      pacemaker.stepped(at: now, to: step)
      times[step] = now
      now += pacemaker.wait(at: now)
    }
    func seconds(_ from: Int, _ to: Int) -> Double { (times[to] ?? .nan) - (times[from] ?? .nan) }
    #expect(seconds(1, 10) < 1.5)
    #expect(seconds(1, 1_000) < 9)
    for decade in [(100, 1_000), (1_000, 10_000), (10_000, 100_000)] {
      #expect(abs(seconds(decade.0, decade.1) - 4) < 0.2, "\(decade)")
    }
  }

  @Test("The opening ends where it asks for more than there is, and can begin again")
  func endOfOpening() {
    var pacemaker = Pacemaker()
    pacemaker.pace = .automatic
    pacemaker.compare(with: 1_000, at: 100)
    #expect(pacemaker.isOpening && pacemaker.stepsPerSecond(at: 100) != nil)
    pacemaker.compare(with: 1_000, at: 2_000)
    pacemaker.stepped(at: 1, to: 2_001)
    #expect(!pacemaker.isOpening && pacemaker.stepsPerSecond(at: 2_001) == nil && pacemaker.wait(at: 1) == 0)
    pacemaker.compare(with: 1_000, at: 10)
    #expect(!pacemaker.isOpening, "a moment of weakness is no beginning")
    pacemaker.open()
    pacemaker.stepped(at: 2, to: 1)
    #expect(pacemaker.wait(at: 2) > 0.1)
  }

  @Test("A run opens slowly, comes to full speed by itself, and opens again after a reset; so it does beside a key")
  func openingOfRun() async {
    let rehearsal = Rehearsal(.test("toy"), clock: SteppingClock(tick: 1e-4).clock) { $0.send(.pace(.automatic)) }
    let early = await rehearsal.first { $0.phase == .running && $0.step > 5 }
    #expect(early.isAutomatic && (early.pace ?? .infinity) < 10_000)
    let later = await rehearsal.first { $0.phase == .running && $0.pace == nil && $0.step > 5 }
    // A step of this clock takes a ten-thousandth of a second or two.
    #expect(later.isAutomatic && later.step > 1_000 && later.seconds > 6)
    rehearsal.trainer.send(.reset)
    _ = await rehearsal.first { $0.phase == .running && $0.step < 1_000 && $0.pace != nil }
    rehearsal.trainer.send(.pace(.full))
    _ = await rehearsal.first { $0.phase == .running && !$0.isAutomatic && $0.pace == nil }
    await rehearsal.stop()
  }

  @Test("A pace is told with the next snapshot, also while paused, and outlives a reset")
  func told() async {
    let rehearsal = Rehearsal(.test("toy"), before: { $0.send(.pause) })
    _ = await rehearsal.first { $0.phase == .paused && $0.pace == nil }
    rehearsal.trainer.send(.pace(.steady(50)))
    let slowed = await rehearsal.first { $0.pace == 50 }
    #expect(slowed.phase == .paused)
    rehearsal.trainer.send(.reset)
    rehearsal.trainer.send(.resume)
    let again = await rehearsal.first { $0.phase == .running && $0.step > 2 }
    #expect(again.pace == 50)
    rehearsal.trainer.send(.pace(.full))
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
    let rehearsal = Rehearsal(.test("toy"), clock: clock) { $0.send(.pace(.steady(0.001))) }
    _ = await rehearsal.first { $0.phase == .running && $0.step == 1 }
    for await _ in rests { break }
    rehearsal.trainer.send(.pause)
    let paused = await rehearsal.first { $0.phase == .paused }
    #expect(paused.step == 1)
    await rehearsal.stop()
  }

  @Test("A cancelled task ends a trainer that rests between two steps")
  func cancellation() async {
    let rehearsal = Rehearsal(.test("toy"), before: { $0.send(.pace(.steady(10))) })
    _ = await rehearsal.first { $0.phase == .running && $0.step > 0 }
    rehearsal.task.cancel()
    await rehearsal.task.value
    #expect(await rehearsal.trainer.snapshot().phase == .stopped)
  }
}
