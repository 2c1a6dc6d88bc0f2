// A frame around other widgets: a border, a title on its left, a note on its right.

package struct Panel: Widget {
  /// The key that hides and shows it, before the title; empty for none.
  package var key: String
  package var title: String
  /// Said on the right of the upper border: a step, a seed; left out where there is no room.
  package var note: String
  /// Whether the keys act on this panel; its border and title say so without colour as well.
  package var isFocused: Bool

  package init(key: String = "", title: String, note: String = "", isFocused: Bool = false) {
    self.key = key
    self.title = title
    self.note = note
    self.isFocused = isFocused
  }

  /// What is left inside of the border.
  package static func inner(of area: Rect) -> Rect { area.inset(by: 1) }

  /// Whether title and note are both in sight, to their ends.
  package func isWhole(in area: Rect) -> Bool { titleWidth + (note.isEmpty ? 0 : noteWidth + 1) <= area.width - 4 }

  /// Columns with a blank at each side.
  private var titleWidth: Int { keyWidth + title.unicodeScalars.count + 2 }
  /// Columns of the key and the blank that follows.
  private var keyWidth: Int { key.isEmpty ? 0 : key.unicodeScalars.count + 1 }
  private var noteWidth: Int { note.unicodeScalars.count + 2 }

  /// The six pieces of a border.
  private struct Pieces {
    var horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight: Unicode.Scalar

    static let ascii = Pieces(
      horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+")
    static let asciiFocused = Pieces(
      horizontal: "=", vertical: "|", topLeft: "#", topRight: "#", bottomLeft: "#", bottomRight: "#")
    static let light = Pieces(
      horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯")
    static let heavy = Pieces(
      horizontal: "━", vertical: "┃", topLeft: "┏", topRight: "┓", bottomLeft: "┗", bottomRight: "┛")
  }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard area.width >= 2, area.height >= 2 else { return }
    let pieces: Pieces =
      switch (context.capabilities.glyphs, isFocused) {
      case (.ascii, false): .ascii
      case (.ascii, true): .asciiFocused
      case (_, false): .light
      case (_, true): .heavy
      }
    let border = context.palette[isFocused ? .focus : .border]
    drawBorder(pieces, style: border, into: &frame, area: area)

    // " title " leaves a piece of border on each side of it.
    let top = Rect(x: area.x + 2, y: area.y, width: area.width - 4, height: 1)
    guard top.width >= 3, !title.isEmpty else { return }
    var style = context.palette[isFocused ? .focus : .title]
    style.attributes.insert(.bold)
    let titleWidth = min(top.width, titleWidth)
    frame.fill(top.splitLeft(titleWidth).left, with: Cell(style: style))
    frame.write(
      [Span(key + (key.isEmpty ? "" : " "), style: context.palette[.key]), Span(title, style: style)],
      in: top.splitLeft(1).rest.splitLeft(titleWidth - 2).left)

    guard !note.isEmpty, titleWidth + noteWidth + 1 <= top.width else { return }
    frame.write(
      " \(note) ", in: Rect(x: top.maxX - noteWidth, y: top.y, width: noteWidth, height: 1),
      style: context.palette[.dim])
  }

  private func drawBorder(_ pieces: Pieces, style: Style, into frame: inout Frame, area: Rect) {
    for x in (area.x + 1)..<(area.maxX - 1) {
      frame[x: x, y: area.y] = Cell(pieces.horizontal, style: style)
      frame[x: x, y: area.maxY - 1] = Cell(pieces.horizontal, style: style)
    }
    for y in (area.y + 1)..<(area.maxY - 1) {
      frame[x: area.x, y: y] = Cell(pieces.vertical, style: style)
      frame[x: area.maxX - 1, y: y] = Cell(pieces.vertical, style: style)
    }
    frame[x: area.x, y: area.y] = Cell(pieces.topLeft, style: style)
    frame[x: area.maxX - 1, y: area.y] = Cell(pieces.topRight, style: style)
    frame[x: area.x, y: area.maxY - 1] = Cell(pieces.bottomLeft, style: style)
    frame[x: area.maxX - 1, y: area.maxY - 1] = Cell(pieces.bottomRight, style: style)
  }
}
