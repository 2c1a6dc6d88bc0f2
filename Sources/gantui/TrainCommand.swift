// Training without a terminal: for logs, scripts and measurements.

import ArgumentParser
import GenerativeModels
import Training

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train without a terminal, and print figures.",
    discussion: """
      With --json every line is an object (NDJSON) with the key “event”: “start”, “metrics”, and at the end “end”. \
      Losses, value, jsd and kl are in nats; d_loss is (BCE on real + BCE on generated samples) / 2. All figures of a line \
      are measured at that step, on held-out data and on noise that is not trained with. A mode is covered if samples \
      within three deviations of it are at least a quarter of its share. Keys that do not apply to an experiment, and \
      figures that are not finite, are left out. The same seed and number of threads give the same figures, all but \
      seconds and steps_per_second, in which measuring is included.

      At the end of a training on images, a nearest-neighbour judge says how many classes are among 512 generated ones: \
      classes_seen counts those with at least a quarter of an equal share, and \
      judge_accuracy is the share of held-out real images that it is right about.

      SIGINT, SIGTERM and SIGHUP end the training after the current step, with the last line in place; SIGQUIT \
      (Ctrl-\\) ends it at once.
      """)

  @OptionGroup var subject: TrainedExperiment

  @OptionGroup var length: StepsFlag
  @OptionGroup var training: TrainingFlags

  @OptionGroup var runs: RunFlags

  @Flag(help: "Print NDJSON.")
  var json = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Steps between two reports (default: a twentieth of all).", valueName: "n"),
    transform: wholeNumber(stepLimits))
  var every: Int?

  func validate() throws { try training.game.check(for: subject.experiment.map { [$0] } ?? []) }

  func run() throws {
    let found = try subject.resume.found()
    let experiment = try subject.named(found)
    try training.game.check(for: [experiment])
    try SystemLimits.check()
    let options = training.options(goingOnWith: found?.configuration)
    let resumption = try found?.resumption(subject.resume)
    let note = CrashNote()
    let recorder = try runs.places(for: [experiment], goingOnWith: found) { StandardError.writeLine($0) }
      .map { runs.recorder(of: experiment, options: options, in: $0[0], note: note) }
    let trainer = Trainer(experiment, options: options, resumption: resumption, recorder: recorder)
    let log: any TrainingLog = json ? JSONLog() : TableLog(experiment, try? experiment.settings(options))
    let (steps, every) = (length.steps, every ?? max(1, length.steps / 20))
    let end = Result {
      try BackgroundWork.run {
        try await trainer.prepare()
        log.start(await trainer.snapshot(), options: options, steps: steps, every: every)
        do {
          try await trainer.runToEnd(steps: steps, every: every) { snapshot in
            log.report(snapshot)
            tellRemarks(of: recorder)
          }
        } catch {
          log.end(await trainer.snapshot(), reason: .diverged, classes: nil)
          throw error
        }
        let last = await trainer.snapshot()
        let isWhole = last.step >= steps
        log.end(
          last, reason: isWhole ? .finished : .interrupted, classes: isWhole ? try await trainer.classCoverage() : nil)
      }
    }
    let isSaved = recorder?.close(hasTime: true) ?? true
    tellRemarks(of: recorder)
    if let signal = try end.get() { throw ExitStatus.ended(by: signal) }
    if !isSaved { throw ExitCode(ExitStatus.cannotWrite.rawValue) }
  }

  private func tellRemarks(of recorder: RunRecorder?) {
    for remark in recorder?.takeRemarks() ?? [] { StandardError.writeLine("Warning: \(remark)") }
  }
}
