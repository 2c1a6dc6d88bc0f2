// What the terminal can show, found out from the environment alone: asking the terminal itself could block for ever
// on one that does not answer.

import TerminalUI

/// What the person asked for, which wins over what was found out.
package struct TerminalOptions: Hashable, Sendable {
  /// Of `--color`; `always` means in spite of NO_COLOR.
  package enum ColourMode: String, CaseIterable, Sendable { case auto, always, never }

  package var colours: ColourMode
  /// `nil` means the finest that is safe.
  package var glyphs: GlyphSet?

  package init(colours: ColourMode = .auto, glyphs: GlyphSet? = nil) {
    self.colours = colours
    self.glyphs = glyphs
  }

  /// What may be used in a file: whoever shows it later is taken to have a good terminal.
  package var capabilitiesOfFile: Capabilities {
    .detected(environment: ["COLORTERM": "truecolor"], terminfoColours: 256, isUTF8: true, options: self)
  }
}

extension Capabilities {
  /// What may be used on a terminal.
  ///
  /// - Parameters:
  ///   - environment: of the process; TERM, COLORTERM, NO_COLOR and TMUX are read.
  ///   - terminfoColours: how many colours the terminal database promises; 0 for none.
  ///   - isUTF8: whether the locale in use encodes characters as UTF-8. In any other, ncurses turns ▀ into a blank.
  package static func detected(
    environment: [String: String], terminfoColours: Int, isUTF8: Bool, options: TerminalOptions = TerminalOptions()
  ) -> Capabilities {
    Capabilities(
      colours: colourDepth(environment: environment, terminfoColours: terminfoColours, mode: options.colours),
      glyphs: options.glyphs ?? glyphSet(environment: environment, isUTF8: isUTF8))
  }

  private static func colourDepth(
    environment: [String: String], terminfoColours: Int, mode: TerminalOptions.ColourMode
  ) -> ColourDepth {
    // no-color.org: set and not empty.
    let refused = !(environment["NO_COLOR"] ?? "").isEmpty
    if mode == .never || (mode == .auto && refused) { return .monochrome }
    let terminal = environment["TERM"] ?? ""
    // GNU screen 4 hands COLORTERM on and takes the three numbers of a colour for attributes; tmux, which may have the
    // same TERM, does neither.
    let isScreen = terminal.hasPrefix("screen") && environment["TMUX"] == nil
    let promised = ["truecolor", "24bit"].contains(environment["COLORTERM"]?.lowercased()) && !isScreen
    switch terminfoColours {
    // A terminal without a single colour is not one with millions, whatever COLORTERM was inherited.
    case ..<8: return .monochrome
    case _ where promised || terminal.hasSuffix("-direct"): return .trueColour
    case ..<256: return .ansi16
    default: return .indexed256
    }
  }

  private static func glyphSet(environment: [String: String], isUTF8: Bool) -> GlyphSet {
    guard isUTF8 else { return .ascii }
    // The Linux console's fonts have the 512 glyphs of a PC, without braille.
    return environment["TERM"] == "linux" ? .block : .braille
  }
}
