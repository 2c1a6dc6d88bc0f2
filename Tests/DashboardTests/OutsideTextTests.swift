// Text that somebody else has chosen: names in files, of files and of experiments, and what libraries print. It may hold
// what a terminal obeys, or what turns the order of characters round; none of that may come through.

import Dashboard
import TerminalUI
import Testing
import Training

@Suite("Text from outside")
struct OutsideTextTests {
  /// The clipboard, a cleared screen, a bell, a C1 sequence, right-to-left overrides, a mark without width, and a line end.
  private static let evil = "\u{1B}]52;c;aGk=\u{7}\u{1B}[2J\u{9B}31m\u{202E}\u{2066}\u{200B}\u{61C}a\nb"
  /// The same as a string of TOML.
  private static let quoted = #""\u001b]52;c;aGk=\u0007\u001b[2J\u009b31m\u202e\u2066\u200b\u061ca\nb""#

  private func obeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }

  /// Every form that a state is shown or written in is text, lines of it, and escape codes of our own.
  private func check(_ state: State, _ what: Comment) {
    for glyphs in [GlyphSet.ascii, .braille] {
      let capabilities = Capabilities(colours: .trueColour, glyphs: glyphs)
      let frame = state.frame(for: capabilities)
      #expect(!frame.cells.contains { obeyed($0.glyph) }, what)
      for format in ScreenshotFormat.allCases {
        var text = state.screenshot(format, for: capabilities)
        if format == .ansi { text = text.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
        #expect(!text.unicodeScalars.contains { $0 != "\n" && obeyed($0) }, what)
      }
    }
    #expect(!state.title.unicodeScalars.contains(where: obeyed), what)
    for version in Cast.Version.allCases {
      var cast = Cast(version, title: state.title)
      let frame = state.frame(for: Capabilities(colours: .monochrome, glyphs: .braille))
      let text = cast.lines(for: frame, at: .zero)
      #expect(!text.unicodeScalars.contains { $0 != "\n" && obeyed($0) }, what)
      #expect(!text.contains("\\u001b]") && !text.contains("\\u0007"), what)
    }
  }

  @Test("An experiment may be called anything", arguments: 0..<5)
  func experiments(part: Int) {
    var snapshot = part == 4 ? Fixtures.failed() : Fixtures.digits(phase: .paused)
    switch part {
    case 0: snapshot.experiment.name = Self.evil
    case 1: snapshot.experiment.title = Self.evil
    case 2: snapshot.experiment.data = Self.evil
    case 3: (snapshot.experiment.loss, snapshot.experiment.updates) = (Self.evil, Self.evil)
    default: snapshot.phase = .failed(.data(Self.evil))
    }
    var state = Fixtures.state([snapshot], 120, 40)
    check(state, "its panels")
    for key in ["n", "-", "2", "y", "r", "L"] as [Unicode.Scalar] {
      _ = state.update(.event(.key(.character(key))))
      check(state, "after \(String(Character(key)))")
    }
    #expect(!snapshot.screenshotName.unicodeScalars.contains(where: obeyed))
  }

  @Test("What libraries print, and notices, are text, in the log as well")
  func printed() {
    var state = Fixtures.state([Fixtures.toy()], 120, 40)
    _ = state.update(.event(.printed([Self.evil])))
    check(state, "printed")
    _ = state.update(.notice(Notice(Self.evil, isError: true)))
    check(state, "a notice")
    _ = state.update(.event(.key(.character("L"))))
    check(state, "the log")
  }

  @Test(
    "Whatever a theme's file has in it or is called, the complaint is text, and so is the name of the theme",
    arguments: [
      "name = \(quoted)\n" + colours, "inherits = \(quoted)", "\(quoted) = 1\n" + colours,
      "[ui]\ntext = \(quoted)", "[palette]\n\(quoted) = 7\n[ui]\ntext = \"x\"", colours + "[\(quoted)]\na = 1",
      "[ui]\n\(quoted) = 3\n[series]\n", "x = \u{1B}", "theme[\(evil)]=\"#fff\"",
    ])
  func themes(text: String) {
    for file in ["own.toml", Self.evil + ".toml", Self.evil + ".theme"] {
      var state = Fixtures.state([Fixtures.toy()], 120, 40)
      do throws(FileProblem) {
        let isOfBtop = file.hasSuffix(".theme")
        let (theme, warnings) = try isOfBtop ? Theme.read(btop: text, file: file) : Theme.read(text, file: file)
        state.themes = [theme, theme]
        _ = state.update(.event(.key(.character("t"))))
        check(state, "\(file): a theme")
        for warning in warnings { _ = state.update(.notice(Notice(warning.description))) }
      } catch {
        _ = state.update(.notice(Notice(error.description)))
      }
      check(state, "\(file): what is wrong")
      _ = state.update(.event(.key(.character("L"))))
      check(state, "\(file): the log")
    }
  }

  private static let colours = "[ui]\ntext = 7\naccent = 3\n[series]\nd = 4\ng = 5\n"

  @Test(
    "Whatever the settings have in them or are called, the complaint is text",
    arguments: [
      "theme = \(quoted)", "\(quoted) = 1", "color = \(quoted)", "[\(quoted)]", "[keys]\n\(quoted) = \"q\"",
      "[keys]\npause = \(quoted)", "hide = [\(quoted)]", "pace = \(quoted)", "x = \u{9B}",
    ])
  func settings(text: String) throws {
    var state = Fixtures.state([Fixtures.toy()], 120, 40)
    var problems: [String] = []
    do throws(FileProblem) {
      let (settings, warnings) = try Settings.read(text, file: Self.evil)
      problems = warnings.map(\.description)
      _ = state.adopt(settings, insteadOf: Settings())
      do throws(ThemeError) { _ = try ThemeSelection(settings.text(.theme)) } catch { problems.append("\(error)") }
    } catch {
      problems = [error.description]
    }
    #expect(!problems.isEmpty)
    for problem in problems { _ = state.update(.notice(Notice(problem, isError: true))) }
    check(state, "at the foot")
    _ = state.update(.event(.key(.character("L"))))
    check(state, "the log")
    state.settingsPath = "/\(Self.evil)/config.toml"
    _ = state.update(.event(.key(.character("L"))))
    _ = state.update(.event(.key(.character("W"))))
    #expect(state.overlay == .confirmWriting)
    check(state, "the question")
  }

  @Test("A line for a terminal has nothing that it obeys, and is one line")
  func lines() {
    #expect(!Self.evil.harmlessLine.unicodeScalars.contains(where: obeyed))
    #expect(Self.evil.harmless.unicodeScalars.filter(obeyed) == ["\n"])
    #expect("a\tb\nc é ⣿".harmlessLine == "a b?c é ⣿")
  }
}
