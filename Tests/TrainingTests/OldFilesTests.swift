// A run that an earlier version left: `gantui train toy --steps 60 --every 20 --log-every 10 --checkpoint-every 30`, when
// checkpoints were of the format gantui-1 and journals did not say what their figures are.

import Figures
import GenerativeModels
import RunFiles
import TestSupport
import Testing
import Training

@Suite("Files of the first format")
struct OldFilesTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Reference/gantui-1"
  private static let checkpoint = folder + "/checkpoints/step-000000000030.safetensors"
  private static let hasAVX512 = Folder.text(at: "/proc/cpuinfo").contains(" avx512vl ")

  private func trainer(from checkpoint: String? = nil) throws -> Trainer {
    Trainer(
      .test("toy"), options: TrainingOptions(seed: 1, threads: 2),
      resumption: try checkpoint.map { try Resumption(path: $0) }, clock: SteppingClock().clock)
  }

  @Test("A checkpoint is resumed: step, losses and learning rates are where they were")
  func resumed() async throws {
    let trainer = try trainer(from: Self.checkpoint)
    try await trainer.prepare()
    let state = try await trainer.state()
    #expect(state.step == 30 && state.game.cursor == 0 && state.game.updates == [30, 30])
    #expect(state.history.keys == ["d_loss", "g_loss"] && state.history.steps == 30)
    #expect(state.game.report.allSatisfy { $0.isFinite } && state.told.first == "d_loss")
    try await trainer.runToEnd(steps: 60, every: 60) { _ in }
    #expect(await trainer.snapshot().history.steps == 60)
  }

  @Test(
    "What is trained from there on is what was trained then, to the bit",
    .enabled(if: hasAVX512, "SKIPPED: the run was trained with AVX-512"),
    .disabled(if: Sanitizer.isThere, Sanitizer.hasOtherKernels))
  func exact() async throws {
    let (resumed, whole) = (try trainer(from: Self.checkpoint), try trainer())
    try await resumed.runToEnd(steps: 60, every: 60) { _ in }
    try await whole.runToEnd(steps: 60, every: 60) { _ in }
    #expect(try await resumed.state().game == whole.state().game)
    // The journal has what the run of then measured at its end.
    let last = try #require(lines().last { $0.text("event") == "metrics" })
    let readings = await resumed.snapshot().readings
    for key in ["d_loss", "g_loss", "jsd", "d_error", "value_at_optimum"] as [Figure.Key] {
      #expect(readings[key] == last.number(key.rawValue), "\(key.rawValue)")
    }
  }

  private func lines() -> [JSONObject] {
    Folder.text(at: Self.folder + "/metrics.ndjson").split(separator: "\n").compactMap { JSONObject(Array($0.utf8)) }
  }

  @Test("A journal replays: figures, losses of all steps, and densities")
  func replayed() throws {
    var course = RunCourse(RunFolder(path: Self.folder))
    _ = course.refresh()
    #expect(course.records.map(\.step) == [10, 20, 30, 40, 50, 60] && course.garbage == 0)
    let last = course.snapshot(at: 5)
    #expect(last.readings["jsd"] == 0.6931471767174575)
    #expect(last.experiment.figures.contains { $0.key == "jsd" && $0.chart == "divergence" })
    #expect(last.history["d_loss"]?.steps == 60 && last.looked["jsd"]?.latest == last.readings["jsd"])
    guard case .density(let view)? = last.exhibits.first?.content else {
      Issue.record("a toy shows densities")
      return
    }
    #expect(view.dataDensity.count == 96)
  }

  @Test("A run of the ring of then is one of ring/naive, whose recipe it had; any other keeps its name")
  func names() throws {
    for (then, now) in ["ring": "ring/naive", "digits": "digits"] {
      let old = try RunConfiguration(
        metadata: ["format": "gantui-1", "setting.experiment": then], knobs: [], path: "old")
      #expect(old["experiment"] == now)
      let new = try RunConfiguration(
        metadata: ["format": "gantui-2", "setting.experiment": then], knobs: [], path: "new")
      #expect(new["experiment"] == then)
    }
  }

  @Test("A checkpoint of another model is refused with both names")
  func otherModel() async throws {
    let resumption = try Resumption(path: Self.checkpoint)
    let trainer = Trainer(.test("ring"), options: TrainingOptions(seed: 1), resumption: resumption)
    let error = await #expect(throws: TrainingError.self) { try await trainer.prepare() }
    #expect(try #require(error).description.contains("experiment: toy then, ring now"))
  }
}
