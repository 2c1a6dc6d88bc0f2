// Generated digits on one sheet of paper, as a PNG: dark ink on white, in rows and columns with a margin around each.

import CPNG
import Training

package struct PictureSheet {
  /// Each pixel of a digit becomes a square of so many, so that a person need not zoom in.
  static let magnification = 2
  /// White around and between digits, in pixels of the sheet.
  static let margin = 8

  package let width: Int
  package let height: Int
  /// `[height, width]`, 0 black and 255 white.
  package private(set) var pixels: [UInt8]

  /// - Parameter samples: `[K, height, width]`, 0 paper and 1 ink.
  package init(_ samples: SampleSet) {
    precondition(samples.shape.count == 3, "PictureSheet: samples of the shape \(samples.shape) are not images")
    let (count, rows, columns) = (samples.shape[0], samples.shape[1], samples.shape[2])
    let across = max(1, Int(Double(count).squareRoot().rounded(.up)))
    let down = max(1, (count + across - 1) / across)
    let pitch = (x: columns * Self.magnification + Self.margin, y: rows * Self.magnification + Self.margin)
    width = across * pitch.x + Self.margin
    height = down * pitch.y + Self.margin
    pixels = Array(repeating: 255, count: width * height)
    for index in 0..<count {
      let origin = (x: Self.margin + index % across * pitch.x, y: Self.margin + index / across * pitch.y)
      for y in 0..<rows * Self.magnification {
        for x in 0..<columns * Self.magnification {
          let ink = samples.values[(index * rows + y / Self.magnification) * columns + x / Self.magnification]
          pixels[(origin.y + y) * width + origin.x + x] = UInt8((255 * (1 - min(max(ink, 0), 1))).rounded())
        }
      }
    }
  }

  /// The sheet as a grey PNG file.
  package func png() -> [UInt8] {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.width = png_uint_32(width)
    image.height = png_uint_32(height)
    image.format = png_uint_32(PNG_FORMAT_GRAY)
    var size = png_alloc_size_t(0)
    // Asked without room, it says how much room it needs.
    guard png_image_write_to_memory(&image, nil, &size, 0, pixels, 0, nil) != 0 else { fatalError(Self.refusal(image)) }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = size
      guard png_image_write_to_memory(&image, buffer.baseAddress, &count, 0, pixels, 0, nil) != 0 else {
        fatalError(Self.refusal(image))
      }
    }
  }

  /// Only memory can run out: nothing here depends on what a person does.
  private static func refusal(_ image: png_image) -> String {
    let message = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return "PictureSheet: libpng: \(message)"
  }
}
