// What a run leaves on disk, line by line, against what its trainer said.

import Figures
import Glibc
import RunFiles
import TestSupport
import Testing
import Training

@Suite("The recorder of a run")
struct RunRecorderTests {
  private let folder = Folder()

  private static let summary = {
    var summary = ExperimentSummary(
      name: "toy", title: "a title", data: "N(4, 0.5)", loss: "non-saturating", updates: "alternating, k = 1", seed: 7)
    summary.figures = OldFigures.all
    return summary
  }()

  private func recorder(cadence: LogCadence = LogCadence(shortest: 1, density: 10), place: RunPlace? = nil)
    -> RunRecorder
  {
    RunRecorder(
      .test("toy"), options: TrainingOptions(seed: 7), place: place ?? .new(in: folder.path), cadence: cadence,
      now: { Moment(seconds: 1_795_000_000) })
  }

  /// A moment whose history has a loss of `step + place` at each step.
  private func snapshot(step: Int, seconds: Double, phase: Phase = .running) -> Snapshot {
    var snapshot = Snapshot(experiment: Self.summary)
    snapshot.phase = phase
    snapshot.step = step
    snapshot.seconds = seconds
    snapshot.stepsPerSecond = 123.456
    snapshot.readings["d_loss"] = Double(step) / 3
    snapshot.readings["jsd"] = 0.1 + 0.2
    snapshot.readings["modes_covered"] = 3
    snapshot.history = Histories(["d_loss", "g_loss"])
    for place in 0..<step { snapshot.history.add([Float(place), place == 4 ? .nan : -1]) }
    snapshot.samples = .density(
      DensityView(
        range: 0...8, dataDensity: [1, 2], modelDensity: [0.5, Double(step)], discriminator: [0.25, 0.75],
        optimum: [.nan, 1], map: [.init(z: -1, x: 2)], outside: 0.125))
    return snapshot
  }

  /// The only run in the folder.
  private func run() throws -> RunFolder { try RunFolder.find("last", in: folder.path) }

  private func lines(of path: String) throws -> [JSONObject] {
    try Folder.text(at: path).split(separator: "\n").map { try #require(JSONObject(Array($0.utf8))) }
  }

  /// Nobody is waited for but the disk, however slow.
  private func close(_ recorder: RunRecorder, screen: [(ending: String, text: String)] = []) {
    recorder.close(screen: screen, runPatience: 0, diskPatience: 300)
  }

  @Test("Every number in the journal is the snapshot's, and the losses of training those since the line before")
  func figures() throws {
    let recorder = recorder()
    let moments = [(0, 0.0), (3, 0.5), (5, 1.0), (9, 1.6), (12, 2.0)].map { snapshot(step: $0.0, seconds: $0.1) }
    for moment in moments { recorder.saw(moment) }
    close(recorder)
    let metrics = try lines(of: run().metrics).filter { $0.text("event") == "metrics" }
    // The first step that is seen, then one a second, then the end.
    #expect(metrics.map { $0.count("step") } == [3, 9, 12])
    #expect(metrics.map { $0.count("since") } == [0, 3, 9])
    for line in metrics {
      let moment = try #require(moments.first { $0.step == line.count("step") })
      #expect(try Readings(line, OldFigures.all) == moment.readings)
      #expect(line.number("seconds") == moment.seconds && line.number("steps_per_second") == moment.stepsPerSecond)
      let (since, step) = (try #require(line.count("since")), moment.step)
      #expect(line.number("d_train_min") == Double(since) && line.number("d_train_max") == Double(step - 1))
      #expect(line.number("d_train_mean") == Double(since + step - 1) / 2 && line.number("g_train_mean") == -1)
      #expect(line.count("g_train_broken") == ((since..<step).contains(4) ? 1 : nil))
      let smoothed = try #require(moment.history["d_loss"]?.latest(1).buckets.last?.smoothed)
      #expect(line.numbers("d_train_smoothed")?.map(Float.init) == (0..<4).map { smoothed[$0] })
    }
  }

  /// The names of the events, and the steps of those that have one.
  private func events() throws -> [String] {
    try lines(of: run().metrics).filter { $0.text("event") != "figure" }.map { line in
      let step = line.count("step").map { " \($0)" } ?? ""
      return (line.text("event") ?? "") + step
    }
  }

  @Test(
    "What happens is noted in its order with the step at which it did, and what a person does before the first step")
  func eventsInOrder() throws {
    let recorder = recorder()
    recorder.note(.pace(.steady(20)))
    recorder.saw(snapshot(step: 0, seconds: 0))
    recorder.saw(snapshot(step: 2, seconds: 0.1))
    recorder.note(.screenshot(path: "a.txt"))
    recorder.saw(snapshot(step: 3, seconds: 0.2, phase: .paused))
    recorder.saw(snapshot(step: 4, seconds: 0.2, phase: .running))
    recorder.note(.reset)
    recorder.saw(snapshot(step: 1, seconds: 0.1))
    recorder.saw(snapshot(step: 5, seconds: 0.2, phase: .finished))
    recorder.saw(snapshot(step: 5, seconds: 0.2, phase: .stopped))
    close(recorder)
    let events = try events()
    #expect(
      events == [
        "start", "pace 0", "data 2", "samples 2", "metrics 2", "screenshot 2", "samples 3", "metrics 3", "pause 3",
        "samples 4", "metrics 4", "continue 4", "reset 4", "samples 1", "metrics 1", "samples 5", "metrics 5", "end 5",
      ])
    let all = try lines(of: run().metrics)
    let declared = all.filter { $0.text("event") == "figure" }.compactMap { $0.text("key") }
    #expect(declared == OldFigures.all.map(\.key.rawValue), "a journal says what its figures are")
    let lines = all.filter { $0.text("event") != "figure" }
    #expect(lines[0].whole("seed") == 7 && lines[0].text("title") == "a title" && lines[0].count("threads") == 1)
    #expect(lines[1].number("pace") == 20 && lines[5].text("path") == "a.txt")
    #expect(lines.filter { $0.text("event") == "metrics" }.map { $0.count("since") } == [0, 2, 3, 0, 1])
    #expect(lines.last?.text("reason") == "finished")
    #expect(lines.allSatisfy { $0.text("time") == "2026-11-18T11:06:40Z" })
    #expect(!RunLock.isHeld(try run()))
  }

  @Test("Nothing is left by a session without a step, neither by itself nor in a folder that a person has named")
  func noStep() throws {
    let named = RunFolder(path: folder.path + "/named/here")
    for place in [RunPlace.new(in: folder.path + "/runs"), try .taking(named)] {
      let recorder = recorder(place: place)
      recorder.saw(snapshot(step: 0, seconds: 0))
      recorder.note(.pace(.steady(20)))
      recorder.saw(snapshot(step: 0, seconds: 0, phase: .stopped))
      close(recorder)
    }
    #expect(folder.names == ["named"] && Folder.names(in: folder.path + "/named") == [])
  }

  @Test("A folder in which somebody writes, or has written, is not taken for another run")
  func taken() throws {
    let named = RunFolder(path: folder.path + "/named")
    let recorder = recorder(place: try .taking(named))
    #expect(throws: RunFileError.held(path: named.path, process: Int(getpid()))) { try RunPlace.taking(named) }
    recorder.saw(snapshot(step: 0, seconds: 0))
    recorder.saw(snapshot(step: 1, seconds: 0))
    close(recorder)
    #expect(throws: RunFileError.occupied(path: named.path)) { try RunPlace.taking(named) }
  }

  @Test("A folder that cannot be made is told once, and nothing else is")
  func impossible() {
    let recorder = recorder(place: .new(in: "/proc/runs"))
    for step in 0..<5 { recorder.saw(snapshot(step: step, seconds: Double(step))) }
    close(recorder)
    let remarks = recorder.takeRemarks()
    #expect(remarks.count == 1 && remarks[0].contains("this run leaves no files: /proc/runs"))
  }

  @Test("Lines come every second at first, later ever more seldom, or at multiples of a number of steps")
  func cadence() throws {
    let recorder = recorder(cadence: LogCadence(shortest: 1, density: 10))
    for step in 0...400 {
      recorder.saw(snapshot(step: step, seconds: Double(step) / 4))
      recorder.note(.warning(""))
    }
    close(recorder)
    let seconds = try lines(of: run().metrics).filter { $0.text("event") == "metrics" }.compactMap {
      $0.number("seconds")
    }
    #expect(seconds.prefix(11) == [0.25, 1.25, 2.25, 3.25, 4.25, 5.25, 6.25, 7.25, 8.25, 9.25, 10.25])
    for (a, b) in zip(seconds, seconds.dropFirst()).dropLast() where b > 11 {
      #expect((a / 10...a / 10 + 0.25).contains(b - a))
    }

    let other = self.recorder(cadence: LogCadence(shortest: 1, density: 10, steps: 3))
    for step in 0...10 { other.saw(snapshot(step: step, seconds: 0)) }
    close(other)
    let steps = try lines(of: run().metrics).filter { $0.text("event") == "metrics" }.compactMap { $0.count("step") }
    #expect(steps == [3, 6, 9, 10])
  }

  @Test("A trainer that is recorded learns the same, number for number, and its journal ends with it")
  func trainer() async throws {
    let plain = Rehearsal(.test("toy"), stepLimit: 60)
    let expected = await plain.first { $0.phase == .finished }
    let recorder = recorder(cadence: LogCadence(shortest: 1, density: 10, steps: 20))
    let recorded = Rehearsal(.test("toy"), stepLimit: 60, recorder: recorder)
    let got = await recorded.first { $0.phase == .finished }
    #expect(got.history == expected.history && got.samples == expected.samples)
    await plain.stop()
    await recorded.stop()
    close(recorder, screen: [("txt", "the last screen")])
    let metrics = try lines(of: run().metrics).filter { $0.text("event") == "metrics" }
    #expect(Set([20, 40, 60]).isSubset(of: metrics.compactMap { $0.count("step") }))
    #expect(try metrics.last.map { try Readings($0, got.experiment.figures) } == got.readings)
    #expect(Folder.text(at: try run().final("txt")) == "the last screen")
    #expect(Folder.text(at: try run().configuration).contains("experiment = \"toy\"\n"))
  }

  @Test("Samples come back as they were, to the precision of what is written", arguments: ["toy", "ring", "digits"])
  func samples(name: String) async throws {
    let trainer = Trainer(.test(name), options: TrainingOptions(seed: 1), stepLimit: 0)
    try await trainer.runToEnd(steps: 1, every: 1) { _ in }
    let samples = try #require(await trainer.snapshot().exhibits.first)
    let fixed = try #require(samples.fixedLine.flatMap { JSONObject(Array($0.text.utf8)) })
    let moment = try #require(JSONObject(Array(samples.line(step: 1).text.utf8)))
    let again = try #require(Exhibit(fixed: fixed, moment: moment))
    // Once more, nothing is lost any more.
    #expect(again.fixedLine?.text == samples.fixedLine?.text && again.line(step: 1).text == samples.line(step: 1).text)
    switch (samples.content, again.content) {
    case (.points(let a), .points(let b)): #expect(a == b)
    case (.density(let a), .density(let b)):
      #expect(a.dataDensity.map(Float.init) == b.dataDensity.map(Float.init) && a.range == b.range)
      #expect(a.map.map { Float($0.x) } == b.map.map { Float($0.x) } && a.outside == b.outside)
    case (.images(let a), .images(let b)):
      #expect(zip(a.fake + a.real, b.fake + b.real).allSatisfy { abs($0 - $1) <= 0.5 / 255 + 1e-6 })
      #expect(a.fake.count == b.fake.count && (a.width, a.height) == (b.width, b.height))
    default: Issue.record("another kind of samples")
    }
  }
}
