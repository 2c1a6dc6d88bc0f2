// Grey pictures in cells, in the way that the context has for pictures (`ImageMode.swift`). The ramp of characters is
// monotone in the ink of common fonts (measured on Terminus), unlike the customary ` .:-=+*#%@`. Ink is what is drawn in
// every way: bright on a dark theme, dark on a light one.

package struct ImageGrid: Widget {
  /// `[count, height, width]`, flat, row-major; 0 is paper and 1 is ink.
  package var images: [Float]
  /// In pixels.
  package var width: Int
  package var height: Int
  /// Pictures in a row; as many as fit where it is `nil` or more than fit.
  package var columns: Int?
  /// The size of a picture in character cells; as `fitting` finds it where it is `nil`.
  package var cell: Size?

  package init(images: [Float], width: Int, height: Int, columns: Int? = nil, cell: Size? = nil) {
    self.images = images
    self.width = max(0, width)
    self.height = max(0, height)
    self.columns = columns
    self.cell = cell
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

    /// As many as there are room for of pictures of one size.
    fileprivate init(count: Int, cell: Size, area: Size, columns: Int?) {
      self.cell = cell
      self.columns = min(count, (area.width + 1) / (cell.width + 1), max(1, columns ?? count))
      let down = (area.height + 1) / (cell.height + 1)
      rows = self.columns == 0 ? 0 : min(down, (count + self.columns - 1) / self.columns)
    }
  }

  /// So many show what there is; where there is room for more of them, they are drawn larger instead. By eye.
  private static let enough = 20
  /// Where pictures are to be large: so many are enough, and so many at more than full size, where nothing more is seen.
  private static let (few, fewEnlarged) = (3, 8)
  private static let enlarged: [Double] = [4, 3, 2]

  /// Columns that a picture takes in greys where room is short.
  package static func leastColumns(of image: Size) -> Int {
    Int((Double(image.width) * (ImageMode.halfBlocks.scales(of: image).last ?? 1)).rounded())
  }

  /// The largest size at which all pictures fit, or enough of them, or as many as at the smallest legible one; in an area
  /// too small for that, one picture as large as possible.
  ///
  /// - Parameter isEnlarging: Whether a few pictures are enough, if these are larger.
  package static func fitting(
    count: Int, imageSize: Size, area: Size, context: RenderContext, columns: Int? = nil,
    isEnlarging: Bool = false
  ) -> Fit {
    let nothing = Fit(columns: 0, rows: 0, cell: Size(width: 0, height: 0))
    guard count > 0, imageSize.width > 0, imageSize.height > 0, area.width > 0, area.height > 0 else {
      return nothing
    }
    let mode = context.images
    func fit(scale: Double) -> Fit {
      let cell = Size(
        width: max(1, Int((Double(imageSize.width) * scale / mode.pixels.width).rounded())),
        height: max(1, Int((Double(imageSize.height) * scale / mode.pixels.height).rounded())))
      return Fit(count: count, cell: cell, area: area, columns: columns)
    }
    if isEnlarging {
      let fits = enlarged.map(fit(scale:))
      if let fit = fits.first(where: { $0.columns * $0.rows >= min(count, fewEnlarged) }) { return fit }
    }
    let fits = mode.scales(of: imageSize).map(fit(scale:))
    let most = fits.last.map { $0.columns * $0.rows } ?? 0
    let enough = isEnlarging ? few : enough
    if most > 0, let fit = fits.first(where: { $0.columns * $0.rows >= min(count, enough, most) }) { return fit }
    let scale = min(
      Double(area.width) * mode.pixels.width / Double(imageSize.width),
      Double(area.height) * mode.pixels.height / Double(imageSize.height))
    return Fit(columns: 1, rows: 1, cell: fit(scale: scale).cell)
  }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let size = Size(width: width, height: height)
    let count = width * height == 0 ? 0 : images.count / (width * height)
    let fit =
      cell.map { Fit(count: count, cell: $0, area: area.size, columns: columns) }
      ?? Self.fitting(count: count, imageSize: size, area: area.size, context: context, columns: columns)
    guard fit.columns * fit.rows > 0 else { return }
    let left = area.x + (area.width - fit.columns * (fit.cell.width + 1) + 1) / 2
    let top = area.y + (area.height - fit.rows * (fit.cell.height + 1) + 1) / 2
    let mode = context.images(of: size, in: fit.cell)
    let dots = Size(width: fit.cell.width * mode.dots.width, height: fit.cell.height * mode.dots.height)
    let resampling = Resampling(from: size, to: dots)
    for index in 0..<min(count, fit.columns * fit.rows) {
      let place = Rect(
        x: left + index % fit.columns * (fit.cell.width + 1), y: top + index / fit.columns * (fit.cell.height + 1),
        width: fit.cell.width, height: fit.cell.height)
      let pixels = resampling.pixels(of: images, from: index * width * height)
      switch mode {
      case .halfBlocks: drawGreys(pixels, into: &frame, place: place, palette: context.palette)
      case .quadrants: drawQuarters(pixels, into: &frame, place: place, palette: context.palette)
      case .braille: drawDots(pixels, into: &frame, place: place, context: context)
      case .largeCharacters, .characters: drawInk(pixels, into: &frame, place: place, context: context)
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

  /// A cell has two shades for its four quarters: of the ways to part them by shade, the one that comes nearest.
  private func drawQuarters(_ pixels: [Float], into frame: inout Frame, place: Rect, palette: Palette) {
    let width = 2 * place.width
    for y in 0..<place.height {
      for x in 0..<place.width {
        let start = 2 * y * width + 2 * x
        let quarters = [pixels[start], pixels[start + 1], pixels[start + width], pixels[start + width + 1]]
        let order = [0, 1, 2, 3].sorted { quarters[$0] > quarters[$1] }
        let parts = (1...3).map { count in
          (ink: order[..<count], paper: order[count...])
        }
        func mean(_ part: ArraySlice<Int>) -> Float { part.reduce(0) { $0 + quarters[$1] } / Float(part.count) }
        func error(_ part: ArraySlice<Int>) -> Float {
          let mean = mean(part)
          return part.reduce(0) { $0 + (quarters[$1] - mean) * (quarters[$1] - mean) }
        }
        let best = parts.min { error($0.ink) + error($0.paper) < error($1.ink) + error($1.paper) } ?? parts[0]
        let ink = palette.image(level: mean(best.ink)) ?? .terminal
        let paper = palette.image(level: mean(best.paper)) ?? .terminal
        let mask = best.ink.reduce(0) { $0 | 1 << $1 }
        let glyph = ink == paper ? quarters[0] < 0.5 ? " " : "█" : PlotCanvas.quadrants[mask]
        frame[x: place.x + x, y: place.y + y] = Cell(glyph, style: Style(foreground: ink, background: paper))
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
