// Generated pictures on one sheet of paper, as a PNG: dark ink on white, in rows and columns with a margin around each.

import GenerativeModels
import RunFiles
import Training

package struct PictureSheet {
  /// Each pixel of a picture becomes a square of so many, so that a person need not zoom in.
  static let magnification = 2
  /// White around and between pictures, in pixels of the sheet.
  static let margin = 8

  /// What stands between pictures of a sum.
  package enum Sign: Hashable, Sendable {
    case minus, plus, equals

    /// Whether a pixel of a square has ink, from −1 to 1 in both directions.
    fileprivate func isInk(x: Double, y: Double) -> Bool {
      switch self {
      case .minus: abs(y) <= 0.2
      case .plus: abs(x) <= 0.2 || abs(y) <= 0.2
      case .equals: (0.2...0.6).contains(abs(y))
      }
    }
  }

  /// A sign in the white at the left of a picture.
  package struct PlacedSign: Hashable, Sendable {
    package var sign: Sign
    package var row: Int
    package var column: Int

    package init(_ sign: Sign, row: Int, column: Int) {
      self.sign = sign
      self.row = row
      self.column = column
    }
  }

  /// Of a sign, in pixels of the sheet.
  private static let signSide = 10

  package let width: Int
  package let height: Int
  /// `[height, width]`, 0 black and 255 white.
  package private(set) var pixels: [UInt8]

  /// - Parameters:
  ///   - samples: `[K, height, width]`, laid out about as a square, or `[rows, columns, height, width]`, laid out so; 0
  ///     paper and 1 ink.
  ///   - gaps: columns with twice the white at their left.
  ///   - signs: where there is such a gap.
  package init(_ samples: SampleSet, gaps: Set<Int> = [], signs: [PlacedSign] = []) {
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
    for sign in signs {
      draw(
        sign.sign, x: left(sign.column) - Self.margin,
        y: Self.margin + sign.row * pitch.y + rows * Self.magnification / 2)
    }
  }

  /// In the middle of a place; what lies outside of the sheet is cut off.
  private mutating func draw(_ sign: Sign, x: Int, y: Int) {
    let half = Self.signSide / 2
    for dy in -half..<half {
      for dx in -half..<half where (0..<width).contains(x + dx) && (0..<height).contains(y + dy) {
        let (across, down) = ((Double(dx) + 0.5) / Double(half), (Double(dy) + 0.5) / Double(half))
        if sign.isInk(x: across, y: down) { pixels[(y + dy) * width + x + dx] = 0 }
      }
    }
  }

  /// The sheet as a grey PNG file.
  package func png() -> [UInt8] {
    PNG.encode(Picture(width: width, height: height, channels: .grey, pixels: pixels))
  }
}
