// The log, and that nothing in it or anywhere else on the screen can be more than text.

import Dashboard
import TerminalUI
import Testing
import Training

@Suite("The log")
struct LogTests {
  private let plain = Capabilities(colours: .monochrome, glyphs: .braille)

  private func state(_ width: Int = 100, _ height: Int = 30) -> State {
    var preparing = Fixtures.toy(phase: .preparing)
    preparing.step = 0
    return Fixtures.state([preparing], width, height)
  }

  private func text(_ state: State) -> String { state.frame(for: plain).text }

  @Test("L shows when an experiment began, rested and failed, what was printed, and which files were written")
  func contents() {
    var state = state()
    _ = state.update(.snapshot(Fixtures.toy(), experiment: 0))
    state.elapsed = .seconds(75)
    _ = state.update(.snapshot(Fixtures.toy(phase: .paused), experiment: 0))
    _ = state.update(.snapshot(Fixtures.toy(phase: .paused), experiment: 0))
    _ = state.update(.event(.printed(["\u{1B}[31mwarning:\u{1B}[0m no huge pages"])))
    _ = state.update(.notice(Notice("screenshot: a.txt")))
    var broken = Fixtures.toy()
    broken.phase = .failed(.data("byte 19 is missing"))
    _ = state.update(.snapshot(broken, experiment: 0))
    _ = state.update(.event(.key(.character("L"))))
    let lines = text(state).split(separator: "\n").map { $0.filter { $0 != "┃" } }
    let first = lines.firstIndex { $0.contains("0:00  toy: running, step 12,340") }
    #expect(first != nil)
    let entries = lines[(first ?? 0)...].prefix(5).map { line -> String in
      let text = line.split(separator: "  ", maxSplits: 1).last ?? ""
      return String(text).trimmed
    }
    let expected = [
      "toy: running, step 12,340", "toy: paused, step 12,340", "printed: warning: no huge pages", "screenshot: a.txt",
      "toy: failed: byte 19 is missing",
    ]
    #expect(entries == expected)
    #expect(lines.contains { $0.contains("1:15") })
    #expect(lines[0].contains("gantui"), "what is above the log stays in sight")
    _ = state.update(.event(.key(.escape)))
    #expect(!text(state).contains("L closes"))
  }

  @Test("What is printed is said at the foot of the screen, with the key to the log")
  func printed() {
    var state = state()
    _ = state.update(.event(.printed(["out of tune"])))
    #expect(text(state).contains("printed: out of tune (L: log)"))
  }

  @Test("The log shows its end until it is scrolled, and then the same lines whatever comes")
  func scrolling() {
    var state = state()
    _ = state.update(.event(.key(.character("L"))))
    _ = state.update(.event(.printed((0..<50).map { "line \($0)." })))
    #expect(text(state).contains("line 49."))
    _ = state.update(.event(.key(.up)))
    #expect(!text(state).contains("line 49.") && text(state).contains("line 48."))
    _ = state.update(.event(.printed(["more", "and more"])))
    #expect(!text(state).contains("line 49.") && text(state).contains("line 48."))
    _ = state.update(.event(.key(.end)))
    #expect(text(state).contains("and more"))
  }

  @Test("Other keys do what they always do while the log is open")
  func otherKeys() {
    var state = Fixtures.state([Fixtures.toy()], 100, 30)
    _ = state.update(.event(.key(.character("L"))))
    #expect(state.update(.event(.key(.character(" ")))) == [.send(.pause, experiment: 0)])
    #expect(text(state).contains("L closes"))
    _ = state.update(.event(.key(.character("L"))))
    #expect(!text(state).contains("L closes"))
  }

  @Test("The log has an end, however much is printed")
  func bounded() {
    var state = state()
    for round in 0..<100 { _ = state.update(.event(.printed((0..<100).map { "\(round)-\($0)" }))) }
    #expect((1000..<2000).contains(state.log.entries.count))
    #expect(state.log.entries.last?.text == "printed: 99-99")
    _ = state.update(.event(.printed([String(repeating: "x", count: 1_000_000)])))
    #expect((state.log.entries.last?.text.count ?? 0) <= 500)
  }

  @Test("The log is drawn at every size", arguments: [(0, 0), (1, 1), (8, 2), (20, 5), (40, 12), (300, 100)])
  func sizes(width: Int, height: Int) {
    var state = state(width, height)
    _ = state.update(.event(.printed(["a line that is longer than the narrowest of these screens"])))
    _ = state.update(.event(.key(.character("L"))))
    #expect(state.frame(for: plain).size == Size(width: width, height: height))
  }

  // MARK: What comes from outside

  @Test("Nothing from outside reaches a cell as anything but text", arguments: GlyphSet.allCases)
  func outside(glyphs: GlyphSet) {
    let evil = "\u{1B}]52;c;aGk=\u{07}\u{1B}[2J\u{9B}31m\u{202E}\r\n\u{0}x"
    var snapshot = Fixtures.toy()
    snapshot.experiment = ExperimentSummary(
      name: evil, title: evil, data: evil, loss: evil, updates: evil, seed: 1)
    var failed = snapshot
    failed.phase = .failed(.data(evil))
    var theme = Theme.standard
    theme.name = evil
    var state = State(snapshots: [snapshot, failed], theme: theme, size: Size(width: 160, height: 50))
    func check() {
      for colours in ColourDepth.allCases {
        let frame = state.frame(for: Capabilities(colours: colours, glyphs: glyphs))
        #expect(frame.cells.allSatisfy { $0.glyph.shown == $0.glyph })
        #expect(!state.text(for: Capabilities(colours: colours, glyphs: glyphs)).contains("\u{1B}"))
      }
    }
    check()
    _ = state.update(.event(.printed([evil])))
    _ = state.update(.notice(Notice(evil, isError: true)))
    _ = state.update(.snapshot(failed, experiment: 0))
    for key in ["L", "t", "r", "?", "?"] as [Unicode.Scalar] {
      _ = state.update(.event(.key(.character(key))))
      check()
    }
    state.size = Size(width: 20, height: 5)
    check()
    #expect(snapshot.screenshotName.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 })
  }
}

extension String {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
