import Glibc
import TerminalUI
import Testing

@Suite("Themes")
struct ThemeTests {
  private let trueColour = Capabilities(colours: .trueColour, glyphs: .braille)

  private static let minimal = """
    name = "small"
    [ui]
    text = "#fff"
    accent = 33
    [series]
    d = "red"
    g = "own"
    [palette]
    own = "#0a141e"
    """

  @Test("Four colours are enough; the rest follow from them")
  func minimal() throws {
    let (theme, warnings) = try Theme.read(Self.minimal, file: "small.toml")
    #expect(warnings == [])
    let palette = theme.palette(for: trueColour)
    #expect(palette[.text] == Style(foreground: .rgb(red: 255, green: 255, blue: 255)))
    #expect(palette[.focus].foreground == .indexed(33))
    #expect(palette[.discriminatorOutput].foreground == .ansi(1))
    #expect(palette[.modelDensity].foreground == .rgb(red: 10, green: 20, blue: 30))
    #expect(palette[.border] != palette[.text])
  }

  @Test(
    "A theme without a name bears its file's",
    arguments: [("small.toml", "small"), ("/a.b/dusk.toml", "dusk"), ("./own", "own"), (".toml", ".toml")])
  func unnamed(file: String, name: String) throws {
    let text = Self.minimal.split(separator: "\n").dropFirst().joined(separator: "\n")
    #expect(try Theme.read(text, file: file).theme.name == name)
    #expect(try Theme.read("inherits = \"midnight\"", file: file).theme.name == name)
  }

  @Test("Every form of a colour is read")
  func forms() throws {
    let text =
      Self.minimal + """

        [state]
        good = { fg = "bright_green", bg = "", mods = ["bold", "underline"] }
        warn = 3
        """
    let palette = try Theme.read(text, file: "x").theme.palette(for: trueColour)
    #expect(palette[.good] == Style(foreground: .ansi(10), attributes: [.bold, .underline]))
    #expect(palette[.warn] == Style(foreground: .ansi(3)))
  }

  @Test("Unknown keys and tables are skipped with a warning that names them")
  func unknown() throws {
    let text = "colour = 1\n" + Self.minimal + "\n[ui2]\n[gradient]\nfire = 3\n[state]\ngood = { hue = 3 }\n"
    let (_, warnings) = try Theme.read(text, file: "x.toml")
    #expect(warnings.map(\.key) == ["colour", "[ui2]", "gradient.fire", "state.good.hue"])
    #expect(warnings.map(\.line) == [1, 11, 13, 15])
    #expect(
      warnings[0].description == "x.toml:1: colour: unknown key, skipped; known here are name, appearance, inherits")
  }

  @Test(
    "What cannot be a theme is an error with its place",
    arguments: [
      ("", "x: ui.text: expected a colour"),
      ("name = \"\"", "x:1: name: expected a name"),
      ("name = \"a\"", "x: ui.text: expected a colour"),
      ("name = \"a\"\n[ui]\ntext = \"#ggg\"", "x:3: ui.text: expected a colour: \"#rgb\""),
      ("name = \"a\"\n[ui]\ntext = 256", "x:3: ui.text: expected a colour"),
      ("name = \"a\"\n[ui]\ntext = \"#ffffé0\"", "x:3: ui.text: expected a colour"),
      ("name = \"a\"\nappearance = \"grey\"", "x:2: appearance: expected dark or light"),
      ("name = \"a\"\ninherits = \"nobody\"", "x:2: inherits: there is no theme of that name; known are okabe-ito, "),
      ("name = \"a\"\n[gradient]\nimage = [\"#000\"]", "x:3: gradient.image: expected an array of 2 to 8 colours"),
      ("name = \"a\"\n[ui]\ntext = { mods = [\"blink\"] }", "x:3: ui.text.mods: expected bold, dim"),
    ])
  func errors(text: String, beginning: String) throws {
    let problem = try #require(throws: FileProblem.self) { _ = try Theme.read(text, file: "x") }
    #expect(problem.description.hasPrefix(beginning), "\(problem)")
  }

  @Test("A theme takes over from the one that it inherits what it does not say")
  func inheritance() throws {
    let text = "name = \"mine\"\ninherits = \"midnight\"\n[series]\nd = \"#010203\"\n"
    let palette = try Theme.read(text, file: "x").theme.palette(for: trueColour)
    let parent = try #require(Theme.bundled(named: "midnight")).palette(for: trueColour)
    #expect(palette[.discriminator].foreground == .rgb(red: 1, green: 2, blue: 3))
    #expect(palette[.generator] == parent[.generator])
  }

  @Test("256 colours means 16 to 255, and the rest keep to what they promise", arguments: Theme.bundledNames)
  func depths(name: String) throws {
    let theme = try #require(Theme.bundled(named: name))
    func colours(_ depth: ColourDepth) -> [Colour] {
      let palette = theme.palette(for: Capabilities(colours: depth, glyphs: .ascii))
      let shades = (0...10).flatMap { [palette.image(level: Float($0) / 10), palette.heat(level: Float($0) / 10)] }
      return Role.allCases.flatMap { [palette[$0].foreground, palette[$0].background] } + shades.compactMap(\.self)
    }
    for colour in colours(.indexed256) {
      if case .indexed(let index) = colour { #expect(index >= 16) }
      if case .rgb = colour { Issue.record("24-bit colour on a terminal of 256") }
    }
    for colour in colours(.ansi16) {
      if case .rgb = colour { Issue.record("24-bit colour on a terminal of 16") }
      if case .indexed = colour { Issue.record("a colour of 256 on a terminal of 16") }
    }
    #expect(colours(.monochrome).allSatisfy { $0 == .terminal })
  }

  @Test("Without colours D and G, focus and rest, good and bad still look different")
  func monochrome() {
    let palette = Theme.standard.palette(for: Capabilities(colours: .monochrome, glyphs: .ascii))
    for (one, other) in [(Role.discriminator, Role.generator), (.focus, .border), (.good, .bad), (.text, .selection)] {
      #expect(palette[one] != palette[other])
    }
    #expect(palette.image(level: 0.5) == nil)
    #expect(palette.heat(level: 0.5) == nil)
  }

  @Test("Gradients run from their first to their last colour and stay there outside of 0 to 1")
  func gradients() throws {
    let stops = "[gradient]\nimage = [\"#000000\", \"#ffffff\"]\nheat = [\"#ff0000\", \"#000000\", \"#0000ff\"]"
    let palette = try Theme.read(Self.minimal + "\n" + stops, file: "x").theme.palette(for: trueColour)
    #expect(palette.image(level: 0) == .rgb(red: 0, green: 0, blue: 0))
    #expect(palette.image(level: 0.5) == .rgb(red: 128, green: 128, blue: 128))
    #expect(palette.image(level: 7) == .rgb(red: 255, green: 255, blue: 255))
    #expect(palette.heat(level: -1) == .rgb(red: 255, green: 0, blue: 0))
    #expect(palette.heat(level: 0.75) == .rgb(red: 0, green: 0, blue: 128))
    #expect(palette.heat(level: .nan) == .rgb(red: 255, green: 0, blue: 0))
  }

  @Test("Ink is dark on a light theme and light on a dark one", arguments: Theme.bundledNames)
  func ink(name: String) throws {
    let theme = try #require(Theme.bundled(named: name))
    let palette = theme.palette(for: trueColour)
    guard let paper = palette.image(level: 0)?.rgb, let ink = palette.image(level: 1)?.rgb else { return }
    #expect(theme.isDark == (paper.luminance < ink.luminance))
  }

  // MARK: The bundled themes

  @Test("Every bundled theme reads without a warning and bears its name", arguments: Theme.bundledSources.map(\.name))
  func bundled(name: String) throws {
    let source = try #require(Theme.bundledSources.first { $0.name == name })
    let (theme, warnings) = try Theme.read(source.text, file: "\(name).toml")
    #expect(warnings == [])
    #expect(theme.name == name)
  }

  @Test("The embedded themes are the files in Themes/, all of them")
  func embedded() throws {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    for (name, text) in Theme.bundledSources {
      let file = try #require(fopen("/\(folder)/Themes/\(name).toml", "r"), "\(name).toml is missing")
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = fread(&bytes, 1, bytes.count, file)
      #expect(String(decoding: bytes[..<count], as: UTF8.self) == text, "\(name).toml differs from its copy")
    }
  }

  @Test(
    "Text is legible: contrast of at least 4.5, of what is secondary at least 3 (WCAG 2.1)",
    arguments: Theme.bundledNames)
  func contrast(name: String) throws {
    let theme = try #require(Theme.bundled(named: name))
    let palette = theme.palette(for: trueColour)
    let (black, white) = (RGB(0, 0, 0), RGB(255, 255, 255))
    func contrast(_ role: Role) -> Double {
      let paper = palette[role].background.rgb ?? (theme.isDark ? black : white)
      let ink = palette[role].foreground.rgb ?? (theme.isDark ? white : black)
      return ink.contrast(with: paper)
    }
    for role in [Role.text, .title, .selection] { #expect(contrast(role) >= 4.5, "\(role)") }
    for role in [Role.dim, .key, .discriminator, .generator, .optimum, .good, .warn, .bad] {
      #expect(contrast(role) >= 3, "\(role): \(contrast(role))")
    }
  }

  @Test(
    "On a terminal of the other kind, or of an unknown one, every theme says both colours; on one of its own kind it keeps that",
    arguments: Theme.bundledNames, [ColourDepth.ansi16, .indexed256, .trueColour])
  func grounds(name: String, depth: ColourDepth) throws {
    let theme = try #require(Theme.bundled(named: name))
    func palette(_ ground: Capabilities.Ground?) -> Palette {
      var capabilities = Capabilities(colours: depth, glyphs: .braille)
      capabilities.ground = ground
      return theme.palette(for: capabilities)
    }
    #expect(palette(theme.isDark ? .dark : .light) == palette(nil))
    guard name != "mono" else {
      #expect(palette(.unknown) == palette(nil), "without colours it suits both")
      return
    }
    for ground in [Capabilities.Ground.unknown, theme.isDark ? .light : .dark] {
      for role in Role.allCases {
        let style = palette(ground)[role]
        #expect(style.foreground != .terminal && style.background != .terminal, "\(role) on \(ground)")
      }
      let text = palette(ground)[.text]
      let (ink, paper) = (try #require(text.foreground.rgb), try #require(text.background.rgb))
      #expect(ink.contrast(with: paper) >= 4.5)
    }
  }

  @Test("Of sixteen colours, and of eight, D, G, the data and the text have one each", arguments: Theme.bundledNames)
  func basic(name: String) throws {
    let theme = try #require(Theme.bundled(named: name))
    guard name != "mono" else { return }
    let palette = theme.palette(for: Capabilities(colours: .ansi16, glyphs: .braille))
    let inks = [Role.discriminator, .generator, .dataDensity, .text].map { palette[$0].foreground }
    let numbers = inks.map { ink in if case .ansi(let index) = ink { Int(index % 8) } else { -1 } }
    #expect(Set(numbers).count == 4, "\(numbers)")
    if case .ansi(let paper) = palette[.background].background { #expect(!numbers.contains(Int(paper % 8))) }
  }

  @Test(
    "Of 256 colours a field is neutral in the middle and keeps its hues", arguments: ["okabe-ito", "ember", "paper"])
  func field(name: String) throws {
    let theme = try #require(Theme.bundled(named: name))
    func palette(_ depth: ColourDepth) -> Palette { theme.palette(for: Capabilities(colours: depth, glyphs: .braille)) }
    for step in 0...50 {
      let level = Float(step) / 50
      let wanted = try #require(palette(.trueColour).heat(level: level)?.rgb)
      let shown = try #require(palette(.indexed256).heat(level: level)?.rgb)
      let isGrey = shown.red == shown.green && shown.green == shown.blue
      if step == 25 { #expect(isGrey, "\(shown)") }
      // Orange and brown have more red than green, blue has most blue; olive has neither.
      if !isGrey {
        #expect((wanted.red > wanted.green) == (shown.red > shown.green), "\(level): \(shown) for \(wanted)")
      }
    }
  }

  @Test("In [ansi16] the names of the sixteen mean the terminal's colours, whatever the palette calls so")
  func shadowed() throws {
    let text = Self.minimal + "\nred = \"#00ff00\"\n[ansi16]\ng = \"red\"\n"
    let (theme, _) = try Theme.read(text, file: "x")
    #expect(theme.palette(for: Capabilities(colours: .ansi16, glyphs: .ascii))[.generator].foreground == .ansi(1))
    #expect(theme.palette(for: trueColour)[.discriminator].foreground == .rgb(red: 0, green: 255, blue: 0))
  }

  @Test("There are light themes, one of them on the terminal's own background")
  func light() {
    let light = Theme.bundledNames.compactMap(Theme.bundled(named:)).filter { !$0.isDark }
    #expect(light.count >= 2)
    #expect(light.contains { $0.looks[.background]?.background == .terminal })
  }
}
