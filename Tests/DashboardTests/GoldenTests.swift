// Whole frames against files in `Golden/`. After a change that is meant to be seen, look at the frames and record them
// anew: GANTUI_RECORD=1 swift test --filter DashboardTests.GoldenTests

import Dashboard
import Glibc
import TerminalUI
import Testing
import Training

/// A frozen moment of the program, by the name of its file.
struct Scene: Sendable, CustomStringConvertible {
  var name: String
  var snapshots: [Snapshot]
  var keys: [Key] = []
  var isPaused = false
  /// The experiment whose failure is asked about.
  var offersRecovery: Int?

  var description: String { name }

  func state(_ size: Size) -> State {
    var state = Fixtures.state(snapshots, size.width, size.height)
    state.isPaused = isPaused
    state.overlay = offersRecovery.map { .offerRecovery(experiment: $0) }
    for key in keys { _ = state.update(.event(.key(key))) }
    return state
  }

  static let all: [Scene] = [
    Scene(name: "both", snapshots: [Fixtures.toy(), Fixtures.digits()]),
    Scene(name: "toy", snapshots: [Fixtures.toy()]),
    Scene(name: "digits", snapshots: [Fixtures.digits()]),
    Scene(name: "ring", snapshots: [Fixtures.ring()]),
    Scene(name: "paused", snapshots: [Fixtures.toy(phase: .paused), Fixtures.digits(phase: .paused)], isPaused: true),
    Scene(name: "between", snapshots: [Fixtures.digits(phase: .paused)], isPaused: true),
    Scene(name: "help", snapshots: [Fixtures.toy(), Fixtures.digits()], keys: [.character("?")]),
    Scene(
      name: "guide", snapshots: [Fixtures.toy(), Fixtures.digits()], keys: [.character("?"), .character("?")]),
    Scene(name: "reset", snapshots: [Fixtures.toy(), Fixtures.digits()], keys: [.character("r")]),
    Scene(name: "preparing", snapshots: [Snapshot(experiment: Fixtures.toySummary), Fixtures.preparing()]),
    Scene(name: "failed", snapshots: [Fixtures.failed()]),
    Scene(name: "nan", snapshots: [Fixtures.toy(brokenAt: 900)]),
    Scene(name: "slow", snapshots: [Fixtures.toy(pace: 200), Fixtures.digits()]),
    Scene(name: "opening", snapshots: [Fixtures.opening(), Fixtures.stale()]),
    Scene(name: "resting", snapshots: [Fixtures.toy(phase: .resting), Fixtures.digits()]),
    Scene(name: "status", snapshots: [Fixtures.toy()], keys: [.tab, .tab, .enter]),
    Scene(name: "rewound", snapshots: [Fixtures.rewound()], isPaused: true),
    Scene(name: "branched", snapshots: [Fixtures.branched()]),
    Scene(name: "recovery", snapshots: [Fixtures.toy(), Fixtures.diverged()], offersRecovery: 1),
    Scene(name: "large-digits", snapshots: [Fixtures.digits(side: 64)]),
    Scene(name: "autoencoder", snapshots: [Fixtures.autoencoder()]),
    Scene(name: "autoencoder-chart", snapshots: [Fixtures.autoencoder()], keys: [.tab, .tab, .tab]),
  ]
}

/// A frozen moment of runs that are watched, by the name of its file.
struct CurvesScene: Sendable, CustomStringConvertible {
  var name: String
  var runs: [WatchedRun]
  var keys: [Key] = []

  var description: String { name }

  func state(_ size: Size) -> CurvesState {
    var state = Curves.state(runs, size.width, size.height)
    for key in keys { _ = state.update(.key(key)) }
    return state
  }

  static let all: [CurvesScene] = [
    CurvesScene(name: "curves-one", runs: [Curves.pair[0]]),
    CurvesScene(name: "curves-two", runs: Curves.pair),
    CurvesScene(name: "curves-many", runs: Curves.many),
    CurvesScene(
      name: "curves-read", runs: Curves.pair,
      keys: [.enter, .character("c")] + [Key](repeating: .left, count: 30) + [.character("e")]),
  ]
}

@Suite("Whole frames")
struct GoldenTests {
  private static let sizes = [Size(width: 40, height: 12), Size(width: 80, height: 24), Size(width: 120, height: 40)]
  private static let largest = Size(width: 200, height: 60)
  /// These with the style of every cell, and on a large screen as well; the others as text.
  private static let withStyles = Set(["both", "toy", "digits", "paused", "help", "nan", "preparing"])
  private static let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Golden"

  @Test(
    "A frame looks as it was recorded: characters and styles, with and without UTF-8 and colours", arguments: Scene.all)
  func frames(scene: Scene) throws {
    let hasStyles = Self.withStyles.contains(scene.name)
    for size in Self.sizes + (hasStyles ? [Self.largest] : []) {
      let looks: [(GlyphSet, ColourDepth)] =
        if !hasStyles {
          [(.braille, .monochrome), (.ascii, .monochrome)]
        } else if size == Self.largest {
          [(.braille, .ansi16), (.ascii, .monochrome)]
        } else {
          [(.braille, .ansi16), (.braille, .monochrome), (.ascii, .ansi16), (.ascii, .monochrome)]
        }
      let parts = looks.map { glyphs, colours in
        let frame = scene.state(size).frame(for: Capabilities(colours: colours, glyphs: glyphs))
        if glyphs == .ascii { check(inASCII: frame) }
        return "=== \(glyphs), \(colours)\n" + frame.text + (hasStyles ? "=== styles\n" + frame.styleGrid : "")
      }
      try compare(parts.joined(), with: "\(scene.name)-\(size.width)x\(size.height).txt")
    }
  }

  @Test("The screen of curves looks as it was recorded", arguments: CurvesScene.all)
  func curves(scene: CurvesScene) throws {
    for size in Self.sizes {
      let parts = [(GlyphSet.braille, ColourDepth.ansi16), (.ascii, .monochrome)].map { glyphs, colours in
        let frame = scene.state(size).frame(for: Capabilities(colours: colours, glyphs: glyphs))
        if glyphs == .ascii { check(inASCII: frame) }
        return "=== \(glyphs), \(colours)\n" + frame.text + "=== styles\n" + frame.styleGrid
      }
      try compare(parts.joined(), with: "\(scene.name)-\(size.width)x\(size.height).txt")
    }
  }

  private func check(inASCII frame: Frame) {
    #expect(frame.text.unicodeScalars.allSatisfy { $0.isASCII })
    let questions = frame.text.replacing("? help", with: "").replacing("? F1", with: "").replacing("(? ", with: "")
      .replacing("0?", with: "").replacing("rates?", with: "")
    #expect(!questions.contains("?"), "a character has no stand-in")
  }

  @Test("Colours are as they were recorded", arguments: ColourDepth.allCases)
  func colours(depth: ColourDepth) throws {
    let frame = Scene.all[0].state(Self.sizes[1]).frame(for: Capabilities(colours: depth, glyphs: .braille))
    try compare(frame.ansi, with: "both-80x24-\(depth).ansi")
  }

  @Test("Pictures are as they were recorded, drawn in every way", arguments: ImageMode.allCases)
  func pictures(mode: ImageMode) throws {
    var state = Fixtures.state([Fixtures.digits()], 80, 24)
    state.imageMode = mode
    let frame = state.frame(for: Capabilities(colours: .indexed256, glyphs: .braille))
    try compare(frame.ansi, with: "digits-80x24-\(mode.rawValue).ansi")
  }

  private func compare(_ text: String, with name: String) throws {
    let path = Self.folder + "/" + name
    if getenv("GANTUI_RECORD") != nil {
      let file = try #require(fopen(path, "w"), "cannot write \(path)")
      fputs(text, file)
      fclose(file)
    }
    let file = try #require(fopen(path, "r"), "\(name) is not recorded")
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    let recorded = String(decoding: bytes[..<count], as: UTF8.self)
    let (old, new) = (
      recorded.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false)
    )
    for (row, lines) in zip(old, new).enumerated() where lines.0 != lines.1 {
      Issue.record("\(name), row \(row):\n- \(lines.0)\n+ \(lines.1)")
      return
    }
    #expect(old.count == new.count, "\(name): number of rows")
  }
}

extension Frame {
  /// A letter a cell for how it looks, after a list of what the letters mean; blanks are the terminal's own style.
  fileprivate var styleGrid: String {
    var letters: [Style: Character] = [.plain: " "]
    var legend = ""
    let names = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    let rows = (0..<size.height).map { y in
      String(
        row(y).map { cell -> Character in
          if let letter = letters[cell.style] { return letter }
          let letter = letters.count <= names.count ? names[letters.count - 1] : "?"
          letters[cell.style] = letter
          legend += "\(letter): \(cell.style.words)\n"
          return letter
        })
    }
    return legend + rows.joined(separator: "\n") + "\n"
  }
}

extension Style {
  fileprivate var words: String {
    let marks: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.underline, "underline"), (.reverse, "reverse"),
    ]
    return (["\(foreground) on \(background)"] + marks.filter { attributes.contains($0.0) }.map(\.1))
      .joined(separator: " ")
  }
}
