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
  /// Also quadrants and eighth blocks.
  case quadrant
  /// Also braille.
  case braille

  package static func < (left: GlyphSet, right: GlyphSet) -> Bool { left.rawValue < right.rawValue }
}

package struct Capabilities: Hashable, Sendable {
  /// What is known of a terminal's own background.
  package enum Ground: Hashable, Sendable {
    case dark, light, unknown
  }

  package var colours: ColourDepth
  package var glyphs: GlyphSet
  /// Whether characters beyond 7 bits reach the terminal, which takes UTF-8 then.
  package var isUTF8: Bool
  /// Whether the terminal may know "synchronized output", that is, show all of a frame at once; to one that surely does
  /// not, the two marks around a frame are 16 bytes for nothing.
  package var synchronisesOutput: Bool
  /// Whether a network lies between: frames that nobody has asked for should be few.
  package var isRemote: Bool
  /// The terminal's own background; `nil` where each theme may take it for what it was made for, as in a file.
  package var ground: Ground?

  package init(
    colours: ColourDepth, glyphs: GlyphSet, isUTF8: Bool = true, synchronisesOutput: Bool = true,
    isRemote: Bool = false
  ) {
    self.colours = colours
    self.glyphs = glyphs
    self.isUTF8 = isUTF8
    self.synchronisesOutput = synchronisesOutput
    self.isRemote = isRemote
  }
}
