// Images to train on, as an experiment takes them. Where they come from is not known here.

import Datasets

/// Images to train on, and some that are held out.
package struct ImageTable {
  package let images: LabelledImages
  package let heldOut: LabelledImages
  /// Where they come from, for a person.
  package let name: String
  /// What the pictures are called where they are no digits that this program knows: the name of their folder.
  package let otherName: String?
  /// The folder of the files, from the root on; empty for the built-in digits.
  package let folder: String
  /// What makes them as large as the networks take them; `nil` where they are. Pictures are enlarged as they are drawn:
  /// kept in 64×64, MNIST would take 290 MB.
  package private(set) var enlargement: Enlargement?

  package init(
    images: LabelledImages, heldOut: LabelledImages, name: String, otherName: String? = nil,
    folder: String = ""
  ) {
    self.images = images
    self.heldOut = heldOut
    self.name = name
    self.otherName = otherName
    self.folder = folder
  }

  package func enlarged(to side: Int) -> ImageTable {
    guard side != images.width || side != images.height else { return self }
    var table = ImageTable(
      images: images, heldOut: heldOut, name: "\(name) at \(side)×\(side)", otherName: otherName,
      folder: folder)
    table.enlargement = Enlargement(
      ofWidth: images.width, height: images.height, toWidth: side, height: side)
    return table
  }

  /// Pixels of a picture as the networks take it.
  package var width: Int { enlargement?.width ?? images.width }
  package var height: Int { enlargement?.height ?? images.height }

  /// Pictures of the table's own size, `[N, height, width]`, as the networks take them.
  package func enlarged(_ pictures: [Float]) -> [Float] { enlargement?(pictures) ?? pictures }

  /// How many images of which size, and a number that tells sets apart that are alike in that: two sets in MNIST's form,
  /// the built-in digits of two seeds. By FNV-1a (Fowler, Noll, Vo), over all labels and one pixel in a hundred or so.
  package var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for label in images.labels { add(label) }
    for index in stride(from: 0, to: images.pixels.count, by: 97) { add(images.pixels[index]) }
    return "\(images.count) images of \(width)×\(height), \(String(hash, radix: 16))"
  }

  /// The mean of each pixel over the images to train on, 0…1.
  package var means: [Float] {
    let size = images.pixelsPerImage
    let pixels = images.pixels.span
    var sums = [Int](repeating: 0, count: size)
    for row in 0..<images.count {
      for pixel in 0..<size { sums[pixel] += Int(pixels[row * size + pixel]) }
    }
    return enlarged(sums.map { Float($0) / Float(255 * images.count) })
  }
}
