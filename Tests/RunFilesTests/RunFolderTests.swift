import Glibc
import RunFiles
import TestSupport
import Testing

@Suite("A run's folder")
struct RunFolderTests {
  private let folder = Folder()
  private let start = Moment(seconds: 1_795_000_000)

  @Test("A new one is called after its experiment and its beginning, and never takes another's place")
  func new() throws {
    let home = folder.path + "/not/there/yet"
    let paths = try (0..<3).map { _ in try RunFolder.make(for: "gan/paper-mnist", at: start, in: home).path }
    let name = "\(home)/gan-paper-mnist-\(start.name)"
    #expect(paths == [name, name + "-2", name + "-3"])
  }

  @Test("Runs are kept where the XDG base directory specification says")
  func home() throws {
    #expect(
      try RunFolder.home { ["XDG_STATE_HOME": "/state", "HOME": "/home/a"][$0] } == "/state/gantui/runs")
    #expect(
      try RunFolder.home { ["XDG_STATE_HOME": "state", "HOME": "/home/a"][$0] } == "/home/a/.local/state/gantui/runs")
    #expect(throws: RunFileError.noHome) { try RunFolder.home { _ in nil } }
  }

  @Test("A folder that cannot be made is an error that names it")
  func impossible() {
    #expect(throws: RunFileError.cannotWrite(path: "/proc/runs", reason: "No such file or directory")) {
      try RunFolder.make(for: "toy", at: start, in: "/proc/runs")
    }
    folder.write("file", [])
    #expect(throws: RunFileError.cannotWrite(path: "\(folder.path)/file", reason: "Not a directory")) {
      try RunFolder(path: "\(folder.path)/file").make()
    }
  }

  @Test("A run is found by its name, by its path, or as the last one")
  func find() throws {
    let home = folder.path
    let runs = try (0..<3).map { try RunFolder.make(for: "toy", at: Moment(seconds: $0 * 100), in: home) }
    #expect(throws: RunFileError.noRun("last", home: home)) { try RunFolder.find("last", in: home) }
    for (run, second) in zip(runs, [5, 7, 6]) {
      _ = try JournalFileOnDisk(path: run.metrics)
      var times = [timespec(tv_sec: second, tv_nsec: 0), timespec(tv_sec: second, tv_nsec: 0)]
      utimensat(AT_FDCWD, run.metrics, &times, 0)
    }
    #expect(RunFolder.all(in: home) == [runs[1], runs[2], runs[0]])
    #expect(try RunFolder.find("last", in: home) == runs[1])
    #expect(try RunFolder.find(runs[2].name, in: home) == runs[2])
    #expect(try RunFolder.find(runs[0].path + "/", in: nil) == runs[0])
    #expect(try RunFolder.find("toy", in: home) == runs[1])
    #expect(throws: RunFileError.noRun("to", home: home)) { try RunFolder.find("to", in: home) }
  }

  @Test(
    "A name is a person's own unless it is that of an experiment and a time",
    arguments: [
      ("toy-20261121-112805", false), ("gan-paper-mnist-20261121-112805-2", false), ("toy", true), ("best", true),
      ("toy-20261121-112805-best", true), ("toy-20261121-1128", true), ("20261121-112805", true), ("toy--", true),
    ])
  func ownNames(name: String, isOwn: Bool) {
    #expect(RunFolder(path: "/runs/\(name)").hasOwnName == isOwn)
  }

  @Test("Offered for removal is what is old, and what has no room beside later runs; never what has a name")
  func pruning() {
    let day = 86_400
    func run(_ name: String, days: Int, megabytes: Int, isFree: Bool = true) -> PruningRule.Run {
      .init(
        folder: RunFolder(path: name), size: megabytes * 1_000_000, changed: Moment(seconds: (100 - days) * day),
        isFree: isFree)
    }
    let runs = [
      run("now", days: 0, megabytes: 900), run("named", days: 1, megabytes: 500, isFree: false),
      run("large", days: 2, megabytes: 700), run("small", days: 3, megabytes: 600),
      run("month", days: 30, megabytes: 0), run("older", days: 31, megabytes: 0),
      run("kept", days: 99, megabytes: 0, isFree: false),
    ]
    let offered = PruningRule().offered(of: runs, at: Moment(seconds: 100 * day))
    #expect(offered.map(\.folder.path) == ["large", "older"])
  }

  @Test("A file of two names takes room once")
  func links() {
    folder.write("a", [UInt8](repeating: 0, count: 1000))
    folder.makeFolder("b")
    link("\(folder.path)/a", "\(folder.path)/b/c")
    #expect(RunFolder(path: folder.path).size == 1000)
  }

  @Test("Moments are written in UTC and read back")
  func moments() {
    #expect(start.text == "2026-11-18T11:06:40Z")
    #expect(Moment(start.text) == start)
    for text in ["", "2026-11-18", "yesterday", "2026-13-18T10:26:40Z"] { #expect(Moment(text) == nil) }
  }
}

@Suite("The lock of a run")
struct RunLockTests {
  private let folder = Folder()

  @Test("One has it at a time; who comes second learns which process that is")
  func two() throws {
    let run = RunFolder(path: folder.path)
    #expect(!RunLock.isHeld(run))
    var lock: RunLock? = try RunLock(run)
    #expect(RunLock.isHeld(run))
    #expect(throws: RunFileError.held(path: run.path, process: Int(getpid()))) { try RunLock(run) }
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(!RunLock.isHeld(run))
    _ = try RunLock(run)
  }

  @Test("What only names a process is no lock")
  func left() throws {
    folder.write("lock", Array("1\n".utf8))
    #expect(!RunLock.isHeld(RunFolder(path: folder.path)))
    _ = try RunLock(RunFolder(path: folder.path))
  }
}
