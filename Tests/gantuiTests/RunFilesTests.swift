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

  @Test("Where a file may not grow, training goes on, and what was written before is whole", arguments: [4, 8, 64])
  func full(kilobytes: Int) throws {
    let command =
      "ulimit -f \(kilobytes); exec \(Program.path) train toy --steps 3000 --log-every 10 --run-dir \(folder.path)/x"
    let outcome = try Running("/bin/bash", ["-c", command], environment: environment).finish()
    #expect(outcome.status == 0 && outcome.output.contains("finished at step 3000"))
    // Once of the log, once of checkpoints, and at the end of what is not saved.
    let warnings = outcome.errors.split(separator: "\n")
    #expect((1...3).contains(warnings.count) && warnings.allSatisfy { $0.contains("File too large") })
    let kept = try lines("\(folder.path)/x/metrics.ndjson")
    #expect(Folder.text(at: "\(folder.path)/x/metrics.ndjson").hasSuffix("}\n") && kept[0]["event"] == .text("start"))
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
    try screen.wait(for: "status 0")
    #expect(screen.folder.text("errors").contains("the end of this run is not saved: here/checkpoints/step-"))
  }

  @Test("A session leaves a folder for each experiment with its last screen, and can be looked at again")
  func session() throws {
    let screen = try Screen(
      100, 30, "$gantui toy ring --run-dir runs --log-every 1; $gantui replay runs/toy; echo status $?")
    try screen.wait(for: "some steps of both") { text in
      text.matches(of: /(toy|ring)  *RUNNING step \d\d/).count == 2 && text.contains("JSD")
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
