// What every model can do by being listed: a new one is tested by its line in the catalogue.

import Figures
import GenerativeModels
import RunFiles
import TestSupport
import Testing
import Training

@Suite("Every model of the catalogue", .serialized, .timeLimit(.minutes(10)))
struct CatalogueTests {
  private let folder = Folder()

  /// Small batches, so that large networks are quick, on pictures that are quick to make.
  private func options(_ experiment: Experiment) -> TrainingOptions {
    var options = folder.writeImages(count: 60)
    if experiment.card.knobs.contains(where: { $0.key == "batch" }) { options.changes = [SettingChange("batch", "4")] }
    return options
  }

  @Test("declares what it has: unique names, words for its figures, a paper, and knobs that hold what they say")
  func cards() {
    #expect(Set(Experiment.all.map(\.name)).count == Experiment.all.count)
    for experiment in Experiment.all {
      let (card, name) = (experiment.card, experiment.name)
      let figures = card.figures(KnobSettings(card.knobs))
      #expect(!card.title.isEmpty && card.paper.contains("arXiv:"), "\(name)")
      #expect(Set(figures.map(\.key)).count == figures.count && Set(card.knobs.map(\.key)).count == card.knobs.count)
      let parts = figures.filter(\.meaning.isEmpty).map(\.key)
      for part in parts {
        let isReferred = figures.contains { figure in
          if case .figure(part, _)? = figure.reference { return true }
          if case .count(of: part?) = figure.unit { return true }
          return figure.error == part
        }
        #expect(isReferred, "\(name): nobody says what \(part.rawValue) is")
      }
      for knob in card.knobs {
        #expect(knob.value(knob.initial.description) == knob.initial, "\(name): \(knob.key)")
        #expect(!knob.meaning.isEmpty, "\(name): \(knob.key)")
      }
      #expect(!card.exhibits.isEmpty, "\(name)")
      for proof in card.proofs {
        #expect(figures.contains { $0.key == proof.figure }, "\(name): claims \(proof.figure.rawValue)")
        var settings = KnobSettings(card.knobs)
        for (key, value) in proof.settings + (proof.control?.settings ?? []) {
          #expect(throws: Never.self, "\(name): \(key)=\(value)") { try settings.set(key, to: value) }
        }
      }
    }
  }

  @Test(
    "is recorded, saved, replayed and written for TensorBoard, with the figures and exhibits that its card declares",
    arguments: Experiment.all.map(\.name))
  func recorded(name: String) async throws {
    let experiment = Experiment.test(name)
    let options = options(experiment)
    let recorder = RunRecorder(
      experiment, options: options, place: .new(in: folder.path),
      cadence: LogCadence(shortest: 0, density: 10, steps: 3),
      checkpoints: CheckpointCadence(steps: 3), events: .runFolder, now: { Moment(seconds: 1_795_000_000) })
    let trainer = Trainer(experiment, options: options, clock: SteppingClock().clock, recorder: recorder)
    try await trainer.runToEnd(steps: 3, every: 3) { _ in }
    recorder.close(runPatience: 0, diskPatience: 300)
    let last = await trainer.snapshot()
    let declared = Set(last.experiment.figures.map(\.key))
    #expect(Set(last.readings.keys).isSubset(of: declared) && !last.readings.isEmpty)
    #expect(last.exhibits.map(\.key) == experiment.card.exhibits.map(\.key))

    let run = try RunFolder.find("last", in: folder.path)
    var course = RunCourse(run)
    _ = course.refresh()
    #expect(course.garbage == 0)
    let replayed = course.snapshot(at: course.records.count - 1)
    #expect(replayed.experiment.figures == last.experiment.figures)
    #expect(replayed.readings == last.readings)
    #expect(replayed.history.keys == last.history.keys && replayed.history.steps == 3)
    #expect(replayed.exhibits.map(\.key) == last.exhibits.map(\.key))
    for exhibit in last.exhibits {
      let fixed = try #require(exhibit.fixedLine.flatMap { JSONObject(Array($0.text.utf8)) })
      let moment = try #require(JSONObject(Array(exhibit.line(step: 3).text.utf8)))
      let again = try #require(Exhibit(fixed: fixed, moment: moment))
      #expect(again.line(step: 3).text == exhibit.line(step: 3).text, "\(exhibit.key)")
    }
    #expect(!run.checkpoints.checkpoints.isEmpty)

    let events = try #require(Folder.names(in: run.path).first { $0.hasPrefix("events.out.tfevents") })
    var reader = EventRecordReader()
    let tags = reader.records(in: Folder.bytes(at: "\(run.path)/\(events)")).compactMap { TensorBoardEvent($0) }
      .flatMap(\.values).map(\.tag)
    #expect(Set(last.readings.keys.map(\.rawValue)).isSubset(of: tags))
  }

  @Test("is taken back move by move and forward again, bit for bit", arguments: Experiment.all.map(\.name))
  func rewound(name: String) async throws {
    let experiment = Experiment.test(name)
    let rehearsal = Rehearsal(experiment, options: options(experiment), before: { $0.send(.pause) })
    let start = await rehearsal.first { $0.phase == .paused }
    #expect(start.step == 0)
    var after = try await rehearsal.trainer.state()
    while after.step == 0 {
      let before = after
      rehearsal.trainer.send(.stepHalf)
      while after == before {
        try await Task.sleep(for: .milliseconds(2))
        after = try await rehearsal.trainer.state()
      }
    }
    let step = after.step
    rehearsal.trainer.send(.rewind)
    _ = await rehearsal.first { $0.timeline.position != nil }
    #expect(try await rehearsal.trainer.state().step < step)
    rehearsal.trainer.send(.forward)
    _ = await rehearsal.first { $0.timeline.position == nil && $0.step == step }
    var again = try await rehearsal.trainer.state()
    again.seconds = after.seconds
    #expect(again == after)
    await rehearsal.stop()
  }

  @Test("makes samples of its data's form, or says that it makes none", arguments: Experiment.all.map(\.name))
  func samples(name: String) async throws {
    let experiment = Experiment.test(name)
    let trainer = Trainer(experiment, options: options(experiment), clock: SteppingClock().clock)
    try await trainer.prepare()
    do {
      let samples = try await trainer.sample(count: 3)
      #expect(samples.shape.first == 3 && samples.values.allSatisfy { $0.isFinite })
      #expect(samples.values.count == 3 * experiment.card.data.sampleSize)
      let noise = try await trainer.noise(count: 3)
      #expect(noise.shape.count == 2 && noise.shape[0] == 3)
    } catch TrainingError.noSampler {
      #expect(experiment.card.data == .none)
    }
  }
}
