// Runs that somebody else trains, or that are over: their files, shown live.

import ArgumentParser
import Dashboard
import Glibc
import NCursesBackend
import RunFiles
import Training

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Show figures and pictures that any program writes, live.",
    discussion: """
      Takes TensorBoard's event files, as PyTorch's SummaryWriter writes them, and files of JSON lines (.ndjson, .jsonl) in \
      which every number is a figure and “step”, “global_step”, “iteration” or “epoch” says when. Of a folder, every folder \
      in it that holds such files is a run; what appears later is found, and what is not there yet is waited for. The \
      files are only read.
      """)

  @Argument(
    help: ArgumentHelp("Files, runs, or folders of runs.", valueName: "path"), completion: .file())
  var paths: [String]

  @OptionGroup var flags: CurvesFlags

  func validate() throws {
    if let empty = paths.first(where: \.isEmpty) { throw ValidationError("“\(empty)” is no path") }
  }

  func run() throws {
    try flags.show("watch \(paths.joined(separator: " "))", paths: paths) { try tell() }
  }

  /// A line for each run that has gone on, every few seconds, until a signal ends it.
  private func tell() throws {
    let paths = paths
    for path in missing(paths) {
      StandardError.writeLine("waiting for \(path): there is no such file or folder yet; Ctrl-C ends the waiting")
    }
    let signal = try BackgroundWork.run {
      var watch = RunWatch(paths: paths)
      var told: [String: Double?] = [:]
      while !Task.isCancelled {
        watch.readAll()
        for run in watch.runs where told[run.name] != .some(run.step) {
          told[run.name] = run.step
          StandardOutput.write(run.sentence.replacing("−", with: "-").harmlessLine + "\n")
        }
        await Self.rest()
      }
    }
    if let signal { throw ExitStatus.ended(by: signal) }
  }

  /// Waits until it is time for the next lines. A reader that has gone, such as `head`, ends the process as SIGPIPE would,
  /// also where there is nothing more to write.
  private static func rest() async {
    for _ in 0..<looksPerReport where !Task.isCancelled {
      if StandardOutput.hasLostReader { Glibc.exit(128 + SIGPIPE) }
      try? await Task.sleep(for: CurvesFlags.reportInterval / looksPerReport)
    }
  }

  private static let looksPerReport = 20
}

/// Paths at which nothing is.
private func missing(_ paths: [String]) -> [String] {
  paths.filter { path in
    var information = stat()
    return stat(path, &information) != 0
  }
}

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Lay the curves of runs over one another, and their samples side by side.",
    discussion: """
      With --plain, or where the output is not a terminal, a table of the last, the least and the greatest of each figure \
      is printed.
      """)

  @Argument(
    help: ArgumentHelp(
      "Names of “gantui runs”, “last”, or paths as “gantui watch” takes them.", valueName: "run"),
    completion: .runs)
  var runs: [String]

  @OptionGroup var flags: CurvesFlags

  func run() throws {
    let home = try? RunFolder.home(SettingsFlag.environment)
    let paths = try runs.map { name in
      var information = stat()
      // What is there as a path is meant as one: a run of another program is no run of ours.
      return stat(name, &information) == 0 ? name : try RunFolder.find(name, in: home).path
    }
    try flags.show("compare \(runs.joined(separator: " "))", paths: paths) {
      var watch = RunWatch(paths: paths)
      watch.readAll()
      StandardOutput.write(ComparisonTable(watch.runs).text)
    }
  }
}

/// What both commands take, and the screen that they share.
struct CurvesFlags: ParsableArguments {
  @OptionGroup var look: LookFlags

  @OptionGroup var files: FileFlags

  @Flag(help: "Print lines of words instead of drawing.")
  var plain = false

  /// Between two looks at the files, and between two searches for new ones: soon enough for eyes, and nothing for disks.
  private static let lookInterval = Duration.milliseconds(250)
  private static let looksPerSearch = 8
  /// Between two lines about a run, where lines are printed.
  static let reportInterval = Duration.seconds(5)

  /// - Parameter tell: what is done where nothing can or shall be drawn.
  func show(_ subject: String, paths: [String], orTell tell: () throws -> Void) throws {
    var said = look.said
    said.say(.screenshots, files.screenshots?.rawValue)
    var file = SettingsFile(flags: said, environment: SettingsFlag.environment)
    var warnings = file.read().map(\.description)
    let selection = try look.selection(file.settings, &warnings)
    guard !plain, isatty(STDOUT_FILENO) == 1 else {
      for warning in warnings { StandardError.write(warning + "\n") }
      return try tell()
    }
    try SystemLimits.check()
    let cast = try files.newCast()
    let terminal = try NCursesTerminal(options: look.obeying(file.settings).options)
    let latest = Latest<[WatchedRun]>(wake: terminal.waker)
    var state = CurvesState(subject: subject, themes: selection.themes, size: terminal.size)
    state.missing = missing(paths)
    var dashboard = Dashboard(
      showing: state,
      of: DashboardSource { state in
        latest.take().map { runs in
          state.receive(runs)
          return []
        }
      }, device: terminal, themeFile: selection.file, notice: selection.notice, settings: file, options: files.options)
    for warning in warnings { dashboard.say(Notice(warning, isError: true)) }
    if let cast { dashboard.record(into: cast) }
    dashboard.draw()
    let reading = Task.detached { await Self.follow(paths, into: latest) }
    let outcome = dashboard.run()
    reading.cancel()
    terminal.close()
    switch outcome {
    case .quit, .failed: return
    case .terminated(let signal): throw ExitStatus.ended(by: signal)
    case .hungUp: throw ExitStatus.ended(by: SIGHUP)
    }
  }

  private static func follow(_ paths: [String], into latest: Latest<[WatchedRun]>) async {
    var watch = RunWatch(paths: paths)
    var round = 0
    while !Task.isCancelled {
      let look = watch.look(searching: round.isMultiple(of: looksPerSearch))
      if look.hasNews { latest.publish(watch.runs) }
      // A long file is shown while it is read.
      if look.hasMore { continue }
      round += 1
      try? await Task.sleep(for: lookInterval)
    }
  }
}
