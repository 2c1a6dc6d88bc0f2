// A frame as a picture in SVG 1.1 that looks like the terminal. Letters are text in a monospaced font, each run stretched
// to its columns. Blocks and braille are drawn instead, for fonts disagree about them and leave seams between rows; their
// characters stand there too, invisibly, so that all that is on the screen can be selected and searched.

extension Frame {
  /// - Parameter title: what a browser calls it; any text.
  package func svg(on page: Page, title: String) -> String {
    let (width, height) = (size.width * Grid.width, size.height * Grid.height)
    var parts: [String] = []
    for y in 0..<size.height {
      for run in runs(y, by: { $0.style.paper(on: page) }) where run.trait != page.paper {
        parts.append(
          "<rect x=\"\(run.x * Grid.width)\" y=\"\(y * Grid.height)\" width=\"\(run.cells.count * Grid.width)\" "
            + "height=\"\(Grid.height)\" fill=\"\(run.trait.hexadecimal)\"/>\n")
      }
    }
    for y in 0..<size.height {
      for run in runs(y, by: { $0.style.ink(on: page).colour }) { parts += drawings(of: run, y: y) }
      let spans = runs(y) { TextLook(ink: $0.style.ink(on: page), isDrawn: $0.glyph.drawing != nil) }
      let baseline = y * Grid.height + Grid.ascent
      parts.append("<text y=\"\(baseline)\">" + spans.map(span).joined() + "</text>\n")
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width / 10)" height="\(height / 10)" \
      viewBox="0 0 \(width) \(height)">
      <title>\(title.markup)</title>
      <style>text { font: \(Grid.font)px 'DejaVu Sans Mono', Menlo, Consolas, monospace; white-space: pre }</style>
      <rect width="\(width)" height="\(height)" fill="\(page.paper.hexadecimal)"/>
      \(parts.joined())</svg>

      """
  }

  private func span(_ run: Run<TextLook>) -> String {
    let (look, ink) = (run.trait, run.trait.ink)
    return "<tspan xml:space=\"preserve\" x=\"\(run.x * Grid.width)\" textLength=\"\(run.cells.count * Grid.width)\" "
      + "lengthAdjust=\"spacingAndGlyphs\" fill=\"\(ink.colour.hexadecimal)\""
      + (look.isDrawn ? " fill-opacity=\"0\"" : "") + (ink.isBold ? " font-weight=\"bold\"" : "")
      + (ink.isUnderlined ? " text-decoration=\"underline\"" : "") + ">\(run.markup)</tspan>"
  }

  /// The blocks of a run as one path, and its braille dots as another.
  private func drawings(of run: Run<RGB>, y: Int) -> [String] {
    var (blocks, dots) = ("", "")
    for (offset, cell) in run.cells.enumerated() {
      let (left, top) = ((run.x + offset) * Grid.width, y * Grid.height)
      switch cell.glyph.drawing {
      case .blocks(let rects):
        for rect in rects {
          blocks += "M\(left + rect.x * Grid.width / 8) \(top + rect.y * Grid.height / 8)"
          blocks += "h\(rect.width * Grid.width / 8)v\(rect.height * Grid.height / 8)h-\(rect.width * Grid.width / 8)z"
        }
      case .dots(let places):
        for place in places {
          dots += "M\(left + (2 * place.x + 1) * Grid.width / 4) \(top + (2 * place.y + 1) * Grid.height / 8)h0"
        }
      case nil: break
      }
    }
    let colour = run.trait.hexadecimal
    return (blocks.isEmpty ? [] : ["<path d=\"\(blocks)\" fill=\"\(colour)\" shape-rendering=\"crispEdges\"/>\n"])
      + (dots.isEmpty
        ? []
        : ["<path d=\"\(dots)\" stroke=\"\(colour)\" stroke-width=\"\(Grid.dot)\" stroke-linecap=\"round\"/>\n"])
  }
}

private struct TextLook: Equatable {
  var ink: Ink
  var isDrawn: Bool
}

/// Tenths of a pixel; a cell can be divided by eight both ways.
private enum Grid {
  static let width = 80
  static let height = 152
  static let font = 133
  /// From the top of a row to the line that letters stand on.
  static let ascent = 120
  static let dot = 24
}

/// What a character consists of, where that is known.
private enum Drawing {
  /// In eighths of a cell.
  case blocks([Rect])
  /// Of two columns and four rows.
  case dots([(x: Int, y: Int)])
}

extension Unicode.Scalar {
  fileprivate var drawing: Drawing? {
    let code = Int(value)
    switch code {
    case 0x2580: return .blocks([Rect(x: 0, y: 0, width: 8, height: 4)])
    case 0x2581...0x2588: return .blocks([Rect(x: 0, y: 8 - (code - 0x2580), width: 8, height: code - 0x2580)])
    case 0x2589...0x258F: return .blocks([Rect(x: 0, y: 0, width: 0x2590 - code, height: 8)])
    case 0x2590: return .blocks([Rect(x: 4, y: 0, width: 4, height: 8)])
    case 0x2594: return .blocks([Rect(x: 0, y: 0, width: 8, height: 1)])
    case 0x2595: return .blocks([Rect(x: 7, y: 0, width: 1, height: 8)])
    case 0x2596...0x259F:
      // Bits for the upper left, upper right, lower left and lower right quarter, in the order of Unicode.
      let quarters = [0b0100, 0b1000, 0b0001, 0b1101, 0b1001, 0b0111, 0b1011, 0b0010, 0b0110, 0b1110][code - 0x2596]
      return .blocks(
        (0..<4).filter { quarters >> $0 & 1 == 1 }.map { Rect(x: $0 % 2 * 4, y: $0 / 2 * 4, width: 4, height: 4) })
    case 0x2800...0x28FF:
      // Dots 1 to 3 and 4 to 6 go down the two columns; 7 and 8 were added beneath.
      let places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
      return .dots((0..<8).filter { code >> $0 & 1 == 1 }.map { (x: places[$0].0, y: places[$0].1) })
    default: return nil
    }
  }
}
