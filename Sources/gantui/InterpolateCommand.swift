// Trains, then shows what lies between two samples: whether G has learnt what digits are made of, or digits by heart.

import ArgumentParser
import Figures
import GenerativeModels
import Training

struct InterpolateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interpolate", abstract: "Train, then write pictures on the way from one z to another.",
    discussion: """
      Row i leads from the picture 2i of “gantui sample” to the picture 2i + 1. slerp goes along an arc (White 2016), \
      which keeps to the distance from the centre that z has; lerp goes straight through the middle, where G has never \
      been. For z from a uniform distribution the arc turns about the middle of its cube, and what would leave the cube \
      is moved to its faces.

      FILE.npy is a NumPy array of float32, [pairs, points, height, width] from 0 to 1; FILE.png a sheet with a row for each \
      pair. A file that is there already is replaced. At the end it is printed how consistent the rows are: a \
      nearest-neighbour judge says of which class each picture is, and those between the ends of a row should be of the \
      class of one end or the other. By chance means: the same pictures, those between ends dealt out among all rows.
      """)

  @OptionGroup var subject: TrainedExperiment

  @OptionGroup var length: LengthFlag

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many rows (default: 8).", valueName: "n"),
    transform: wholeNumber(1...10_000))
  var pairs = 8

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many pictures in a row, both ends among them (default: 12).", valueName: "n"),
    transform: wholeNumber(3...10_000))
  var points = 12

  @Option(help: ArgumentHelp("Along an arc or a straight line: slerp or lerp.", valueName: "path"))
  var path = LatentPath.slerp

  @OptionGroup var training: TrainingFlags
  @OptionGroup var file: SampleFile

  func validate() throws {
    _ = try length.steps(subject.resume)
    if let experiment = subject.experiment { try check(experiment) }
  }

  private func check(_ experiment: Experiment) throws {
    try training.game.check(for: [experiment])
    try file.check(images: pairs * points, side: experiment.pictureSide(), "--pairs times --points")
  }

  func run() throws {
    let found = try subject.resume.found()
    try check(try subject.named(found))
    try file.checkPlace()
    let trainer = try subject.trainer(training, found)
    let (steps, pairs, points, path, file) = (try length.steps(subject.resume), pairs, points, path, file)
    let signal = try BackgroundWork.run {
      try await trainer.runToEnd(steps: steps, every: steps) { _ in }
      guard !Task.isCancelled else { return }
      let rows = try await trainer.interpolate(pairs: pairs, points: points, path: path)
      try file.write(rows.samples)
      StandardOutput.write(Self.report(rows))
    }
    if let signal { throw ExitStatus.ended(by: signal) }
  }

  private static func report(_ rows: LatentInterpolation) -> String {
    let pairs = rows.samples.shape[0]
    let consistent = Int((rows.consistency.rows * Double(pairs)).rounded())
    return """
      \(rows.path.rawValue): in \(consistent) of \(pairs) rows every picture is judged to be of the class of one end; by \
      chance in \(fixed(rows.control.rows * Double(pairs), decimals: 1))
      of the pictures between ends \(percent(rows.consistency.pictures)) are; by chance \
      \(percent(rows.control.pictures))
      \(rows.judge.sentence)

      """
  }
}

extension Experiment {
  /// Pixels of its images in each direction; refuses experiments that make no samples, or points.
  func pictureSide() throws -> Int {
    _ = try samplerToUse()
    guard let side = imageSide else { throw ValidationError("\(TrainingError.notPictures(experiment: name))") }
    return side
  }
}

extension JudgeRecord {
  /// Who judges, and how good it is at that.
  var sentence: String {
    "the judge: the nearest of \(known) real pictures; right about \(percent(accuracy)) of \(examined) held-out ones"
  }
}

/// `95.2 %`
func percent(_ share: Double) -> String { "\(fixed(share * 100, decimals: 1)) %" }

extension LatentPath: ExpressibleByArgument {}
