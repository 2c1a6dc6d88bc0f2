// What the terminal can show, found out from the environment: nothing waits for the answer of a terminal, which may never
// come. What its background is it is asked once, and the answer is taken whenever it comes (`KeyDecoder.swift`).

import TerminalUI

/// What the person asked for, which wins over what was found out.
package struct TerminalOptions: Hashable, Sendable {
  /// Of `--color`.
  package enum ColourMode: Hashable, Sendable {
    case auto
    /// In spite of NO_COLOR, and of a terminal database that knows of none.
    case always
    /// So many, whatever the terminal is said to have.
    case depth(ColourDepth)

    package static let never = ColourMode.depth(.monochrome)
  }

  package var colours: ColourMode
  /// `nil` means the finest that is safe.
  package var glyphs: GlyphSet?

  package init(colours: ColourMode = .auto, glyphs: GlyphSet? = nil) {
    self.colours = colours
    self.glyphs = glyphs
  }

  /// What may be used in a file: whoever shows it later is taken to have a good terminal.
  package var capabilitiesOfFile: Capabilities {
    var capabilities = Capabilities.detected(
      environment: ["COLORTERM": "truecolor"], terminfoColours: 256, isUTF8: true, options: self)
    capabilities.ground = nil
    return capabilities
  }
}

extension Capabilities {
  /// The variables that are looked at, but for those of the locale.
  static let variables = ["TERM", "COLORTERM", "NO_COLOR", "TMUX", "SSH_CONNECTION", "SSH_TTY", "COLORFGBG"]

  /// What may be used on a terminal.
  ///
  /// - Parameters:
  ///   - environment: of the process.
  ///   - terminfoColours: how many colours the terminal database promises; 0 for none.
  ///   - isUTF8: whether the locale in use encodes characters as UTF-8. In any other, ncurses turns ▀ into a blank.
  package static func detected(
    environment: [String: String], terminfoColours: Int, isUTF8: Bool, options: TerminalOptions = TerminalOptions()
  ) -> Capabilities {
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    let terminal = environment["TERM"] ?? ""
    // GNU screen; tmux, which may have the same TERM, knows more.
    let isScreen = terminal.hasPrefix("screen") && environment["TMUX"] == nil
    var capabilities = Capabilities(
      colours: colourDepth(environment, isScreen: isScreen, terminfoColours: terminfoColours, mode: options.colours),
      // Who asks for glyphs beyond 7 bits says that the terminal takes UTF-8, whatever the locale was set to.
      glyphs: options.glyphs ?? glyphSet(terminal, isUTF8: isUTF8),
      isUTF8: isUTF8 || options.glyphs ?? .ascii > .ascii,
      synchronisesOutput: terminal != "linux" && !terminal.hasPrefix("vt") && !isScreen,
      isRemote: isSet("SSH_CONNECTION") || isSet("SSH_TTY"))
    capabilities.ground = ground(environment["COLORFGBG"] ?? "")
    return capabilities
  }

  /// From rxvt's variable, which others set as well: the numbers of the foreground and, last, of the background among the
  /// sixteen colours.
  private static func ground(_ colours: String) -> Ground {
    switch colours.split(separator: ";").last.flatMap({ Int($0) }) {
    case .some(0...6), 8: .dark
    case 7, .some(9...15): .light
    default: .unknown
    }
  }

  /// Whether to ask a terminal for the colour of its background: xterm and what is like it answer, or say nothing, while
  /// older ones would show the question.
  func answersQuestions(terminal: String, terminfoColours: Int) -> Bool {
    synchronisesOutput && colours > .monochrome && (terminal.hasPrefix("xterm") || terminfoColours >= 256)
  }

  private static func colourDepth(
    _ environment: [String: String], isScreen: Bool, terminfoColours: Int, mode: TerminalOptions.ColourMode
  ) -> ColourDepth {
    switch mode {
    case .depth(let depth): return depth
    case .always: return max(.ansi16, promisedDepth(environment, isScreen: isScreen, terminfoColours: terminfoColours))
    case .auto:
      // no-color.org: set and not empty.
      guard (environment["NO_COLOR"] ?? "").isEmpty else { return .monochrome }
      return promisedDepth(environment, isScreen: isScreen, terminfoColours: terminfoColours)
    }
  }

  private static func promisedDepth(
    _ environment: [String: String], isScreen: Bool, terminfoColours: Int
  ) -> ColourDepth {
    // GNU screen 4 hands COLORTERM on and takes the three numbers of a colour for attributes.
    let isPromised = ["truecolor", "24bit"].contains(environment["COLORTERM"]?.lowercased()) && !isScreen
    switch terminfoColours {
    // A terminal without a single colour is not one with millions, whatever COLORTERM was inherited.
    case ..<8: return .monochrome
    case _ where isPromised || environment["TERM"]?.hasSuffix("-direct") == true: return .trueColour
    case ..<256: return .ansi16
    default: return .indexed256
    }
  }

  private static func glyphSet(_ terminal: String, isUTF8: Bool) -> GlyphSet {
    guard isUTF8 else { return .ascii }
    // The Linux console's fonts have the 512 glyphs of a PC, without braille and quadrants.
    return terminal == "linux" ? .block : .braille
  }
}

extension ColourDepth {
  /// Whether a terminal database entry with so many colours counts them as we do: 16 and 256 are the palette's, while
  /// what "direct" entries call 16 is a colour of 24 bits, a dark blue.
  func isNative(toEntryWith colours: Int) -> Bool {
    switch self {
    case .monochrome: true
    case .ansi16: (8...256).contains(colours)
    case .indexed256: colours == 256
    case .trueColour: false
    }
  }
}
