// What a run has written down, read back.

import Figures
import Glibc
import RunFiles
import TestSupport
import Testing
import Training

@Suite("The course of a run, read from its files")
struct RunCourseTests {
  private let folder = Folder()

  private func recorder() -> RunRecorder {
    RunRecorder(
      .test("toy"), options: TrainingOptions(seed: 7), place: .new(in: folder.path),
      cadence: LogCadence(shortest: 0, density: 1, steps: 1), now: { Moment(seconds: 1_795_000_000) })
  }

  private func close(_ recorder: RunRecorder) { recorder.close(runPatience: 0, diskPatience: 300) }

  private func course() throws -> RunCourse {
    var course = RunCourse(try RunFolder.find("last", in: folder.path))
    _ = course.refresh()
    return course
  }

  /// A child that another test starts at this moment has the lock, too, until it has become another program.
  private func waitUntilEnded(_ course: RunCourse) throws {
    let end = ContinuousClock.now + .seconds(60)
    while course.isRunning {
      guard ContinuousClock.now < end else { throw StillRunning() }
      usleep(1000)
    }
  }

  private struct StillRunning: Error {}

  /// The moments of a short training, each after `every` steps and a second after the one before.
  private func moments(_ name: String = "toy", steps: Int, every: Int) async throws -> [Snapshot] {
    let (reports, trainer) = (Reports(), Trainer(.test(name), options: TrainingOptions(seed: 7)))
    try await trainer.runToEnd(steps: steps, every: every) { reports.add($0) }
    return reports.all.enumerated().map { index, report in
      var moment = report
      moment.seconds = Double(index + 1)
      moment.phase = index == steps / every - 1 ? .finished : .running
      return moment
    }
  }

  @Test("Every moment is as it was, and the losses of all steps until then", arguments: ["toy", "ring", "digits"])
  func moments(name: String) async throws {
    let moments = try await moments(name, steps: 12, every: 3)
    let recorder = recorder()
    recorder.saw(Snapshot(experiment: moments[0].experiment))
    for moment in moments { recorder.saw(moment) }
    close(recorder)
    let course = try course()
    #expect(course.records.count == 4 && course.garbage == 0 && course.elapsed == [1, 2, 3, 4])
    try waitUntilEnded(course)
    #expect(course.events.map(\.text) == ["end finished, step 12"])
    for (index, moment) in moments.enumerated() {
      let got = course.snapshot(at: index)
      // Where the images are is in the run's settings.
      var experiment = moment.experiment
      experiment.dataFolder = nil
      #expect(got.experiment == experiment && got.readings == moment.readings)
      #expect((got.step, got.seconds, got.phase) == (moment.step, moment.seconds, moment.phase))
      #expect(got.exhibits.map { $0.line(step: 0).text } == moment.exhibits.map { $0.line(step: 0).text })
      let (losses, whole) = (try #require(got.history["d_loss"]), try #require(moment.history["d_loss"]))
      #expect(losses.steps == whole.steps)
      // Three steps at a time are known.
      #expect(losses.latest().buckets.map(\.maximum).max() == whole.latest().buckets.map(\.maximum).max())
      #expect(losses.latest().buckets.map(\.minimum).min() == whole.latest().buckets.map(\.minimum).min())
      #expect(losses.latest(1).buckets.last?.smoothed == whole.latest(1).buckets.last?.smoothed)
    }
  }

  @Test("Of a run with a line for each step, the losses are those of the session, at every moment and in any order")
  func exact() async throws {
    let moments = try await moments(steps: 150, every: 1)
    let recorder = recorder()
    recorder.saw(Snapshot(experiment: moments[0].experiment))
    for moment in moments {
      recorder.saw(moment)
      // Else so many would not wait for the disk.
      recorder.note(.warning(""))
    }
    close(recorder)
    let course = try course()
    for index in [149, 0, 127, 128, 129, 5] {
      #expect(
        course.snapshot(at: index).history["d_loss"]?.latest() == moments[index].history["d_loss"]?.latest())
      #expect(course.snapshot(at: index).history["g_loss"]?.latest() == moments[index].history["g_loss"]?.latest())
    }
  }

  @Test("After a reset the losses begin anew, while the time that was spent goes on")
  func reset() async throws {
    let moments = try await moments(steps: 6, every: 1)
    let recorder = recorder()
    recorder.saw(Snapshot(experiment: moments[0].experiment))
    for moment in moments.dropLast() { recorder.saw(moment) }
    recorder.note(.reset)
    for moment in moments { recorder.saw(moment) }
    close(recorder)
    let course = try course()
    #expect(course.records.map(\.step) == [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6])
    #expect(course.elapsed == (1...11).map(Double.init))
    #expect(course.events.map(\.text) == ["reset, step 5", "end finished, step 6"])
    for (index, moment) in zip([4, 5, 10], [moments[4], moments[0], moments[5]]) {
      #expect(course.snapshot(at: index).history["d_loss"]?.latest() == moment.history["d_loss"]?.latest())
    }
  }

  @Test("Of a run that went on from an earlier step, the time is counted that it took, and it is said where it went on")
  func resumption() async throws {
    let moments = try await moments(steps: 6, every: 1)
    let first = recorder()
    first.saw(Snapshot(experiment: moments[0].experiment))
    for moment in moments.prefix(5) { first.saw(moment) }
    close(first)
    let second = RunRecorder(
      .test("toy"), options: TrainingOptions(seed: 7), place: try .resuming(try course().folder),
      cadence: LogCadence(shortest: 0, density: 1, steps: 1), now: { Moment(seconds: 1_795_000_100) })
    var begin = moments[2]
    begin.phase = .preparing
    second.saw(begin)
    second.saw(moments[3])
    second.note(.branch(1, from: 1, rateScale: 0.5))
    for moment in moments.dropFirst() { second.saw(moment) }
    close(second)
    let course = try course()
    #expect(course.records.map(\.step) == [1, 2, 3, 4, 5, 4, 2, 3, 4, 5, 6])
    #expect(course.elapsed == (1...11).map(Double.init))
    #expect(
      course.events.map(\.text) == [
        "end interrupted, step 5", "resumed, step 3", "branch 1 from step 1", "end finished, step 6",
      ])
  }

  @Test("A run that is still being written is followed; what is torn comes when it is whole")
  func following() throws {
    folder.write("metrics.ndjson", [])
    var course = RunCourse(RunFolder(path: folder.path))
    func isNews() -> Bool { course.refresh() }
    #expect(!isNews() && course.records.isEmpty && course.snapshot(at: 0).step == 0)
    func line(_ step: Int) -> [UInt8] {
      Array("{\"event\":\"metrics\",\"step\":\(step),\"seconds\":\(step),\"since\":\(step - 1)}\n".utf8)
    }
    folder.append("metrics.ndjson", line(1) + line(2).dropLast(5))
    #expect(isNews() && course.records.map(\.step) == [1])
    #expect(!isNews())
    folder.append("metrics.ndjson", line(2).suffix(5) + Array("garbage\n".utf8) + line(3))
    #expect(isNews() && course.records.map(\.step) == [1, 2, 3] && course.garbage == 1)
    // What the lines do not say of the losses is a gap.
    #expect(course.snapshot(at: 2).history.steps == 3)
    #expect(course.snapshot(at: 2).history["d_loss"]?.latest().buckets.allSatisfy { $0.mean.isNaN } == true)
    folder.write("metrics.ndjson", line(9))
    #expect(isNews() && course.records.map(\.step) == [9])
  }

  @Test("A run that went back to between two lines has the losses of the line that tells of the steps before")
  func wentBackBetweenLines() throws {
    func line(_ since: Int, _ step: Int, _ loss: Double) -> String {
      let losses = ["d", "g"].map { player in
        ["min", "mean", "max"].map { "\"\(player)_train_\($0)\":\(loss)" }.joined(separator: ",")
      }
      return
        "{\"event\":\"metrics\",\"step\":\(step),\"seconds\":\(step),\"since\":\(since),\(losses.joined(separator: ","))}\n"
    }
    folder.write("metrics.ndjson", Array((line(0, 1000, 2) + line(400, 500, 1) + line(500, 600, 1)).utf8))
    var course = RunCourse(RunFolder(path: folder.path))
    #expect(course.refresh() && course.records.count == 3)
    for index in [1, 2, 1] {
      let history = course.snapshot(at: index).history
      #expect(history.steps == [1000, 500, 600][index])
      let buckets = try #require(history["d_loss"]).latest()
      let known = buckets.buckets.filter { $0.count > 0 }.reduce(0) { $0 + $1.count }
      #expect(known == history.steps, "no step is unknown")
      #expect(buckets.buckets.first?.mean == 2 && buckets.buckets.last.map { $0.mean < 2 } == true)
    }
  }

  @Test(
    "A number out of its range is refused with file, line, key and range, once; the other lines are read",
    arguments: [
      ("step", "1e300", "0 to 1000000000000000"), ("seconds", "-1", "0 to 1000000000000000"),
      ("steps_per_second", "1e16", "0 to 1000000000000000"), ("pace", "9223372036854775808", "0 to 1000000000"),
      ("modes", "9223372036854775807", "0 to 1000000"),
    ])
  func outOfRange(key: String, value: String, range: String) throws {
    func line(_ step: Int, _ changes: [String: String] = [:]) -> String {
      let numbers = ["step": "\(step)", "seconds": "\(step)"].merging(changes) { $1 }
      return "{\"event\":\"metrics\"" + numbers.map { ",\"\($0)\":\($1)" }.joined() + "}\n"
    }
    let wrong = line(2, [key: value])
    let pace = "{\"event\":\"pace\",\"pace\":1e300,\"step\":1}\n"
    folder.write("metrics.ndjson", Array((line(1) + wrong + wrong + pace + line(3)).utf8))
    var course = RunCourse(RunFolder(path: folder.path))
    _ = course.refresh()
    #expect(course.records.map(\.step) == [1, 3] && course.garbage == 3)
    let words = try #require(course.events.first?.text)
    #expect(course.events.count == 1)
    #expect(words.hasPrefix("\(folder.path)/metrics.ndjson, line 2: \(key): ") && words.contains(range), "\(words)")
  }

  @Test("Lines and samples that were tampered with are read or passed over, and never the end")
  func fuzz() async throws {
    let moments = try await moments("ring", steps: 8, every: 1)
    let recorder = recorder()
    recorder.saw(Snapshot(experiment: moments[0].experiment))
    for moment in moments { recorder.saw(moment) }
    close(recorder)
    let run = try RunFolder.find("last", in: folder.path)
    let lines = Folder.text(at: run.metrics).split(separator: "\n").map { Array($0.utf8) }
    let samples = Array(Folder.text(at: run.samples).utf8)
    let (target, count) = (Folder(), fuzzCount(500))
    var random = SplitMix(state: 11)
    var read = 0
    while read < count {
      var bytes: [UInt8] = []
      for _ in 0..<100 { bytes += random.mutated(lines.randomElement(using: &random) ?? []) + [UInt8(ascii: "\n")] }
      target.write("metrics.ndjson", bytes)
      target.write("samples.ndjson", random.mutated(samples))
      var course = RunCourse(RunFolder(path: target.path))
      _ = course.refresh()
      for index in stride(from: 0, to: course.records.count, by: 7) {
        let snapshot = course.snapshot(at: index)
        if snapshot.step != course.records[index].step || snapshot.history.steps != snapshot.step {
          Issue.record("record \(index) is not what its line says")
        }
      }
      _ = RunSummary(RunFolder(path: target.path))
      read += 100
    }
  }
}
