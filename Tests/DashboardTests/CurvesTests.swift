import Dashboard
import RunFiles
import TerminalUI
import TestSupport
import Testing

@Suite("The screen of curves")
struct CurvesTests {
  private func press(_ state: inout CurvesState, _ keys: Key...) -> [Effect] {
    keys.flatMap { state.update(.key($0)) }
  }

  private func text(_ state: CurvesState) -> String {
    state.frame(for: Capabilities(colours: .monochrome, glyphs: .braille)).text
  }

  // MARK: What is shown

  @Test("Losses come first, then pictures, then the other figures, each by name")
  func order() {
    let panels = Curves.state(Curves.many, 80, 24).panels
    #expect(panels.prefix(4).map(\.tag) == ["loss/D", "loss/G", "digits", "coverage"])
    #expect(panels.dropFirst(4).allSatisfy { $0.tag.hasPrefix("gradient/") && $0.kind == .figure })
    #expect(panels.count == 24)
  }

  @Test("At every size the parts lie on the screen, beside one another, and the focus is in sight", arguments: 0...3)
  func total(population: Int) {
    let runs = [[], [Curves.pair[0]], Curves.pair, Curves.many][population]
    var state = Curves.state(runs, 0, 0)
    for width in 0...200 {
      for height in 0...60 {
        state.isZoomed = !runs.isEmpty && (width + height) % 4 == 0
        state.focus = width.isMultiple(of: 2) ? state.panels.first : state.panels.last
        check(&state, Size(width: width, height: height))
      }
    }
  }

  private func check(_ state: inout CurvesState, _ size: Size) {
    state.size = size
    let screen = Rect(size)
    let layout = CurvesLayout(of: state)
    let parts = ([layout.header, layout.legend, layout.footer, layout.text] + layout.panels.map(\.area))
      .filter { !$0.isEmpty }
    for (index, part) in parts.enumerated() {
      if part.intersection(screen) != part { Issue.record("\(part) leaves \(screen)") }
      for other in parts[(index + 1)...] where !part.intersection(other).isEmpty {
        Issue.record("\(part) and \(other) overlap on \(screen)")
      }
    }
    if parts.reduce(0, { $0 + $1.width * $1.height }) != screen.width * screen.height {
      Issue.record("a part of \(screen) is not used")
    }
    if layout.text.isEmpty, !screen.isEmpty, !layout.panels.contains(where: { $0.id == state.focus }) {
      Issue.record("no focus on \(screen)")
    }
  }

  @Test("A frame of any size has that size, with and without something to show", arguments: [0, 1, 2, 7, 26, 61, 200])
  func sizes(width: Int) {
    for runs in [[], Curves.pair, Curves.many] {
      for height in [0, 1, 2, 8, 13, 60] {
        let state = Curves.state(runs, width, height)
        let frame = state.frame(for: Capabilities(colours: .monochrome, glyphs: .ascii))
        #expect(frame.size == state.size)
        #expect(frame.text.utf8.allSatisfy { $0 < 0x80 })
      }
    }
  }

  @Test("Without colours, letters on the lines and at their ends tell runs apart; a single run needs none")
  func letters() {
    let both = text(Curves.state(Curves.pair, 100, 30))
    #expect(both.contains("A slow") && both.contains("B fast/again"))
    #expect(both.contains("A 0.6") && both.contains("B 0.7"))
    let alone = text(Curves.state([Curves.pair[0]], 100, 30))
    #expect(!alone.contains("A 0.6") && alone.contains(" 0.6"))
  }

  @Test("Of more panels than fit, a page is shown, and the header says so; Tab leads to the next page")
  func pages() {
    var state = Curves.state(Curves.many, 80, 24)
    #expect(text(state).contains("of 24 panels"))
    #expect(!text(state).contains("gradient/layer-9"))
    _ = press(&state, .backTab)
    #expect(state.focus?.tag == "gradient/layer-9")
    #expect(text(state).contains("gradient/layer-9"))
  }

  @Test("While there is nothing yet it says what it waits for, and q leaves")
  func nothing() {
    var state = Curves.state([], 80, 24)
    #expect(text(state).contains("no files of figures yet: watch runs"))
    var mistyped = state
    mistyped.missing = ["runs"]
    #expect(text(mistyped).contains("waiting for runs: there is no such file or folder yet"))
    #expect(press(&state, .enter, .tab, .character("c"), .left, .character("S")) == [.writeScreenshot])
    #expect(press(&state, .character("q")) == [.leave(.quit)])
  }

  @Test("What the names of tags and runs may hold that a terminal would obey is not drawn")
  func harmless() {
    var run = WatchedRun(name: "a\u{1B}[31m\u{9B}b")
    run.add(1, of: "loss\u{7}\u{202E}\n", at: 1)
    let state = Curves.state([run, Curves.pair[0]], 80, 24)
    let frame = state.frame(for: Capabilities(colours: .trueColour, glyphs: .braille))
    #expect(frame.cells.allSatisfy { $0.glyph == $0.glyph.shown })
  }

  // MARK: Keys

  @Test("Keys of the live view do the same here, and those that steer a training do nothing")
  func keys() {
    var state = Curves.state(Curves.pair, 120, 40)
    _ = press(&state, .character("["), .character("x"), .character("e"), .character("a"))
    #expect(text(state).contains("last 1/2 · log · fixed · smoothed 10"))
    _ = press(&state, .character("]"), .character("x"), .character("a"))
    #expect(state.look.halvings == 0 && state.look.scale == .linear && state.look.fixedRanges == nil)
    let before = state
    for key in [" ", "-", "+", "s", "r", "n", "p", "1"] as [Unicode.Scalar] {
      #expect(press(&state, .character(key)) == [])
    }
    state.notice = before.notice
    #expect(state == before)
    _ = press(&state, .character("?"))
    #expect(text(state).contains("smooth over 10, 100, 1,000 or 10,000 values"))
    let groups = state.keys.bindings.map(\.group)
    #expect(!groups.contains(.training) && !groups.contains(.replay))
    #expect(!text(state).contains("Training") && !text(state).contains("Replays") && text(state).contains("Panels"))
    _ = press(&state, .escape, .enter)
    #expect(state.isZoomed && state.overlay == nil)
    #expect(CurvesLayout(of: state).panels.count == 1)
  }

  @Test("The crosshair reads of each run what it had last written down, exactly")
  func crosshair() {
    var state = Curves.state(Curves.pair, 120, 40)
    _ = press(&state, .enter, .character("c"))
    #expect(state.crosshair == 1000)
    let last = Curves.pair.map { $0.figures["loss/D"]?.stretches.last?.values.mean ?? .nan }
    #expect(text(state).contains("step 1,000  A \(Float(last[0]))  B \(Float(last[1])) at 800"))
    for _ in 0..<150 { _ = press(&state, .left) }
    // The first column of the screen holds two values; the later one is read.
    let first = Curves.pair.map { $0.figures["loss/D"]?.stretches[1].values.mean ?? .nan }
    #expect(text(state).contains("step 10  A \(Float(first[0]))  B \(Float(first[1])) "))
    _ = press(&state, .escape)
    #expect(state.crosshair == nil && state.isZoomed)
  }

  @Test("Each chart shows the steps of its own figure, so that a short one is not pressed into a corner")
  func ownSteps() {
    var state = Curves.state([Curves.pair[0]], 120, 40)
    _ = press(&state, .enter, .character("c"))
    #expect(state.crosshair == 1000)
    var early = WatchedRun(name: "early")
    for step in 0...60 { early.add(Double(step), of: "early loss", at: Double(step)) }
    state.receive([Curves.pair[0], early])
    state.focus = CurvesPanel(.figure, "early loss")
    _ = press(&state, .character("c"))
    #expect(state.crosshair == 60)
  }

  @Test("A single value, an infinite one and none at all are charts, too")
  func fewValues() {
    var run = WatchedRun(name: "few")
    run.add(3, of: "one", at: 7)
    run.add(.infinity, of: "infinite", at: 7)
    var state = Curves.state([run], 80, 24)
    #expect(text(state).contains("3.00") && text(state).contains("×"))
    _ = press(&state, .character("x"), .character("a"), .character("e"), .character("["), .character("c"))
    #expect(!text(state).isEmpty)
  }

  @Test(
    "A figure that stays as it is can be looked at on every scale, from the start and fixed, too",
    arguments: [0, 1e-5, 0.3, 0.5, 12])
  func constants(value: Double) {
    var run = WatchedRun(name: "constant")
    run.add(value, of: "once", at: 1)
    for step in 0..<50 { run.add(value, of: "learning rate", at: Double(step)) }
    for isLogarithmic in [true, false] {
      for runs in [[run], [run, Curves.pair[0]]] {
        var state = Curves.state(runs, 100, 30)
        var settings = Settings()
        settings[.scale] = .string(isLogarithmic ? "log" : "linear")
        _ = state.adopt(settings, insteadOf: Settings())
        #expect((state.look.scale == .logarithmic) == isLogarithmic)
        for key in ["x", "a", "x", "["] as [Unicode.Scalar] {
          #expect(text(state).contains(NumberLabel.short(value)))
          _ = press(&state, .character(key))
        }
      }
    }
  }

  @Test("Figures and steps of every bit pattern can be looked at, with every key", arguments: 0..<6)
  func bitPatterns(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    func number() -> Double {
      let ends: [Double] = [
        0, 1, -1, 1e308, -1e308, .leastNonzeroMagnitude, 0x1p63, 0x1p64, .infinity, -.infinity, .nan,
      ]
      let bits = random.next()
      return switch bits % 3 {
      case 0: ends[Int(bits >> 8) % ends.count]
      case 1: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits >> 8)))
      default: Double(bitPattern: bits)
      }
    }
    for count in [1, 2, 9, 60] {
      var runs = [WatchedRun(name: "one"), WatchedRun(name: "other")]
      for index in runs.indices {
        for _ in 0..<count {
          for tag in ["loss", "distance"] { runs[index].add(number(), of: tag, at: number()) }
        }
      }
      var state = Curves.state(runs, 100, 30)
      for key in ["c", "h", "x", "e", "a", "[", "h", "\r", "h", "x", "]", "c", "e", "a", "y"] as [Unicode.Scalar] {
        _ = press(&state, key == "\r" ? .enter : .character(key))
        #expect(text(state).contains("gantui"))
      }
      #expect(runs.allSatisfy { $0.sentence.hasPrefix($0.name) })
    }
  }

  @Test("gantui's own figures have words for names, and losses and pictures more room than the rest")
  func ownFigures() throws {
    var run = WatchedRun(name: "own")
    run.add(try #require(Curves.pair[0].samples["digits"]), of: "samples")
    for tag in ["d_loss", "g_loss", "d_real", "d_fake", "jsd", "jsd_floor", "kl", "modes", "value"] {
      for step in 0..<20 { run.add(Double(step), of: tag, at: Double(step)) }
    }
    let state = Curves.state([run], 160, 50)
    let shown = text(state)
    #expect(shown.contains(" D's loss, held out ") && shown.contains(" D(G(z)) ") && !shown.contains("d_fake"))
    let areas = CurvesLayout(of: state).panels.map { ($0.id, $0.area.width * $0.area.height) }
    let loss = try #require(areas.first { $0.0.tag == "d_loss" })
    let other = try #require(areas.first { $0.0.tag == "jsd" })
    #expect(Double(loss.1) > 1.4 * Double(other.1))
    #expect(state.panels.suffix(2).map(\.tag) == ["jsd_floor", "modes"])
  }

  // MARK: What is new

  @Test("New runs and damaged files are noted in the log, and the focus stays where it was")
  func news() {
    var state = Curves.state([Curves.pair[0]], 100, 30)
    state.focus = CurvesPanel(.figure, "coverage")
    var runs = Curves.many
    runs[0].damages = 1
    state.receive(runs)
    #expect(state.log.entries.contains { $0.text.contains("1 part of its files is damaged") })
    runs[0].damages = 2
    state.receive(runs)
    #expect(state.focus == CurvesPanel(.figure, "coverage"))
    #expect(state.log.entries.contains { $0.text == "found: sweep/lr-3" })
    #expect(state.log.entries.contains { $0.text.contains("2 parts of its files are damaged") })
  }
}
