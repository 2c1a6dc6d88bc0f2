// Our event files, read by TensorBoard itself.

import Glibc
import RunFiles
import TestSupport
import Testing

@Suite("Event files and TensorBoard")
struct TensorBoardTests {
  /// A Python with TensorBoard and Pillow: $GANTUI_PYTHON, or python3.
  private enum Python {
    static let path = getenv("GANTUI_PYTHON").map { String(cString: $0) } ?? "python3"
    static let isThere =
      (try? Running(path, ["-c", "import tensorboard, PIL"], environment: Program.environment).finish().status) == 0
    static let note: Comment =
      "SKIPPED: needs a Python with the packages tensorboard and pillow; name it with GANTUI_PYTHON=…/python"
    static let script =
      #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Reference/read_tensorboard.py"
  }

  @Test(
    "TensorBoard lists the figures of a run's journal with the same values, and its samples",
    .enabled(if: Python.isThere, Python.note))
  func reading() throws {
    let folder = Folder()
    let run = RunFolder(path: folder.path + "/run")
    let training = try Program.run(
      "train", "digits", "--steps", "6", "--every", "3", "--run-dir", run.path, "--log-every", "2", "--tensorboard")
    #expect(training.status == 0, "\(training.errors)")
    let outcome = try Running(Python.path, [Python.script, run.path], environment: Program.environment).finish()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let read = try outcome.lines.map { try #require(JSONObject(Array($0.utf8))) }
    let lines = folder.text("run/metrics.ndjson").split(separator: "\n").compactMap { JSONObject(Array($0.utf8)) }
      .filter { $0.text("event") == "metrics" }
    #expect(lines.count >= 3)
    for line in lines {
      for tag in ["d_loss", "g_loss", "d_real", "d_fake", "value"] {
        let found = read.filter { $0.text("tag") == tag && $0.number("step") == line.number("step") }
        #expect(found.count == 1)
        #expect(found.first?.number("value").map { Float($0) } == line.number(tag).map { Float($0) })
      }
    }
    let pictures = read.filter { $0.text("tag") == "samples" }
    #expect(!pictures.isEmpty)
    for picture in pictures {
      #expect(picture.text("mode") == "L")
      #expect(picture.numbers("size") == [picture.number("width") ?? 0, picture.number("height") ?? 0])
      #expect(picture.number("ink") ?? 0 > 1000)
    }
  }

  @Test("An event file goes where it is wanted, and an experiment's name is not taken for a folder")
  func places() throws {
    let folder = Folder()
    let outcome = try Program.run(
      "train", "toy", "--steps", "3", "--run-dir", folder.path + "/run", "--tensorboard", folder.path + "/board")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(Folder.names(in: folder.path + "/board/run").count == 1)
    #expect(!Folder.names(in: folder.path + "/run").contains { $0.contains("tfevents") })
    let mistaken = try Program.run("train", "--steps", "3", "--tensorboard", "toy", "digits")
    #expect(mistaken.status == 64 && mistaken.errors.contains("name experiments before it"))
    #expect(try Program.run("train", "toy", "--steps", "3", "--tensorboard", "--no-run-dir").status == 64)
  }
}
