// What may be used on which terminal, for each way in which it can be less than the best.

import NCursesBackend
import TerminalUI
import Testing

@Suite struct DetectionTests {
  @Test(
    "colours follow COLORTERM, then the terminal database",
    arguments: [
      (["TERM": "xterm-256color", "COLORTERM": "truecolor"], 256, ColourDepth.trueColour),
      (["TERM": "tmux-256color", "COLORTERM": "24bit"], 256, .trueColour),
      (["TERM": "xterm-direct"], 256, .trueColour),
      (["TERM": "screen-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/tmux"], 256, .trueColour),
      (["TERM": "screen-256color", "COLORTERM": "truecolor"], 256, .indexed256),
      (["TERM": "xterm-256color"], 256, .indexed256),
      (["TERM": "xterm-256color", "COLORTERM": "yes"], 256, .indexed256),
      (["TERM": "rxvt-unicode"], 88, .ansi16),
      (["TERM": "xterm-16color"], 16, .ansi16),
      (["TERM": "linux"], 8, .ansi16),
      (["TERM": "vt100"], 0, .monochrome),
      (["TERM": "vt100", "COLORTERM": "truecolor"], 0, .monochrome),
      ([:], 256, .indexed256),
    ])
  func colours(environment: [String: String], terminfoColours: Int, expected: ColourDepth) {
    let found = Capabilities.detected(environment: environment, terminfoColours: terminfoColours, isUTF8: true)
    #expect(found.colours == expected)
  }

  @Test(
    "NO_COLOR counts when it is not empty, and a flag counts more",
    arguments: [
      ("1", TerminalOptions.ColourMode.auto, ColourDepth.monochrome),
      ("", .auto, .indexed256),
      ("1", .always, .indexed256),
      ("", .never, .monochrome),
      ("1", .depth(.ansi16), .ansi16),
      ("1", .depth(.trueColour), .trueColour),
    ])
  func noColour(value: String, mode: TerminalOptions.ColourMode, expected: ColourDepth) {
    let found = Capabilities.detected(
      environment: ["TERM": "xterm-256color", "NO_COLOR": value], terminfoColours: 256, isUTF8: true,
      options: TerminalOptions(colours: mode))
    #expect(found.colours == expected)
  }

  @Test("a terminal that is said to have no colours gets the sixteen that all others have, if it must")
  func always() {
    let found = Capabilities.detected(
      environment: ["TERM": "vt100"], terminfoColours: 0, isUTF8: true, options: TerminalOptions(colours: .always))
    #expect(found.colours == .ansi16)
  }

  @Test(
    "frames are marked for synchronized output but where it is known to be in vain",
    arguments: [
      (["TERM": "xterm-256color"], true), (["TERM": "xterm-kitty"], true), ([:], true),
      (["TERM": "screen-256color", "TMUX": "/tmp/tmux"], true), (["TERM": "screen-256color"], false),
      (["TERM": "linux"], false), (["TERM": "vt220"], false),
    ] as [([String: String], Bool)])
  func synchronisation(environment: [String: String], expected: Bool) {
    let found = Capabilities.detected(environment: environment, terminfoColours: 256, isUTF8: true)
    #expect(found.synchronisesOutput == expected)
  }

  @Test(
    "a terminal behind SSH is known by what SSH leaves in the environment",
    arguments: [
      ([:], false), (["SSH_CONNECTION": ""], false), (["SSH_CONNECTION": "10.0.0.1 5000 10.0.0.2 22"], true),
      (["SSH_TTY": "/dev/pts/3"], true),
    ] as [([String: String], Bool)])
  func network(environment: [String: String], expected: Bool) {
    #expect(Capabilities.detected(environment: environment, terminfoColours: 8, isUTF8: true).isRemote == expected)
  }

  @Test("who asks for glyphs beyond 7 bits has a terminal with UTF-8, whatever the locale says")
  func forcedUTF8() {
    func found(_ glyphs: GlyphSet?) -> Capabilities {
      .detected(environment: [:], terminfoColours: 8, isUTF8: false, options: TerminalOptions(glyphs: glyphs))
    }
    #expect(found(.braille).isUTF8)
    #expect(!found(.ascii).isUTF8 && !found(nil).isUTF8)
  }

  @Test(
    "glyphs follow the locale, and the console's small font, unless a flag says otherwise",
    arguments: [
      ("xterm-256color", true, nil, GlyphSet.braille),
      ("linux", true, nil, .block),
      ("xterm-256color", false, nil, .ascii),
      ("linux", false, nil, .ascii),
      ("xterm-256color", true, .ascii, .ascii),
      ("linux", true, .braille, .braille),
      ("xterm-256color", true, .quadrant, .quadrant),
    ] as [(String, Bool, GlyphSet?, GlyphSet)])
  func glyphs(terminal: String, isUTF8: Bool, forced: GlyphSet?, expected: GlyphSet) {
    let found = Capabilities.detected(
      environment: ["TERM": terminal], terminfoColours: 8, isUTF8: isUTF8, options: TerminalOptions(glyphs: forced))
    #expect(found.glyphs == expected)
  }
}
