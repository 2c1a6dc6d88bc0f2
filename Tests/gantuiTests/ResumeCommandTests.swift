// A run that is gone on with in another process, whatever has ended the first one.

import Glibc
import RunFiles
import TestSupport
import Testing

@Suite("Going on with a run", .timeLimit(.minutes(5)))
struct ResumeCommandTests {
  private let folder = Folder()
  private var run: String { "\(folder.path)/run" }

  @Test("In another process it goes on number for number", arguments: ["toy", "digits"])
  func exact(experiment: String) throws {
    let steps = experiment == "toy" ? 200 : 4
    func train(_ arguments: String...) throws {
      let outcome = try Running(Program.path, ["train"] + arguments, environment: Program.environment).finish()
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    try train(experiment, "--steps", "\(2 * steps)", "--run-dir", "\(folder.path)/whole")
    try train(experiment, "--steps", "\(steps)", "--run-dir", run)
    try train("--resume", run, "--steps", "\(2 * steps)")
    func tensors(_ name: String) throws -> (tensors: [Safetensors.Tensor], metadata: [String: String]) {
      let checkpoints = CheckpointFolder(path: "\(folder.path)/\(name)/checkpoints").checkpoints
      #expect(checkpoints.first?.moment.step == 2 * steps)
      var file = try Safetensors(path: try #require(checkpoints.first).path)
      file.metadata["seconds"] = nil
      return (file.tensors, file.metadata)
    }
    let (whole, resumed) = (try tensors("whole"), try tensors("run"))
    #expect(whole.tensors == resumed.tensors)
    #expect(whole.metadata == resumed.metadata)

    for (name, file) in [("whole", "a.npy"), ("run", "b.npy")] {
      let outcome = try Program.run(
        "sample", "--resume", "\(folder.path)/\(name)", "--steps", "1", "--count", "10", "-o",
        "\(folder.path)/\(file)")
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(folder.read("a.npy") == folder.read("b.npy"))
  }

  @Test("Killed at any moment, it can be gone on with, and all that was written can be read")
  func kills() throws {
    var random = SplitMix(state: 5)
    var done =
      try Running(
        Program.path,
        ["train", "toy", "--steps", "10", "--checkpoint-every", "5", "--log-every", "1", "--run-dir", run],
        environment: Program.environment
      ).finish().status == 0 ? 10 : -1
    try #require(done == 10)
    for _ in 0..<fuzzCount(8, variable: "GANTUI_KILLS") {
      let running = try Running(
        Program.path,
        [
          "train", "--resume", run, "--steps", "1000000000", "--checkpoint-every", "3", "--log-every", "1", "--every",
          "1",
          "--json",
        ], environment: Program.environment)
      _ = try running.line(containing: "\"step\":\(done + 1 + Int(random.next() % 60)),")
      running.send(SIGKILL)
      #expect(try running.finish().status == 128 + SIGKILL)
      let checkpoint = try #require(CheckpointFolder(path: "\(run)/checkpoints").checkpoints.first)
      // What the next one goes on from; nothing is lost but the steps since.
      #expect(checkpoint.moment.step >= done)
      done = checkpoint.moment.step
      #expect(throws: Never.self) { try Safetensors(path: checkpoint.path) }
      let export = try Program.run("export", run, "--csv")
      #expect(export.status == 0, "\(export.errors)")
      // A line for every step of the journal, and none of them torn.
      #expect(export.output.split(whereSeparator: \.isNewline).count > done)
    }
  }

  @Test("Of other settings it is refused with the list of them, and status 64")
  func refused() throws {
    _ = try Program.run("train", "toy", "--steps", "10", "--run-dir", run)
    let refused = try Program.run("train", "--resume", run, "--steps", "20", "--seed", "7", "--loss", "minimax")
    #expect(refused.status == 64)
    #expect(refused.errors.contains("seed: 1 then, 7 now; loss: non-saturating then, minimax now"))
    #expect(refused.errors.contains("--override seed,loss"))
    let taken = try Program.run(
      "train", "--resume", run, "--steps", "20", "--seed", "7", "--loss", "minimax", "--override", "seed,loss")
    #expect(taken.status == 0, "\(taken.errors)")
    let other = try Program.run("train", "ring", "--resume", run, "--steps", "20")
    #expect(other.status == 64 && other.errors.contains("of the experiment “toy”"))
  }

  @Test("A broken checkpoint costs a warning, and the one before is taken")
  func broken() throws {
    _ = try Program.run("train", "toy", "--steps", "10", "--run-dir", run)
    _ = try Program.run("train", "--resume", run, "--steps", "20", "--keep-checkpoints", "2")
    let checkpoints = CheckpointFolder(path: "\(run)/checkpoints").checkpoints
    try #require(checkpoints.map(\.moment.step) == [20, 10])
    // Cut off where no header tells: within the tensors.
    truncate(checkpoints[0].path, 20_000)
    let outcome = try Program.run("train", "--resume", run, "--steps", "30", "--json")
    #expect(outcome.status == 0)
    let warnings = outcome.errors.split(separator: "\n")
    #expect(warnings.count == 1 && warnings[0].contains("step-000000000020.safetensors"))
    #expect(warnings.first?.hasSuffix("taking the one before") == true)
  }

  /// A hundred pictures to train on and as many to look at.
  private func makeData(_ name: String, factor: Int = 1) -> String {
    folder.makeFolder(name)
    for (stem, kind) in [("train", UInt8(3)), ("train", 1), ("t10k", 3), ("t10k", 1)] {
      let side: [UInt8] = kind == 3 ? [0, 0, 0, 28, 0, 0, 0, 28] : []
      let bytes = (0..<(kind == 3 ? 78_400 : 100)).map {
        kind == 3 ? UInt8(truncatingIfNeeded: factor * $0 * $0) : UInt8($0 % 10)
      }
      let name = "\(name)/\(stem)-\(kind == 3 ? "images-idx3" : "labels-idx1")-ubyte"
      folder.write(name, [0, 0, 8, kind, 0, 0, 0, 100] + side + bytes)
    }
    return "\(folder.path)/\(name)"
  }

  @Test("Its data are those that it was trained on, wherever others are; when they are gone, that is said")
  func data() throws {
    let (own, moved) = (makeData("own"), "\(folder.path)/moved")
    let others = Program.environment.merging(["GANTUI_DATA": makeData("others", factor: 3)]) { $1 }
    func sample(_ name: String, _ arguments: String..., from run: String) throws -> Outcome {
      let words = ["sample", "--resume", run, "--count", "2", "-o", "\(folder.path)/\(name).npy"] + arguments
      return try Running(Program.path, words, environment: others).finish()
    }
    #expect(try Program.run("train", "digits", "--steps", "2", "--data", own, "--run-dir", run).status == 0)
    #expect(folder.text("run/config.toml").contains("data_folder = \"\(own)\""))
    #expect(try sample("a", from: run).status == 0)
    #expect(try Program.run("train", "--resume", run, "--steps", "3").status == 0)
    // Checkpoints did not always say where their data had been; settings said it for people.
    let checkpoint = try #require(CheckpointFolder(path: "\(run)/checkpoints").checkpoints.first).path
    var file = try Safetensors(path: checkpoint)
    file.metadata["data.folder"] = nil
    try file.write(to: checkpoint)
    let settings = folder.text("run/config.toml").split(separator: "\n").filter { !$0.hasPrefix("data_folder") }
    for line in ["data_folder = '\(own)'", "data = \"MNIST at \(own)\""] {
      let text = (settings.filter { !$0.hasPrefix("data =") } + [Substring(line)]).joined(separator: "\n")
      folder.write("run/config.toml", Array((text + "\n").utf8))
      #expect(try sample("b", from: run).status == 0)
      rename(own, moved)
      let gone = try sample("c", from: run)
      #expect(gone.status == 66 && gone.errors.contains("trained on are no longer in \(own)"), "\(gone.errors)")
      #expect(try sample("c", "--data", moved, from: run).status == 0)
      rename(moved, own)
    }

    let builtIn = "\(folder.path)/built-in"
    #expect(try Program.run("train", "digits", "--steps", "2", "--run-dir", builtIn).status == 0)
    let outcome = try sample("d", from: builtIn)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test("Samples are taken of it as it was saved, with no step more; gone on with elsewhere, it has its settings there")
  func elsewhere() throws {
    _ = try Program.run("train", "toy", "--steps", "10", "--run-dir", run)
    for (name, steps) in [("saved", []), ("named", ["--steps", "10"]), ("later", ["--steps", "12"])] {
      let arguments = ["sample", "--resume", run, "--count", "4", "-o", "\(folder.path)/\(name).npy"] + steps
      let outcome = try Running(Program.path, arguments, environment: Program.environment).finish()
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let saved = folder.read("saved.npy")
    #expect(saved == folder.read("named.npy") && saved != folder.read("later.npy"))
    let unsaid = try Program.run("sample", "toy", "--count", "4", "-o", "\(folder.path)/x.npy")
    #expect(unsaid.status == 64 && unsaid.errors.contains("say how long to train: --steps N"))
    _ = try Program.run("train", "--resume", run, "--steps", "20", "--run-dir", "\(folder.path)/other")
    #expect(folder.text("other/config.toml").contains("experiment = \"toy\""))
  }
}
