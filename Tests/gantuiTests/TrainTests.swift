// `gantui train`, as a script sees it.

import Glibc
import TestSupport
import Testing

@Suite("gantui train")
struct TrainTests {
  @Test("--json prints a start line, the contracted figures at the steps asked for, and an end line")
  func json() throws {
    let outcome = try Program.run("train", "toy", "--steps", "50", "--every", "20", "--seed", "3", "--json")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let objects = try outcome.lines.map(JSONValue.object)
    #expect(
      objects.map { $0["event"] } == [
        .text("start"), .text("metrics"), .text("metrics"), .text("metrics"), .text("end"),
      ])
    #expect(objects[0]["experiment"] == .text("toy") && objects[0]["seed"] == .number(3))
    #expect(objects[0]["data"] == .text("N(4, 0.5)") && objects[0]["steps"] == .number(50))
    #expect(objects[1...3].map { $0["step"] } == [.number(20), .number(40), .number(50)])
    let contract = [
      "d_loss", "g_loss", "d_real", "d_fake", "value", "jsd", "jsd_floor", "jsd_bound", "steps_per_second",
    ]
    for metrics in objects[1...3] {
      #expect(metrics["experiment"] == .text("toy"))
      for key in contract { #expect(metrics[key]?.number?.isFinite == true, "\(key)") }
    }
    #expect(objects[4]["reason"] == .text("finished") && objects[4]["step"] == .number(50))
  }

  @Test("Figures that do not apply are left out")
  func images() throws {
    let outcome = try Program.run("train", "digits", "--steps", "1", "--json")
    let metrics = try JSONValue.object(try #require(outcome.lines.dropFirst().first))
    #expect(metrics["d_loss"]?.number != nil && metrics["jsd_bound"]?.number != nil)
    #expect(metrics["jsd"] == nil && metrics["jsd_floor"] == nil && metrics["modes"] == nil)
    let end = try JSONValue.object(try #require(outcome.lines.last))
    #expect(end["classes"] == .number(10))
    #expect(try (0..<10).contains(#require(end["classes_seen"]?.number)), "one step does not make ten digits")
  }

  @Test("The same seed prints the same lines but for the time it took, another seed others")
  func deterministic() throws {
    func figures(seed: String) throws -> [[String: JSONValue]] {
      try Program.run("train", "toy", "--steps", "30", "--every", "10", "--seed", seed, "--json").lines
        .map(JSONValue.object).map { object in
          object.filter { !["seconds", "steps_per_second", "seed"].contains($0.key) }
        }
    }
    let once = try figures(seed: "1")
    #expect(try figures(seed: "1") == once)
    #expect(try figures(seed: "2") != once)
  }

  @Test("The rules of the game can be chosen, are written down, and change what is learnt")
  func rules() throws {
    func play(_ rules: String...) throws -> (start: [String: JSONValue], loss: JSONValue?) {
      let arguments = ["train", "toy", "--steps", "10", "--every", "10", "--json"] + rules
      let lines = try Running(Program.path, arguments, environment: Program.environment).finish().lines
      try #require(lines.count == 3)
      return (try JSONValue.object(lines[0]), try JSONValue.object(lines[1])["d_loss"])
    }
    let usual = try play()
    #expect(usual.start["loss"] == .text("non-saturating"))
    #expect(usual.start["updates"] == .text("alternating, k = 1"))
    let minimax = try play("--loss", "minimax", "--k", "2")
    #expect(minimax.start["loss"] == .text("minimax") && minimax.start["updates"] == .text("alternating, k = 2"))
    #expect(minimax.loss != usual.loss)
    let together = try play("--order", "simultaneous")
    #expect(together.start["updates"] == .text("simultaneous") && together.loss != usual.loss)
  }

  @Test("Threads are as many as the cores that it may use, not as the machine has")
  func cores() throws {
    let status = Folder.text(at: "/proc/self/status").split(separator: "\n")
    let list = try #require(status.first { $0.hasPrefix("Cpus_allowed_list:") }?.split(separator: "\t").last)
    let core = String(list.prefix(while: \.isNumber))
    let outcome = try Running(
      "taskset", ["-c", core, Program.path, "train", "toy", "--steps", "1", "--json"], environment: Program.environment
    ).finish()
    let start = try JSONValue.object(try #require(outcome.lines.first))
    #expect(start["threads"] == .number(1))
  }

  @Test("Without --json the columns are aligned under their titles")
  func table() throws {
    let outcome = try Program.run("train", "toy-mixture", "--steps", "20", "--every", "10")
    let lines = outcome.lines
    try #require(lines.count == 5)
    #expect(lines[0].hasPrefix("toy-mixture: ") && lines[0].contains("seed 1"))
    for title in ["step", "loss D", "loss G", "D(x)", "D(G(z))", "V", "JSD", "floor", "modes", "steps/s"] {
      #expect(lines[1].contains(title))
    }
    #expect(lines[2].count == lines[1].count && lines[3].count == lines[1].count)
    #expect(lines[2].split(separator: " ").first == "10" && lines[2].contains("/3"))
    #expect(lines[4].hasPrefix("finished at step 20 "))
  }

  @Test(
    "A signal ends the training with the end line in place, and with the signal's status",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func signals(signal: Int32) throws {
    let arguments = ["train", "toy", "--steps", "1000000000", "--every", "100", "--json"]
    let program = try Running(Program.path, arguments, environment: Program.environment)
    _ = try program.line(containing: #""event":"metrics""#)
    program.send(signal)
    let outcome = try program.finish()
    #expect(outcome.status == 128 + signal && outcome.errors.isEmpty)
    let end = try JSONValue.object(try #require(outcome.lines.last))
    #expect(end["event"] == .text("end") && end["reason"] == .text("interrupted"))
    #expect(try #require(end["step"]?.number) >= 100)
  }

  @Test("A signal that the parent has it ignore, as nohup does, stays ignored")
  func ignoredSignal() throws {
    let script = "trap '' HUP; exec \(Program.path) train toy --steps 1000000000 --every 100 --json"
    let program = try Running("/bin/sh", ["-c", script], environment: Program.environment)
    _ = try program.line(containing: #""event":"metrics""#)
    program.send(SIGHUP)
    program.send(SIGTERM)
    #expect(try program.finish().status == 128 + SIGTERM)
  }

  @Test(
    "Streams that are closed are nobody's: what would be printed there is not written into the run's files",
    .disabled(if: Sanitizer.isThere, Sanitizer.needsLimits))
  func closedStreams() throws {
    let folder = Folder()
    let script = "exec \(Program.path) train toy --steps 200 --run-dir \(folder.path)/run <&- >&- 2>&-"
    let outcome = try Running("/bin/sh", ["-c", script], environment: Program.environment).finish()
    #expect(outcome.status == 0)
    #expect(Folder.text(at: "\(folder.path)/run/lock").allSatisfy { $0.isNumber || $0 == "\n" })
    #expect(Folder.names(in: "\(folder.path)/run").contains("metrics.ndjson"))
  }

  @Test(
    "Where no threads can be made, it says so and ends", .disabled(if: Sanitizer.isThere, Sanitizer.needsLimits),
    arguments: ["train toy --steps 200", "toy --plain", "sample toy --steps 10 --count 1 --output s.npy"])
  func noThreads(command: String) throws {
    // A thread's stack is as large as this limit, and no memory is.
    let script = "ulimit -s 200000000000 && exec \(Program.path) \(command)"
    let outcome = try Running("/bin/bash", ["-c", script], environment: Program.environment).finish()
    #expect(outcome.status == 71)
    #expect(outcome.errors.contains("threads, and the system grants 0: Resource temporarily unavailable"))
  }

  @Test(
    "Where too few files can be open, it says so and ends", .disabled(if: Sanitizer.isThere, Sanitizer.needsLimits),
    arguments: ["train toy --steps 200", "toy --plain"])
  func noDescriptors(command: String) throws {
    let script = "ulimit -n 16 && exec \(Program.path) \(command)"
    let outcome = try Running("/bin/bash", ["-c", script], environment: Program.environment).finish()
    #expect(outcome.status == 71)
    #expect(outcome.errors.contains(": Too many open files; raise the limit (ulimit -n)"))
  }

  @Test("A reader that leaves early, such as head, ends it without a word")
  func brokenPipe() throws {
    let arguments = ["train", "toy", "--steps", "1000000000", "--every", "100"]
    let program = try Running(Program.path, arguments, environment: Program.environment)
    _ = try program.line(containing: "100")
    program.stopReading()
    let outcome = try program.finish()
    #expect(outcome.status == 128 + SIGPIPE && outcome.errors.isEmpty)
  }

  @Test("A file of data that is broken is named, with the place, what was expected there, and the mend")
  func brokenData() throws {
    let folder = Folder()
    for name in ["train-images-idx3", "t10k-images-idx3"] {
      folder.write("\(name)-ubyte", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3])
    }
    for name in ["train-labels-idx1", "t10k-labels-idx1"] {
      folder.write("\(name)-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 7, 1])
    }
    let outcome = try Program.run("train", "digits", "--steps", "1", "--data", folder.path)
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: \(folder.path)/train-images-idx3-ubyte, byte 19: "))
    #expect(outcome.errors.contains("2 × 28 × 28") && outcome.errors.contains("fetch it again"))
  }

  @Test("Other pictures than MNIST's, in files of the same names, are called by their folder's name")
  func otherPictures() throws {
    let folder = Folder()
    folder.makeFolder("kuzushiji")
    let count = 128
    for part in ["train", "t10k"] {
      let pixels = (0..<count * 784).map { UInt8($0 % 251) }
      folder.write(
        "kuzushiji/\(part)-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 128, 0, 0, 0, 28, 0, 0, 0, 28] + pixels)
      let labels = (0..<count).map { UInt8($0 % 10) }
      folder.write("kuzushiji/\(part)-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 128] + labels)
    }
    for (name, title) in [("digits", "kuzushiji"), ("gan/tutorial-mnist", "kuzushiji as in most tutorials")] {
      let outcome = try Program.run(
        "train", name, "--steps", "1", "--json", "--data", "\(folder.path)/kuzushiji", "--no-run-dir")
      let start = try #require(outcome.lines.first)
      #expect(start.contains("\"title\":\"\(title)\""), "\(start)")
      #expect(start.contains("\"data\":\"kuzushiji at ") && !start.contains("MNIST"), "\(start)")
    }
  }

  @Test("A folder without data is an error that names the files it should have")
  func noData() throws {
    let folder = Folder()
    let outcome = try Program.run("train", "digits", "--steps", "1", "--data", folder.path)
    #expect(outcome.status == 65 && outcome.errors.contains("\(folder.path): none of train-images-idx3-ubyte"))
    let paper = try Program.run("train", "gan/paper-mnist", "--steps", "1")
    #expect(paper.status == 66 && paper.errors.contains("--data") && paper.errors.contains("$GANTUI_DATA"))
  }
}
