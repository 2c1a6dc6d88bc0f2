// Trains, then lets the generator fill a file.

import ArgumentParser
import Training

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Train, or take a trained run, and write generated samples to a file.",
    discussion: """
      FILE.npy is a NumPy array of float32: [K] for points on a line, [K, 2] in the plane, [K, height, width] from 0 to 1 \
      for images. FILE.png is a sheet of images. A file that is there already is replaced.
      """)

  @OptionGroup var subject: TrainedExperiment

  @OptionGroup var length: LengthFlag

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many samples.", valueName: "k"),
    transform: wholeNumber(1...Self.mostSamples))
  var count: Int

  @OptionGroup var training: TrainingFlags

  @OptionGroup var file: SampleFile

  @Option(
    help: ArgumentHelp(
      "Where to write the noise z that the samples come from, as a NumPy array [K, features of z].",
      valueName: "file.npy"))
  var noise: String?

  private static let mostSamples = 1_000_000

  func validate() throws {
    guard noise?.lowercased().hasSuffix(".npy") ?? true else { throw ValidationError("--noise must end in .npy") }
    _ = try length.steps(subject.resume)
    if let experiment = subject.experiment { try check(experiment) }
  }

  private func check(_ experiment: Experiment) throws {
    try training.game.check(for: [experiment])
    if let side = experiment.subject.imageSide {
      try file.check(images: count, side: side, "--count")
    } else if file.isPicture {
      throw ValidationError("samples of “\(experiment.name)” are points, not images: write them to a file.npy")
    }
  }

  func run() throws {
    let found = try subject.resume.found()
    try check(try subject.named(found))
    try file.checkPlace()
    if let noise { try OutputFile(path: noise).check() }
    let trainer = try subject.trainer(training, found)
    let (steps, count, file, noise) = (try length.steps(subject.resume), count, file, noise)
    let signal = try BackgroundWork.run {
      try await trainer.runToEnd(steps: steps, every: steps) { _ in }
      guard !Task.isCancelled else { return }
      try file.write(try await trainer.sample(count: count))
      if let noise { try OutputFile(path: noise).write(NPY.file(try await trainer.noise(count: count))) }
    }
    if let signal { throw ExitStatus.ended(by: signal) }
  }
}
