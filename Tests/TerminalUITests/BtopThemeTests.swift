import TerminalUI
import Testing

@Suite("Themes of btop")
struct BtopThemeTests {
  /// As they stand in files: with comments, quotes of both kinds, and all three forms of a colour.
  private static let dusk = """
    # Main background, empty for terminal default
    theme[main_bg]="#1a1b26"
    theme[main_fg]='#cfc9c2'
    theme[title]="#cfc9c2"
    theme[hi_fg]="125 207 255"
    theme[selected_bg]="#41"
    theme[selected_fg]="#cfc9c2"
    theme[inactive_fg]="#565f89"
    theme[div_line]="#565f89"
    theme[temp_start]="#9ece6a"
    theme[temp_mid]="#e0af68"
    theme[temp_end]="#f7768e"
    theme[download_start]="#9ece6a"
    theme[upload_start]="#9ece6a"

    """
  private static let day = """
    theme[main_bg]="#fdf6e3"
    theme[main_fg]="#93a1a1"
    theme[hi_fg]="#b58900"
    theme[selected_bg]="#fdf6e3"
    theme[selected_fg]="#fdf6e3"
    theme[download_end]="#268bd2"
    theme[upload_end]="#dc322f"
    """
  private let trueColour = Capabilities(colours: .trueColour, glyphs: .braille)

  @Test("Colours come to what they mean here, and the name from the file")
  func meanings() throws {
    let (theme, warnings) = try Theme.read(btop: Self.dusk, file: "themes/dusk.theme")
    #expect(warnings == [] && theme.name == "dusk" && theme.isDark)
    let palette = theme.palette(for: trueColour)
    #expect(palette[.text].foreground == .rgb(red: 0xCF, green: 0xC9, blue: 0xC2))
    #expect(palette[.background].background == .rgb(red: 0x1A, green: 0x1B, blue: 0x26))
    #expect(palette[.accent].foreground == .rgb(red: 125, green: 207, blue: 255))
    #expect(palette[.selection].background == .rgb(red: 0x41, green: 0x41, blue: 0x41))
    #expect(palette[.good].foreground == .rgb(red: 0x9E, green: 0xCE, blue: 0x6A))
  }

  @Test("Whatever its author chose, text can be read, and D is not G", arguments: [dusk, day])
  func legible(text: String) throws {
    let palette = try Theme.read(btop: text, file: "x.theme").theme.palette(for: trueColour)
    for (role, least) in [(Role.text, 4.5), (.title, 4.5), (.selection, 4.5), (.dim, 3), (.key, 3), (.bad, 3)] {
      let (ink, paper) = (try #require(palette[role].foreground.rgb), try #require(palette[role].background.rgb))
      #expect(ink.contrast(with: paper) >= least, "\(role)")
    }
    let (d, g) = (palette[.discriminator].foreground, palette[.generator].foreground)
    #expect(try #require(d.rgb).contrast(with: try #require(palette[.background].background.rgb)) >= 3)
    #expect(d != g)
  }

  @Test("A light theme is known by its background, and an empty background is the terminal's")
  func paper() throws {
    #expect(try !Theme.read(btop: Self.day, file: "x").theme.isDark)
    let open = "theme[main_bg]=\"\"\ntheme[main_fg]=\"#303030\""
    let theme = try Theme.read(btop: open, file: "x").theme
    #expect(!theme.isDark && theme.palette(for: trueColour)[.background].background == .terminal)
  }

  @Test("What cannot be read is named with its line and key, and what says nothing is skipped")
  func errors() throws {
    let wrong = #expect(throws: FileProblem.self) {
      _ = try Theme.read(btop: "\ntheme[main_fg]=\"#12345\"", file: "x.theme")
    }
    #expect(wrong?.description.hasPrefix("x.theme:2: main_fg: expected a colour") == true)
    let empty = #expect(throws: FileProblem.self) { _ = try Theme.read(btop: "", file: "x.theme") }
    #expect(empty?.description.hasPrefix("x.theme: main_fg: expected the colour of text") == true)
    let warnings = try Theme.read(btop: Self.dusk + "hello\n", file: "x.theme").warnings
    #expect(warnings.map(\.line) == [15])
  }
}
