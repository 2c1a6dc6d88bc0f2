// Areas behind the lines of a chart, an eighth of a cell fine. Where the terminal has the colours they are tints of their
// role, quiet enough for lines to stand on; elsewhere a texture: sparse braille dots, ░ or `:`.

package struct FillCanvas {
  /// In cells.
  package let size: Size
  /// Which layers cover an eighth, as a bit set; column by column, from the bottom up.
  private var eighths: [UInt8]

  package init(size: Size) {
    self.size = size
    self.eighths = Array(repeating: 0, count: size.width * size.height * 8)
  }

  /// Covers a column between two heights, as fractions of the whole height. Two layers, 0 and 1, may overlap.
  package mutating func fill(column: Int, from lower: Double, to upper: Double, layer: Int) {
    let count = size.height * 8
    guard column >= 0, column < size.width, lower <= upper, upper > 0, lower < 1 else { return }
    let first = Int((max(lower, 0) * Double(count)).rounded())
    let end = Int((min(upper, 1) * Double(count)).rounded())
    for index in first..<max(first, end) { eighths[column * count + index] |= 1 << UInt8(layer) }
  }

  /// Draws the areas over what is in the frame.
  ///
  /// - Parameters:
  ///   - roles: What the layers mean, one or two of them.
  ///   - solid: The glyph of a cell that is covered whole: "█" shows in a text file too, " " is colour only.
  package func draw(
    into frame: inout Frame, at origin: Rect, roles: [Role], solid: Unicode.Scalar, context: RenderContext
  ) {
    let tints = Self.tints(of: roles, context: context)
    for y in 0..<min(size.height, origin.height) {
      for x in 0..<min(size.width, origin.width) {
        let start = (x * size.height + (size.height - 1 - y)) * 8
        let cell = Array(eighths[start..<(start + 8)])
        guard cell.contains(where: { $0 != 0 }) else { continue }
        let (column, row) = (origin.x + x, origin.y + y)
        if tints.isEmpty {
          guard let glyph = Self.texture(of: cell, glyphs: context.capabilities.glyphs) else { continue }
          let front = cell.reduce(0, |) & 1 == 0 ? roles.count - 1 : 0
          var style = context.palette[roles[front]]
          style.background = frame[x: column, y: row].style.background
          style.attributes.insert(.dim)
          frame[x: column, y: row] = Cell(glyph, style: style)
        } else {
          Self.shade(&frame[x: column, y: row], with: cell, tints: tints, solid: solid, context: context)
        }
      }
    }
  }

  /// The colours of a layer, of the other one, and of both, at the places of their bit sets; none where the terminal has
  /// too few colours or glyphs.
  private static func tints(of roles: [Role], context: RenderContext) -> [Colour] {
    guard context.capabilities.glyphs != .ascii else { return [] }
    let tints = roles.compactMap { context.palette.tint($0) }
    guard tints.count == roles.count, let first = tints.first, let last = tints.last else { return [] }
    let both = context.palette.mix(first, last) ?? last
    return [.terminal, first, last, both]
  }

  /// A cell has room for two colours and one boundary between them.
  private static func shade(
    _ cell: inout Cell, with eighths: [UInt8], tints: [Colour], solid: Unicode.Scalar, context: RenderContext
  ) {
    let (lower, upper) = (eighths[0], eighths[7])
    var boundary = eighths.firstIndex { $0 != lower } ?? 8
    if context.capabilities.glyphs == .block { boundary = (boundary + 2) / 4 * 4 }
    let below = cell.style.background
    func colour(_ layers: UInt8) -> Colour { layers == 0 ? below : tints[Int(layers)] }

    if lower == upper || boundary == 0 || boundary == 8 {
      // Uniform, or a band thinner than the cell: it counts if it covers half of it.
      let layers = lower == upper ? eighths[4] : (boundary == 0 ? upper : lower)
      let isCovered = lower == upper && lower == 0 ? eighths.count(where: { $0 != 0 }) >= 4 : layers != 0
      guard isCovered else { return }
      let tint = colour(layers)
      cell =
        solid == " "
        ? Cell(" ", style: Style(foreground: tint, background: tint))
        : Cell(solid, style: Style(foreground: tint, background: below))
    } else if lower == 0 {
      // No glyph but ▀ hangs from the top.
      guard boundary <= 5 else { return }
      let isWhole = boundary < 3
      cell = Cell(
        isWhole ? solid : "▀", style: Style(foreground: colour(upper), background: isWhole ? colour(upper) : below))
    } else {
      let glyph = Unicode.Scalar(0x2580 + UInt32(boundary)) ?? " "
      cell = Cell(glyph, style: Style(foreground: colour(lower), background: colour(upper)))
    }
  }

  private static func texture(of eighths: [UInt8], glyphs: GlyphSet) -> Unicode.Scalar? {
    switch glyphs {
    case .braille:
      // A chequered pattern, two eighths a row of dots.
      let mask = (0..<4).reduce(UInt8(0)) { mask, row in
        let isCovered = eighths[7 - 2 * row] != 0 || eighths[6 - 2 * row] != 0
        return isCovered ? mask | 1 << UInt8(row * 2 + row % 2) : mask
      }
      return PlotCanvas.braille(mask)
    case .block: return eighths.count(where: { $0 != 0 }) >= 4 ? "░" : nil
    case .ascii: return eighths.count(where: { $0 != 0 }) >= 4 ? ":" : nil
    }
  }
}

extension Palette {
  /// How much of a role's colour is in its tint. Measured by eye: lines of every series stand out, on dark and on light.
  private static let tintShare = 0.34

  /// A quiet version of a role's colour for areas; `nil` where the terminal decides how colours look.
  func tint(_ role: Role) -> Colour? {
    let paper = self[.background].background.rgb ?? (isDark ? RGB(0, 0, 0) : RGB(255, 255, 255))
    return shade(self[role].foreground) { paper.mixed(with: $0, share: Self.tintShare) }
  }

  /// Halfway between two tints.
  func mix(_ first: Colour, _ second: Colour) -> Colour? {
    guard let other = second.rgb else { return nil }
    return shade(first) { $0.mixed(with: other, share: 0.5) }
  }

  private func shade(_ colour: Colour, by change: (RGB) -> RGB) -> Colour? {
    switch colour {
    case .terminal, .ansi: nil
    case .rgb(let red, let green, let blue): Colour(change(RGB(red, green, blue)))
    case .indexed(let index): .indexed(change(RGB(index: index)).nearest(among: 16...255))
    }
  }
}
