// Areas behind the lines of a chart, an eighth of a cell fine. Where the terminal has the colours they are tints of their
// role, quiet enough for lines to stand on; elsewhere areas are textures, sparse braille dots, ░ or `:`, and bands are
// left out.

package struct FillCanvas {
  /// How loud an area is.
  package enum Look: Hashable, Sendable {
    /// Something to be read by its shape; it shows in a text file without colours, too.
    case area
    /// A range around a line: quieter, and nothing but colour.
    case band

    /// Contrast of the tint to the paper. By eye: a band one column wide is seen, and every line stands out on an area,
    /// and is what is seen first on a band.
    package var contrast: Double { self == .area ? 2.2 : 1.4 }
  }

  /// In cells.
  package let size: Size
  private let look: Look
  /// Which layers cover each eighth of a cell, from the bottom up, as bit sets; row-major.
  private var cells: [SIMD8<UInt8>]

  package init(size: Size, look: Look) {
    self.size = size
    self.look = look
    self.cells = Array(repeating: .zero, count: size.width * size.height)
  }

  /// Covers a column between two heights, as fractions of the whole height. Two layers, 0 and 1, may overlap. A band
  /// lower than a cell comes as one or two halves of cells: wherever it lies, a cell shows it, also behind a line.
  package mutating func fill(column: Int, from lower: Double, to upper: Double, layer: Int) {
    let count = size.height * 8
    guard column >= 0, column < size.width, lower <= upper, upper > 0, lower < 1 else { return }
    var first = Int((max(lower, 0) * Double(count)).rounded())
    var end = Int((min(upper, 1) * Double(count)).rounded())
    if look == .band, end - first < 8 {
      let middle = min((first + end) / 2, count - 1)
      (first, end) = ((first + 2) / 4 * 4, (end + 2) / 4 * 4)
      if end <= first { (first, end) = (middle / 4 * 4, middle / 4 * 4 + 4) }
    }
    for index in first..<max(first, end) {
      cells[(size.height - 1 - index / 8) * size.width + column][index % 8] |= 1 << UInt8(layer)
    }
  }

  /// Draws the areas over what is in the frame.
  ///
  /// - Parameter roles: What the layers mean, one or two of them.
  package func draw(into frame: inout Frame, at place: Rect, roles: [Role], context: RenderContext) {
    let tints = Self.tints(of: roles, contrast: look.contrast, palette: context.palette)
    // Dots of a band could not be told from those of a dotted line.
    if look == .band, tints.isEmpty { return }
    for y in 0..<min(size.height, place.height) {
      for x in 0..<min(size.width, place.width) {
        let eighths = cells[y * size.width + x]
        guard eighths != .zero else { continue }
        let (column, row) = (place.x + x, place.y + y)
        if tints.isEmpty {
          guard let glyph = Self.texture(of: eighths, glyphs: context.capabilities.glyphs) else { continue }
          let front = (eighths & 1) == .zero ? roles.count - 1 : 0
          var style = context.palette[roles[front]]
          style.background = frame[x: column, y: row].style.background
          style.attributes.insert(.dim)
          frame[x: column, y: row] = Cell(glyph, style: style)
        } else {
          Self.shade(
            &frame[x: column, y: row], with: eighths, tints: tints, look: look, glyphs: context.capabilities.glyphs)
        }
      }
    }
  }

  /// The colours of a layer, of the other one, and of both, at the places of their bit sets; none where the terminal has
  /// too few colours.
  private static func tints(of roles: [Role], contrast: Double, palette: Palette) -> [Colour] {
    let tints = roles.compactMap { palette.tint($0, contrast: contrast) }
    guard tints.count == roles.count, let first = tints.first, let last = tints.last else { return [] }
    return [.terminal, first, last, palette.mix(first, last) ?? last]
  }

  /// A cell has room for two colours and one boundary between them: what is below it, and what is above.
  private static func shade(
    _ cell: inout Cell, with eighths: SIMD8<UInt8>, tints: [Colour], look: Look, glyphs: GlyphSet
  ) {
    let paper = cell.style.background
    func colour(_ layers: UInt8) -> Colour { layers == 0 ? paper : tints[Int(layers)] }
    var (lower, upper, boundary) = twoZones(of: eighths)
    // Glyphs grow from the bottom by eighths, but only ▀ hangs from the top; the other tiers have halves, or nothing.
    switch glyphs {
    case .ascii: boundary = boundary < 4 || boundary == 4 && lower == 0 ? 0 : 8
    case .quadrant where lower != 0, .braille where lower != 0: break
    case .block, .quadrant, .braille: boundary = (boundary + 2) / 4 * 4
    }

    switch (boundary, lower == upper) {
    case (_, true), (0, _), (8, _):
      let layers = boundary == 0 ? upper : lower
      guard layers != 0 else { return }
      switch (look, glyphs) {
      case (.band, _): cell = Cell(" ", style: Style(foreground: colour(layers), background: colour(layers)))
      case (.area, .ascii): cell = Cell(":", style: Style(foreground: colour(layers), background: colour(layers)))
      case (.area, _): cell = Cell("█", style: Style(foreground: colour(layers), background: paper))
      }
    case _ where lower == 0:
      cell = Cell("▀", style: Style(foreground: colour(upper), background: paper))
    default:
      let glyph = Unicode.Scalar(0x2580 + UInt32(boundary)) ?? " "
      cell = Cell(glyph, style: Style(foreground: colour(lower), background: colour(upper)))
    }
  }

  /// The two zones that come nearest to what is in a cell: exactly that where there are no more, else with the fewest
  /// eighths of a wrong layer, and with no layer missing that half a cell or more is of.
  private static func twoZones(of eighths: SIMD8<UInt8>) -> (lower: UInt8, upper: UInt8, boundary: Int) {
    let changes = (1..<8).filter { eighths[$0] != eighths[$0 - 1] }
    guard changes.count > 1 else { return (eighths[0], eighths[7], changes.first ?? 8) }
    var zones = changes.map { eighths[$0] }
    zones.append(eighths[0])
    func weight(_ layers: UInt8) -> Int { layers.nonzeroBitCount }
    /// Wrong layers, eighth by eighth, and more for each layer that is lost.
    func error(_ lower: UInt8, _ upper: UInt8, _ boundary: Int) -> Int {
      let wrong = (0..<8).reduce(0) { $0 + weight(eighths[$1] ^ ($1 < boundary ? lower : upper)) }
      let lost = [1, 2].count { layer in
        (lower | upper) & layer == 0 && (0..<8).count { eighths[$0] & layer != 0 } >= 4
      }
      return wrong + 8 * lost
    }
    var best = (lower: eighths[0], upper: eighths[7], boundary: changes[0], error: Int.max)
    for lower in zones {
      for upper in zones {
        // From the bottom glyphs grow by eighths; what hangs from the top has halves.
        for boundary in lower == upper ? [8] : lower == 0 ? [4] : changes {
          let error = error(lower, upper, boundary)
          if error < best.error { best = (lower, upper, boundary, error) }
        }
      }
    }
    return (best.lower, best.upper, best.boundary)
  }

  /// How many eighths are covered by anything.
  private static func coverage(of eighths: SIMD8<UInt8>) -> Int { (0..<8).count { eighths[$0] != 0 } }

  private static func texture(of eighths: SIMD8<UInt8>, glyphs: GlyphSet) -> Unicode.Scalar? {
    guard glyphs == .braille else {
      return coverage(of: eighths) >= 4 ? (glyphs == .ascii ? ":" : "░") : nil
    }
    // A chequered pattern, two eighths a row of dots.
    let mask = (0..<4).reduce(UInt8(0)) { mask, row in
      let isCovered = eighths[7 - 2 * row] != 0 || eighths[6 - 2 * row] != 0
      return isCovered ? mask | 1 << UInt8(row * 2 + row % 2) : mask
    }
    return mask == 0 ? nil : PlotCanvas.braille(mask)
  }
}

extension Palette {
  /// A quiet version of a role's colour for areas: as much of it as stands out from the paper with `contrast`, the
  /// ratio of WCAG 2.1, so that areas of all roles are equally loud. `nil` where the terminal decides how colours look.
  package func tint(_ role: Role, contrast: Double) -> Colour? {
    let paper = self[.background].background.rgb ?? (isDark ? RGB(0, 0, 0) : RGB(255, 255, 255))
    // The nearest to a tint would often be a grey, and say nothing.
    return shade(self[role].foreground, greyCost: 100) { colour in
      let shares = stride(from: 0.05, to: 1, by: 0.05).map { paper.mixed(with: colour, share: $0) }
      return shares.first { $0.contrast(with: paper) >= contrast } ?? colour
    }
  }

  /// Halfway between two tints.
  package func mix(_ first: Colour, _ second: Colour) -> Colour? {
    guard let other = second.rgb else { return nil }
    return shade(first, greyCost: 1) { $0.mixed(with: other, share: 0.5) }
  }

  private func shade(_ colour: Colour, greyCost: Double, by change: (RGB) -> RGB) -> Colour? {
    switch colour {
    case .terminal, .ansi: nil
    case .rgb(let red, let green, let blue): Colour(change(RGB(red, green, blue)))
    case .indexed(let index): .indexed(change(RGB(index: index)).nearestKeepingHue(among: 16...255, greyCost: greyCost))
    }
  }
}
