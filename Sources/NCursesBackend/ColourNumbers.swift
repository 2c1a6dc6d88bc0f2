// Which of ncurses' colour numbers is which colour. Themes come here already in colours that the terminal has; this is
// also right for a frame that does not.

import TerminalUI

package struct ColourNumbers {
  package let depth: ColourDepth
  /// How many colour numbers ncurses has on this terminal.
  package let count: Int32

  package init(depth: ColourDepth, count: Int32) {
    self.depth = depth
    self.count = count
  }

  /// −1 is the terminal's own.
  package func number(of colour: Colour) -> Int32 {
    switch (colour, depth) {
    case (.terminal, _), (_, .monochrome):
      -1
    case (.ansi(let index), _):
      Int32(index & 15) % count
    case (.indexed(let index), .indexed256...):
      Int32(index)
    case (.rgb(let red, let green, let blue), .trueColour):
      CompiledEntry.firstDirectColour + (Int32(red) << 16 | Int32(green) << 8 | Int32(blue))
    case (.rgb, .indexed256):
      nearest(to: colour, among: 16...255)
    case (.indexed, _), (.rgb, _):
      nearest(to: colour, among: 0...15) % count
    }
  }

  /// The style as the terminal can show it: with eight colours the bright ones are the others in bold. Bright black
  /// would be bold black, which cannot be read on black: there it is the colour of plain text, dimmed.
  package func style(_ style: Style) -> Style {
    guard depth > .monochrome, count == 8, case .ansi(8...15) = style.foreground else { return style }
    var style = style
    if style.foreground == .ansi(8) {
      switch style.background {
      case .terminal: style.foreground = .terminal
      case .ansi(7), .ansi(9...15): style.foreground = .ansi(0)
      default: style.foreground = .ansi(7)
      }
      style.attributes.insert(.dim)
    } else {
      style.attributes.insert(.bold)
    }
    return style
  }

  private func nearest(to colour: Colour, among candidates: ClosedRange<UInt8>) -> Int32 {
    let rgb: RGB? = colour.rgb
    return rgb.map { Int32($0.nearest(among: candidates)) } ?? -1
  }
}
