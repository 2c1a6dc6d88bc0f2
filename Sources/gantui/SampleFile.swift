// The file that a command writes samples to: numbers for programs (.npy), a sheet of paper for people (.png).

import ArgumentParser
import GenerativeModels
import Training

struct SampleFile: ParsableArguments {
  @Option(name: [.short, .long], help: ArgumentHelp("Where to write.", valueName: "file.npy|file.png"))
  var output: String

  /// Pixels of as many images as MNIST has to train on; 0.5 GB are needed on the way into the file (measured).
  private static let mostPixels = 60_000 * 28 * 28
  /// A sheet of more pixels, 10,000 images of 28×28, is larger than viewers take.
  private static let mostSheetPixels = 10_000 * 28 * 28

  var isPicture: Bool { output.lowercased().hasSuffix(".png") }

  func validate() throws {
    guard isPicture || output.lowercased().hasSuffix(".npy") else {
      throw ValidationError("--output must end in .npy or .png, unlike “\(output)”")
    }
  }

  /// Refuses more images than make sense in a file of this kind.
  ///
  /// - Parameters:
  ///   - side: pixels of an image in each direction.
  ///   - what: what is to be made less: `--count`.
  func check(images count: Int, side: Int, _ what: String) throws {
    let most = (isPicture ? Self.mostSheetPixels : Self.mostPixels) / (side * side)
    guard count <= most else {
      throw ValidationError("\(what) must be at most \(most) for images in \(isPicture ? "a .png" : "an .npy")")
    }
  }

  /// Finds out before minutes of training whether there is a point in them.
  func checkPlace() throws(OutputError) { try OutputFile(path: output).check() }

  /// - Parameters:
  ///   - gaps: columns of a sheet of rows that have some air at their left.
  ///   - signs: what stands in that air.
  func write(
    _ samples: SampleSet, gaps: Set<Int> = [], signs: [PictureSheet.PlacedSign] = []
  ) throws(OutputError) {
    let sheet = isPicture ? PictureSheet(samples, gaps: gaps, signs: signs).png() : NPY.file(samples)
    try OutputFile(path: output).write(sheet)
  }
}
