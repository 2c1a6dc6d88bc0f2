// What runs leave on the disk, and the commands that read it, through crashes and full disks.

import Glibc
import TestSupport
import Testing

@Suite("The files of runs")
struct RunFilesTests {
  private let folder = Folder()

  private var environment: [String: String] {
    Program.environment.merging(["XDG_STATE_HOME": folder.path]) { _, own in own }
  }

  /// Every line but a torn last one.
  private func lines(_ path: String) throws -> [[String: JSONValue]] {
    let text = Folder.text(at: path)
    let whole = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return try whole.map { try JSONValue.object(String($0)) }
  }

  private func run(_ arguments: String...) throws -> Outcome {
    try Running(Program.path, arguments, environment: environment).finish()
  }

  @Test("A run is kept, listed, told and exported; without a step, or if that is not wanted, nothing is")
  func keeping() throws {
    #expect(try run("runs").output == "no runs in \(folder.path)/gantui/runs\n")
    #expect(try run("train", "toy", "--steps", "20", "--no-run-dir").status == 0)
    #expect(folder.names == [])
    #expect(try run("train", "toy", "--steps", "2000", "--log-every", "500").status == 0)
    let listed = try run("runs").lines
    #expect(listed[0].hasPrefix("run ") && listed[1].hasPrefix("toy-") && listed[1].contains(" 2,000 "))
    #expect(listed[1].contains(" finished ") && listed[1].contains("JSD "))
    let summary = try JSONValue.object(try run("runs", "--json").lines[0])
    #expect(summary["end"] == .text("finished") && summary["step"] == .number(2000) && summary["jsd"]?.number != nil)

    let table = try run("export", "toy", "--csv").output.split(separator: "\r\n").map { $0.split(separator: ",") }
    #expect(table.count == 5 && table[0].first == "step" && table.allSatisfy { $0.count == table[0].count })
    #expect(table.dropFirst().map { $0[0] } == ["500", "1000", "1500", "2000"])
    let path = "\(folder.path)/toy.json"
    #expect(try run("export", "last", "--json", "--output", path).status == 0)
    #expect(Folder.text(at: path).contains("\"reason\":\"finished\""))
    let story = try run("replay", "toy").lines
    #expect(story[0].contains("toy: a Gaussian from a line of noise") && story.last?.contains("end finished") == true)
    #expect(story.contains { $0.contains("step 2,000") && $0.contains("JSD") })
  }

  @Test("Pictures are exported as a sheet, what are none with words")
  func pictures() throws {
    #expect(try run("train", "digits", "--steps", "1").status == 0)
    let path = "\(folder.path)/digits.png"
    #expect(try run("export", "digits", "--png", "-o", path).status == 0)
    #expect(folder.read("digits.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(try run("export", "digits", "--png").status == 64)
    // Ten classes in a row, four rows, in squares of 56 with white of 8 around each.
    #expect(try run("train", "cgan", "--steps", "1", "--set", "batch=2").status == 0)
    #expect(try run("export", "cgan", "--png", "-o", "\(folder.path)/cgan.png").status == 0)
    let header = folder.read("cgan.png").dropFirst(16).prefix(8).map(Int.init)
    #expect(header == [0, 0, 2, 136, 0, 0, 1, 8])
    #expect(try run("train", "toy", "--steps", "1").status == 0)
    let refused = try run("export", "toy", "--png", "-o", path)
    #expect(refused.status == 64 && refused.errors.contains("samples of “toy” are points"))
    let unknown = try run("replay", "ring")
    #expect(unknown.status == 66 && unknown.errors.contains("there is no run “ring”"))
  }

  @Test("A killed run can be listed, told and exported, and another one may not write where one does, or did")
  func killed() throws {
    let place = "\(folder.path)/here"
    let arguments = ["train", "toy", "--steps", "1000000000", "--every", "1000", "--json", "--run-dir", place]
    let running = try Running(Program.path, arguments, environment: environment)
    _ = try running.line(containing: "\"step\":20000,")
    let second = try run("train", "toy", "--steps", "1", "--run-dir", place)
    #expect(second.status == 73 && second.errors.contains("\(place) is being written by process "))
    #expect(try run("replay", place).lines.last == "it still goes on")
    running.send(SIGKILL)
    #expect(try running.finish().status == 128 + SIGKILL)

    // As if it had been within a line.
    let torn = Folder.text(at: place + "/metrics.ndjson") + "{\"event\":\"metr"
    folder.write("here/metrics.ndjson", Array(torn.utf8))
    let figures = try lines(place + "/metrics.ndjson").filter { $0["event"] == .text("metrics") }
    #expect(!figures.isEmpty)
    #expect(try run("export", place, "--csv").output.split(separator: "\r\n").count == figures.count + 1)
    let story = try run("replay", place)
    #expect(story.status == 0 && story.lines.last?.contains("steps/s") == true)
    let third = try run("train", "toy", "--steps", "1", "--run-dir", place)
    #expect(third.status == 73 && third.errors.contains("there is a run in \(place) already"))
  }

  @Test(
    "Where a file may not grow, training goes on, and what was written before is whole",
    .disabled(if: Sanitizer.isThere, Sanitizer.needsLimits),
    arguments: [4, 8, 64])
  func full(kilobytes: Int) throws {
    let command =
      "ulimit -f \(kilobytes); exec \(Program.path) train toy --steps 3000 --log-every 10 --run-dir \(folder.path)/x"
    let outcome = try Running("/bin/bash", ["-c", command], environment: environment).finish()
    #expect(outcome.status == 73 && outcome.output.contains("finished at step 3000"))
    // Once of the log, once of checkpoints, and at the end of what is not saved.
    let warnings = outcome.errors.split(separator: "\n")
    #expect((1...3).contains(warnings.count) && warnings.allSatisfy { $0.contains("File too large") })
    let kept = try lines("\(folder.path)/x/metrics.ndjson")
    #expect(Folder.text(at: "\(folder.path)/x/metrics.ndjson").hasSuffix("}\n") && kept[0]["event"] == .text("start"))
  }

  @Test("Named pipes and folders where files should be are refused; nobody waits for the other end")
  func pipes() throws {
    let place = "\(folder.path)/run"
    #expect(try run("train", "toy", "--steps", "20", "--run-dir", place).status == 0)
    let checkpoint = try #require(Folder.names(in: "\(place)/checkpoints").last { $0.hasPrefix("step") })
    func replace(_ name: String) {
      rename("\(place)/\(name)", "\(folder.path)/aside")
      mkfifo("\(place)/\(name)", 0o600)
    }
    func putBack(_ name: String) {
      unlink("\(place)/\(name)")
      rename("\(folder.path)/aside", "\(place)/\(name)")
    }
    replace("lock")
    #expect(try run("replay", place).status == 0)
    let locked = try run("train", "--resume", place, "--steps", "30")
    #expect(locked.status == 73 && locked.errors.contains("\(place)/lock cannot be written: it is not a file"))
    putBack("lock")
    replace("checkpoints/\(checkpoint)")
    let path = "\(place)/checkpoints/\(checkpoint)"
    for arguments in [["sample", "--count", "1", "-o", "\(folder.path)/x.npy"], ["train", "--steps", "30"]] {
      let outcome = try Running(Program.path, arguments + ["--resume", path], environment: environment).finish()
      #expect(outcome.status == 66 && outcome.errors.contains("\(path) cannot be read: it is not a file"))
    }
    putBack("checkpoints/\(checkpoint)")
    replace("metrics.ndjson")
    let unread = try run("export", place, "--csv")
    #expect(unread.status == 66 && unread.errors.contains("metrics.ndjson cannot be read: it is not a file"))
    putBack("metrics.ndjson")

    folder.makeFolder("gantui")
    mkfifo("\(folder.path)/gantui/config.toml", 0o600)
    let settings = environment.merging(["XDG_CONFIG_HOME": folder.path]) { $1 }
    let keys = try Running(Program.path, ["keys"], environment: settings).finish()
    #expect(keys.status == 0 && keys.errors.contains("config.toml: it is not a file; the settings are skipped"))
    let theme = try run("screenshot", "toy", "--steps", "1", "--theme", "\(folder.path)/gantui/config.toml")
    #expect(theme.status == 65 && theme.errors.contains("it is not a file; expected a theme file"))
  }

  /// Lets so many days have passed since something happened in a run.
  private func age(_ path: String, days: Int) {
    var times = [
      timespec(tv_sec: time(nil) - days * 86_400, tv_nsec: 0), timespec(tv_sec: time(nil) - days * 86_400, tv_nsec: 0),
    ]
    utimensat(AT_FDCWD, path + "/metrics.ndjson", &times, 0)
  }

  @Test("Runs are removed when that is said, never one that is being trained, and old ones are offered")
  func removal() throws {
    for _ in 0..<3 { #expect(try run("train", "toy", "--steps", "20").status == 0) }
    let home = "\(folder.path)/gantui/runs"
    let names = Folder.names(in: home)
    try #require(names.count == 3)
    #expect(
      Folder.names(in: "\(home)/\(names[0])/checkpoints") == ["best.safetensors", "step-000000000020.safetensors"])
    #expect(try run("runs").lines.dropFirst().prefix(3).allSatisfy { $0.contains(" kB  finished") })

    let unknown = try run("runs", "rm", names[0], "toy")
    #expect(unknown.status == 64 && unknown.errors.contains("there is no run “toy”"))
    #expect(Folder.names(in: home) == names, "all or none are known")
    #expect(try run("runs", "rm", names[0]).output == "removed \(names[0])\n")
    folder.write("gantui/runs/\(names[1])/notes.txt", [])
    #expect(try run("runs", "rm", "\(home)/\(names[1])").output.contains("stays"))
    #expect(Folder.names(in: "\(home)/\(names[1])") == ["notes.txt"])
    folder.makeFolder("others")
    folder.write("others/metrics.ndjson", Array("{\"step\":1}\n".utf8))
    #expect(try run("runs", "rm", "\(folder.path)/others").status == 64, "another program's")

    #expect(try run("runs", "--prune").output.contains("no run in"))
    let named = "\(home)/mine"
    let arguments = ["train", "toy", "--steps", "1000000000", "--every", "1000", "--run-dir", "\(home)/\(names[0])"]
    let running = try Running(Program.path, arguments, environment: environment)
    _ = try running.line(containing: "20000 ")
    #expect(try run("train", "toy", "--steps", "20", "--run-dir", named).status == 0)
    for path in [named, "\(home)/\(names[0])", "\(home)/\(names[2])"] { age(path, days: 31) }
    #expect(try run("runs").output.contains("offers to remove one that is old or without room"))
    let asked = try run("runs", "--prune")
    #expect(asked.status == 64 && asked.errors.contains("add --yes") && asked.lines.count == 1)
    #expect(try run("runs", "--prune", "--yes").lines.last == "removed \(names[2])")
    let held = try run("runs", "rm", names[0])
    #expect(held.status == 73 && held.errors.contains("cannot be removed: it is being trained by process"))
    #expect(Folder.names(in: home) == ["mine", names[0], names[1]].sorted())
    running.send(SIGTERM)
    _ = try running.finish()
  }

  @Test("Without anybody who could type, words end when nothing could be run")
  func nothingRan() throws {
    let paper = try run("gan/paper-mnist", "--plain")
    #expect(paper.status == 66 && paper.errors.contains("Error: this experiment trains on MNIST"))
    folder.makeFolder("pictures")
    let digits = try run("digits", "--data", "\(folder.path)/pictures", "--plain")
    #expect(digits.status == 65 && digits.errors.contains("none of train-images-idx3-ubyte"))
  }

  @Test("A run without a figure is no run to look at, and that is said", arguments: ["replay", "export --csv"])
  func empty(command: String) throws {
    folder.makeFolder("empty")
    folder.write("empty/metrics.ndjson", [])
    let words = command.split(separator: " ").map(String.init) + ["\(folder.path)/empty"]
    let outcome = try Running(Program.path, words, environment: environment).finish()
    #expect(outcome.status == 66 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("there are no figures in \(folder.path)/empty"))
  }

  @Test("A place that cannot be written does not keep anybody from training, unless a person has named it")
  func nowhere() throws {
    folder.write("file", [])
    let elsewhere = environment.merging(["XDG_STATE_HOME": "\(folder.path)/file"]) { _, new in new }
    let outcome = try Running(Program.path, ["train", "toy", "--steps", "20"], environment: elsewhere).finish()
    #expect(outcome.status == 0 && outcome.output.contains("finished at step 20"))
    #expect(outcome.errors.contains("this run leaves no files: \(folder.path)/file/gantui"))
    let named = try run("train", "toy", "--steps", "20", "--run-dir", "\(folder.path)/file")
    #expect(
      named.status == 73 && named.output.isEmpty && named.errors.contains("\(folder.path)/file cannot be written"))
  }

  @Test("What a session could not save at its end is said when its screen has gone")
  func unsaved() throws {
    let screen = try Screen(
      100, 30, "mkdir here; touch here/checkpoints; $gantui toy --run-dir here 2> errors; echo status $?")
    try screen.wait(for: "some steps") { $0.contains("RUNNING step") && $0.contains("JSD") }
    try screen.type("q")
    try screen.wait(for: "status 73")
    #expect(screen.folder.text("errors").contains("the end of this run is not saved: here/checkpoints/step-"))
  }

  @Test("A session leaves a folder for each experiment with its last screen, and can be looked at again")
  func session() throws {
    let screen = try Screen(
      100, 30, "$gantui toy ring --run-dir runs --log-every 1; $gantui replay runs/toy; echo status $?")
    try screen.wait(for: "some steps of both") { text in
      text.matches(of: /(toy|ring)  *RUNNING (step )?\d\d/).count == 2 && text.contains("JSD")
    }
    try screen.type("q")
    try screen.wait(for: "a replay at its end") { $0.contains(" REPLAY ") && $0.contains("STOPPED") }
    try screen.press("Home")
    try screen.wait(for: "its beginning") { $0.contains(" REPLAY  0:00 of ") && $0.contains("RUNNING") }
    try screen.type("q")
    try screen.wait(for: "status 0")
    for name in ["toy", "ring"] {
      let run = "\(screen.folder.path)/runs/\(name)"
      #expect(
        Folder.text(at: run + "/final.txt").contains("toy") && Folder.text(at: run + "/final.ansi").contains("\u{1B}["))
      #expect(try lines(run + "/metrics.ndjson").last?["reason"] == .text("interrupted"))
    }
  }
}
