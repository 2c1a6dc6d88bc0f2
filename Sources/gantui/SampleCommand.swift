// Trains, then lets the generator fill a file.

import ArgumentParser
import Training

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Train, then write generated samples to a file.",
    discussion: """
      FILE.npy is a NumPy array of float32: [K] for points on a line, [K, 2] in the plane, [K, height, width] in 0…1 for \
      images. FILE.png is a sheet of images. A file that is there already is replaced.
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

  @Option(name: [.short, .long], help: ArgumentHelp("Where to write.", valueName: "file.npy|file.png"))
  var output: String

  private static let mostSamples = 1_000_000
  /// Pixels of as many images as MNIST has to train on; 0.5 GB are needed on the way into the file (measured).
  private static let mostPixels = 60_000 * 28 * 28
  /// A sheet of more pixels, 10,000 images of 28×28, is larger than viewers take.
  private static let mostSheetPixels = 10_000 * 28 * 28

  private var isPicture: Bool { output.lowercased().hasSuffix(".png") }

  func validate() throws {
    try training.game.check(for: [experiment])
    guard isPicture || output.lowercased().hasSuffix(".npy") else {
      throw ValidationError("--output must end in .npy or .png, unlike “\(output)”")
    }
    if let side = experiment.subject.imageSide {
      let most = (isPicture ? Self.mostSheetPixels : Self.mostPixels) / (side * side)
      guard count <= most else {
        throw ValidationError("--count must be at most \(most) for images in \(isPicture ? "a .png" : "an .npy")")
      }
    } else if isPicture {
      throw ValidationError("samples of “\(experiment.name)” are points, not images: write them to a file.npy")
    }
  }

  func run() throws {
    let file = OutputFile(path: output)
    try file.check()
    let trainer = Trainer(experiment, options: training.options())
    let (steps, count, isPicture) = (length.steps, count, isPicture)
    let signal = try BackgroundWork.run {
      try await trainer.runToEnd(steps: steps, every: steps) { _ in }
      guard !Task.isCancelled else { return }
      let samples = try await trainer.sample(count: count)
      try file.write(isPicture ? PictureSheet(samples).png() : NPY.file(samples))
    }
    if let signal { throw ExitStatus.ended(by: signal) }
  }
}
