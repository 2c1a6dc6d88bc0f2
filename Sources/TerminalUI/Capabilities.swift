// What a terminal can show: detected once by the backend, or forced by a flag, then only passed around as a value.

/// How many colours may be used.
package enum ColourDepth: Int, Comparable, CaseIterable, Sendable {
  case monochrome, ansi16, indexed256, trueColour

  package static func < (left: ColourDepth, right: ColourDepth) -> Bool { left.rawValue < right.rawValue }
}

/// Which characters may be used, from the safest to the finest.
package enum GlyphSet: Int, Comparable, CaseIterable, Sendable {
  /// 7-bit only.
  case ascii
  /// Line drawing, ▀▄█ and shades.
  case block
  /// Also eighth blocks and braille.
  case braille

  package static func < (left: GlyphSet, right: GlyphSet) -> Bool { left.rawValue < right.rawValue }
}

package struct Capabilities: Hashable, Sendable {
  package var colours: ColourDepth
  package var glyphs: GlyphSet

  package init(colours: ColourDepth, glyphs: GlyphSet) {
    self.colours = colours
    self.glyphs = glyphs
  }
}
