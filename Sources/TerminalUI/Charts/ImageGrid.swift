// Grey pictures in cells: two pixels a cell as half blocks where the terminal has greys; else eight a cell as the dots of
// braille, ink or paper; else one character of rising ink a cell. The ramp is monotone in the ink of common fonts
// (measured on Terminus), unlike the customary ` .:-=+*#%@`.

package struct ImageGrid: Widget {
  /// `[count, height, width]`, flat, row-major; 0 is paper and 1 is ink.
  package var images: [Float]
  /// In pixels.
  package var width: Int
  package var height: Int
  /// Pictures in a row; as many as fit where it is `nil` or more than fit.
  package var columns: Int?

  package init(images: [Float], width: Int, height: Int, columns: Int? = nil) {
    self.images = images
    self.width = max(0, width)
    self.height = max(0, height)
    self.columns = columns
  }

  /// How pictures are laid out in an area: `columns` by `rows` of them, `cell` character cells each, one cell apart.
  package struct Fit: Hashable, Sendable {
    package var columns: Int
    package var rows: Int
    package var cell: Size

    package init(columns: Int, rows: Int, cell: Size) {
      self.columns = columns
      self.rows = rows
      self.cell = cell
    }
  }

  /// How a cell shows the part of the picture that it covers.
  private enum Technique {
    /// Two pixels, each a grey of the palette.
    case halfBlocks
    /// 2×4 pixels, each a dot or none.
    case braille
    /// Two pixels' mean as a character with so much ink.
    case ramp

    init(_ context: RenderContext) {
      let hasGreys = context.capabilities.colours >= .indexed256 && context.palette.image(level: 0) != nil
      switch context.capabilities.glyphs {
      case .ascii: self = .ramp
      case .block, .quadrant: self = hasGreys ? .halfBlocks : .ramp
      case .braille: self = hasGreys ? .halfBlocks : .braille
      }
    }

    /// Pixels that a cell covers at full size.
    var cell: Size { self == .braille ? Size(width: 2, height: 4) : Size(width: 1, height: 2) }

    /// What a cell shows of them: a character cannot tell an upper pixel from a lower one.
    var dots: Size { self == .ramp ? Size(width: 1, height: 1) : cell }

    /// The pixels that a picture must keep in each direction. By eye: a digit of 28×28 is legible at half its size in greys,
    /// at three quarters in characters, and in dots at the full one only.
    private var legible: Double {
      switch self {
      case .halfBlocks: 14
      case .braille: 28
      case .ramp: 21
      }
    }

    /// Sizes that are tried, as shares of the full one, down to the least that is legible.
    func scales(of image: Size) -> [Double] {
      let least = min(1, legible / Double(min(image.width, image.height)))
      return [1, 0.75, 0.5, 0.375, 1 / 3.0, 0.25].filter { $0 > least } + [least]
    }
  }

  /// So many show what there is; where there is room for more of them, they are drawn larger instead. By eye.
  private static let enough = 20

  /// Columns that a picture takes in greys where room is short.
  package static func leastColumns(of image: Size) -> Int {
    Int((Double(image.width) * (Technique.halfBlocks.scales(of: image).last ?? 1)).rounded())
  }

  /// The largest size at which all pictures fit, or enough of them, or as many as at the smallest legible one; in an area
  /// too small for that, one picture as large as possible.
  package static func fitting(
    count: Int, imageSize: Size, area: Size, context: RenderContext, columns: Int? = nil
  ) -> Fit {
    let nothing = Fit(columns: 0, rows: 0, cell: Size(width: 0, height: 0))
    guard count > 0, imageSize.width > 0, imageSize.height > 0, area.width > 0, area.height > 0 else {
      return nothing
    }
    let technique = Technique(context)
    func fit(scale: Double) -> Fit {
      let cell = Size(
        width: max(1, Int((Double(imageSize.width) * scale / Double(technique.cell.width)).rounded())),
        height: max(1, Int((Double(imageSize.height) * scale / Double(technique.cell.height)).rounded())))
      let across = min(count, (area.width + 1) / (cell.width + 1), max(1, columns ?? count))
      let down = (area.height + 1) / (cell.height + 1)
      return Fit(columns: across, rows: across == 0 ? 0 : min(down, (count + across - 1) / across), cell: cell)
    }
    let fits = technique.scales(of: imageSize).map(fit(scale:))
    let most = fits.last.map { $0.columns * $0.rows } ?? 0
    if most > 0, let fit = fits.first(where: { $0.columns * $0.rows >= min(count, enough, most) }) { return fit }
    let scale = min(
      Double(area.width * technique.cell.width) / Double(imageSize.width),
      Double(area.height * technique.cell.height) / Double(imageSize.height))
    return Fit(columns: 1, rows: 1, cell: fit(scale: scale).cell)
  }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let size = Size(width: width, height: height)
    let count = width * height == 0 ? 0 : images.count / (width * height)
    let fit = Self.fitting(
      count: count, imageSize: size, area: area.size, context: context, columns: columns)
    guard fit.columns * fit.rows > 0 else { return }
    let left = area.x + (area.width - fit.columns * (fit.cell.width + 1) + 1) / 2
    let top = area.y + (area.height - fit.rows * (fit.cell.height + 1) + 1) / 2
    let technique = Technique(context)
    let dots = Size(width: fit.cell.width * technique.dots.width, height: fit.cell.height * technique.dots.height)
    let resampling = Resampling(from: size, to: dots)
    for index in 0..<min(count, fit.columns * fit.rows) {
      let place = Rect(
        x: left + index % fit.columns * (fit.cell.width + 1), y: top + index / fit.columns * (fit.cell.height + 1),
        width: fit.cell.width, height: fit.cell.height)
      let pixels = resampling.pixels(of: images, from: index * width * height)
      switch technique {
      case .halfBlocks: drawGreys(pixels, into: &frame, place: place, palette: context.palette)
      case .braille: drawDots(pixels, into: &frame, place: place, context: context)
      case .ramp: drawInk(pixels, into: &frame, place: place, context: context)
      }
    }
  }

  /// The upper and the lower pixel of a cell as its two colours; the glyph is the one whose ink is where the picture's
  /// is, so that a text file without colours shows the picture too.
  private func drawGreys(_ pixels: [Float], into frame: inout Frame, place: Rect, palette: Palette) {
    for y in 0..<place.height {
      for x in 0..<place.width {
        let (upper, lower) = (pixels[2 * y * place.width + x], pixels[(2 * y + 1) * place.width + x])
        let (above, below) = (palette.image(level: upper) ?? .terminal, palette.image(level: lower) ?? .terminal)
        frame[x: place.x + x, y: place.y + y] =
          if above == below {
            Cell(upper < 0.5 ? " " : "█", style: Style(foreground: above, background: below))
          } else if upper > lower {
            Cell("▀", style: Style(foreground: above, background: below))
          } else {
            Cell("▄", style: Style(foreground: below, background: above))
          }
      }
    }
  }

  private func drawDots(_ pixels: [Float], into frame: inout Frame, place: Rect, context: RenderContext) {
    for y in 0..<place.height {
      for x in 0..<place.width {
        var mask: UInt8 = 0
        for dot in 0..<8 where pixels[(4 * y + dot / 2) * 2 * place.width + 2 * x + dot % 2] >= 0.5 {
          mask |= 1 << dot
        }
        let glyph = mask == 0 ? " " : PlotCanvas.braille(mask)
        frame[x: place.x + x, y: place.y + y] = Cell(glyph, style: context.palette[.text])
      }
    }
  }

  /// Characters and the share of a cell that their ink covers, of the darkest one's (pixels of Terminus 8×16).
  private static let ramp: [(glyph: Unicode.Scalar, ink: Float)] = zip(
    " .:-+xo#B@".unicodeScalars, [0, 1, 2, 6, 7, 10, 14, 18, 21, 25] as [Float]
  ).map { ($0, $1 / 25) }

  private func drawInk(_ pixels: [Float], into frame: inout Frame, place: Rect, context: RenderContext) {
    for y in 0..<place.height {
      for x in 0..<place.width {
        let level = min(max(pixels[y * place.width + x], 0), 1)
        let nearest = Self.ramp.min { abs($0.ink - level) < abs($1.ink - level) }
        frame[x: place.x + x, y: place.y + y] = Cell(nearest?.glyph ?? " ", style: context.palette[.text])
      }
    }
  }

}

/// Pictures at another size: each new pixel is the mean of the area that it covers.
private struct Resampling {
  private typealias Share = (index: Int, share: Float)

  private let width: Int
  /// Of each new column and each new row.
  private let across: [[Share]]
  private let down: [[Share]]

  init(from source: Size, to target: Size) {
    width = source.width
    across = Self.shares(of: source.width, in: target.width)
    down = Self.shares(of: source.height, in: target.height)
  }

  /// The picture whose first pixel is at `start`, flat, row-major. What is not a number is paper.
  func pixels(of images: [Float], from start: Int) -> [Float] {
    var pixels: [Float] = []
    pixels.reserveCapacity(across.count * down.count)
    for rows in down {
      for columns in across {
        var sum: Float = 0
        for (row, rowShare) in rows {
          for (column, columnShare) in columns {
            let value = images[start + row * width + column]
            if value.isFinite { sum += value * rowShare * columnShare }
          }
        }
        pixels.append(sum)
      }
    }
    return pixels
  }

  /// For each of `target` stretches of a line of `source` pixels: the pixels that it covers and their shares of it.
  private static func shares(of source: Int, in target: Int) -> [[Share]] {
    let extent = Double(source) / Double(target)
    return (0..<target).map { place in
      let (start, end) = (Double(place) * extent, Double(place + 1) * extent)
      return (Int(start)..<min(source, Int(end.rounded(.up)))).map { index in
        let covered = min(end, Double(index + 1)) - max(start, Double(index))
        return (index, Float(covered / extent))
      }
    }
  }
}
