// Where runs are kept, and how much of them.

import ArgumentParser
import Dashboard
import RunFiles
import Training

struct RunFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The folder in which the run is to leave its figures, events, samples and settings (default: a new one in \
      ~/.local/state/gantui/runs); of several experiments each has a folder in it.
      """, valueName: "dir"))
  var runDir: String?

  @Flag(help: "Leave no files.")
  var noRunDir = false

  @Option(
    defaultAsFlag: TensorBoardFolder.ofRun, parsing: .next,
    help: ArgumentHelp(
      "Write event files for TensorBoard as well: into the run's folder, or into one of that name in another folder.",
      valueName: "dir"))
  var tensorboard: TensorBoardFolder?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps between two lines of figures in the run's log (default: by time, four times a second at first).",
      valueName: "n"),
    transform: wholeNumber(stepLimits))
  var logEvery: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Steps between two checkpoints (default: by time, after ten seconds, then a minute apart, later up to ten).
      """, valueName: "n"),
    transform: wholeNumber(stepLimits))
  var checkpointEvery: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many of the latest checkpoints to keep, besides the best (default: 1).", valueName: "n"),
    transform: wholeNumber(1...1_000_000))
  var keepCheckpoints = 1

  func validate() throws {
    guard runDir == nil || !noRunDir else { throw ValidationError("--run-dir and --no-run-dir exclude each other") }
    guard runDir?.isEmpty != true else { throw ValidationError("--run-dir must name a folder") }
    guard tensorboard == nil || !noRunDir else {
      throw ValidationError("--tensorboard shows what a run's folder has, and --no-run-dir leaves none")
    }
    if let name = tensorboard?.path, Experiment.all.contains(where: { $0.name == name }) {
      throw ValidationError(
        "--tensorboard \(name) would be a folder: name experiments before it, or the folder as ./\(name)")
    }
  }

  /// Where each experiment leaves its files, in their order; `nil` if none of them does. A folder that a person has named is
  /// theirs at once, or this throws; that there is no place for others is no reason not to train.
  ///
  /// - Parameters:
  ///   - found: the run that is gone on with, in its own folder unless another one is named.
  ///   - warn: gets what keeps runs from being kept.
  func places(
    for experiments: [Experiment], goingOnWith found: FoundRun?, warn: (String) -> Void
  ) throws -> [RunPlace]? {
    if noRunDir { return nil }
    if runDir == nil, let folder = found?.folder { return [try .resuming(folder)] }
    if let runDir {
      guard experiments.count > 1 else { return [try .taking(RunFolder(path: runDir))] }
      return try experiments.enumerated().map { index, experiment in
        // The same one may be there twice.
        let place = experiments[..<index].count { $0.name == experiment.name } + 1
        let name = RunFolder.plain(experiment.name) + (place > 1 ? "-\(place)" : "")
        return try .taking(RunFolder(path: "\(runDir)/\(name)"))
      }
    }
    do throws(RunFileError) {
      let home = try RunFolder.home(SettingsFlag.environment)
      return experiments.map { _ in .new(in: home) }
    } catch {
      warn("the run leaves no files: \(error)")
      return nil
    }
  }

  /// - Parameters:
  ///   - note: told of what is saved.
  ///   - wake: called when it has something to say.
  func recorder(
    of experiment: Experiment, options: TrainingOptions, in place: RunPlace, note: CrashNote,
    wake: @escaping @Sendable () -> Void = {}
  ) -> RunRecorder {
    var cadence = LogCadence.metrics
    cadence.steps = logEvery
    return RunRecorder(
      experiment, options: options, place: place, cadence: cadence,
      checkpoints: CheckpointCadence(steps: checkpointEvery, kept: keepCheckpoints), events: tensorboard?.place,
      wake: wake, saved: { note.saved($0, step: $1) })
  }
}

/// Where event files go.
struct TensorBoardFolder: Hashable, Sendable, ExpressibleByArgument, CustomStringConvertible {
  /// `nil` for the run's own folder.
  let path: String?

  static let ofRun = TensorBoardFolder(path: nil)

  private init(path: String?) { self.path = path }

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    path = argument
  }

  var description: String { path ?? "the run's folder" }

  var place: EventFilePlace { path.map(EventFilePlace.folder(in:)) ?? .runFolder }
}

extension RunRecorder {
  /// Seconds that the end of the program waits for a run to come to its end, for a step may take longer than that, and for
  /// a disk: in a hurry, or not. A large run takes a second to be saved.
  private static let patience = (run: 0.3, disk: (hurried: 0.5, unhurried: 60.0))

  /// - Returns: whether all of it has been written.
  func close(screen: [(ending: String, text: String)] = [], hasTime: Bool) -> Bool {
    let patience = Self.patience
    return close(
      screen: screen, runPatience: patience.run,
      diskPatience: hasTime ? patience.disk.unhurried : patience.disk.hurried)
  }
}
