import Dashboard
import TerminalUI
import Testing

@Suite("Settings")
struct SettingsTests {
  @Test("What the file says is taken, each value where it belongs")
  func values() {
    let text = """
      theme = "paper"
      color = "256"
      glyphs = "block"
      data = "/data"
      threads = 2
      seed = 7
      pace = 20
      screenshots = "svg"
      """
    let (settings, warnings) = Settings.read(text, file: "config.toml")
    var expected = Settings()
    (expected.theme, expected.colour, expected.glyphs, expected.data) = ("paper", "256", "block", "/data")
    (expected.threads, expected.seed, expected.pace, expected.screenshots) = (2, 7, 20, "svg")
    #expect(settings == expected && warnings == [])
  }

  @Test("What means nothing is skipped with its place, and the rest is taken")
  func warnings() {
    let text = "themes = \"paper\"\nthreads = 0\nglyphs = \"Braille\"\nseed = \"7\"\npace = 5\n[keys]\nquit = \"Q\"\n"
    let (settings, warnings) = Settings.read(text, file: "config.toml")
    #expect(settings.pace == 5 && settings.threads == nil && settings.glyphs == nil)
    let complaints = [
      "config.toml:1: themes: unknown key, skipped; known are theme, color, ",
      "config.toml:2: threads: expected a whole number from 1 to 1024; skipped",
      "config.toml:3: glyphs: expected one of \"braille\", \"quadrant\", ",
      "config.toml:4: seed: expected a whole number from 0; skipped", "config.toml:6: [keys]: unknown table, skipped",
    ]
    #expect(warnings.count == complaints.count)
    for (warning, complaint) in zip(warnings, complaints) { #expect(warning.description.hasPrefix(complaint)) }
    #expect(Settings.read("theme = ", file: "c").warnings.map(\.line) == [1])
  }

  @Test("The commented file sets nothing, and without its marks it sets everything")
  func commented() {
    #expect(Settings.read(Settings.commented, file: "c") == (Settings(), []))
    let lines = Settings.commented.split(separator: "\n").filter { $0.hasPrefix("# ") && $0.contains(" = ") }
    let (settings, warnings) = Settings.read(lines.map { $0.dropFirst(2) + "\n" }.joined(), file: "c")
    #expect(lines.count == 8 && warnings == [])
    #expect(settings.theme == "okabe-ito" && settings.seed == 0 && settings.screenshots == "txt")
  }

  @Test("The file is looked for where XDG says, and its absence is no reason to complain")
  func place() {
    func path(_ variables: [String: String]) -> String? { Settings.path { variables[$0] } }
    #expect(path(["XDG_CONFIG_HOME": "/x", "HOME": "/home/a"]) == "/x/gantui/config.toml")
    #expect(path(["XDG_CONFIG_HOME": "x", "HOME": "/home/a"]) == "/home/a/.config/gantui/config.toml")
    #expect(path([:]) == nil)
    #expect(Settings.load { _ in "/nonexistent" } == (Settings(), []))
  }
}
