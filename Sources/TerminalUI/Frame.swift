// A whole screen as a value. The terminal, screenshots and tests all read the same frame; nothing else draws.

/// One character cell: one Unicode scalar that is one column wide, and how it looks.
package struct Cell: Hashable, Sendable {
  package var glyph: Unicode.Scalar
  package var style: Style

  package init(_ glyph: Unicode.Scalar = " ", style: Style = .plain) {
    self.glyph = glyph
    self.style = style
  }
}

/// `size.height` rows of `size.width` cells. Writing outside is clipped, so that a widget cannot break its neighbours.
package struct Frame: Hashable, Sendable {
  package let size: Size
  /// Row-major, `size.width * size.height` of them.
  package private(set) var cells: [Cell]

  package init(size: Size, filledWith cell: Cell = Cell()) {
    self.size = size
    self.cells = Array(repeating: cell, count: size.width * size.height)
  }

  package var bounds: Rect { Rect(size) }

  /// The cell at a place; reading outside gives a blank, writing outside does nothing.
  package subscript(x x: Int, y y: Int) -> Cell {
    get { bounds.contains(x: x, y: y) ? cells[y * size.width + x] : Cell() }
    set {
      guard bounds.contains(x: x, y: y) else { return }
      cells[y * size.width + x] = newValue
    }
  }

  package mutating func fill(_ area: Rect, with cell: Cell) {
    let area = area.intersection(bounds)
    for y in area.y..<area.maxY {
      for x in area.x..<area.maxX { cells[y * size.width + x] = cell }
    }
  }

  /// The rows as text, without styles and without blanks at the end of a row.
  package var lines: [String] {
    (0..<size.height).map { y in
      var scalars = cells[(y * size.width)..<((y + 1) * size.width)].map(\.glyph)
      while scalars.last == " " { scalars.removeLast() }
      var line = String.UnicodeScalarView()
      line.append(contentsOf: scalars)
      return String(line)
    }
  }
}
