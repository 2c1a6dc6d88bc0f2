// Where an experiment on images gets them: a person's files, or the built-in digits.

import Datasets
import Glibc

/// Images to train on, and some that are held out.
struct ImageTable {
  let images: LabelledImages
  let heldOut: LabelledImages
  /// Where they come from, for a person.
  let name: String
  /// What the pictures are called where they are no digits that this program knows: the name of their folder.
  private(set) var otherName: String?
  /// The folder of the files, from the root on; empty for the built-in digits.
  let folder: String
  /// What makes them as large as the networks take them; `nil` where they are. Pictures are enlarged as they are drawn:
  /// kept in 64×64, MNIST would take 290 MB.
  private(set) var enlargement: Enlargement?

  /// So many built-in digits are drawn in less than half a second (measured: 12 µs each).
  private static let builtInCount = 20_000
  private static let builtInHeldOut = 1_000

  /// MNIST where its files are found; without them the built-in digits, if the experiment takes those.
  static func find(_ subject: Experiment.Subject, _ options: TrainingOptions) throws(TrainingError) -> ImageTable {
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
      if let files { return try read(files, subject) }
    } catch {
      throw .data(error.description)
    }
    guard case .digits(let side) = subject else { throw .noImages }
    return builtIn(options).enlarged(to: side)
  }

  private static func read(
    _ files: MNISTFiles, _ subject: Experiment.Subject
  ) throws(DatasetError) -> ImageTable {
    let train = try MNIST.load(.train, from: files)
    let folder = wholePath(of: files.directory)
    func make(_ images: LabelledImages, heldOut: LabelledImages, isMNIST: Bool) -> ImageTable {
      let otherName = isMNIST ? nil : files.name
      return ImageTable(
        images: images, heldOut: heldOut, name: "\(otherName ?? "MNIST") at \(files.directory)", otherName: otherName,
        folder: folder)
    }
    if case .mnist(let held) = subject, held > 0, held < train.count {
      let kept = train.count - held
      return make(
        train[0..<kept], heldOut: train[kept..<train.count], isMNIST: MNIST.isOriginal(train, as: .train))
    }
    let test = try MNIST.load(.test, from: files)
    let table = make(
      train, heldOut: test, isMNIST: MNIST.isOriginal(train, as: .train) && MNIST.isOriginal(test, as: .test))
    if case .digits(let side) = subject { return table.enlarged(to: side) }
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

  private func enlarged(to side: Int) -> ImageTable {
    guard side != images.width || side != images.height else { return self }
    var table = ImageTable(
      images: images, heldOut: heldOut, name: "\(name) at \(side)×\(side)", otherName: otherName,
      folder: folder)
    table.enlargement = Enlargement(
      ofWidth: images.width, height: images.height, toWidth: side, height: side)
    return table
  }

  /// Pixels of a picture as the networks take it.
  var width: Int { enlargement?.width ?? images.width }
  var height: Int { enlargement?.height ?? images.height }

  /// Pictures of the table's own size, `[N, height, width]`, as the networks take them.
  func enlarged(_ pictures: [Float]) -> [Float] { enlargement?(pictures) ?? pictures }

  /// How many images of which size, and a number that tells sets apart that are alike in that: two sets in MNIST's form,
  /// the built-in digits of two seeds. By FNV-1a (Fowler, Noll, Vo), over all labels and one pixel in a hundred or so.
  var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for label in images.labels { add(label) }
    for index in stride(from: 0, to: images.pixels.count, by: 97) { add(images.pixels[index]) }
    return "\(images.count) images of \(width)×\(height), \(String(hash, radix: 16))"
  }

  /// The mean of each pixel over the images to train on, 0…1.
  var means: [Float] {
    let size = images.pixelsPerImage
    let pixels = images.pixels.span
    var sums = [Int](repeating: 0, count: size)
    for row in 0..<images.count {
      for pixel in 0..<size { sums[pixel] += Int(pixels[row * size + pixel]) }
    }
    return enlarged(sums.map { Float($0) / Float(255 * images.count) })
  }
}
