// How cells look where there is no terminal to decide it: every colour as 24 bits, attributes resolved.

/// What stands for the terminal's own colours.
package struct Page: Hashable, Sendable {
  package var ink: RGB
  package var paper: RGB

  package init(ink: RGB, paper: RGB) {
    self.ink = ink
    self.paper = paper
  }
}

/// How a character is to be drawn, apart from what is behind it.
struct Ink: Hashable {
  var colour: RGB
  var isBold: Bool
  var isUnderlined: Bool
}

extension Style {
  /// Of what is dim, so much is paper.
  private static let dimming = 0.4

  func ink(on page: Page) -> Ink {
    let (ink, paper) = colours(on: page)
    return Ink(
      colour: attributes.contains(.dim) ? ink.mixed(with: paper, share: Self.dimming) : ink,
      isBold: attributes.contains(.bold), isUnderlined: attributes.contains(.underline))
  }

  func paper(on page: Page) -> RGB { colours(on: page).paper }

  private func colours(on page: Page) -> (ink: RGB, paper: RGB) {
    let (ink, paper) = (foreground.rgb ?? page.ink, background.rgb ?? page.paper)
    return attributes.contains(.reverse) ? (paper, ink) : (ink, paper)
  }
}

extension RGB {
  /// `#rrggbb`
  package var hexadecimal: String {
    let digits = String(Int(red) << 16 | Int(green) << 8 | Int(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

/// Neighbours on a row that have something in common.
struct Run<Trait: Equatable> {
  var x: Int
  var trait: Trait
  var cells: ArraySlice<Cell>

  /// As XML and HTML want it: nothing in it is markup, and nothing is no character.
  var markup: String { String(cells.map(\.glyph)).markup }
}

extension Frame {
  func runs<Trait: Equatable>(_ y: Int, by trait: (Cell) -> Trait) -> [Run<Trait>] {
    let row = row(y)
    var runs: [Run<Trait>] = []
    for index in row.indices {
      let trait = trait(row[index])
      if let last = runs.last, last.trait == trait {
        runs[runs.count - 1].cells = row[last.cells.startIndex...index]
      } else {
        runs.append(Run(x: index - row.startIndex, trait: trait, cells: row[index...index]))
      }
    }
    return runs
  }
}

extension String {
  fileprivate init(_ scalars: [Unicode.Scalar]) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self = String(view)
  }

  var markup: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
