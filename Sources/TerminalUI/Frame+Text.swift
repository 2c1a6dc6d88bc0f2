// A frame as a file: plain text, or text with the escape sequences (ECMA-48 SGR) that show it in a terminal again.

extension Frame {
  /// The rows as UTF-8 text, without styles and without blanks at their ends; every row ends in a newline.
  package var text: String { lines.map { $0 + "\n" }.joined() }

  /// The rows as text with colours and attributes; each row begins and ends in the terminal's own style, so that a
  /// row can be cut out or shown by a pager. Blanks at the end of a row are kept where they have a background.
  package var ansi: String {
    (0..<size.height).map { y in
      var line = ""
      var style = Style.plain
      var cells = row(y)
      while cells.last == Cell() { cells.removeLast() }
      for cell in cells {
        if cell.style != style {
          line += style.sequence(to: cell.style)
          style = cell.style
        }
        line.unicodeScalars.append(cell.glyph)
      }
      return line + style.sequence(to: .plain) + "\n"
    }.joined()
  }
}

extension Style {
  /// The shortest of our escape sequences that turns this style into another one; empty between equal styles.
  func sequence(to next: Style) -> String {
    guard self != next else { return "" }
    guard next != .plain else { return "\u{1B}[0m" }
    var codes: [String] = []
    var current = self
    if !current.attributes.isSubset(of: next.attributes) {
      // Attributes are switched off together only: "not bold" and "not dim" share a code.
      codes.append("0")
      current = .plain
    }
    codes += next.attributes.subtracting(current.attributes).codes
    if next.foreground != current.foreground { codes.append(next.foreground.code(offset: 30)) }
    if next.background != current.background { codes.append(next.background.code(offset: 40)) }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }
}

extension Attributes {
  fileprivate var codes: [String] {
    var codes: [String] = []
    if contains(.bold) { codes.append("1") }
    if contains(.dim) { codes.append("2") }
    if contains(.underline) { codes.append("4") }
    if contains(.reverse) { codes.append("7") }
    return codes
  }
}

extension Colour {
  /// The parameters of SGR; `offset` is 30 for a foreground and 40 for a background.
  fileprivate func code(offset: Int) -> String {
    switch self {
    case .terminal: "\(offset + 9)"
    case .ansi(let index) where index < 8: "\(offset + Int(index))"
    case .ansi(let index): "\(offset + 60 + Int(index & 7))"
    case .indexed(let index): "\(offset + 8);5;\(index)"
    case .rgb(let red, let green, let blue): "\(offset + 8);2;\(red);\(green);\(blue)"
    }
  }
}
