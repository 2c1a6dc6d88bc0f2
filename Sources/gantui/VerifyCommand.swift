// Trains a model as its card claims that it learns, seed by seed, with the control, and says what came of it.

import ArgumentParser
import Figures
import GenerativeModels
import RunFiles
import Synchronization
import Training

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check what a model claims, with its control, over several seeds.",
    discussion: """
      A model's card names figures that it reaches after so many steps (“gantui help EXPERIMENT” lists them), and for some a \
      control, which lacks what makes the model work and must not reach them. All are trained here and printed; the exit \
      status is 1 if one does not hold. Nothing is saved.
      """)

  @Argument(help: "What to check.", completion: .experiments)
  var experiment: String

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many seeds, from 1 on (default: 3).", valueName: "n"),
    transform: wholeNumber(1...1000))
  var seeds: Int?

  @Option(
    help: ArgumentHelp("The folder of MNIST's four files, or of a set in the same form.", valueName: "dir"))
  var data: String?

  @OptionGroup var threads: ThreadsFlag

  @Flag(help: "Print NDJSON.")
  var json = false

  /// One training.
  private struct Trial {
    let settings: [(key: String, value: String)]
    let steps: Int
    let figure: Figure
    let bound: Proof.Bound
    let isControl: Bool

    var title: String {
      let changes = settings.map { " \($0.key)=\($0.value)" }.joined()
      return (isControl ? "control" : "claim") + (changes.isEmpty ? "" : "," + changes)
        + ": \(figure.label) \(bound.sentence) after \(steps) steps"
    }
  }

  func run() throws {
    let experiment = try gantui.experiment(named: experiment)
    let trials = Self.trials(of: experiment)
    guard !trials.isEmpty else {
      throw ValidationError("“\(experiment.name)” claims nothing that could be checked")
    }
    let failures = Mutex(0)
    let signal = try BackgroundWork.run {
      for trial in trials {
        if !json { StandardOutput.write(trial.title + "\n") }
        for seed in 1...UInt64(seeds ?? 3) where !Task.isCancelled {
          let value = try await measure(trial, experiment, seed)
          guard !Task.isCancelled else { return }
          let holds = value.map(trial.bound.holds) ?? false
          if !holds { failures.withLock { $0 += 1 } }
          write(trial, experiment, seed, value, holds)
        }
      }
    }
    if let signal { throw ExitStatus.ended(by: signal) }
    if failures.withLock({ $0 }) > 0 { throw ExitCode.failure }
  }

  /// The figure at the end of a training; `nil` where nothing was measured, because the losses were no longer finite.
  private func measure(_ trial: Trial, _ experiment: Experiment, _ seed: UInt64) async throws -> Double? {
    let options = TrainingOptions(
      seed: seed, threads: threads.count(), changes: trial.settings.map { SettingChange($0.key, $0.value) },
      dataDirectory: data, environment: TrainingOptions.dataEnvironment())
    let trainer = Trainer(experiment, options: options)
    do {
      try await trainer.runToEnd(steps: trial.steps, every: trial.steps) { _ in }
    } catch TrainingError.diverged { return nil }
    return await trainer.snapshot().readings[trial.figure.key]
  }

  private func write(_ trial: Trial, _ experiment: Experiment, _ seed: UInt64, _ value: Double?, _ holds: Bool) {
    guard json else {
      let found = value.map { fixed($0, decimals: 4) } ?? "not measured"
      return StandardOutput.write("  seed \(seed): \(found), \(holds ? "holds" : "does not hold")\n")
    }
    var line = JSONLine()
    line.add("experiment", experiment.name)
    line.add("figure", trial.figure.key.rawValue)
    line.add("kind", trial.isControl ? "control" : "claim")
    line.add("settings", trial.settings.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
    line.add("steps", trial.steps)
    line.add("seed", Int(seed))
    line.add("value", value)
    line.add("claim", trial.bound.sentence)
    line.add("outcome", holds ? "holds" : "does not hold")
    StandardOutput.write(json: line.text)
  }

  private static func trials(of experiment: Experiment) -> [Trial] {
    let card = experiment.card
    let figures = card.figures(KnobSettings(card.knobs))
    return card.proofs.flatMap { proof -> [Trial] in
      guard let figure = figures.first(where: { $0.key == proof.figure }) else { return [] }
      func trial(_ settings: [(key: String, value: String)], _ bound: Proof.Bound, isControl: Bool) -> Trial {
        Trial(settings: settings, steps: proof.steps, figure: figure, bound: bound, isControl: isControl)
      }
      let claim = trial(proof.settings, proof.bound, isControl: false)
      let control = proof.control.map { control in
        let kept = proof.settings.filter { setting in !control.settings.contains { $0.key == setting.key } }
        return trial(kept + control.settings, control.bound, isControl: true)
      }
      return [claim] + (control.map { [$0] } ?? [])
    }
  }
}

extension Proof.Bound {
  /// What is said of a figure.
  var sentence: String {
    switch self {
    case .atLeast(let bound): "≥ \(short(bound))"
    case .atMost(let bound): "≤ \(short(bound))"
    }
  }

  private func short(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}
