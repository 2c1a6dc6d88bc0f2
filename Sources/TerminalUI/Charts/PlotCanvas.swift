// A raster finer than the cells of a terminal, for lines: 2×4 braille dots, 2×2 quadrants, 1×2 half blocks, or 1×3
// heights of a 7-bit character a cell. A terminal gives a cell one colour (half blocks: two), so layers have an order: where
// they meet, the front one lends its colour, except where layers that share their cells take turns.

package struct PlotCanvas {
  /// How a line is drawn, so that lines are told apart without colour.
  package enum Stroke: Hashable, Sendable {
    /// Two dots high in braille, whose dots are small: for the lines that matter most.
    case solid
    case dotted
    case dashed
    /// One dot high everywhere: for outlines and bundles of lines.
    case thin
  }

  /// A place in the unit square, y upwards; outside of it nothing is drawn.
  package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  private struct Layer {
    var style: Style
    var stroke: Stroke
    /// Whether it takes turns with others of the kind where they meet.
    var isShared: Bool
    /// A bit a dot, one mask a cell, row-major.
    var masks: [UInt8]
  }

  /// In cells.
  package let size: Size
  package let glyphs: GlyphSet
  /// Behind first.
  private var layers: [Layer] = []

  package init(size: Size, glyphs: GlyphSet) {
    self.size = size
    self.glyphs = glyphs
  }

  private var dotsAcross: Int { glyphs >= .quadrant ? 2 : 1 }
  private var dotsDown: Int {
    switch glyphs {
    case .ascii: 3
    case .block, .quadrant: 2
    case .braille: 4
    }
  }
  /// The raster's extent in dots.
  package var width: Int { size.width * dotsAcross }
  package var height: Int { size.height * dotsDown }

  /// Adds a layer in front of all others and returns its number.
  ///
  /// - Parameter isShared: Whether it takes turns with others of the kind in cells where they meet, so that the colours of
  ///   both are seen along lines that lie on one another.
  package mutating func addLayer(_ style: Style, stroke: Stroke = .solid, isShared: Bool = false) -> Int {
    let masks = [UInt8](repeating: 0, count: size.width * size.height)
    layers.append(Layer(style: style, stroke: stroke, isShared: isShared, masks: masks))
    return layers.count - 1
  }

  /// Sets one dot; a point outside of the unit square is left out.
  package mutating func plot(_ point: Point, layer: Int) {
    guard (0...1).contains(point.x), (0...1).contains(point.y), width > 0, height > 0 else { return }
    let dot = dot(of: point)
    set(x: dot.x, y: dot.y, layer: layer)
  }

  /// Joins the points; `nil` lifts the pen. A point between two gaps is a dot. The rhythm of dots and dashes goes on
  /// along the whole line, steep parts included.
  package mutating func draw(_ points: [Point?], layer: Int) {
    guard width > 0, height > 0 else { return }
    var phase = 0
    var previous: Point?
    for point in points {
      if let point, let start = previous {
        drawSegment(from: start, to: point, phase: &phase, layer: layer)
      } else if let point {
        plot(point, layer: layer)
      }
      previous = point
    }
  }

  private mutating func drawSegment(from start: Point, to end: Point, phase: inout Int, layer: Int) {
    let stroke = layers[layer].stroke
    guard let (start, end) = Self.clip(start, end) else { return }
    let (from, to) = (dot(of: start), dot(of: end))
    let count = max(abs(to.x - from.x), abs(to.y - from.y))
    for index in 0...count {
      let share = count == 0 ? 0 : Double(index) / Double(count)
      if isInked(phase, stroke) {
        let x = from.x + Int((Double(to.x - from.x) * share).rounded())
        let y = from.y + Int((Double(to.y - from.y) * share).rounded())
        set(x: x, y: y, layer: layer)
        let isHeavy = glyphs == .braille && (stroke == .solid || stroke == .dotted)
        if isHeavy, y > 0 { set(x: x, y: y - 1, layer: layer) }
      }
      if index < count { phase += 1 }
    }
  }

  private func isInked(_ phase: Int, _ stroke: Stroke) -> Bool {
    switch (stroke, glyphs) {
    case (.solid, _), (.thin, _): true
    case (.dotted, .braille): phase % 4 < 2
    case (.dotted, _): phase % 2 == 0
    case (.dashed, .braille): phase % 6 < 3
    case (.dashed, _): phase % 4 < 2
    }
  }

  private func dot(of point: Point) -> (x: Int, y: Int) {
    (Axis.cell(of: point.x, among: width), height - 1 - Axis.cell(of: point.y, among: height))
  }

  private mutating func set(x: Int, y: Int, layer: Int) {
    let bit = (y % dotsDown) * dotsAcross + x % dotsAcross
    layers[layer].masks[(y / dotsDown) * size.width + x / dotsAcross] |= 1 << UInt8(bit)
  }

  /// The part of a segment that lies in the unit square (Liang and Barsky, 1984).
  private static func clip(_ start: Point, _ end: Point) -> (Point, Point)? {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    guard dx.isFinite, dy.isFinite else { return nil }
    var (enter, leave) = (0.0, 1.0)
    for (delta, room) in [(-dx, start.x), (dx, 1 - start.x), (-dy, start.y), (dy, 1 - start.y)] {
      if delta == 0 {
        if room < 0 { return nil }
      } else if delta < 0 {
        enter = max(enter, room / delta)
      } else {
        leave = min(leave, room / delta)
      }
    }
    guard enter <= leave else { return nil }
    return (
      Point(x: start.x + dx * enter, y: start.y + dy * enter), Point(x: start.x + dx * leave, y: start.y + dy * leave)
    )
  }

  /// Draws the dots over what is in the frame. The colour that fills most of a cell stays as its background.
  package func draw(into frame: inout Frame, at place: Rect) {
    // Cells that were shared so far: along a line, turns go from cell to cell.
    var turn = 0
    for x in 0..<min(size.width, place.width) {
      for y in 0..<min(size.height, place.height) {
        let index = y * size.width + x
        // Most cells are empty, and a list for each would cost more than all the rest.
        guard var front = layers.lastIndex(where: { $0.masks[index] != 0 }) else { continue }
        if layers[front].isShared, layers[..<front].contains(where: { $0.isShared && $0.masks[index] != 0 }) {
          let present = layers.indices.filter { layers[$0].isShared && layers[$0].masks[index] != 0 }
          front = present[present.count - 1 - turn % present.count]
          turn += 1
        }
        let mark = layers[front].masks[index]
        let all = layers.reduce(mark) { $0 | $1.masks[index] }
        let (column, row) = (place.x + x, place.y + y)
        var style = layers[front].style
        style.background = frame[x: column, y: row].backdrop
        var glyph = glyph(of: glyphs == .ascii ? mark : all)
        if glyphs == .ascii, layers[front].stroke == .dotted { glyph = "o" }
        if glyphs == .block, all == 0b11, mark != 0b11,
          let behind = layers.lastIndex(where: { $0.masks[index] & ~mark != 0 })
        {
          // Two lines share the cell, each in its own half.
          glyph = mark == 0b01 ? "▀" : "▄"
          style.background = layers[behind].style.foreground
        }
        frame[x: column, y: row] = Cell(glyph, style: style)
      }
    }
  }

  private func glyph(of mask: UInt8) -> Unicode.Scalar {
    switch glyphs {
    case .braille: Self.braille(mask)
    case .quadrant: Self.quadrants[Int(mask)]
    case .block: Self.blocks[Int(mask)]
    case .ascii: Self.characters[Int(mask)]
    }
  }

  /// By the halves that are inked: upper 1, lower 2.
  private static let blocks = Array(" ▀▄█".unicodeScalars)
  /// By the heights that are inked: upper 1, middle 2, lower 4.
  private static let characters = Array(" '-'.|-|".unicodeScalars)

  /// By the quarters that are inked: upper left 1, upper right 2, lower left 4, lower right 8.
  static let quadrants = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█".unicodeScalars)

  /// Unicode numbers the dots of a cell by columns and the lowest row last; our masks go row by row.
  static func braille(_ mask: UInt8) -> Unicode.Scalar { brailles[Int(mask)] }

  private static let brailles = (0...255).map { (mask: UInt8) -> Unicode.Scalar in
    let order: [UInt8] = [0, 3, 1, 4, 2, 5, 6, 7]
    let bits = (0..<8).reduce(UInt8(0)) { bits, dot in bits | (mask >> dot & 1) << order[Int(dot)] }
    return Unicode.Scalar(0x2800 + UInt32(bits)) ?? " "
  }
}

extension Cell {
  /// The colour that most of this cell is filled with: what a line drawn over it stands on.
  var backdrop: Colour {
    switch glyph {
    case "▀", "▄", "▅", "▆", "▇", "█": style.foreground
    default: style.background
    }
  }
}
