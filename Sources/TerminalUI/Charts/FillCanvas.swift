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

    /// Contrast of the tint to the paper. By eye: a band one column wide is seen, and every line stands out on an area.
    fileprivate var contrast: Double { self == .area ? 2.2 : 1.7 }
  }

  /// In cells.
  package let size: Size
  /// Which layers cover each eighth of a cell, from the bottom up, as bit sets; row-major.
  private var cells: [SIMD8<UInt8>]

  package init(size: Size) {
    self.size = size
    self.cells = Array(repeating: .zero, count: size.width * size.height)
  }

  /// Covers a column between two heights, as fractions of the whole height. Two layers, 0 and 1, may overlap.
  package mutating func fill(column: Int, from lower: Double, to upper: Double, layer: Int) {
    let count = size.height * 8
    guard column >= 0, column < size.width, lower <= upper, upper > 0, lower < 1 else { return }
    let first = Int((max(lower, 0) * Double(count)).rounded())
    let end = Int((min(upper, 1) * Double(count)).rounded())
    for index in first..<max(first, end) {
      cells[(size.height - 1 - index / 8) * size.width + column][index % 8] |= 1 << UInt8(layer)
    }
  }

  /// Draws the areas over what is in the frame.
  ///
  /// - Parameter roles: What the layers mean, one or two of them.
  package func draw(
    into frame: inout Frame, at place: Rect, roles: [Role], look: Look, context: RenderContext
  ) {
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
    var (lower, upper) = (eighths[0], eighths[7])
    var boundary = (0..<8).first { eighths[$0] != lower } ?? 8
    if lower == 0, upper == 0 {
      // A band thinner than the cell counts as the half that it is in, or not at all.
      guard coverage(of: eighths) >= 4 else { return }
      (lower, upper) = (eighths[boundary], eighths[boundary])
    }
    // Glyphs grow from the bottom by eighths, but only ▀ hangs from the top; the other tiers have halves, or nothing.
    switch glyphs {
    case .ascii: boundary = boundary < 4 ? 0 : 8
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
  func tint(_ role: Role, contrast: Double) -> Colour? {
    let paper = self[.background].background.rgb ?? (isDark ? RGB(0, 0, 0) : RGB(255, 255, 255))
    // The nearest to a tint would often be a grey, and say nothing.
    return shade(self[role].foreground, greyCost: 100) { colour in
      let shares = stride(from: 0.05, to: 1, by: 0.05).map { paper.mixed(with: colour, share: $0) }
      return shares.first { $0.contrast(with: paper) >= contrast } ?? colour
    }
  }

  /// Halfway between two tints.
  func mix(_ first: Colour, _ second: Colour) -> Colour? {
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
