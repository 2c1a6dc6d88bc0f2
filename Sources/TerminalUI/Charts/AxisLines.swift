// The furniture of a chart: axis lines with tick marks beside a plot, and labels beside them.

/// Draws axes along the edges of `plot`, within `area`; what has no room is cut off.
struct AxisLines {
  var plot: Rect
  var area: Rect
  var context: RenderContext

  private var line: Style { context.palette[.border] }
  private var label: Style { context.palette[.dim] }

  /// Labels end one column before the axis line, which runs down the column left of the plot.
  func drawLeft(_ ticks: [Axis.Tick], into frame: inout Frame) {
    let labels = Rect(x: area.x, y: area.y, width: plot.x - 1 - area.x, height: area.height)
    for y in plot.y..<plot.maxY { put("│", x: plot.x - 1, y: y, into: &frame) }
    for tick in ticks {
      let y = plot.y + tick.position
      put("┤", x: plot.x - 1, y: y, into: &frame)
      let row = Rect(x: labels.x, y: y, width: labels.width, height: 1)
      frame.write(context.text(tick.label, width: row.width), in: row, style: label, alignment: .right)
    }
  }

  /// The unit of the values, at the foot of their axis, where it has room to the left of the line.
  func drawUnit(_ unit: String, into frame: inout Frame) {
    let place = Rect(x: area.x, y: plot.maxY, width: plot.x - 1 - area.x, height: 1)
    guard unit.unicodeScalars.count <= place.width else { return }
    frame.write(context.text(unit), in: place, style: label, alignment: .right)
  }

  /// The second scale of a chart, in the colour of the curves that it belongs to.
  func drawRight(_ ticks: [Axis.Tick], role: Role, into frame: inout Frame) {
    for y in plot.y..<plot.maxY { put("│", x: plot.maxX, y: y, into: &frame) }
    for tick in ticks {
      let y = plot.y + tick.position
      put("├", x: plot.maxX, y: y, into: &frame)
      frame.write(context.text(tick.label), x: plot.maxX + 1, y: y, style: context.palette[role], within: area)
    }
  }

  /// The line runs along the row below the plot if `hasLine`; the labels below that, or below the plot.
  func drawBottom(_ ticks: [Axis.Tick], hasLine: Bool, into frame: inout Frame) {
    if hasLine {
      for x in plot.x..<plot.maxX { put("─", x: x, y: plot.maxY, into: &frame) }
      put("└", x: plot.x - 1, y: plot.maxY, into: &frame)
      for tick in ticks { put("┬", x: plot.x + tick.position, y: plot.maxY, into: &frame) }
    }
    let row = plot.maxY + (hasLine ? 1 : 0)
    for tick in ticks {
      let start = plot.x + tick.start(within: plot.width)
      frame.write(context.text(tick.label), x: start, y: row, style: label, within: area)
    }
  }

  private func put(_ glyph: Unicode.Scalar, x: Int, y: Int, into frame: inout Frame) {
    guard area.contains(x: x, y: y) else { return }
    frame[x: x, y: y] = Cell(context.glyph(glyph), style: line)
  }
}

extension RenderContext {
  /// The glyph, or its nearest 7-bit one where the terminal has no others.
  func glyph(_ scalar: Unicode.Scalar) -> Unicode.Scalar { capabilities.glyphs == .ascii ? scalar.ascii : scalar }

  /// The text in glyphs that the terminal has; beyond `width` columns it ends in an ellipsis.
  package func text(_ text: String, width: Int = .max) -> String {
    // In a text, unlike in a cell, there is room for several characters.
    let isASCII = capabilities.glyphs == .ascii
    if !isASCII, text.unicodeScalars.count <= width { return text }
    let stands = isASCII ? [("≥", ">="), ("≤", "<="), ("±", "+-"), ("½", "1/2")] : []
    let text = stands.reduce(text) { $0.replacing($1.0, with: $1.1) }
    var scalars = Array(text.unicodeScalars)
    if scalars.count > width { scalars = scalars.prefix(max(0, width - 1)) + ["…"] }
    var shown = String.UnicodeScalarView()
    shown.append(contentsOf: scalars.prefix(max(0, width)).map(glyph(_:)))
    return String(shown)
  }
}
