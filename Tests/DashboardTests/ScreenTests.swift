import Dashboard
import Figures
import TerminalUI
import Testing
import Training

@Suite("The screen")
struct ScreenTests {
  private let plain = Capabilities(colours: .monochrome, glyphs: .braille)

  private func text(_ state: State) -> String { state.frame(for: plain).text }

  @Test("Every small size and some large ones give a frame of that size", arguments: 0..<4)
  func total(part: Int) {
    let scenes = [Scene.all[0], Scene.all[4], Scene.all[6], Scene.all[8]]
    for height in [0, 1, 2, 3, 5, 7, 8, 9, 12, 100] {
      for width in [0, 1, 2, 5, 9, 19, 26, 30, 39, 300] {
        let size = Size(width: width, height: height)
        #expect(scenes[part].state(size).frame(for: plain).size == size)
      }
    }
  }

  @Test("Nothing at all is a frame, too")
  func nothing() {
    #expect(text(Fixtures.state([], 30, 3)) == "\n\n\n")
  }

  @Test("A paused game says so in words, at every size that has room for a word")
  func paused() {
    for (width, height) in [(120, 40), (80, 24), (60, 16), (40, 12), (20, 5), (20, 1)] {
      let state = Scene.all[4].state(Size(width: width, height: height))
      #expect(text(state).contains("PAUSED"), "\(width)x\(height)")
    }
  }

  @Test("Slow motion is said in words, and at which pace; a pace out of reach is not claimed")
  func slowMotion() {
    for (width, height) in [(120, 40), (80, 24)] {
      let words = text(Fixtures.state([Fixtures.toy(pace: 200), Fixtures.digits()], width, height))
      #expect(words.contains("SLOW MOTION"))
      #expect(words.contains("200 steps/s"), "198 are measured")
      #expect(words.contains("+ faster"))
    }
    #expect(text(Fixtures.state([Fixtures.toy(pace: 200), Fixtures.digits()], 40, 12)).contains("SLOW MOTION"))
    #expect(!text(Fixtures.state([Fixtures.toy()], 120, 40)).contains("faster"))
    var snapshot = Fixtures.toy(pace: 200)
    snapshot.stepsPerSecond = 150
    let words = text(Fixtures.state([snapshot], 120, 40))
    #expect(words.contains("150 steps/s") && words.contains("RUNNING") && !words.contains("SLOW MOTION"))
  }

  @Test("What V and the JSD are to be compared with stands beside them")
  func references() {
    for (width, height) in [(120, 40), (80, 24)] {
      let text = text(Fixtures.state([Fixtures.toy(), Fixtures.digits()], width, height))
      for word in ["−log 4", "−1.386 nats", "floor", "0.004 nats"] {
        #expect(text.contains(word), "\(word) at \(width)")
      }
    }
  }

  @Test("Samples out of sight are counted")
  func outside() {
    var snapshot = Fixtures.toy()
    guard case .density(var view) = snapshot.samples else { return }
    view.outside = 0.123
    snapshot.samples = .density(view)
    for (width, height) in [(120, 40), (80, 24)] {
      #expect(text(Fixtures.state([snapshot], width, height)).contains("outside  12 % of G(z)"))
    }
  }

  @Test("A failure is told to the end")
  func failure() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
      let words = text(Fixtures.state([Fixtures.failed()], width, height))
      #expect(words.contains("FAILED"))
      #expect(words.contains("--data"), "\(width)x\(height)")
    }
  }

  @Test("Each of two failures is told to the end, above keys that stay, though one comes late in a run")
  func failures() {
    var late = Fixtures.toy(
      phase: .failed(.data("the losses are not finite since step 12,241: try --loss non-saturating")))
    late.experiment.name = "late"
    let early = Fixtures.failed()
    func words(_ state: State) -> String {
      let words = text(state).unicodeScalars.map { (0x2500...0x28FF).contains($0.value) || $0 == "\n" ? " " : $0 }
      return String(String.UnicodeScalarView(words)).split(separator: " ").joined(separator: " ")
    }
    for (width, height) in [(120, 40), (80, 24), (60, 16), (40, 12)] {
      for kind in Fixtures.toySummary.kinds {
        var state = Fixtures.state([late, early], width, height)
        state.focus = PanelID(experiment: 0, kind: kind)
        #expect(words(state).contains("--loss"), "\(width)x\(height) \(kind)")
        #expect(words(state).contains("q quit"))
        if width == 120 { #expect(words(state).contains("--data"), "\(kind)") }
        state.focus = PanelID(experiment: 1, kind: kind)
        #expect(words(state).contains("--data"), "\(width)x\(height) \(kind)")
      }
    }
  }

  @Test("A failure that is out of sight is said in the first line")
  func failureOutOfSight() {
    for width in [40, 60, 80, 120] {
      let first = Fixtures.state([Fixtures.toy(), Fixtures.failed()], width, 12).frame(for: plain).lines[0]
      #expect(first.contains("FAILED"), "\(width): \(first)")
    }
  }

  @Test("Experiments that have no panel are counted, unless that was asked for")
  func outOfSight() {
    let four = [Fixtures.toy(), Fixtures.ring(), Fixtures.digits(), Fixtures.toy()]
    func first(_ state: State) -> String { state.frame(for: plain).lines[0] }
    #expect(first(Fixtures.state(four, 120, 40)).contains("2 of 4 shown"))
    #expect(first(Fixtures.state(four, 80, 24)).contains("1 of 4"))
    let two = [Fixtures.toy(), Fixtures.digits()]
    #expect(first(Fixtures.state(two, 80, 24)).contains("1 of 2 shown, Tab leads on"))
    #expect(first(Fixtures.state(two, 72, 24)).contains("1 of 2, Tab"))
    #expect(!first(Fixtures.state(four, 200, 40)).contains("shown"))
    var zoomed = Fixtures.state(four, 120, 40)
    zoomed.isZoomed = true
    #expect(!first(zoomed).contains("shown"))
  }

  @Test("The look that is said is the one in force")
  func look() {
    func first(_ depth: ColourDepth) -> String {
      Fixtures.state([Fixtures.toy()], 100, 24).frame(for: Capabilities(colours: depth, glyphs: .braille)).lines[0]
    }
    #expect(first(.trueColour).hasSuffix(" okabe-ito"))
    #expect(first(.indexed256).hasSuffix(" okabe-ito"))
    #expect(first(.ansi16).hasSuffix(" okabe-ito (basic colours)"))
    #expect(first(.monochrome).hasSuffix(" mono"))
  }

  @Test("However long a name is, every panel says what it shows, and the seed is said exactly once an experiment")
  func headings() {
    var snapshot = Fixtures.digits()
    snapshot.experiment.name = "gan/tutorial-mnist"
    for (width, height) in [(100, 40), (120, 40), (200, 60)] {
      let words = text(Fixtures.state([snapshot, snapshot], width, height))
      for word in ["losses", "status", "seed 1"] {
        #expect(words.split(separator: word, omittingEmptySubsequences: false).count == 3, "\(word) at \(width)")
      }
      #expect(!words.contains("seed     1"))
    }
  }

  @Test("Without UTF-8 a bound is still a bound")
  func bounds() {
    for (width, height) in [(120, 40), (25, 20)] {
      let frame = Fixtures.state([Fixtures.toy()], width, height)
        .frame(for: Capabilities(colours: .monochrome, glyphs: .ascii))
      #expect(frame.text.contains("JSD >= "))
    }
  }

  @Test("In slow motion, paused, all keys are hinted at in 120 columns")
  func allHints() throws {
    var state = Fixtures.state([Fixtures.toy(phase: .paused, pace: 200)], 120, 40)
    state.isPaused = true
    let last = try #require(state.frame(for: plain).lines.last)
    for hint in ["Space resume", "+ faster", "s step", "S screenshot", "? help", "q quit"] {
      #expect(last.contains(hint), "\(hint)")
    }
  }

  @Test("Nothing that comes from outside reaches the terminal raw")
  func hostile() {
    var snapshot = Fixtures.toy(phase: .failed(.data("bad\u{1B}]0;title\u{07}\u{9B}2J file")))
    snapshot.samples = .empty
    snapshot.experiment.name = "to\u{1B}[31my"
    for (width, height) in [(120, 40), (40, 12), (15, 4)] {
      let frame = Fixtures.state([snapshot], width, height).frame(for: plain)
      #expect(frame.cells.allSatisfy { $0.glyph.value >= 0x20 && !(0x7F...0x9F).contains($0.glyph.value) })
    }
  }

  @Test("The hints are of what is focused: noise where there is some, looks of a chart, reading, scrolling")
  func hintsOfFocus() throws {
    func hints(_ state: State) -> String { state.frame(for: plain).lines.last ?? "" }
    var state = Fixtures.state([Fixtures.toy(), Fixtures.digits()], 80, 24)
    #expect(!hints(state).contains("n noise") && !hints(state).contains("x log"))
    state.size = Size(width: 120, height: 40)
    state.focus.experiment = 1
    #expect(hints(state).contains("n noise"))
    state.focus = PanelID(experiment: 0, kind: .losses)
    for width in [80, 120] {
      state.size = Size(width: width, height: 24)
      #expect(
        hints(state).contains("[ shorter") && hints(state).contains("x log") && hints(state).contains("c crosshair"))
    }
    for key in "x[c".unicodeScalars { _ = state.update(.event(.key(.character(key)))) }
    #expect(hints(state).contains("← → read  Esc leave") && hints(state).contains("] longer"))
    #expect(hints(state).contains("x linear"))
    _ = state.update(.event(.key(.character("?"))))
    #expect(hints(state).contains("↑ ↓ scroll  Esc close"))
  }

  @Test("All key hints come from the table, and the way out is always in sight")
  func footer() {
    for width in 26...130 {
      let last = Fixtures.state([Fixtures.toy()], width, 12).frame(for: plain).lines[11]
      #expect(last.contains("q quit"), "\(width)")
    }
  }
}

@Suite("The table of keys")
struct KeyMapTests {
  @Test("No key does two things, and everything that can be done has a key")
  func unique() {
    let keys = KeyMap.standard.bindings.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
    #expect(Set(KeyMap.standard.bindings.map(\.action)) == Set(Action.allCases))
    for binding in KeyMap.standard.bindings {
      for key in binding.keys { #expect(KeyMap.standard.action(for: key) == binding.action) }
    }
  }

  @Test("The help names every binding once")
  func help() {
    let entries = KeyMap.standard.help.lines.compactMap { line in
      if case .entry(_, let text) = line { text } else { nil }
    }
    #expect(entries.sorted() == KeyMap.standard.bindings.map(\.help).sorted())
  }

  @Test("Keys are named as they are written on keyboards")
  func names() {
    let names = [Key.character(" "), .character("S"), .control("c"), .backTab, .function(1)].map(\.name)
    #expect(names == ["Space", "S", "Ctrl-C", "Shift-Tab", "F1"])
  }
}

@Suite("Figures in words")
struct FiguresTests {
  @Test("No loss stands beside those of the chart, which are of other samples")
  func onePlaceForLosses() {
    #expect(!Fixtures.toy().figures.contains { $0.label.contains("loss") })
  }

  @Test("A bound comes with its error, with the unit only where there is room")
  func boundError() {
    for (width, text) in [(120, "JSD ≥    0.032 ± 0.004 nats"), (26, "0.032 ± 0.004")] {
      var state = Fixtures.state([Fixtures.toy()], width, 30)
      state.focus.kind = .status
      state.isZoomed = true
      #expect(state.frame(for: Capabilities(colours: .monochrome, glyphs: .braille)).text.contains(text), "\(width)")
    }
  }

  @Test("Every figure is explained in the help, in the words that stand beside it")
  func guide() {
    for snapshot in [Fixtures.toy(), Fixtures.digits(), Fixtures.ring()] {
      var state = Fixtures.state([snapshot], 120, 60)
      state.overlay = .guide(offset: 0)
      let text = state.frame(for: Capabilities(colours: .monochrome, glyphs: .braille)).text
      for figure in snapshot.figures { #expect(text.contains(figure.meaning), "\(figure.label)") }
    }
  }

  @Test("What is not measured is not said")
  func absent() {
    #expect(Fixtures.preparing().figures == [])
    let labels = Fixtures.digits().figures.map(\.label)
    #expect(!labels.contains("JSD"))
    #expect(labels.contains("JSD ≥"))
  }

  @Test("Numbers are grouped, times have minutes, rates have a unit")
  func formats() {
    var snapshot = Fixtures.toy()
    #expect(snapshot.progress == "step 12,340")
    #expect(snapshot.rate == "5,210 steps/s")
    #expect(snapshot.duration == "2:05")
    snapshot.stepsPerSecond = 6.54
    snapshot.seconds = 3_723
    #expect(snapshot.rate == "6.5 steps/s")
    #expect(snapshot.duration == "1:02:03")
    #expect(1_234_567.grouped == "1,234,567")
    #expect((-1_000).grouped == "−1,000")
    #expect(999.grouped == "999")
  }

  @Test("Values that are not finite do not crash the words")
  func broken() {
    var snapshot = Fixtures.toy()
    snapshot.stepsPerSecond = .infinity
    snapshot.seconds = .nan
    snapshot.readings["value"] = .nan
    snapshot.readings["jsd"] = -.infinity
    #expect(snapshot.figures.count > 3)
    #expect(!snapshot.rate.isEmpty && !snapshot.duration.isEmpty)
  }

  @Test("The verdict says only what is beyond doubt")
  func verdict() {
    var snapshot = Fixtures.toy()
    snapshot.readings["d_real"] = 0.52
    #expect(snapshot.verdict ?? ("", .text) == ("D misses what D* sees", .warn), "the JSD is far above its floor")
    snapshot.readings["jsd"] = 0.02
    #expect(snapshot.verdict ?? ("", .text) == ("D is at chance", .good))
    snapshot.readings["d_error"] = 0.2
    #expect(snapshot.verdict ?? ("", .text) == ("D misses what D* sees", .warn))
    snapshot.readings["jsd"] = nil
    #expect(snapshot.verdict ?? ("", .good) == ("D is at chance", .text), "no news where D* is not known")
    snapshot.readings["d_real"] = 0.56
    #expect(snapshot.verdict == nil)
    snapshot.readings["d_real"] = 0.5
    snapshot.readings["d_fake"] = 0.44
    #expect(snapshot.verdict == nil)
    snapshot.readings["jsd"] = 0.004
    #expect(snapshot.verdict?.text == "JSD is at its floor")
    #expect(Fixtures.ring().verdict?.text == "G misses 2 of 8 modes")
    var broken = Fixtures.toy()
    broken.history.add(discriminator: .nan, generator: 1)
    #expect(broken.verdict?.text == "a loss is not finite")
  }
}
