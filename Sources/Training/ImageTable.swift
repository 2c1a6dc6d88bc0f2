// Where an experiment on images gets them: a person's files, or the built-in digits.

import Datasets
import Glibc

/// Images to train on, and some that are held out.
struct ImageTable {
  let images: LabelledImages
  let heldOut: LabelledImages
  /// Where they come from, for a person.
  let name: String

  /// So many built-in digits are drawn in less than half a second (measured: 12 µs each).
  private static let builtInCount = 20_000
  private static let builtInHeldOut = 1_000

  /// MNIST where its files are found; without them the built-in digits, if the experiment takes those.
  static func find(_ subject: Experiment.Subject, _ options: TrainingOptions) throws(TrainingError) -> ImageTable {
    do throws(DatasetError) {
      if let files = try MNIST.locate(explicit: options.dataDirectory, environment: options.environment) {
        return try read(files, subject)
      }
    } catch {
      throw .data(error.description)
    }
    guard subject == .digits else { throw .noImages }
    return builtIn(seed: options.seed)
  }

  private static func read(
    _ files: MNISTFiles, _ subject: Experiment.Subject
  ) throws(DatasetError) -> ImageTable {
    let train = try MNIST.load(.train, from: files)
    let name = "MNIST at \(files.directory)"
    if case .mnist(let held) = subject, held > 0, held < train.count {
      let kept = train.count - held
      return ImageTable(images: train[0..<kept], heldOut: train[kept..<train.count], name: name)
    }
    return ImageTable(images: train, heldOut: try MNIST.load(.test, from: files), name: name)
  }

  private static func builtIn(seed: UInt64) -> ImageTable {
    let all = ProceduralDigits.make(count: builtInCount + builtInHeldOut, seed: seed)
    return ImageTable(
      images: all[0..<builtInCount], heldOut: all[builtInCount..<all.count],
      name: "\(builtInCount) built-in digits")
  }

  /// The mean of each pixel over the images to train on, 0…1.
  var means: [Float] {
    let size = images.pixelsPerImage
    let pixels = images.pixels.span
    var sums = [Int](repeating: 0, count: size)
    for row in 0..<images.count {
      for pixel in 0..<size { sums[pixel] += Int(pixels[row * size + pixel]) }
    }
    return sums.map { Float($0) / Float(255 * images.count) }
  }
}
