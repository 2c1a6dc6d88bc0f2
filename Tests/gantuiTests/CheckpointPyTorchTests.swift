// What others make of our checkpoints.

import Glibc
import TestSupport
import Testing

/// A Python with PyTorch and safetensors, which a test may go without: `GANTUI_PYTHON`, or the one in the path.
private enum PyTorch {
  static let python = getenv("GANTUI_PYTHON").map { String(cString: $0) } ?? "python3"
  static let note: Comment = "needs a Python with torch, numpy and safetensors: name it with GANTUI_PYTHON"

  static let isThere: Bool = {
    let environment = ["PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"]
    let trial = try? Running(python, ["-c", "import numpy, safetensors.torch"], environment: environment)
    return (try? trial?.finish())?.status == 0
  }()

  static func run(_ arguments: [String]) throws -> Outcome {
    try Running(python, arguments, environment: ["PATH": getenv("PATH").map { String(cString: $0) } ?? ""]).finish()
  }
}

@Suite("Checkpoints in PyTorch")
struct CheckpointPyTorchTests {
  private let folder = Folder()
  private static let script =
    #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Reference/load_checkpoint.py"

  @Test(
    "Its generator makes of the same noise what ours makes", .enabled(if: PyTorch.isThere, PyTorch.note),
    arguments: [("toy", 100), ("digits", 20), ("dcgan", 3)])
  func samples(experiment: String, steps: Int) throws {
    let run = "\(folder.path)/run"
    _ = try Program.run("train", experiment, "--steps", "\(steps)", "--run-dir", run)
    let sampled = try Program.run(
      "sample", "--resume", run, "--steps", "1", "--count", "64", "-o", "\(folder.path)/x.npy", "--noise",
      "\(folder.path)/z.npy")
    #expect(sampled.status == 0, "\(sampled.errors)")
    let outcome = try PyTorch.run([
      Self.script, experiment, "\(run)/checkpoints/best.safetensors", "\(folder.path)/z.npy", "\(folder.path)/x.npy",
    ])
    let difference = try #require(Double(outcome.lines.last ?? ""), "\(outcome.errors)")
    #expect(difference < 1e-5)
  }
}
