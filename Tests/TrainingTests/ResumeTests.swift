// A run that is saved, read back by another trainer and gone on with is the run that was never interrupted.

import GenerativeModels
import RunFiles
import TestSupport
import Testing
import Training

@Suite("A run goes on exactly where it was saved")
struct ResumeTests {
  private let folder = Folder()

  /// Where `name` stands after so many steps: what is saved of it, the last figures, and samples.
  private func run(
    _ name: String, to steps: Int, options: TrainingOptions, from checkpoint: String? = nil
  ) async throws -> (file: [UInt8], last: Snapshot, samples: SampleSet?, state: RunState) {
    let trainer = Trainer(
      .test(name), options: options, resumption: try checkpoint.map { try Resumption(path: $0) },
      clock: SteppingClock().clock)
    let reports = Reports()
    try await trainer.runToEnd(steps: steps, every: steps) { reports.add($0) }
    var state = try await trainer.state()
    // How long it took is no part of the course.
    state.seconds = 0
    try state.safetensors(program: "test").write(to: "\(folder.path)/\(name.replacing("/", with: "-")).safetensors")
    return (
      folder.read("\(name.replacing("/", with: "-")).safetensors"), try #require(reports.all.last),
      await Self.samples(of: trainer), state
    )
  }

  /// Of a model that makes any.
  private static func samples(of trainer: Trainer) async -> SampleSet? { try? await trainer.sample(count: 5) }

  @Test(
    "2N steps are N, saved and read again, and N more: weights, moments, losses, figures and samples, bit for bit",
    arguments: Experiment.all.map(\.name))
  func exact(name: String) async throws {
    let isLarge = name == "dcgan/paper"
    let half = isLarge ? 1 : name.hasPrefix("toy") || name == "ring" ? 40 : 3
    let options = folder.writeImages(count: 300)
    let whole = try await run(name, to: 2 * half, options: options)
    _ = try await run(name, to: half, options: options)
    let path = "\(folder.path)/\(name.replacing("/", with: "-")).safetensors"
    let resumed = try await run(name, to: 2 * half, options: options, from: path)
    #expect(resumed.file == whole.file)
    #expect(resumed.state == whole.state)
    #expect(resumed.samples == whole.samples)
    #expect(resumed.last.readings == whole.last.readings)
    #expect(resumed.last.history == whole.last.history)
    #expect(resumed.last.exhibits == whole.last.exhibits)
  }

  @Test("In the simultaneous order and with several threads, too")
  func otherRules() async throws {
    var options = TrainingOptions(seed: 5, threads: 2, changes: [SettingChange("order", "simultaneous")])
    options.environment = [:]
    let whole = try await run("digits", to: 6, options: options)
    _ = try await run("digits", to: 3, options: options)
    let resumed = try await run("digits", to: 6, options: options, from: "\(folder.path)/digits.safetensors")
    #expect(resumed.file == whole.file)
  }

  @Test("Between the halves of a step, it is G's turn again")
  func halfway() async throws {
    let rehearsal = Rehearsal(.test("toy"))
    rehearsal.trainer.send(.pause)
    let before = await rehearsal.first { $0.phase == .paused }
    rehearsal.trainer.send(.stepHalf)
    let half = await rehearsal.first { $0.next.name == "G" }
    #expect(half.step == before.step)
    let path = "\(folder.path)/half.safetensors"
    try await rehearsal.trainer.state().safetensors(program: "test").write(to: path)
    rehearsal.trainer.send(.stepHalf)
    let whole = await rehearsal.first { $0.next.name == "D" && $0.step == before.step + 1 }
    await rehearsal.stop()

    let other = Trainer(
      .test("toy"), options: TrainingOptions(seed: 1), resumption: try Resumption(path: path),
      clock: SteppingClock().clock)
    try await other.prepare()
    #expect(await other.snapshot().next.name == "G")
    try await other.runToEnd(steps: before.step + 1, every: 1000) { _ in }
    #expect(await other.snapshot().readings == whole.readings)
  }

  @Test("A checkpoint of other settings is refused with the list of them, and taken once they are named")
  func refused() async throws {
    _ = try await run("toy", to: 10, options: TrainingOptions(seed: 1))
    let path = "\(folder.path)/toy.safetensors"
    func prepare(_ overrides: Set<String>) async throws {
      let options = TrainingOptions(seed: 2, changes: [SettingChange("loss", "minimax")])
      let resumption = try Resumption(path: path, overrides: overrides)
      try await Trainer(.test("toy"), options: options, resumption: resumption).prepare()
    }
    let error = await #expect(throws: TrainingError.self) { try await prepare([]) }
    let words = try #require(error).description
    #expect(words.contains("seed: 1 then, 2 now"))
    #expect(words.contains("loss: non-saturating then, minimax now"))
    #expect(words.contains("--override seed,loss"))
    let half = await #expect(throws: TrainingError.self) { try await prepare(["seed"]) }
    #expect(try !#require(half).description.contains("seed:"))
    try await prepare(["seed", "loss"])
  }

  @Test("Another game's checkpoint is refused whatever is named")
  func otherGame() async throws {
    _ = try await run("ring", to: 2, options: TrainingOptions(seed: 1))
    let resumption = try Resumption(
      path: "\(folder.path)/ring.safetensors", overrides: Set(["experiment", "seed", "latent", "generator"]))
    let trainer = Trainer(.test("toy"), options: TrainingOptions(seed: 1), resumption: resumption)
    let error = await #expect(throws: TrainingError.self) { try await trainer.prepare() }
    #expect(try #require(error).description.contains("experiment: ring then, toy now"))
    #expect(try !#require(error).description.contains("--override"))
  }

  @Test(
    "A file from which something was taken, or in which something was changed, is an error that names it",
    arguments: ["cursor", "step", "optimiser.updates", "noise.key", "data.counter"])
  func broken(key: String) async throws {
    let state = try await run("toy", to: 10, options: TrainingOptions(seed: 1)).state
    let path = "\(folder.path)/toy.safetensors"
    var file = try Safetensors(path: path)
    for wrong in [nil, "-1", "x"] {
      file.metadata[key] = wrong
      let error = #expect(throws: RunFileError.self) { try state.read(file, path: path) }
      #expect(error?.description.contains("toy.safetensors") == true && error?.description.contains(key) == true)
    }
  }

  /// What each number of a checkpoint can be, as the refusal says.
  private static let ranges = [
    ("step", "0 to 1000000000000000"), ("seconds", "0 to 1000000000000000"), ("branch", "0 to 1000000000"),
    ("renewals", "0 to 1000000000"), ("noise.key", "0 to 18446744073709551615"),
    ("noise.counter", "0 to 1000000000000000"), ("cursor", "0 to 1000000"), ("updates", "0 to 1000000000000000"),
    ("optimiser.updates", "0 to 1000000000000000"),
    ("rate_scale", "0 to 1"), ("data.counter", "0 to 1000000000000000"), ("data.epoch", "0 to 1000000000000000"),
    ("data.cursor", "0 to 1000000000000000"), ("setting.seed", "0 to 18446744073709551615"),
    ("setting.threads", "1 to 1024"), ("setting.k", "1 to 1000000"),
  ]

  @Test("A number is refused with file, key and range, or the run goes on with it", arguments: ranges)
  func extremes(key: String, range: String) async throws {
    let experiment = key.hasPrefix("data.") ? "digits" : "toy"
    let state = try await run(experiment, to: 2, options: TrainingOptions(seed: 1)).state
    let path = "\(folder.path)/\(experiment).safetensors"
    let whole = try Safetensors(path: path)
    let isPair = key.hasSuffix("updates")
    var refused = 0
    for value in [
      "-1", "nan", "inf", "1e308", "1000000000", "1000000000000000", "1000000000000001", "9223372036854775807",
      "18446744073709551615",
    ] {
      var file = whole
      file.metadata[key] = isPair ? "\(value) \(value)" : value
      do throws(RunFileError) {
        _ = try state.read(file, path: path)
      } catch {
        #expect(error.description.hasPrefix(path), "\(error)")
        // The losses of a checkpoint are those of its steps.
        let reason = error.description.contains("history.") ? "history." : range
        #expect(
          error.description.contains(key) && error.description.contains(reason) || reason == "history.", "\(error)")
        refused += 1
        continue
      }
      try file.write(to: path)
      let trainer = Trainer(
        .test(experiment), options: TrainingOptions(seed: 1),
        resumption: try Resumption(path: path, overrides: ["seed", "threads", "k"]),
        clock: SteppingClock().clock)
      try await trainer.runToEnd(steps: 4, every: 1) { _ in }
      _ = try await trainer.state().safetensors(program: "test")
    }
    #expect(refused > 2)
  }

  @Test("A history that counts more steps than there were is refused")
  func historyOfManySteps() async throws {
    let state = try await run("toy", to: 10, options: TrainingOptions(seed: 1)).state
    let whole = try Safetensors(path: "\(folder.path)/toy.safetensors")
    for (index, tensor) in whole.tensors.enumerated() where tensor.name.hasPrefix("history.") {
      var file = whole
      switch tensor.values {
      case .int64(var numbers):
        numbers[1] = .max
        file.tensors[index].values = .int64(numbers)
      case .float64(var numbers) where tensor.name.hasSuffix("buckets"):
        numbers[3] = 4e18
        file.tensors[index].values = .float64(numbers)
      default: continue
      }
      let error = #expect(throws: RunFileError.self) { try state.read(file, path: "f") }
      #expect(error?.description.contains("f: history.") == true)
    }
  }

  @Test("No tensor may be missing, or of another shape")
  func tensors() async throws {
    let state = try await run("toy", to: 10, options: TrainingOptions(seed: 1)).state
    let whole = try Safetensors(path: "\(folder.path)/toy.safetensors")
    for (index, tensor) in whole.tensors.enumerated() {
      var (missing, changed) = (whole, whole)
      missing.tensors.remove(at: index)
      changed.tensors[index].shape += [1, 1]
      for file in [missing, changed] {
        let error = #expect(throws: RunFileError.self) { try state.read(file, path: "f") }
        #expect(error?.description.contains(tensor.name) == true)
      }
    }
  }
}

extension RunState {
  /// What a file holds, for the game that this state is of.
  fileprivate func read(_ file: Safetensors, path: String) throws(RunFileError) -> RunState {
    try RunState(file, path: path, layout: layout, told: told, kept: history.keys, draws: 1, knobs: GAN.toy.card.knobs)
  }
}
