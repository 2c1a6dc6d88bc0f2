// A run that has nothing more to learn leaves its cores to others.

import Figures
import Testing
import Training

@Suite("At the floor of what can be measured", .timeLimit(.minutes(10)))
struct FloorTests {
  private func metrics(jsd: Double?, floor: Double? = 0.001) -> Readings {
    var readings = Readings()
    readings["jsd"] = jsd
    readings["jsd_floor"] = floor
    return readings
  }

  @Test("A run is there for long after half a minute, which a single look above it does not interrupt")
  func patience() {
    var watch = FloorWatch()
    func see(_ jsd: Double, _ seconds: ClosedRange<Int>) {
      for second in seconds { watch.saw(metrics(jsd: jsd), at: Double(second)) }
    }
    see(0.2, 0...10)
    see(0.003, 11...40)
    #expect(!watch.hasBeenThereForLong(at: 40))
    see(0.003, 41...41)
    #expect(watch.hasBeenThereForLong(at: 41))
    see(0.02, 42...42)
    see(0.003, 43...43)
    #expect(watch.hasBeenThereForLong(at: 43))
    see(0.02, 44...45)
    see(0.003, 46...60)
    #expect(!watch.hasBeenThereForLong(at: 60), "it had left")
    see(0.003, 61...90)
    watch.dismiss()
    #expect(!watch.hasBeenThereForLong(at: 90), "a person wants it to go on")
  }

  @Test("No figure, no floor, or figures above it: no floor is claimed")
  func unknown() {
    #expect(!metrics(jsd: nil, floor: nil).isAtFloor() && !metrics(jsd: 0.001, floor: nil).isAtFloor())
    #expect(!metrics(jsd: 0.0121).isAtFloor() && metrics(jsd: 0.0009).isAtFloor())
    var watch = FloorWatch()
    for second in 0...100 { watch.saw(Readings(), at: Double(second)) }
    #expect(!watch.hasBeenThereForLong(at: 100))
  }

  @Test("A run rests by itself, keeps to pauses, and goes on when it is resumed")
  func toy() async throws {
    // Whoever is so easily content comes to rest soon.
    let rehearsal = Rehearsal(.test("toy"), patience: FloorWatch(patience: 2, tremor: 1)) {
      $0.send(.pace(.automatic))
    }
    let resting = await rehearsal.first { $0.phase == .resting }
    #expect(resting.seconds > 2 && resting.pace == nil, "it is no part of the opening")
    #expect(resting.readingsStep == nil && resting.timeline.steps.last == resting.step)

    rehearsal.trainer.send(.pause)
    _ = await rehearsal.first { $0.phase == .paused }
    rehearsal.trainer.send(.resume)
    let again = await rehearsal.first { $0.phase == .resting }
    #expect(again.step == resting.step, "a pause of all experiments is no wish for more steps")

    rehearsal.trainer.send(.resume)
    // Far longer than it takes to come to rest.
    let awake = await rehearsal.first { $0.step > resting.step + 3_000 }
    #expect(awake.phase == .running)

    rehearsal.trainer.send(.reset)
    _ = await rehearsal.first { $0.phase == .resting }
    rehearsal.trainer.send(.pace(.full))
    _ = await rehearsal.first { $0.phase == .running && !$0.isAutomatic }
    await rehearsal.stop()
  }
}
