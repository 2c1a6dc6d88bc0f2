// Going on with a run instead of beginning one.

import ArgumentParser
import Dashboard
import Glibc
import RunFiles
import TerminalUI
import Training

struct ResumeFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Go on with a run: its name in “gantui runs”, its folder, one of its checkpoints, or “last”.",
      discussion: """
        Experiment, seed, threads and rules are the run's, and it goes on number for number as if it had never been \
        interrupted. --steps counts from its beginning.
        """, valueName: "run"), completion: .runs)
  var resume: String?

  @Option(
    help: ArgumentHelp(
      """
      With --resume: settings that may differ from the run's, by commas: seed, threads, precision, loss, order, k, data \
      and others.
      """, valueName: "names"),
    transform: Self.keys)
  var override: Set<String> = []

  func validate() throws {
    guard resume != nil || override.isEmpty else { throw ValidationError("--override is of use only with --resume") }
  }

  private static func keys(_ names: String) throws -> Set<String> {
    let knobs = Set(Experiment.all.flatMap { $0.card.knobs.map(\.key) })
    let known = ["seed", "threads", "precision", "data"] + knobs.sorted()
    return Set(
      try names.split(separator: ",").map { name in
        let key = String(name)
        guard RunConfiguration.mayDiffer(key) else {
          throw ValidationError("“\(key)” cannot differ from the run's, whose weights fit no other")
        }
        guard known.contains(key) else { throw ValidationError(unknown("setting", key, among: known)) }
        return key
      })
  }

  /// What is gone on with; `nil` for a new run.
  func found() throws -> FoundRun? { try resume.map(FoundRun.init) }
}

/// A checkpoint of which no more than its settings has been read.
struct FoundRun {
  let path: String
  /// The run's, if the checkpoint lies in one.
  let folder: RunFolder?
  let configuration: RunConfiguration
  let experiment: Experiment

  init(_ name: String) throws {
    if name.hasSuffix(CheckpointFolder.ending) {
      path = name
      let run = RunFolder(path: name.folder.folder)
      folder = run.holdsRun ? run : nil
    } else {
      let run = try RunFolder.find(name, in: try? RunFolder.home(SettingsFlag.environment))
      folder = run
      path = try Self.latest(of: run)
    }
    let metadata = try Safetensors.metadata(of: path)
    guard let name = try RunConfiguration(metadata: metadata, knobs: [], path: path)["experiment"] else {
      throw RunFileError.broken(
        path: path, reason: "it does not say of which experiment it is: no checkpoint of gantui")
    }
    experiment = try Experiment.named(name)
    var configuration = try RunConfiguration(metadata: metadata, knobs: experiment.card.knobs, path: path)
    configuration.dataFolder = configuration.dataFolder ?? folder?.dataFolder()
    self.configuration = configuration
  }

  /// The latest one that can be read. A broken one is no reason to lose the run.
  private static func latest(of run: RunFolder) throws -> String {
    var broken: RunFileError?
    let best = run.checkpoints.bestPath
    for path in run.checkpoints.checkpoints.map(\.path) + (access(best, F_OK) == 0 ? [best] : []) {
      do throws(RunFileError) {
        _ = try Safetensors.metadata(of: path)
        return path
      } catch {
        broken = broken ?? error
        StandardError.write("Warning: \(error); taking the one before\n")
      }
    }
    throw broken
      ?? RunFileError.cannotRead(
        path: run.checkpoints.path,
        reason: RunLock.isHeld(run)
          ? "there is no checkpoint yet, for the run has only begun"
          : "there is no checkpoint, for the run ended before its first one: begin it anew with the settings in "
            + run.configuration)
  }

  /// Refuses other experiments than the run's.
  func check(_ experiments: [Experiment]) throws {
    guard let other = experiments.first(where: { $0.name != experiment.name }) ?? experiments.dropFirst().first else {
      return
    }
    throw ValidationError("“\(path)” is of the experiment “\(experiment.name)”, and cannot go on as “\(other.name)”")
  }

  func resumption(_ flags: ResumeFlags) throws -> Resumption {
    try Resumption(path: path, overrides: flags.override)
  }
}

/// What a command trains: a new run of an experiment, or one that is gone on with.
struct TrainedExperiment: ParsableArguments {
  @Argument(
    help: ArgumentHelp("What to train; of a run that is resumed it is known.", valueName: "experiment"),
    completion: .experiments)
  var name: String?

  /// The one of that name, if there is one: whether there is, `named` says.
  var experiment: Experiment? { name.flatMap { name in Experiment.all.first { $0.name == name } } }

  @OptionGroup var resume: ResumeFlags

  func validate() throws {
    guard name != nil || resume.resume != nil else {
      throw ValidationError("name an experiment (gantui list experiments), or a run to resume (--resume)")
    }
  }

  /// The experiment that was named, or that of the run that is gone on with.
  func named(_ found: FoundRun?) throws -> Experiment {
    if let name { _ = try gantui.experiment(named: name) }
    guard let experiment = experiment ?? found?.experiment else {
      throw ValidationError("name an experiment (gantui list experiments), or a run to resume (--resume)")
    }
    if let found, found.experiment.name != experiment.name {
      throw ValidationError(
        "“\(found.path)” is of the experiment “\(found.experiment.name)”, not of “\(experiment.name)”")
    }
    return experiment
  }

  /// Somebody who trains it.
  func trainer(_ training: TrainingFlags, _ found: FoundRun?) throws -> Trainer {
    Trainer(
      try named(found), options: training.options(goingOnWith: found?.configuration),
      resumption: try found?.resumption(resume))
  }
}

/// How far to train what is only looked at then: a run that was saved is there already.
struct LengthFlag: ParsableArguments {
  @Option(
    name: .customLong("steps"), parsing: .unconditional,
    help: ArgumentHelp(
      "Steps to train, each an update of D and one of G (default with --resume: as many as were saved).",
      valueName: "n"),
    transform: wholeNumber(stepLimits))
  var steps: Int?

  /// Steps after which the training ends, counted from its beginning.
  func steps(_ resume: ResumeFlags) throws -> Int {
    if let steps { return steps }
    guard resume.resume != nil else { throw ValidationError("say how long to train: --steps N") }
    return 0
  }
}

extension RunFolder {
  /// Where the run's settings say that its images come from: checkpoints did not always say it. `nil` where they do not.
  fileprivate func dataFolder() -> String? {
    guard let text = try? TextFile.text(of: configuration),
      let entries = try? TOML.tables(of: text, file: configuration).first?.entries
    else { return nil }
    func said(_ key: String) -> String? {
      entries.first { $0.key == key }.flatMap { if case .string(let text) = $0.value { text } else { nil } }
    }
    if let folder = said(RunConfiguration.dataFolderKey) { return folder }
    // As it used to be written, for people.
    let name = said("data") ?? ""
    guard name.hasPrefix("MNIST at ") else { return nil }
    return String(name.dropFirst("MNIST at ".count)).removing(suffix: " at 64×64")
  }
}

extension String {
  fileprivate func removing(suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
