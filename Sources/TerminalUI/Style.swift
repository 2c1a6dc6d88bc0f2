// How a cell looks: two colours and attributes. What a colour *means* is a role of the theme.

/// A colour as a terminal can be told it.
package enum Colour: Hashable, Sendable {
  /// Whatever the terminal's own foreground or background is.
  case terminal
  /// One of the sixteen named colours, 0–15, whose look the person's terminal decides.
  case ansi(UInt8)
  /// Of the 256-colour palette; only 16–255 look the same everywhere.
  case indexed(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)
}

package struct Attributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = Attributes(rawValue: 1)
  package static let dim = Attributes(rawValue: 2)
  package static let underline = Attributes(rawValue: 4)
  package static let reverse = Attributes(rawValue: 8)
}

package struct Style: Hashable, Sendable {
  package var foreground: Colour
  package var background: Colour
  package var attributes: Attributes

  package init(foreground: Colour = .terminal, background: Colour = .terminal, attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own colours, no attribute.
  package static let plain = Style()
}
