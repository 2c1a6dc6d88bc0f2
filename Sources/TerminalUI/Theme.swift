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
}
