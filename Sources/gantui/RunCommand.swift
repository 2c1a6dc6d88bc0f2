// The live view: trainers on threads of their own, the dashboard on this one.

import ArgumentParser
import Dashboard
import Glibc
import NCursesBackend
import RunFiles
import TerminalUI
import Training

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train, and show it live (the default).",
    discussion: """
      On a terminal it is drawn; ? lists the keys, q quits. With --plain, or where the output is not a terminal, lines of \
      words are printed when there is something to say, for screen readers and pipes.
      """)

  @Argument(
    help: ArgumentHelp("What to train, side by side (default: toy digits).", valueName: "experiment"),
    completion: .experiments)
  var experiment: [String] = []

  @OptionGroup var resume: ResumeFlags

  @OptionGroup var training: TrainingFlags

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps per second, for slow motion, or auto or full (default: auto, and with --plain full).",
      discussion: """
        auto begins slowly and gets ever faster, each power of ten of steps in about four seconds, until full speed; a run \
        that has long been at its floor rests. full does neither.
        """, valueName: "n|auto|full"),
    transform: Self.pace)
  var pace: Pace?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps after which the training is finished, each an update of D and one of G (default: no end).",
      valueName: "n"),
    transform: wholeNumber(stepLimits))
  var steps: Int?

  @OptionGroup var look: LookFlags

  @OptionGroup var files: FileFlags

  @OptionGroup var runs: RunFlags

  @OptionGroup var settings: SettingsFlag

  @Flag(help: "Print lines of words, which are only ever added and have no escape codes, instead of drawing.")
  var plain = false

  /// The experiments that were named, that of the run that is gone on with, or the default.
  private func chosen(_ found: FoundRun?) -> [Experiment] {
    found.map { [$0.experiment] } ?? (experiments.isEmpty ? defaultExperiments : experiments)
  }

  /// Those that were named; whether there are such is checked by `run`, for an unknown option, which may seem to be a name, is
  /// to be told first.
  private var experiments: [Experiment] { experiment.compactMap { name in Experiment.all.first { $0.name == name } } }

  func validate() throws { try training.game.check(for: experiments) }

  /// The run that is to be gone on with, if one is.
  private func found() throws -> FoundRun? {
    let found = try resume.found()
    if !experiments.isEmpty { try found?.check(experiments) }
    try training.game.check(for: chosen(found))
    return found
  }

  /// Here a name may also be a mistyped command.
  private static func check(_ name: String) throws {
    let commands = Gantui.configuration.subcommands.compactMap { $0.configuration.commandName }
    let isKnown = Experiment.all.contains { $0.name == name }
    if !isKnown, let command = suggestion(for: name, among: commands) {
      throw ValidationError("there is no command and no experiment “\(name)”; did you mean “gantui \(command)”?")
    }
    _ = try gantui.experiment(named: name)
  }

  private static func pace(_ text: String) throws -> Pace {
    switch text {
    case "auto": return .automatic
    case "full": return .full
    default:
      do {
        return .steady(try positiveNumber(atMost: RunLimits.pace.upperBound)(text))
      } catch {
        throw ValidationError("\(error), auto or full")
      }
    }
  }

  mutating func run() throws {
    if settings.defaultConfig { return StandardOutput.write(Settings.commented) }
    for name in experiment { try Self.check(name) }
    var file = SettingsFile(flags: said, environment: SettingsFlag.environment)
    var warnings = file.read().map(\.description)
    take(file.settings)
    let selection = try look.selection(file.settings, &warnings)
    // Who reads along in a pipe wants lines.
    if plain || isatty(STDOUT_FILENO) == 0 {
      for warning in warnings { StandardError.writeLine(warning) }
      return try runPlain(file.settings)
    }
    let found = try found()
    try SystemLimits.check(for: chosen(found).count)
    let cast = try files.newCast()
    let resumption = try found?.resumption(resume)
    let places = try runs.places(for: chosen(found), goingOnWith: found) { warnings.append($0) }
    let terminal: NCursesTerminal
    do {
      terminal = try NCursesTerminal(options: look.options)
    } catch {
      for place in places ?? [] { place.giveUp() }
      throw error
    }
    let players = players(found, resumption, places, .automatic, wake: terminal.waker)
    var dashboard = Dashboard(
      experiments: players.map(\.live), device: terminal, themes: selection.themes, themeFile: selection.file,
      notice: selection.notice, settings: file, options: files.options)
    for warning in warnings { dashboard.say(Notice(warning, isError: true)) }
    if let cast { dashboard.record(into: cast) }
    dashboard.draw()
    start(players)
    let outcome = dashboard.run()
    terminal.close()
    let isSaved = close(players, screen: dashboard.lastScreen, outcome)
    if outcome == .quit { StandardOutput.write(farewell(to: players.compactMap(\.recorder?.folder))) }
    leave(outcome, isSaved: isSaved)
  }

  private func runPlain(_ settings: Settings) throws {
    let found = try found()
    try SystemLimits.check(for: chosen(found).count)
    let input = try LineInput()
    let resumption = try found?.resumption(resume)
    let places = try runs.places(for: chosen(found), goingOnWith: found) { StandardError.writeLine($0) }
    // Nobody sees what is slowed down, and nobody may be there to resume what rests.
    let players = players(found, resumption, places, .full, wake: input.waker)
    let isUTF8 = input.isUTF8
    var view = PlainView(
      experiments: players.map(\.live), source: input, isInteractive: input.isInteractive, settings: settings
    ) { line in
      StandardOutput.write((isUTF8 ? line : line.ascii).harmlessLine + "\n")
    }
    start(players)
    let outcome = view.run()
    leave(outcome, isSaved: close(players, outcome))
  }

  /// An experiment under way: who trains it, how it is seen, and who writes it down.
  private struct Player {
    var trainer: Trainer
    var live: LiveExperiment
    var recorder: RunRecorder?
  }

  private func players(
    _ found: FoundRun?, _ resumption: Resumption?, _ places: [RunPlace]?, _ pace: Pace,
    wake: @escaping @Sendable () -> Void
  ) -> [Player] {
    let experiments = chosen(found)
    let budget = MomentBudget()
    let note = CrashNote()
    let options = training.options(sharedBy: experiments.count, goingOnWith: found?.configuration)
    return experiments.enumerated().map { index, experiment in
      let recorder = places.map {
        runs.recorder(of: experiment, options: options, in: $0[index], note: note, wake: wake)
      }
      let trainer = Trainer(
        experiment, options: options, stepLimit: steps, resumption: resumption, pace: pace, budget: budget,
        recorder: recorder,
        prepareThread: Self.prepareThread, wake: wake)
      let live = LiveExperiment(
        summary: experiment.summary(options), latest: { trainer.snapshots.take() }, send: { trainer.send($0) },
        note: { recorder?.note($0) }, remarks: { recorder?.takeRemarks() ?? [] })
      return Player(trainer: trainer, live: live, recorder: recorder)
    }
  }

  /// Makes a thread that trains step aside for the one that answers keys: while both cores train, a key would else wait
  /// for its turn (measured: 20 ms, and often 40). Where nobody waits, it has its core as before. And makes sure that it
  /// can run out of stack without leaving the terminal broken.
  private static func prepareThread() {
    // On Linux threads have priorities, and the main one has the number of the process.
    let kind = __priority_which_t(PRIO_PROCESS.rawValue)
    setpriority(kind, 0, getpriority(kind, id_t(getpid())) + 5)
    NCursesTerminal.guardThisThread()
  }

  private func start(_ players: [Player]) {
    for trainer in players.map(\.trainer) {
      Task.detached { await trainer.run() }
    }
  }

  /// Writes what is left of the runs. What cannot be written now has no screen any more to be told on.
  ///
  /// - Returns: whether all of it has been written.
  private func close(
    _ players: [Player], screen: [(ending: String, text: String)] = [], _ outcome: Outcome
  ) -> Bool {
    var isSaved = true
    for recorder in players.compactMap(\.recorder) {
      isSaved = recorder.close(screen: screen, hasTime: outcome.hasTime) && isSaved
      for remark in recorder.takeRemarks() { StandardError.writeLine("Warning: \(remark)") }
    }
    return isSaved
  }

  /// Two lines for whoever has quit: how their runs are called, and how to see them again and go on with them.
  private func farewell(to folders: [RunFolder]) -> String {
    let names = folders.filter(\.holdsRun).map { runs.runDir == nil ? $0.name : $0.path }
    guard let first = names.first else { return "" }
    let name = names.count == 1 ? first : "NAME"
    let isSaved = folders.contains { !$0.checkpoints.checkpoints.isEmpty }
    return "This was \(names.joined(separator: " and ")).\n".harmless
      + "gantui replay \(name) shows it again".harmlessLine
      + (isSaved ? ", gantui --resume \(name) resumes it".harmlessLine : "") + ".\n"
  }

  private func leave(_ outcome: Outcome, isSaved: Bool) -> Never {
    switch outcome {
    case .quit: leave(status: isSaved ? 0 : ExitStatus.cannotWrite.rawValue)
    case .failed(let errors):
      // The screen is gone that said so, and a script knows only what is left.
      for (index, error) in errors.enumerated() where !errors[..<index].contains(error) {
        StandardError.writeLine("Error: \(error)")
      }
      leave(status: errors.first.flatMap { ExitStatus(of: $0) }?.rawValue ?? 0)
    case .terminated(let signal): leave(status: 128 + signal)
    case .hungUp: leave(status: 128 + SIGHUP)
    }
  }

  /// Without the clearing up that `exit` does: a trainer may still be within a step, and its libraries must not be
  /// taken from under it. What is left to be written has been.
  private func leave(status: Int32) -> Never { _exit(status) }
}

extension Outcome {
  /// Whether the program may take its time to save what there is: nobody waits for its end but a person who asked for it.
  fileprivate var hasTime: Bool {
    switch self {
    case .quit, .failed: true
    case .terminated, .hungUp: false
    }
  }
}
