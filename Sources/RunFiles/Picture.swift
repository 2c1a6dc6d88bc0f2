// Grey or coloured pictures of 8 bits.

package struct Picture: Hashable, Sendable {
  package enum Channels: Int, Hashable, Sendable {
    case grey = 1
    case rgb = 3
  }

  package let width: Int
  package let height: Int
  package let channels: Channels
  /// `[height, width, channels]`, flat; 0 is dark.
  package private(set) var pixels: [UInt8]

  package init(width: Int, height: Int, channels: Channels, pixels: [UInt8]) {
    precondition(
      width > 0 && height > 0 && pixels.count == width * height * channels.rawValue,
      "Picture: \(pixels.count) bytes for [\(height), \(width), \(channels.rawValue)]")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// Pictures in rows and columns, about as a square, with black lines between and around them, as torchvision's
  /// `make_grid` draws them.
  ///
  /// - Parameters:
  ///   - images: `[count, height, width]`, flat; 0 becomes black and 1 white.
  ///   - columns: pictures in a row; about as many as there are rows where it is `nil`.
  /// - Returns: `nil` where there is no picture.
  package static func grid(_ images: [Float], width: Int, height: Int, columns: Int? = nil) -> Picture? {
    guard width > 0, height > 0, images.count >= width * height else { return nil }
    let count = images.count / (width * height)
    let across = max(1, min(count, columns ?? Int(Double(count).squareRoot().rounded(.up))))
    let down = (count + across - 1) / across
    let size = (width: line + across * (width + line), height: line + down * (height + line))
    var pixels = [UInt8](repeating: 0, count: size.width * size.height)
    for index in 0..<count {
      let origin = (x: line + index % across * (width + line), y: line + index / across * (height + line))
      for y in 0..<height {
        for x in 0..<width {
          let value = images[(index * height + y) * width + x]
          let level = value.isNaN ? 0 : min(max(value, 0), 1)
          pixels[(origin.y + y) * size.width + origin.x + x] = UInt8((255 * level).rounded())
        }
      }
    }
    return Picture(width: size.width, height: size.height, channels: .grey, pixels: pixels)
  }

  /// Pixels between two pictures.
  private static let line = 2

  /// The luma of each pixel (ITU-R BT.601, 2.5.1), in pixels so few that neither side has more than `side`: means of the
  /// squares that they cover.
  package func grey(atMost side: Int) -> Picture {
    let step = max(1, (max(width, height) + side - 1) / side)
    let (columns, rows) = ((width + step - 1) / step, (height + step - 1) / step)
    if step == 1, channels == .grey { return self }
    var reduced: [UInt8] = []
    reduced.reserveCapacity(columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        let (across, down) = (
          column * step..<min(width, (column + 1) * step), row * step..<min(height, (row + 1) * step)
        )
        var sum = 0.0
        for y in down { for x in across { sum += luma(y * width + x) } }
        reduced.append(UInt8((sum / Double(across.count * down.count)).rounded()))
      }
    }
    return Picture(width: columns, height: rows, channels: .grey, pixels: reduced)
  }

  /// 0…255.
  private func luma(_ index: Int) -> Double {
    switch channels {
    case .grey: Double(pixels[index])
    case .rgb:
      0.299 * Double(pixels[3 * index]) + 0.587 * Double(pixels[3 * index + 1]) + 0.114 * Double(pixels[3 * index + 2])
    }
  }
}
