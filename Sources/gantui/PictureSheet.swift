// Generated pictures on one sheet of paper, as a PNG: dark ink on white, in rows and columns with a margin around each.

import RunFiles
import Training

package struct PictureSheet {
  /// Each pixel of a picture becomes a square of so many, so that a person need not zoom in.
  static let magnification = 2
  /// White around and between pictures, in pixels of the sheet.
  static let margin = 8

  package let width: Int
  package let height: Int
  /// `[height, width]`, 0 black and 255 white.
  package private(set) var pixels: [UInt8]

  /// - Parameters:
  ///   - samples: `[K, height, width]`, laid out about as a square, or `[rows, columns, height, width]`, laid out so; 0
  ///     paper and 1 ink.
  ///   - gaps: columns with twice the white at their left.
  package init(_ samples: SampleSet, gaps: Set<Int> = []) {
    let shape = samples.shape
    precondition((3...4).contains(shape.count), "PictureSheet: samples of the shape \(shape) are not images")
    let count = shape.dropLast(2).reduce(1, *)
    let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
    let across = shape.count == 4 ? shape[1] : max(1, Int(Double(count).squareRoot().rounded(.up)))
    let down = max(1, (count + across - 1) / across)
    let pitch = (x: columns * Self.magnification + Self.margin, y: rows * Self.magnification + Self.margin)
    func left(_ column: Int) -> Int {
      column * pitch.x + Self.margin * (1 + gaps.count { $0 <= column })
    }
    width = left(across)
    height = down * pitch.y + Self.margin
    pixels = Array(repeating: 255, count: width * height)
    for index in 0..<count {
      let origin = (x: left(index % across), y: Self.margin + index / across * pitch.y)
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
    PNG.encode(Picture(width: width, height: height, channels: .grey, pixels: pixels))
  }
}
