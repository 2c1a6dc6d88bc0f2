// Grey pictures in cells: two pixels a cell as half blocks where the terminal has greys, else one character of rising
// ink a cell. The ramp is monotone in the ink of common fonts (measured on Terminus), unlike the customary ` .:-=+*#%@`.

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

  /// Sizes that are tried, as shares of the full one. By eye: a digit of 28×28 is legible at half its size in greys, and
  /// at three quarters in characters; below it is not.
  private static func scales(_ capabilities: Capabilities) -> [Double] {
    hasGreys(capabilities) ? [1, 0.75, 0.5] : [1, 0.75]
  }

  private static func hasGreys(_ capabilities: Capabilities) -> Bool {
    capabilities.glyphs != .ascii && capabilities.colours >= .indexed256
  }

  /// The largest size at which all pictures fit; otherwise the smallest legible one, and as many as fit; in an area too
  /// small for that, one picture as large as possible.
  package static func fitting(
    count: Int, imageSize: Size, area: Size, capabilities: Capabilities, columns: Int? = nil
  ) -> Fit {
    let nothing = Fit(columns: 0, rows: 0, cell: Size(width: 0, height: 0))
    guard count > 0, imageSize.width > 0, imageSize.height > 0, area.width > 0, area.height > 0 else {
      return nothing
    }
    func fit(scale: Double) -> Fit {
      let cell = Size(
        width: max(1, Int((Double(imageSize.width) * scale).rounded())),
        height: max(1, Int((Double(imageSize.height) * scale / 2).rounded())))
      let across = min(count, (area.width + 1) / (cell.width + 1), max(1, columns ?? count))
      let down = (area.height + 1) / (cell.height + 1)
      return Fit(columns: across, rows: across == 0 ? 0 : min(down, (count + across - 1) / across), cell: cell)
    }
    let fits = scales(capabilities).map(fit(scale:))
    if let whole = fits.first(where: { $0.columns * $0.rows >= count }) { return whole }
    if let most = fits.last, most.columns * most.rows > 0 { return most }
    let scale = min(
      Double(area.width) / Double(imageSize.width), Double(area.height * 2) / Double(imageSize.height))
    return Fit(columns: 1, rows: 1, cell: fit(scale: scale).cell)
  }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let size = Size(width: width, height: height)
    let count = width * height == 0 ? 0 : images.count / (width * height)
    let fit = Self.fitting(
      count: count, imageSize: size, area: area.size, capabilities: context.capabilities, columns: columns)
    guard fit.columns * fit.rows > 0 else { return }
    let left = area.x + (area.width - fit.columns * (fit.cell.width + 1) + 1) / 2
    let top = area.y + (area.height - fit.rows * (fit.cell.height + 1) + 1) / 2
    let hasGreys = Self.hasGreys(context.capabilities) && context.palette.image(level: 0) != nil
    for index in 0..<min(count, fit.columns * fit.rows) {
      let place = Rect(
        x: left + index % fit.columns * (fit.cell.width + 1), y: top + index / fit.columns * (fit.cell.height + 1),
        width: fit.cell.width, height: fit.cell.height)
      if hasGreys {
        let pixels = scaled(index, to: Size(width: place.width, height: place.height * 2))
        drawGreys(pixels, into: &frame, place: place, palette: context.palette)
      } else {
        drawInk(scaled(index, to: place.size), into: &frame, place: place, context: context)
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

  /// A picture at another size: each new pixel is the mean of the area that it covers. What is not a number is paper.
  private func scaled(_ index: Int, to size: Size) -> [Float] {
    let across = Self.shares(of: width, in: size.width)
    let down = Self.shares(of: height, in: size.height)
    let start = index * width * height
    return down.flatMap { rows in
      across.map { columns in
        var sum: Float = 0
        for (row, rowShare) in rows {
          for (column, columnShare) in columns {
            let value = images[start + row * width + column]
            if value.isFinite { sum += value * rowShare * columnShare }
          }
        }
        return sum
      }
    }
  }

  /// For each of `target` stretches of a line of `source` pixels: the pixels that it covers and their shares of it.
  private static func shares(of source: Int, in target: Int) -> [[(index: Int, share: Float)]] {
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
