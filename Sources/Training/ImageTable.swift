// Where an experiment on images gets them: a person's files, or the built-in digits.

import Datasets
import GenerativeModels
import Glibc

extension ImageTable {
  /// So many built-in digits are drawn in less than half a second (measured: 12 µs each).
  private static let builtInCount = 20_000
  private static let builtInHeldOut = 1_000

  /// MNIST where its files are found; without them the built-in digits, if the experiment takes those.
  static func find(_ source: DataSource, _ options: TrainingOptions) throws(TrainingError) -> ImageTable {
    let files: MNISTFiles?
    do throws(DatasetError) {
      files = try MNIST.locate(explicit: options.dataDirectory, environment: options.environment)
    } catch {
      if options.isDirectoryOfRun, let folder = options.dataDirectory {
        throw .dataGone(folder: folder, message: error.description)
      }
      throw .data(error.description)
    }
    do throws(DatasetError) {
      if let files { return try read(files, source) }
    } catch {
      throw .data(error.description)
    }
    guard case .digits(let side) = source else { throw .noImages }
    return builtIn(options).enlarged(to: side)
  }

  private static func read(
    _ files: MNISTFiles, _ source: DataSource
  ) throws(DatasetError) -> ImageTable {
    let train = try MNIST.load(.train, from: files)
    let folder = wholePath(of: files.directory)
    func make(_ images: LabelledImages, heldOut: LabelledImages, isMNIST: Bool) -> ImageTable {
      let otherName = isMNIST ? nil : files.name
      return ImageTable(
        images: images, heldOut: heldOut, name: "\(otherName ?? "MNIST") at \(files.directory)", otherName: otherName,
        folder: folder)
    }
    if case .mnist(let held) = source, held > 0, held < train.count {
      let kept = train.count - held
      return make(
        train[0..<kept], heldOut: train[kept..<train.count], isMNIST: MNIST.isOriginal(train, as: .train))
    }
    let test = try MNIST.load(.test, from: files)
    let table = make(
      train, heldOut: test, isMNIST: MNIST.isOriginal(train, as: .train) && MNIST.isOriginal(test, as: .test))
    if case .digits(let side) = source { return table.enlarged(to: side) }
    return table
  }

  private static func builtIn(_ options: TrainingOptions) -> ImageTable {
    let all = ProceduralDigits.make(
      count: builtInCount + builtInHeldOut, seed: options.seed, threads: options.threads)
    return ImageTable(
      images: all[0..<builtInCount], heldOut: all[builtInCount..<all.count],
      name: "\(builtInCount) built-in digits", folder: "")
  }

  /// The path from the root on, without links.
  private static func wholePath(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
