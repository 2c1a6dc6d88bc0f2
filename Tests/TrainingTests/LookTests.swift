// When the players are looked at, and of which step the figures are then.

import RunFiles
import TestSupport
import Testing
import Training

@Suite("Looks at the players")
struct LookTests {
  /// Looks for so many seconds at what steps of 10 ms make, with looks and glances that take so long.
  private func looks(
    for seconds: Double, first: Double, look: Double, glance: Double, hasPictures: Bool = true, isWatched: Bool = true
  ) -> (figures: [Double], pictures: [Double]) {
    var cadence = LookCadence()
    cadence.isWatched = isWatched
    var (now, figures, pictures) = (0.0, [Double](), [Double]())
    while now < seconds {
      let begin = now
      if now >= cadence.figuresDue {
        now += figures.isEmpty ? first : look
        cadence.looked(from: begin, to: now, hasPictures: hasPictures)
        figures.append(begin)
        pictures.append(begin)
      } else if now >= cadence.picturesDue {
        now += glance
        cadence.glanced(from: begin, to: now)
        pictures.append(begin)
      }
      now += 0.01
    }
    return (figures, pictures)
  }

  private func longestGap(_ times: [Double]) -> Double { zip(times.dropFirst(), times).map(-).max() ?? .infinity }

  @Test("A first look that took long, for it was cold, delays none")
  func cold() {
    let (figures, _) = looks(for: 20, first: 2, look: 0.002, glance: 0.001)
    // The first look itself takes two seconds.
    #expect(longestGap(figures) < 2.3)
  }

  @Test("Pictures are renewed at least twice a second in the first minute, however costly figures are")
  func pictures() {
    let (figures, pictures) = looks(for: 60, first: 0.3, look: 0.1, glance: 0.004)
    #expect(longestGap(pictures) <= 0.5)
    #expect(longestGap(figures) > 5 && figures.count < 12, "a hundredth of the time is theirs")
  }

  @Test("Costly pictures take a tenth of the first minute, and a fiftieth later")
  func costlyPictures() {
    let (_, early) = looks(for: 60, first: 3, look: 1, glance: 0.2)
    #expect((25...40).contains(early.count))
    let (_, all) = looks(for: 600, first: 3, look: 1, glance: 0.2)
    #expect((60...140).contains(all.count))
  }

  @Test("Nobody waits longer than twenty seconds for figures")
  func patience() {
    #expect(longestGap(looks(for: 120, first: 5, look: 3, glance: 0.5).figures) < 24)
  }

  @Test("Where nobody watches there are figures alone, for a hundredth of the time")
  func unwatched() {
    let (figures, pictures) = looks(for: 60, first: 0.1, look: 0.01, glance: 0.001, isWatched: false)
    #expect(figures == pictures && (40...70).contains(figures.count))
  }

  @Test(
    "Pictures of a run are of later steps than its figures, and both say so; its journal has neither under a wrong step"
  )
  func steps() async throws {
    let folder = Folder()
    let recorder = RunRecorder(
      .test("digits"), options: TrainingOptions(), place: .new(in: folder.path), cadence: .metrics)
    // Looks take long by this clock, and steps as long.
    let rehearsal = Rehearsal(.test("digits"), clock: SteppingClock(tick: 0.01).clock, recorder: recorder)
    let running = await rehearsal.first { ($0.readingsStep ?? $0.step) < ($0.samplesStep ?? $0.step) }
    #expect(running.phase == .running)
    rehearsal.trainer.send(.pause)
    let paused = await rehearsal.first { $0.phase == .paused }
    #expect(paused.readingsStep == nil && paused.samplesStep == nil)
    await rehearsal.stop()
    recorder.close(runPatience: 1, diskPatience: 10)
    let run = try #require(RunFolder.all(in: folder.path).first)
    var course = RunCourse(run)
    _ = course.refresh()
    #expect(course.records.count > 1)
    #expect(course.records.allSatisfy { $0.readingsStep == nil })
  }
}
