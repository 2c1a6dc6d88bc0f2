// Trains, then lets the generator fill a file.

import ArgumentParser
import Training

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Train, then write generated samples to a file.",
    discussion: """
      FILE.npy is a NumPy array of float32: [K] for points on a line, [K, 2] in the plane, [K, height, width] from 0 to 1 \
      for images. FILE.png is a sheet of images. A file that is there already is replaced.
      """)

  @Argument(
    help: "What to train.", completion: .list(Experiment.all.map(\.name)), transform: experiment(named:))
  var experiment: Experiment

  @OptionGroup var length: StepsFlag

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many samples.", valueName: "k"),
    transform: wholeNumber(1...Self.mostSamples))
  var count: Int

  @OptionGroup var training: TrainingFlags

  @OptionGroup var file: SampleFile

  private static let mostSamples = 1_000_000

  func validate() throws {
    try training.game.check(for: [experiment])
    if let side = experiment.subject.imageSide {
      try file.check(images: count, side: side, "--count")
    } else if file.isPicture {
      throw ValidationError("samples of “\(experiment.name)” are points, not images: write them to a file.npy")
    }
  }

  func run() throws {
    try file.checkPlace()
    let trainer = Trainer(experiment, options: training.options())
    let (steps, count, file) = (length.steps, count, file)
    let signal = try BackgroundWork.run {
      try await trainer.runToEnd(steps: steps, every: steps) { _ in }
      guard !Task.isCancelled else { return }
      try file.write(try await trainer.sample(count: count))
    }
    if let signal { throw ExitStatus.ended(by: signal) }
  }
}
