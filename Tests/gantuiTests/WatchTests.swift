// Runs of other programs, watched and compared from end to end.

import Glibc
import RunFiles
import TestSupport
import Testing

@Suite("Watching and comparing")
struct WatchTests {
  private let folder = Folder()

  private func events(_ values: [(Int64, Double)]) -> [UInt8] {
    values.flatMap { step, value in
      EventRecord.framed(
        TensorBoardEvent(wallTime: 0, step: step, values: [.init("loss/D", .number(value))]).encoded)
    }
  }

  @Test("A file that grows is seen to grow, through garbage, truncation and replacement, and q leaves")
  func growing() throws {
    let screen = try Screen(80, 24, "$gantui watch log.ndjson; echo \"status $?\"")
    try screen.wait(for: "waiting for log.ndjson")
    screen.folder.write("log.ndjson", Array("{\"step\":1,\"loss\":0.5}\n".utf8))
    try screen.wait(for: "0.50")
    screen.folder.append("log.ndjson", Array("\u{1B}[31mnonsense\n{\"step\":2,\"loss\":0.25}\n".utf8))
    try screen.wait(for: "0.25")
    screen.folder.write("log.ndjson", Array("{\"step\":1,\"loss\":7}\n".utf8))
    try screen.wait(for: "7.00")
    rename("\(screen.folder.path)/log.ndjson", "\(screen.folder.path)/log.1")
    screen.folder.write("log.ndjson", Array("{\"step\":1,\"loss\":9,\"other\":3}\n".utf8))
    try screen.wait(for: "another panel") { $0.contains("9.00") && $0.contains("other") }
    try screen.press("q")
    try screen.wait(for: "status 0")
  }

  @Test("Runs that appear later are found, and drawn over those that were there")
  func appearing() throws {
    let screen = try Screen(100, 30, "mkdir runs; $gantui watch runs; echo \"status $?\"")
    try screen.wait(for: "no files of figures yet")
    for (name, value) in [("first", 0.5), ("second", 0.75)] {
      screen.folder.makeFolder("runs/\(name)")
      screen.folder.write("runs/\(name)/events.out.tfevents.1", events([(1, value), (2, value)]))
      try screen.wait(for: name == "first" ? "0.50" : "B second")
    }
    try screen.press("L")
    try screen.wait(for: "found: second")
    try screen.press("q")
    try screen.wait(for: "status 0")
  }

  @Test("A name at which nothing is, is said to be waited for, on the screen and in a pipe")
  func mistyped() throws {
    let screen = try Screen(80, 24, "$gantui watch lgo.ndjson; echo \"status $?\"")
    try screen.wait(for: "waiting for lgo.ndjson: there is no such file or folder yet")
    try screen.press("q")
    try screen.wait(for: "status 0")
    folder.write("there.ndjson", Array("{\"step\":1,\"loss\":0.5}\n".utf8))
    let paths = ["there.ndjson", "lgo"].map { "\(folder.path)/\($0)" }
    let watching = try Running(Program.path, ["watch"] + paths, environment: Program.environment)
    _ = try watching.line(containing: "step 1")
    watching.send(SIGTERM)
    #expect(try watching.finish().errors.contains("waiting for \(paths[1]): there is no such file or folder yet"))
  }

  @Test("In a pipe, watch says a line for every run that has gone on, until a signal ends it")
  func plain() throws {
    folder.write("events.out.tfevents.1.host", events([(1, 0.5), (1200, 0.25)]))
    let watching = try Running(Program.path, ["watch", folder.path], environment: Program.environment)
    let line = try watching.line(containing: "step")
    #expect(line.hasSuffix(": step 1,200, loss/D 0.2500"))
    watching.send(SIGTERM)
    #expect(try watching.finish().status == 128 + SIGTERM)
  }

  @Test("In a pipe, watch ends when its reader has gone, also where there is nothing more to say")
  func lostReader() throws {
    folder.write("log.ndjson", Array("{\"step\":1,\"x\":3}\n".utf8))
    let watching = try Running(Program.path, ["watch", folder.path], environment: Program.environment)
    _ = try watching.line(containing: "step 1")
    watching.stopReading()
    let outcome = try watching.finish()
    #expect(outcome.status == 128 + SIGPIPE && outcome.errors.isEmpty)
  }

  @Test("In a pipe, compare is a table of the last, the least and the greatest, and ends by itself")
  func table() throws {
    folder.write("a.ndjson", Array("{\"step\":1,\"x\":3}\n{\"step\":20,\"x\":1}\n{\"step\":21,\"x\":2}\n".utf8))
    folder.write("b.ndjson", Array("{\"step\":5,\"x\":-1,\"only\":4}\n".utf8))
    let outcome = try Program.run("compare", folder.path + "/a.ndjson", folder.path + "/b.ndjson")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let cells = outcome.lines.map { $0.split(separator: " ").map(String.init) }
    #expect(
      cells == [
        ["figure", "run", "step", "last", "least", "greatest"],
        ["only", "b.ndjson", "5", "4.0000", "4.0000", "4.0000"],
        ["x", "a.ndjson", "21", "2.0000", "1.0000", "3.0000"], ["x", "b.ndjson", "5", "-1.0000", "-1.0000", "-1.0000"],
      ])
  }

  @Test("What compare cannot find is named, with what could be meant")
  func unknown() throws {
    let outcome = try Program.run("compare", "nobodys-run")
    #expect(outcome.status != 0)
    #expect(outcome.errors.contains("nobodys-run"))
  }
}
