import Dashboard
import TerminalUI
import TestSupport
import Testing
import Training

@Suite("Settings")
struct SettingsTests {
  @Test("What the file says is taken, each value where it belongs")
  func values() throws {
    let text = """
      theme = "paper"
      color = "256"
      glyphs = "block"
      images = "quadrants"
      layout = "one experiment"
      hide = ["status", "losses of toy"]
      smoothing = 100
      window = 8
      scale = "log"
      mouse = true
      pace = 0.5
      data = "/data"
      threads = 2
      seed = 7
      screenshots = "svg"
      keep_runs = false
      """
    let (settings, warnings) = try Settings.read(text, file: "config.toml")
    #expect(warnings == [])
    #expect(Setting.Name.allCases.allSatisfy { settings[$0] != nil })
    #expect(settings.text(.theme) == "paper" && settings.text(.color) == "256" && settings.text(.glyphs) == "block")
    #expect(settings.number(.threads) == 2 && settings.number(.seed) == 7 && settings.text(.data) == "/data")
    #expect(settings.pace == .steady(0.5) && settings.screenshots == .svg)
  }

  @Test(
    "A pace may be whole or not; full speed and what comes to it by itself have words",
    arguments: [
      ("20", .steady(20)), ("20.0", .steady(20)), ("0.25", .steady(0.25)), ("\"full\"", .full),
      ("\"auto\"", .automatic),
    ] as [(String, Pace)])
  func paces(text: String, pace: Pace) throws {
    let (settings, warnings) = try Settings.read("pace = \(text)", file: "c")
    #expect(settings[.pace] != nil && settings.pace == pace && warnings == [])
  }

  @Test(
    "What means nothing is skipped with its place and what was expected, and the rest is taken",
    arguments: [
      ("size = 3", "size: unknown key, skipped; known are theme, color, "),
      ("themes = \"paper\"", "themes: unknown key, skipped; did you mean “theme”?"),
      ("images = \"quadrant\"", "images: \"quadrant\" means nothing; skipped; did you mean “quadrants”?"),
      ("screenshots = \"png\"", "screenshots: expected one of \"txt\", "),
      ("threads = 0", "threads: expected a whole number from 1 to 1024; skipped"),
      ("glyphs = \"Braille\"", "glyphs: \"Braille\" means nothing; skipped; did you mean “braille”?"),
      ("seed = \"7\"", "seed: expected a whole number from 0; skipped"),
      ("smoothing = 11", "smoothing: expected one of 0, 10, 100, 1000, 10000; skipped"),
      ("window = 3", "window: expected 1, 2, 4, 8 or another power of two up to "),
      ("pace = 0", "pace: expected a number above 0 and at most 1000000000, \"auto\" or \"full\"; skipped"),
      ("mouse = 1", "mouse: expected true or false; skipped"),
      (
        "hide = [\"losses of nobody\"]",
        "hide: expected a list of \"samples\", \"losses\", \"divergence\", \"status\", "
      ),
      ("[colours]", "[colours]: unknown table, skipped; known is [keys]"),
    ])
  func warnings(line: String, complaint: String) throws {
    let (settings, warnings) = try Settings.read("layout = \"losses\"\n\(line)\n", file: "config.toml")
    #expect(settings.text(.layout) == "losses")
    #expect(warnings.count == 1 && warnings[0].description.hasPrefix("config.toml:2: \(complaint)"), "\(warnings)")
  }

  @Test("What is no TOML is an error with its line")
  func broken() {
    #expect(throws: FileProblem.self) { try Settings.read("theme = ", file: "c") }
  }

  @Test("The commented file sets nothing, and without its marks it sets everything, to what it is anyway")
  func commented() throws {
    let (nothing, none) = try Settings.read(Settings.commented, file: "c")
    #expect(none == [] && Setting.Name.allCases.allSatisfy { nothing[$0] == nil } && nothing.keys == .standard)
    let lines = Settings.commented.split(separator: "\n").filter { $0.hasPrefix("# ") && $0.contains(" = ") }
      .map { $0.dropFirst(2) + "\n" }
    let rest =
      lines.prefix(Setting.Name.allCases.count).joined() + "[keys]\n"
      + lines.dropFirst(Setting.Name.allCases.count).joined()
    let (settings, warnings) = try Settings.read(rest, file: "c")
    #expect(lines.count == Setting.Name.allCases.count + Action.allCases.count && warnings == [])
    #expect(Setting.Name.allCases.allSatisfy { settings[$0] != nil } && settings.keys == .standard)
    #expect(settings.text(.theme) == "okabe-ito" && settings.number(.seed) == 1 && settings.screenshots == .txt)
  }

  @Test("The command line comes first, then the environment, then the file")
  func precedence() throws {
    let (file, _) = try Settings.read("color = \"always\"\ndata = \"/file\"\nseed = 3\n", file: "c")
    var flags = Settings()
    let environment = ["NO_COLOR": "1", "GANTUI_DATA": "/variable"]
    func resolved(_ environment: [String: String]) -> Settings { flags.over(file.obeying { environment[$0] }) }
    #expect(resolved([:]).text(.color) == "always" && resolved([:]).text(.data) == "/file")
    #expect(resolved(["NO_COLOR": ""]).text(.color) == "always", "no-color.org: set and not empty")
    #expect(resolved(environment).text(.color) == nil && resolved(environment).text(.data) == nil)
    #expect(resolved(environment).number(.seed) == 3)
    flags.say(.color, "256")
    #expect(resolved(environment).text(.color) == "256" && resolved([:]).text(.color) == "256")
  }

  @Test("The file is looked for where XDG says, and its absence is no reason to complain")
  func place() {
    func path(_ variables: [String: String]) -> String? { SettingsFile.path { variables[$0] } }
    #expect(path(["XDG_CONFIG_HOME": "/x", "HOME": "/home/a"]) == "/x/gantui/config.toml")
    #expect(path(["XDG_CONFIG_HOME": "x", "HOME": "/home/a"]) == "/home/a/.config/gantui/config.toml")
    #expect(path([:]) == nil)
    var file = SettingsFile { $0 == "HOME" ? "/nonexistent" : nil }
    #expect(file.read() == [] && file.settings == Settings())
  }

  // MARK: In force

  private func state(_ text: String) throws -> (state: State, effects: [Effect]) {
    var state = Fixtures.state([Fixtures.toy(), Fixtures.digits()], 120, 40)
    let effects = state.adopt(try Settings.read(text, file: "c").settings, insteadOf: Settings())
    #expect(state.breaches == [])
    return (state, effects)
  }

  @Test("The view begins as the settings say")
  func adopted() throws {
    let (state, effects) = try state(
      "layout = \"losses\"\nsmoothing = 1000\nwindow = 4\nscale = \"log\"\nmouse = true\npace = 2.5\n"
        + "hide = [\"losses of toy\"]\n[keys]\nhelp = \"H\"\n")
    #expect(state.preset == .losses && state.panels == [PanelID(experiment: 1, kind: .losses)])
    #expect(state.focus == state.panels[0] && state.hearsMouse)
    #expect(state.chartLook.remarks == ["last 1/4", "log", "smoothed 1,000"])
    #expect(
      effects == [
        .hearMouse(true), .send(.pace(.steady(2.5)), experiment: 0),
        .send(.pace(.steady(2.5)), experiment: 1),
      ])
    #expect(state.keys.action(for: .character("H")) == .help)
  }

  @Test("One panel stays, whatever is to be hidden")
  func hidden() throws {
    #expect(try state("hide = [\"status\"]").state.panels.map(\.kind) == [.samples, .losses, .samples, .losses])
    #expect(try state("hide = [\"samples\", \"losses\", \"status\"]").state.panels.count == 6)
    #expect(try state("layout = \"samples\"\nhide = [\"losses\"]").state.hidden == [])
  }

  @Test("Read again, only what has changed in the file changes in the session")
  func again() throws {
    var (state, _) = try state("smoothing = 10\nwindow = 4")
    _ = state.update(.event(.key(.character("e"))))
    let old = try Settings.read("smoothing = 10\nwindow = 4", file: "c").settings
    let effects = state.adopt(try Settings.read("smoothing = 10", file: "c").settings, insteadOf: old)
    #expect(effects == [] && state.chartLook.remarks == ["smoothed 100"])
  }

  /// So many altered files are read: `GANTUI_FUZZ=1000000` for more than the suite has time for.
  private static let mutations = fuzzCount(2_000)

  @Test("Whatever is altered in settings or in a theme, reading them ends, with what is right or with complaints")
  func fuzz() {
    let sources = [Settings.commented.replacing("# ", with: ""), Theme.bundledSources[0].text].map { Array($0.utf8) }
    var random = SplitMix(state: 3)
    var complaints = 0
    for index in 0..<Self.mutations {
      let text = String(decoding: random.mutated(sources[index % 2]), as: UTF8.self)
      if index.isMultiple(of: 2) {
        let isFine = (try? Settings.read(text, file: "f"))?.warnings.isEmpty ?? false
        complaints += isFine ? 0 : 1
      } else if (try? Theme.read(text, file: "f")) == nil {
        complaints += 1
      }
    }
    #expect(complaints > 0 && complaints < Self.mutations)
  }
}
