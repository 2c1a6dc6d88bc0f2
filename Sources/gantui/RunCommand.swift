// The live view: trainers on threads of their own, the dashboard on this one.

import ArgumentParser
import Dashboard
import Glibc
import NCursesBackend
import Training

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train, and show it live (the default).",
    discussion: "Needs a terminal; “gantui train” and “gantui screenshot” do not. ? lists the keys, q quits.")

  @Argument(
    help: ArgumentHelp("What to train, side by side (default: toy digits).", valueName: "experiment"),
    completion: .list(Experiment.all.map(\.name)), transform: Self.experiment(named:))
  var experiments: [Experiment] = []

  @OptionGroup var training: TrainingFlags

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Steps per second to begin with, for slow motion (default: full speed).", valueName: "n"),
    transform: positiveNumber(atMost: 1_000_000_000))
  var pace: Double?

  @OptionGroup var look: LookFlags

  /// The experiments that were named, or the default.
  private var chosen: [Experiment] { experiments.isEmpty ? defaultExperiments : experiments }

  func validate() throws { try training.game.check(for: chosen) }

  /// Here a name may also be a mistyped command.
  private static func experiment(named name: String) throws -> Experiment {
    let commands = Gantui.configuration.subcommands.compactMap { $0.configuration.commandName }
    let isKnown = Experiment.all.contains { $0.name == name }
    if !isKnown, let command = suggestion(for: name, among: commands) {
      throw ValidationError("there is no command and no experiment “\(name)”; did you mean “gantui \(command)”?")
    }
    return try gantui.experiment(named: name)
  }

  func run() throws {
    let selection = try ThemeSelection(look.theme)
    let terminal = try NCursesTerminal(options: look.options)
    let experiments = chosen
    let options = training.options(sharedBy: experiments.count)
    let trainers = experiments.map { Trainer($0, options: options, wake: terminal.waker) }
    var dashboard = Dashboard(
      experiments: zip(experiments, trainers).map { experiment, trainer in
        .init(
          summary: experiment.summary(options), latest: { trainer.snapshots.take() },
          send: { trainer.send($0) })
      },
      device: terminal, themes: selection.themes, notice: selection.notice)
    dashboard.draw()
    for trainer in trainers {
      if let pace { trainer.send(.pace(stepsPerSecond: pace)) }
      Task.detached { await trainer.run() }
    }
    let outcome = dashboard.run()
    terminal.close()
    switch outcome {
    case .quit: leave(status: 0)
    case .failed(let errors):
      // The screen is gone that said so, and a script knows only what is left.
      for (index, error) in errors.enumerated() where !errors[..<index].contains(error) {
        StandardError.write("Error: \(error)\n")
      }
      leave(status: errors.first.flatMap { ExitStatus(of: $0) }?.rawValue ?? 0)
    case .terminated(let signal): leave(status: 128 + signal)
    case .hungUp: leave(status: 128 + SIGHUP)
    }
  }

  /// Without the clearing up that `exit` does: a trainer may still be within a step, and its libraries must not be
  /// taken from under it. Nothing is left to be written.
  private func leave(status: Int32) -> Never { _exit(status) }
}
