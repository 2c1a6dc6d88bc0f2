// Grey images as bytes, which is a quarter of what floats would take, turned into floats a batch at a time.

/// Images of one size; the last ones are held out from training.
struct ImageTable {
  let width: Int
  let height: Int
  /// `[images, height, width]`, 255 is ink.
  private let pixels: [UInt8]
  /// Images to train on.
  let count: Int
  /// Where they come from, for a person.
  let name: String

  /// - Parameter held: images at the end that are not to be trained on.
  init(width: Int, height: Int, pixels: [UInt8], held: Int, name: String) {
    self.width = width
    self.height = height
    self.pixels = pixels
    self.count = pixels.count / (width * height) - held
    self.name = name
  }

  /// Writes the images at `rows` into `batch`, in 0…1.
  func copy(_ rows: ArraySlice<Int32>, into batch: inout [Float]) {
    let size = width * height
    let source = pixels.span
    var target = batch.mutableSpan
    for (position, row) in rows.enumerated() {
      let (from, to) = (Int(row) * size, position * size)
      for pixel in 0..<size { target[to + pixel] = Float(source[from + pixel]) * (1 / 255) }
    }
  }

  /// The first `wanted` of the images that are not trained on, or as many as there are.
  func heldOut(_ wanted: Int) -> [Float] {
    let size = width * height
    let images = min(wanted, pixels.count / size - count)
    return pixels[count * size..<(count + images) * size].map { Float($0) * (1 / 255) }
  }

  /// The mean of each pixel over the images to train on, 0…1.
  var means: [Float] {
    let size = width * height
    var sums = [Int](repeating: 0, count: size)
    for row in 0..<count {
      for pixel in 0..<size { sums[pixel] += Int(pixels[row * size + pixel]) }
    }
    return sums.map { Float($0) / Float(255 * max(1, count)) }
  }
}

extension ImageTable {
  static func find(_ experiment: Experiment, _ options: TrainingOptions) throws(TrainingError) -> ImageTable {
    throw .data("not yet")
  }
}
