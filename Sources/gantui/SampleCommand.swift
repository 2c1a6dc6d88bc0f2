// Trains, then lets the generator fill a file.

import ArgumentParser
import Training

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Train, or take a trained run, and write generated samples to a file.",
    discussion: """
      FILE.npy is a NumPy array of float32: [K] for points on a line, [K, 2] in the plane, [K, height, width] from 0 to 1 \
      for images. FILE.png is a sheet of images. A file that is there already is replaced.

      A model that is conditioned on classes, such as “cgan”, makes the class that --class names, or every class in turn: \
      sample i is of class i modulo 10, and a sheet has a column for each.
      """)

  @OptionGroup var subject: TrainedExperiment

  @OptionGroup var length: LengthFlag

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many samples.", valueName: "k"),
    transform: wholeNumber(1...Self.mostSamples))
  var count: Int

  @Option(
    name: .customLong("class"), parsing: .unconditional,
    help: ArgumentHelp(
      "Of which class, for a model conditioned on classes (default: all, in turn).", valueName: "n|all"))
  var classes: ClassChoice?

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
    let sampler = try experiment.samplerToUse()
    if let classes { try classes.check(for: experiment, sampler) }
    if let side = experiment.imageSide {
      try file.check(images: count, side: side, "--count")
    } else if file.isPicture {
      throw ValidationError("samples of “\(experiment.name)” are points, not images: write them to a file.npy")
    }
  }

  func run() throws {
    let found = try subject.resume.found()
    let experiment = try subject.named(found)
    try check(experiment)
    try file.checkPlace()
    if let noise { try OutputFile(path: noise).check() }
    let trainer = try subject.trainer(training, found)
    let (steps, count, file, noise) = (try length.steps(subject.resume), count, file, noise)
    let choice = classes ?? .all
    let labels = choice.labels(count: count, try experiment.samplerToUse())
    // On a sheet of all classes, each has a column.
    let columns = choice == .all ? experiment.classCount : nil
    let signal = try BackgroundWork.run {
      try await trainer.runToEnd(steps: steps, every: steps) { _ in }
      guard !Task.isCancelled else { return }
      let samples = try await trainer.sample(count: count, classes: labels)
      try file.write(file.isPicture ? samples.laidOut(columns: columns) : samples)
      if let noise { try OutputFile(path: noise).write(NPY.file(try await trainer.noise(count: count))) }
    }
    if let signal { throw ExitStatus.ended(by: signal) }
  }
}
