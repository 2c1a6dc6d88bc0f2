// The keys as a person wants them, and what is said of them everywhere.

import Dashboard
import TerminalUI
import Testing
import Training

@Suite("Keys of one's own")
struct RebindingTests {
  private func read(_ lines: String...) throws -> (keys: KeyMap, warnings: [String]) {
    let (settings, warnings) = try Settings.read("[keys]\n" + lines.joined(separator: "\n"), file: "config.toml")
    return (try #require(settings.keys), warnings.map(\.description))
  }

  @Test("An action gets a key, or several, instead of those that it had")
  func rebound() throws {
    let (keys, warnings) = try read("step = [\"space\", \"F10\"]", "pause = \"Ctrl-P\"", "record = []")
    #expect(warnings == [])
    #expect(keys.action(for: .character(" ")) == .stepHalf && keys.action(for: .function(10)) == .stepHalf)
    #expect(keys.action(for: .character("s")) == nil && keys.action(for: .control("p")) == .togglePause)
    #expect(keys[.record] == [] && keys[.zoom] == KeyMap.standard[.zoom])
  }

  @Test(
    "Keys are spelt as they are named, in small letters or large ones; of characters, large ones are others",
    arguments: [
      ("s", Key.character("s")), ("S", .character("S")), ("é", .character("é")), ("Space", .character(" ")),
      ("ctrl-r", .control("r")), ("shift-tab", .backTab), ("F2", .function(2)), ("←", .left), ("left", .left),
      ("PgDn", .pageDown), ("esc", .escape),
    ])
  func spelling(text: String, key: Key) throws {
    #expect(try read("zoom = \"\(text)\"").keys[.zoom] == [key])
  }

  @Test(
    "What cannot be is skipped with its place, and the keys are as they were",
    arguments: [
      ("pasue = \"p\"", "keys.pasue: unknown action, skipped; did you mean “pause”?"),
      ("dance = \"p\"", "keys.dance: unknown action, skipped; “gantui --default-config” lists all of them"),
      ("pause = \"spce\"", "keys.pause: there is no key “spce”, skipped; expected a character, space, enter, esc"),
      ("pause = \"ctrl-h\"", "keys.pause: there is no key “ctrl-h”"),
      ("pause = 3", "keys.pause: expected a key or a list of keys, as in pause = [\"s\", \"f10\"]; skipped"),
      ("pause = \"ctrl-c\"", "keys.pause: Ctrl-C always does “quit”; skipped"),
      ("pause = \"ctrl-z\"", "keys.pause: Ctrl-Z always does “suspend”; skipped"),
      ("pause = \"q\"", "keys.pause: q does “quit” unless “quit” gets another key; skipped"),
      ("quit = []", "keys.quit: expected a key to quit with; q stays that"),
      ("quit = [\"qq\"]", "keys.quit: there is no key “qq”, skipped"),
    ])
  func mistakes(line: String, complaint: String) throws {
    let (keys, warnings) = try read(line)
    #expect(warnings.first?.hasPrefix("config.toml:2: \(complaint)") == true, "\(warnings)")
    #expect(keys == .standard)
  }

  @Test("Of two actions on one key the first in the file has it, and both lines are named")
  func twice() throws {
    let (keys, warnings) = try read("zoom = \"v\"", "log = [\"v\", \"V\"]")
    #expect(keys.action(for: .character("v")) == .zoom && keys[.log] == [.character("V")])
    #expect(warnings == ["config.toml:3: keys.log: v does “zoom” by line 2; skipped"])
  }

  @Test("Who takes another action's only key is told, unless that is what is wanted")
  func taken() throws {
    let (keys, warnings) = try read("pause = \"p\"")
    #expect(keys.action(for: .character("p")) == .togglePause && keys[.nextPreset] == [])
    let complaint = "keys.pause: “next_layout” has no key now; give it one, or say next_layout = []"
    #expect(warnings == ["config.toml:2: \(complaint)"])
    #expect(try read("pause = \"p\"", "next_layout = []").warnings == [])
    #expect(try read("pause = \"h\"").warnings == [], "the arrow is left")
  }

  @Test("However it is rebound, Ctrl-C quits and Ctrl-Z suspends")
  func wayOut() throws {
    let (keys, _) = try read("quit = \"Q\"", "suspend = \"f3\"", "log = \"q\"")
    #expect(keys[.quit] == [.character("Q"), .control("c")] && keys[.suspend] == [.function(3), .control("z")])
    #expect(keys.action(for: .character("q")) == .log)
  }

  @Test("Keys that may never arrive are given, with a warning", arguments: ["ctrl-s", "ctrl-q", "ctrl-b", "f11"])
  func contested(key: String) throws {
    let (keys, warnings) = try read("record = \"\(key)\"")
    #expect(keys[.record].count == 1 && warnings.count == 1 && warnings[0].contains("may never arrive"))
  }

  @Test("The screen names the keys that there are, wherever it names keys")
  func said() throws {
    let lines = [
      "pause = \"f5\"", "step = \"f6\"", "help = \"f7\"", "quit = \"f8\"", "log = \"f9\"", "noise = \"f4\"",
      "next_pair = \"f3\"", "toggle_panel = [\"X\", \"Y\", \"Z\"]", "back = \"f2\"",
    ]
    var state = Fixtures.state([Fixtures.digits(phase: .paused)], 120, 40)
    state.keys = try read(lines.joined(separator: "\n")).keys
    state.isPaused = true
    func screen() -> String { state.frame(for: Capabilities(colours: .monochrome, glyphs: .braille)).text }
    for words in ["F5 resumes", "F5 resume", "F6 steps G's half", "F7 help", "F8 quit", "F3 next", "X digits: hand"] {
      #expect(screen().contains(words), "\(words)")
    }
    func press(_ key: Key) { _ = state.update(.event(.key(key))) }
    press(.character("Y"))
    #expect(state.notice?.text == "hidden: losses of digits, shown again by Y, or all by F2")
    press(.function(7))
    #expect(screen().contains("keys (F7 again: the screen)") && screen().contains("F5         pause or resume"))
    press(.function(7))
    #expect(screen().contains("the screen (F7 closes)") && screen().contains("until F4 renews them"))
    press(.function(2))
    press(.function(9))
    #expect(screen().contains("log (F9 closes)"))
  }

  @Test("Where no key does something, no hint says so")
  func unbound() throws {
    var state = Fixtures.state([Fixtures.toy()], 120, 40)
    state.keys = try read("zoom = []").keys
    #expect(!state.frame(for: Capabilities(colours: .monochrome, glyphs: .braille)).text.contains("zoom"))
  }
}
