// Grey pictures with their classes, as MNIST has them: eight bits a pixel, since a quarter of the memory of floats is also
// a quarter of the traffic when a batch is gathered.

/// What a batch's pixels are scaled to.
package enum PixelRange: Hashable, Sendable {
  /// [0, 1], for a sigmoid.
  case unit
  /// [−1, 1], for a tanh.
  case symmetric
}

/// Grey pictures, 0 paper and 255 ink, and the class of each.
package struct LabelledImages: Hashable, Sendable {
  package let width: Int
  package let height: Int
  /// `[count, height, width]`, flat.
  package private(set) var pixels: [UInt8]
  /// `[count]`.
  package private(set) var labels: [UInt8]
  /// What each picture was made from, where that is known (the built-in digits); else empty.
  package private(set) var factors: [DigitFactors]

  package init(width: Int, height: Int, pixels: [UInt8], labels: [UInt8], factors: [DigitFactors] = []) {
    precondition(
      pixels.count == labels.count * width * height && (factors.isEmpty || factors.count == labels.count),
      "LabelledImages: \(pixels.count) pixels, \(labels.count) labels, \(factors.count) factors of \(width)×\(height)")
    self.width = width
    self.height = height
    self.pixels = pixels
    self.labels = labels
    self.factors = factors
  }

  package var count: Int { labels.count }
  /// Pixels in a picture.
  package var pixelsPerImage: Int { width * height }

  /// The pictures of a range of rows.
  package subscript(rows: Range<Int>) -> LabelledImages {
    LabelledImages(
      width: width, height: height,
      pixels: Array(pixels[rows.lowerBound * pixelsPerImage..<rows.upperBound * pixelsPerImage]),
      labels: Array(labels[rows]), factors: factors.isEmpty ? [] : Array(factors[rows]))
  }

  /// Adds the pictures of `other` behind those here: parts made in parallel become one set.
  package mutating func append(_ other: LabelledImages) {
    precondition(
      other.width == width && other.height == height && other.factors.isEmpty == factors.isEmpty,
      "LabelledImages.append: the parts differ in size or in what is known of them")
    pixels += other.pixels
    labels += other.labels
    factors += other.factors
  }

  /// Writes the pixels of picture `row` into `batch`, as its picture number `position`.
  package func copy(_ row: Int, to batch: inout MutableSpan<Float>, at position: Int, scaledTo range: PixelRange) {
    let (scale, offset): (Float, Float) =
      switch range {
      case .unit: (1 / 255, 0)
      case .symmetric: (2 / 255, -1)
      }
    let source = pixels.span.extracting(row * pixelsPerImage..<(row + 1) * pixelsPerImage)
    let start = position * pixelsPerImage
    precondition(position >= 0 && start + source.count <= batch.count, "LabelledImages.copy: no room for a picture")
    for index in source.indices { batch[start + index] = Float(source[index]) * scale + offset }
  }

  /// All pixels as floats, `[count, height, width]`.
  package func floats(scaledTo range: PixelRange) -> [Float] {
    var all = [Float](repeating: 0, count: pixels.count)
    var span = all.mutableSpan
    for row in 0..<count { copy(row, to: &span, at: row, scaledTo: range) }
    return all
  }
}
