// Text on a frame. Everything that a person or a file may have put into a string passes through here, so nothing from
// outside reaches the terminal raw: a scalar that is not exactly one column wide, or that a terminal would obey
// instead of show, becomes a question mark.

extension Unicode.Scalar {
  /// What a cell may hold in this scalar's place: the scalar itself where it is one column wide and harmless.
  ///
  /// The ranges are those that terminals agree about. Combining marks, wide and zero-width characters, controls, and
  /// everything that is rarely in a font are out.
  package var shown: Unicode.Scalar {
    switch value {
    case 0x20...0x7E: self
    case 0xAD: "?"  // Soft hyphen: shown by some terminals, swallowed by others.
    case 0xA1...0x2FF, 0x370...0x482, 0x48A...0x52F, 0x2010...0x2027, 0x2030...0x205E, 0x2070...0x209C,
      0x20A0...0x20BF, 0x2100...0x214F, 0x2190...0x2319, 0x231C...0x2328, 0x232B...0x23CE, 0x2500...0x25FC,
      0x25FF, 0x2600...0x2613, 0x2660...0x2667, 0x2713, 0x2717, 0x2800...0x28FF:
      properties.generalCategory == .unassigned ? "?" : self
    case 0xA0: " "
    default: "?"
    }
  }

  /// Whether a terminal would obey it instead of showing it, or it would turn the order of characters round: none has more
  /// than 16 bits.
  fileprivate var isObeyed: Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }

  /// The nearest 7-bit character of the same width, for terminals without UTF-8.
  package var ascii: Unicode.Scalar {
    switch self {
    case "\u{20}"..."\u{7E}": self
    case "−", "–", "—", "─", "━", "╌", "┄": "-"
    case "│", "┃", "╎", "┆": "|"
    case "┌", "┐", "└", "┘", "├", "┤", "┬", "┴", "┼", "╭", "╮", "╰", "╯": "+"
    case "·", "…": "."
    case "•", "●", "×", "✓": "*"
    case "○": "o"
    case "≈": "~"
    case "≥": ">"
    case "≤": "<"
    case "→", "▶", "▸", "›": ">"
    case "←", "◀", "‹": "<"
    case "↑", "▲": "^"
    case "↓", "▼": "v"
    case "‖": "|"
    case "‘", "’": "'"
    case "“", "”": "\""
    case "█", "▓", "▀", "▄", "■": "#"
    case "▒", "░": ":"
    default: "?"
    }
  }
}

extension String {
  /// The text in 7 bits, each character as the nearest there is.
  package var ascii: String {
    let text = replacing("≥", with: ">=").replacing("±", with: "+-").replacing("½", with: "1/2").replacing(
      "‖", with: "||")
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\n" ? $0 : $0.ascii }))
  }

  /// The text for a terminal that shows all that it gets: what it would obey, or what would turn the order of characters
  /// round, is a question mark; only newlines stay, and tabs become blanks.
  package var harmless: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text.append("\n")
      case "\t": text.append(" ")
      default: text.append(scalar.isObeyed ? "?" : scalar)
      }
    }
    return String(text)
  }

  /// JSON that says the same, with what is no such text escaped. In JSON it can stand in strings only.
  package var harmlessJSON: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text.append("\n")
      // Between values only.
      case "\t", "\r": text.append(" ")
      case _ where scalar.isObeyed:
        let digits = String(scalar.value, radix: 16)
        text.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars)
      default: text.append(scalar)
      }
    }
    return String(text)
  }

  /// The same as one line, whatever its author thought of.
  package var harmlessLine: String { harmless.replacing("\n", with: "?") }

  /// The text without the escape sequences (ECMA-48, section 5) that somebody else's program has coloured it with.
  package var withoutEscapeSequences: String {
    var text = String.UnicodeScalarView()
    var rest = unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar != "\u{1B}" {
        text.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "[":
        // Parameters and intermediates, then the final byte.
        rest = rest.drop { (0x20...0x3F).contains($0.value) }.dropFirst()
      case "]", "P", "X", "^", "_":
        // A string, which ends with BEL or with ESC \.
        rest = rest.drop { $0 != "\u{07}" && $0 != "\u{1B}" }
        if rest.popFirst() == "\u{1B}" { rest = rest.dropFirst() }
      default: break
      }
    }
    return String(text)
  }
}

/// A piece of text in one style.
package struct Span: Hashable, Sendable {
  package var text: String
  package var style: Style

  package init(_ text: String, style: Style) {
    self.text = text
    self.style = style
  }

  /// Columns that the text takes: one a scalar, as `Frame.write` draws it.
  package var width: Int { text.unicodeScalars.count }
}

package enum Alignment: Hashable, Sendable {
  case left, centre, right
}

extension Frame {
  /// Writes one line from a place on, cut at the borders of `clip`.
  ///
  /// - Returns: The column after the last one written or cut, so that pieces can follow one another.
  @discardableResult
  package mutating func write(_ text: String, x: Int, y: Int, style: Style, within clip: Rect) -> Int {
    var column = x
    for scalar in text.unicodeScalars {
      if clip.contains(x: column, y: y) { self[x: column, y: y] = Cell(scalar.shown, style: style) }
      column += 1
    }
    return column
  }

  /// Writes one line into the first row of `area`; what does not fit ends in an ellipsis.
  package mutating func write(_ text: String, in area: Rect, style: Style, alignment: Alignment = .left) {
    write([Span(text, style: style)], in: area, alignment: alignment)
  }

  /// Writes pieces one after another into the first row of `area`; what does not fit ends in an ellipsis.
  package mutating func write(_ spans: [Span], in area: Rect, alignment: Alignment = .left) {
    guard !area.isEmpty else { return }
    let width = spans.width
    let slack = max(0, area.width - width)
    var column =
      switch alignment {
      case .left: area.x
      case .centre: area.x + slack / 2
      case .right: area.x + slack
      }
    for span in spans { column = write(span.text, x: column, y: area.y, style: span.style, within: area) }
    if width > area.width { self[x: area.maxX - 1, y: area.y].glyph = "…" }
  }

  /// Writes the first of several forms of a line that fits, the longest first; nothing where none does.
  package mutating func write(firstFitting forms: [[Span]], in area: Rect, alignment: Alignment = .left) {
    guard let form = forms.first(where: { $0.width <= area.width }) else { return }
    write(form, in: area, alignment: alignment)
  }

  /// Writes text into `area`, broken at blanks; what does not fit below ends, after a word, in an ellipsis.
  package mutating func write(paragraph text: String, in area: Rect, style: Style, alignment: Alignment = .left) {
    guard !area.isEmpty else { return }
    let lines = text.wrapped(to: area.width)
    for (row, line) in lines.prefix(area.height).enumerated() {
      let isCut = row == area.height - 1 && lines.count > area.height
      write(
        isCut ? line.continued(within: area.width) : line, in: area.splitTop(row).rest, style: style,
        alignment: alignment)
    }
  }

  /// Replaces every character that is not 7-bit by its nearest: the last step for a terminal without UTF-8.
  package mutating func foldToASCII() {
    for y in 0..<size.height {
      for x in 0..<size.width where !self[x: x, y: y].glyph.isASCII {
        self[x: x, y: y].glyph = self[x: x, y: y].glyph.ascii
      }
    }
  }
}

extension [Span] {
  /// Columns that the pieces take together.
  package var width: Int { reduce(0) { $0 + $1.width } }
}

extension String {
  /// As many of the words as leave room for an ellipsis.
  fileprivate func continued(within width: Int) -> String {
    var words = split(separator: " ")
    while words.count > 1, words.joined(separator: " ").unicodeScalars.count + 2 > width { words.removeLast() }
    return words.joined(separator: " ") + " …"
  }

  /// The text as lines of at most `width` columns, broken at blanks where that is possible.
  package func wrapped(to width: Int) -> [String] {
    guard width > 0 else { return [] }
    var lines: [String] = []
    for paragraph in split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        var word = Substring(word)
        if !line.isEmpty, line.unicodeScalars.count + 1 + word.unicodeScalars.count > width {
          lines.append(line)
          line = ""
        }
        while word.unicodeScalars.count > width {
          let cut = word.unicodeScalars.index(word.unicodeScalars.startIndex, offsetBy: width)
          lines.append(String(word[..<cut]))
          word = word[cut...]
        }
        line += line.isEmpty ? String(word) : " " + word
      }
      lines.append(line)
    }
    return lines
  }
}
