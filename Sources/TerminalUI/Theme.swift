// What colours mean. Widgets name a role; a theme says how the role looks; a palette is a theme made ready for one
// terminal. The colour values themselves live in `Themes/`.

/// Every meaning that a colour may have on the screen. Raw values are the keys of a theme file.
package enum Role: String, Hashable, Sendable, CaseIterable {
  // [ui]
  case background = "bg"
  case text, dim, border, focus, title, accent, key, selection
  case selectionText = "selection_text"
  // [series]: told apart without colour as well, see terminal glyphs in the charts.
  case discriminator = "d"
  case generator = "g"
  case dataDensity = "p_data"
  case modelDensity = "p_g"
  case discriminatorOutput = "d_x"
  case optimum = "d_star"
  // [state]
  case good, warn, bad

  /// The tables of a theme file and the roles that stand in them.
  package static let tables: [(name: String, roles: [Role])] = [
    ("ui", [.background, .text, .dim, .border, .focus, .title, .accent, .key, .selection, .selectionText]),
    ("series", [.discriminator, .generator, .dataDensity, .modelDensity, .discriminatorOutput, .optimum]),
    ("state", [.good, .warn, .bad]),
  ]
}

/// The two gradients of a theme, with the keys of a theme file.
package enum Gradient: String, Hashable, Sendable, CaseIterable {
  /// The greys of a picture from paper to ink.
  case image
  /// A field over the plane, D from 0 to 1.
  case heat
}

/// A theme as its author wrote it: some roles are said, the rest follow from them (`Theme+Palette.swift`).
package struct Theme: Hashable, Sendable {
  package var name: String
  /// Made for a dark terminal; it decides what the terminal's own colours are taken for where it matters.
  package var isDark: Bool
  /// The roles that are said.
  package var looks: [Role: Look]
  package var gradients: [Gradient: [Colour]]
  /// The same for terminals with sixteen colours; what is missing there is the nearest of the sixteen.
  package var looks16: [Role: Look]
  package var gradients16: [Gradient: [Colour]]

  /// What a theme says of a role. A plain colour is the background of `bg` and `selection`, else the foreground.
  package struct Look: Hashable, Sendable {
    package var foreground: Colour?
    package var background: Colour?
    package var attributes: Attributes

    package init(foreground: Colour? = nil, background: Colour? = nil, attributes: Attributes = []) {
      self.foreground = foreground
      self.background = background
      self.attributes = attributes
    }
  }

  package init(name: String, isDark: Bool) {
    self.name = name
    self.isDark = isDark
    looks = [:]
    gradients = [:]
    looks16 = [:]
    gradients16 = [:]
  }
}
