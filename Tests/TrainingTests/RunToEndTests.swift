// Training without a dashboard: what `train`, `sample` and `screenshot` rest on.

import Datasets
import Figures
import GenerativeModels
import Glibc
import NeuralNetwork
import Testing
import Training

@Suite("A run to the end is a function of its seed")
struct RunToEndTests {
  private func run(
    _ name: String, steps: Int, every: Int, options: TrainingOptions = TrainingOptions(seed: 1)
  ) async throws -> (reports: [Snapshot], samples: SampleSet) {
    let trainer = Trainer(.test(name), options: options, clock: SteppingClock().clock)
    let reports = Reports()
    try await trainer.runToEnd(steps: steps, every: every) { reports.add($0) }
    return (reports.all, try await trainer.sample(count: 50))
  }

  @Test("Reports come at the steps asked for, and at the end")
  func reports() async throws {
    let (reports, samples) = try await run("toy", steps: 25, every: 10)
    #expect(reports.map(\.step) == [10, 20, 25])
    #expect(reports.map(\.phase) == [.running, .running, .finished])
    #expect(samples.shape == [50])
    let metrics = try #require(reports.last?.readings)
    let loss = try #require(metrics["d_loss"])
    #expect(try abs(#require(metrics["value"]) + 2 * loss) < 1e-9)
    let jsd = try #require(metrics["jsd"])
    #expect(try abs(#require(metrics["value_at_optimum"]) - (2 * jsd - log(4))) < 1e-9)
    #expect(try #require(metrics["jsd_floor"]) < 0.005)
    #expect(metrics["modes"] == nil && metrics["modes_covered"] == nil, "one peak is not a choice of peaks")
    #expect(reports.last?.history.steps == 25)
  }

  @Test("The same seed gives the same figures and samples, another seed others")
  func deterministic() async throws {
    let (a, b) = (try await run("toy", steps: 30, every: 10), try await run("toy", steps: 30, every: 10))
    #expect(a.reports.map(\.readings) == b.reports.map(\.readings))
    #expect(a.samples == b.samples)
    let other = try await run("toy", steps: 30, every: 10, options: TrainingOptions(seed: 2))
    #expect(other.samples != a.samples)
  }

  @Test("How often one looks does not change what is learnt", arguments: ["toy", "ring"])
  func cadence(name: String) async throws {
    let often = try await run(name, steps: 20, every: 1)
    let once = try await run(name, steps: 20, every: 20)
    #expect(often.samples == once.samples)
    #expect(often.reports.last?.samples == once.reports.last?.samples)
    #expect(often.reports.last?.history == once.reports.last?.history)
    #expect(often.reports.last?.readings == once.reports.last?.readings)
  }

  @Test("Seconds are those that pass, measuring included")
  func seconds() async throws {
    let trainer = Trainer(.test("toy"), options: TrainingOptions(seed: 1), clock: SteppingClock(tick: 1).clock)
    try await trainer.runToEnd(steps: 5, every: 1) { _ in }
    // Between the two readings of the clock about each step, and about each look, a second passes.
    #expect(await trainer.snapshot().seconds == 10)
  }

  @Test("What is saved is not what was shown")
  func savedNoise() async throws {
    let (reports, samples) = try await run("ring", steps: 3, every: 3)
    guard case .points(let view)? = reports.last?.samples else {
      Issue.record("a ring shows points")
      return
    }
    let shown = Set(view.fake)
    #expect(shown.count == view.fake.count)
    for row in 0..<50 {
      #expect(!shown.contains(.init(x: samples.values[2 * row], y: samples.values[2 * row + 1])))
    }
  }

  @Test("The view of a toy is Figure 1: densities that add up to 1, D and D* between 0 and 1, a map over the noise")
  func densityView() async throws {
    let reports = try await run("toy", steps: 10, every: 10).reports
    guard case .density(let view)? = reports.last?.samples else {
      Issue.record("a toy shows densities")
      return
    }
    let width = (view.range.upperBound - view.range.lowerBound) / Double(view.dataDensity.count)
    #expect(abs(view.dataDensity.reduce(0, +) * width - 1) < 1e-6)
    #expect(abs(view.modelDensity.reduce(0, +) * width + view.outside - 1) < 1e-6)
    #expect(view.modelDensity.count == view.dataDensity.count)
    #expect(view.discriminator.count == view.dataDensity.count)
    #expect(view.discriminator.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(view.optimum.allSatisfy { $0.isNaN || (0...1).contains($0) })
    #expect(view.map.first?.z == -1 && view.map.last?.z == 1)
  }

  @Test("Digits are drawn from the built-in ones where there are no files, as images in 0…1")
  func digits() async throws {
    let (reports, samples) = try await run("digits", steps: 2, every: 2)
    #expect(samples.shape == [50, 28, 28])
    #expect(samples.values.allSatisfy { $0 >= 0 && $0 <= 1 })
    let snapshot = try #require(reports.last)
    #expect(snapshot.experiment.data.contains("built-in digits"))
    guard case .images(let view)? = snapshot.exhibits.first?.content else {
      Issue.record("digits show images")
      return
    }
    #expect(view.width == 28 && view.height == 28)
    #expect(view.fakeCount == 64 && view.realCount == 16)
    #expect(view.real.contains { $0 > 0.9 } && view.real.contains(0))
  }

  /// The experiment of 64×64 with players narrow enough for a test, on the same data and by the same code.
  private static let narrow = Experiment(
    GAN.dcgan64("narrow", "", data: .digits(side: 64), channels: 1, batch: 4, width: 2))

  @Test("The paper's DCGAN learns from digits enlarged to 64×64, and shows and saves such pictures")
  func largeDigits() async throws {
    let trainer = Trainer(Self.narrow, options: TrainingOptions(seed: 1, threads: 2), clock: SteppingClock().clock)
    let reports = Reports()
    try await trainer.runToEnd(steps: 1, every: 1) { reports.add($0) }
    let samples = try await trainer.sample(count: 3)
    #expect(samples.shape == [3, 64, 64])
    #expect(samples.values.allSatisfy { (0...1).contains($0) } && Set(samples.values).count > 100)
    let snapshot = try #require(reports.all.last)
    #expect(snapshot.experiment.data == "20000 built-in digits at 64×64")
    #expect(snapshot.readings["d_loss"]?.isFinite == true)
    guard case .images(let view)? = snapshot.exhibits.first?.content else {
      Issue.record("digits show images")
      return
    }
    #expect(view.width == 64 && view.height == 64)
    #expect(view.fakeCount == 64 && view.realCount == 16)
    // Held-out digits, larger.
    let digits = ProceduralDigits(seed: 1).images(20_000..<20_016).floats(scaledTo: .unit)
    #expect(view.real == Enlargement(ofWidth: 28, height: 28, toWidth: 64, height: 64)(digits))
    let classes = try #require(try await trainer.classCoverage())
    #expect(classes.classes == 10 && classes.counts.reduce(0, +) == 512)
  }

  @Test("A judge of built-in digits finds all classes among real ones, and only those that are there")
  func classes() {
    let digits = ProceduralDigits.make(count: 1500, seed: 1)
    let (known, shown) = (digits[0..<1000], digits[1000..<1500])
    #expect(ClassCoverage(of: shown.floats(scaledTo: .unit), among: known, examinedWith: shown).seen == 10)
    let zero = shown.labels.firstIndex(of: 0) ?? 0
    let zeros = (0..<40).flatMap { _ in shown[zero..<zero + 1].floats(scaledTo: .unit) }
    let coverage = ClassCoverage(of: zeros, among: known, examinedWith: shown)
    #expect(coverage.seen == 1 && coverage.classes == 10)
    #expect(coverage.counts == [40] + [Int](repeating: 0, count: 9))
    #expect(coverage.judge.examined == 500 && coverage.judge.known == 1000)
    #expect((0.8...1).contains(coverage.judge.accuracy))
  }

  @Test("Every experiment has a name of its own, and an unknown one is answered with the list")
  func catalogue() {
    #expect(Set(Experiment.all.map(\.name)).count == Experiment.all.count)
    #expect(throws: TrainingError.unknownExperiment("toys")) { try Experiment.named("toys") }
    #expect(TrainingError.unknownExperiment("toys").description.contains("toy-mixture"))
  }

  @Test("Nothing can be sampled before anything has been prepared")
  func notPrepared() async {
    let trainer = Trainer(.test("toy"), options: TrainingOptions(), clock: SteppingClock().clock)
    await #expect(throws: TrainingError.notPrepared) { try await trainer.sample(count: 1) }
  }
}

@Suite("The toys learn what they are meant to")
struct LearningTests {
  private func last(_ name: String, seed: UInt64, steps: Int) async throws -> Readings {
    let trainer = Trainer(.test(name), options: TrainingOptions(seed: seed), clock: SteppingClock().clock)
    let reports = Reports()
    try await trainer.runToEnd(steps: steps, every: steps) { reports.add($0) }
    return try #require(reports.all.last?.readings)
  }

  @Test("The Gaussian is learnt, and D is near its best answer", arguments: [1, 2] as [UInt64])
  func toy(seed: UInt64) async throws {
    let metrics = try await last("toy", seed: seed, steps: 10_000)
    let jsd = try #require(metrics["jsd"])
    #expect(try jsd <= #require(metrics["jsd_floor"]) + 0.02)
    #expect(try #require(metrics["d_error"]) <= 0.1)
    #expect(try #require(metrics["jsd_bound"]) <= jsd + 0.01, "a lower bound, up to the noise of its estimate")
  }

  @Test("All three modes of the mixture are found")
  func mixture() async throws {
    let metrics = try await last("toy-mixture", seed: 1, steps: 8_000)
    #expect(metrics["modes_covered"] == 3)
    #expect(metrics["modes"] == 3)
  }
}

@Suite("A course that breaks is reported, not crashed on", .timeLimit(.minutes(10)))
struct DivergenceTests {
  /// A rate that no weight survives.
  private static let broken = Experiment.toy(named: "broken", both: true) { _ in
    .momentum(rate: .constant(1e38), momentum: .constant(0))
  }

  @Test("Losses that are no numbers end the run at once, with words; a reset begins anew")
  func notNumbers() async {
    let rehearsal = Rehearsal(Self.broken)
    let failed = await rehearsal.first { if case .failed = $0.phase { true } else { false } }
    guard case .failed(let error) = failed.phase else { return }
    #expect(error.description.contains("since step \(failed.step):"))
    // As few steps as these have a bucket each.
    let history = failed.history
    let broken = ["d_loss", "g_loss"].compactMap { (key: Figure.Key) in
      history[key]?.latest().buckets.firstIndex { $0.broken > 0 }
    }
    #expect(broken.min() == failed.step - 1)
    rehearsal.trainer.send(.reset)
    rehearsal.trainer.send(.pause)
    let again = await rehearsal.first { $0.phase == .paused || $0.phase == .preparing }
    #expect(again.step < failed.step)
    await rehearsal.stop()
  }

  @Test("A run to the end throws what went wrong, and when", arguments: [20, 1000])
  func shortRun(steps: Int) async throws {
    let trainer = Trainer(Self.broken, options: TrainingOptions(), clock: SteppingClock().clock)
    let error = await #expect(throws: TrainingError.self) {
      try await trainer.runToEnd(steps: steps, every: steps) { _ in }
    }
    guard case .diverged(let divergence) = error else {
      Issue.record("it diverges")
      return
    }
    #expect((1...20).contains(divergence.step))
    #expect(!divergence.losses.isEmpty)
  }

  @Test("Paused after its failure, it is still paused after a reset")
  func pausedReset() async {
    let rehearsal = Rehearsal(Self.broken)
    _ = await rehearsal.first { if case .failed = $0.phase { true } else { false } }
    rehearsal.trainer.send(.pause)
    rehearsal.trainer.send(.reset)
    let again = await rehearsal.first { _ in true }
    #expect(again.phase == .paused && again.step == 0)
    await rehearsal.stop()
  }
}
