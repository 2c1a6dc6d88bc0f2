import Dashboard
import Figures
import TerminalUI
import TestSupport
import Testing
import Training

@Suite("Keys and what follows")
struct UpdateTests {
  private func both(_ width: Int = 120, _ height: Int = 40) -> State {
    var state = Fixtures.state([Fixtures.toy(), Fixtures.digits()], width, height)
    state.themes = Theme.bundledNames.compactMap(Theme.bundled(named:))
    return state
  }

  private func press(_ keys: Key..., on state: inout State) -> [Effect] {
    keys.flatMap { state.update(.event(.key($0))) }
  }

  @Test("Space pauses and resumes every experiment")
  func pause() {
    var state = both()
    #expect(press(.character(" "), on: &state) == [.send(.pause, experiment: 0), .send(.pause, experiment: 1)])
    #expect(state.isPaused)
    #expect(press(.character(" "), on: &state) == [.send(.resume, experiment: 0), .send(.resume, experiment: 1)])
    #expect(!state.isPaused)
  }

  @Test("Space says so when there is nothing left to pause")
  func nothingToPause() {
    var state = Fixtures.state([Fixtures.toy(phase: .finished)], 80, 24)
    #expect(press(.character(" "), on: &state) == [])
    #expect(state.notice?.text.contains("nothing is running") == true)
  }

  @Test("A half step is asked of the focused experiment, and said when it is done")
  func halfStep() {
    var state = both()
    #expect(press(.character("s"), on: &state) == [])
    #expect(state.notice?.text.contains("Space pauses") == true)

    _ = press(.character(" "), on: &state)
    #expect(press(.character("s"), on: &state) == [.send(.stepHalf, experiment: 0)])
    _ = state.update(.snapshot(Fixtures.toy(phase: .paused), experiment: 0))
    #expect(state.notice == nil, "not done yet")
    var done = Fixtures.toy(phase: .paused)
    done.next = NextMove(name: "G")
    _ = state.update(.snapshot(done, experiment: 0))
    #expect(state.notice?.text == "toy: D's half of the step is done, G's is next")
  }

  @Test("Where both players move at once, a single step is said to be a whole one, and is seen done")
  func wholeStep() {
    var paused = Fixtures.toy(phase: .paused)
    paused.next = NextMove(name: "D and G", isWholeStep: true)
    var state = Fixtures.state([paused], 120, 40)
    state.isPaused = true
    #expect(
      state.frame(for: Capabilities(colours: .monochrome, glyphs: .braille)).text.contains("s makes a whole step"))
    _ = press(.character("s"), on: &state)
    _ = state.update(.snapshot(paused, experiment: 0))
    #expect(state.notice == nil, "not done yet")
    paused.step += 1
    _ = state.update(.snapshot(paused, experiment: 0))
    #expect(state.notice?.text == "toy: a whole step is done, D and G moved at once")
    #expect(state.awaitedMoves.isEmpty)
  }

  @Test("Reset asks first; y resets one, a all, anything else none")
  func reset() {
    for (answer, effects) in [
      (Key.character("y"), [Effect.send(.reset, experiment: 0)]),
      (.character("a"), [.send(.reset, experiment: 0), .send(.reset, experiment: 1)]),
      (.character("n"), []), (.escape, []), (.enter, []),
    ] {
      var state = both()
      #expect(press(.character("r"), on: &state) == [])
      #expect(state.overlay == .confirmReset)
      #expect(press(answer, on: &state) == effects)
      #expect(state.overlay == nil)
    }
  }

  /// What `-` and `+` ask for, in their order.
  private func paces(_ keys: [Key], on state: inout State) -> [Double?] {
    keys.flatMap { state.update(.event(.key($0))) }.map { effect in
      switch effect {
      case .send(.pace(.steady(let pace)), experiment: _): pace
      case .send(.pace(.full), experiment: _): nil
      default: .nan
      }
    }
  }

  @Test("While it speeds up by itself, - keeps it slower than it is now and + gives it all; so does a run that rests")
  func automaticPace() {
    for phase in [Phase.running, .resting] {
      var snapshot = Fixtures.toy(phase: phase, pace: phase == .running ? 130 : nil)
      snapshot.isAutomatic = true
      var state = both()
      _ = state.update(.snapshot(snapshot, experiment: 0))
      #expect(paces([.character("-")], on: &state).first == (phase == .running ? 100 : 10_000))
      state = both()
      _ = state.update(.snapshot(snapshot, experiment: 0))
      #expect(paces([.character("+"), .character("+")], on: &state) == [nil])
      #expect(state.notice?.text == "toy: this is full speed")
    }
  }

  @Test("What rests by itself says so and is resumed by Space, which pauses all from the panels of others")
  func resting() {
    var state = both()
    _ = state.update(.snapshot(Fixtures.toy(), experiment: 0))
    _ = state.update(.snapshot(Fixtures.toy(phase: .resting), experiment: 0))
    #expect(state.notice?.text == "toy: resting at the floor, Space resumes")
    #expect(state.log.entries.last?.text.hasPrefix("toy: resting at the floor, step") == true)
    #expect(press(.character(" "), on: &state) == [.send(.resume, experiment: 0)])
    #expect(!state.isPaused)
    _ = press(.tab, .tab, .tab, on: &state)
    #expect(press(.character(" "), on: &state) == [.send(.pause, experiment: 0), .send(.pause, experiment: 1)])
    #expect(state.isPaused)
    #expect(press(.character(" "), on: &state) == [.send(.resume, experiment: 0), .send(.resume, experiment: 1)])
  }

  @Test("- slows down from half of the measured speed, + and = speed up again to full speed and no further")
  func pace() {
    var state = both()
    // 5,210 steps/s at full speed.
    _ = state.update(.snapshot(Fixtures.toy(), experiment: 0))
    let slower = [Key](repeating: .character("-"), count: 14)
    #expect(paces(slower, on: &state) == [2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5])
    #expect(state.notice?.text == "toy: there is no slower pace; Space pauses, then s steps")
    let faster = [Key](repeating: .character("+"), count: 12) + [.character("=")]
    #expect(paces(faster, on: &state) == [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, nil])
    #expect(state.notice?.text == "toy: full speed")
    #expect(paces([.character("+")], on: &state) == [])
    #expect(state.notice?.text == "toy: this is full speed")
  }

  @Test("A pace is for the focused experiment; one that is slow by itself has none")
  func paceOfFocused() {
    var state = both()
    var slow = Fixtures.digits()
    slow.stepsPerSecond = 0.9
    _ = state.update(.snapshot(slow, experiment: 1))
    _ = press(.tab, .tab, .tab, on: &state)
    #expect(press(.character("-"), on: &state) == [])
    #expect(state.notice?.text.hasPrefix("digits: there is no slower pace") == true)
    _ = press(.backTab, on: &state)
    #expect(press(.character("-"), on: &state).count == 1)
    #expect(state.focus.experiment == 0)
  }

  @Test("A pace that the trainer already has, as from the command line, is where the keys go on")
  func paceFromTrainer() {
    var state = both()
    _ = state.update(.snapshot(Fixtures.toy(pace: 200), experiment: 0))
    #expect(paces([.character("-"), .character("-")], on: &state) == [100, 50])
    _ = state.update(.snapshot(Fixtures.toy(pace: 100), experiment: 0))
    #expect(paces([.character("-")], on: &state) == [20], "the trainer is a key behind")
    _ = state.update(.snapshot(Fixtures.toy(pace: 20), experiment: 0))
    _ = state.update(.snapshot(Fixtures.toy(pace: 500), experiment: 0))
    #expect(paces([.character("+")], on: &state) == [1_000])
  }

  @Test("From a pace that is out of reach, the keys go on as from full speed")
  func paceOutOfReach() {
    var state = both()
    var digits = Fixtures.toy(pace: 1_000)
    digits.stepsPerSecond = 190
    _ = state.update(.snapshot(digits, experiment: 0))
    #expect(paces([.character("-"), .character("+"), .character("+")], on: &state) == [50, 100, nil])
  }

  @Test("n asks the focused experiment for new noise")
  func noise() {
    var state = both()
    #expect(press(.tab, .tab, .tab, .character("n"), on: &state) == [.send(.renewNoise, experiment: 1)])
  }

  @Test("A density has no samples to renew, and n says so")
  func noiseOfDensity() {
    var state = both()
    #expect(press(.character("n"), on: &state) == [])
    #expect(state.notice?.text.contains("p_g is counted from many z") == true)
  }

  @Test("Tab visits every panel of every experiment and comes back, also where few are in sight")
  func tab() {
    for size in [Size(width: 120, height: 40), Size(width: 40, height: 12)] {
      var state = both(size.width, size.height)
      let start = state.focus
      var visited: Set<PanelID> = []
      for _ in 0..<6 {
        visited.insert(state.focus)
        _ = press(.tab, on: &state)
      }
      #expect(visited.count == 6)
      #expect(state.focus == start)
      _ = press(.backTab, .tab, on: &state)
      #expect(state.focus == start)
    }
  }

  @Test("Arrows and hjkl go where they point; at the rim they stay")
  func arrows() {
    var state = both()
    _ = press(.right, on: &state)
    #expect(state.focus == PanelID(experiment: 1, kind: .samples))
    _ = press(.character("j"), on: &state)
    #expect(state.focus == PanelID(experiment: 1, kind: .losses))
    _ = press(.character("h"), .up, .up, .up, on: &state)
    #expect(state.focus == PanelID(experiment: 0, kind: .samples))
  }

  @Test("With one panel in sight the arrows leaf through all")
  func leafing() {
    var state = both(40, 12)
    _ = press(.right, on: &state)
    #expect(state.focus == PanelID(experiment: 0, kind: .losses))
    _ = press(.left, .left, on: &state)
    #expect(state.focus == PanelID(experiment: 1, kind: .status))
  }

  @Test("Enter and z zoom, Esc backs out step by step and never quits")
  func zoom() {
    var state = both()
    _ = press(.enter, on: &state)
    #expect(state.isZoomed)
    #expect(Layout(of: state).panels.count == 1)
    _ = press(.character("?"), on: &state)
    #expect(press(.escape, on: &state) == [])
    #expect(state.overlay == nil)
    #expect(state.isZoomed)
    _ = press(.escape, on: &state)
    #expect(!state.isZoomed)
    _ = press(.character("p"), .escape, on: &state)
    #expect(state.preset == .all)
    #expect(press(.escape, .escape, on: &state) == [])
    _ = press(.character("z"), .character("z"), on: &state)
    #expect(!state.isZoomed)
  }

  @Test("p and P go through the layouts, and the focus stays in sight")
  func presets() {
    var state = both()
    var seen: [Preset] = []
    for _ in Preset.allCases {
      _ = press(.character("p"), on: &state)
      seen.append(state.preset)
      #expect(state.panels.contains(state.focus))
    }
    #expect(Set(seen) == Set(Preset.allCases))
    _ = press(.character("p"), .character("P"), on: &state)
    #expect(state.preset == .all)
  }

  @Test("1 to 9 hide panels and show them again; the focus goes where there is something to see")
  func toggling() {
    var state = both()
    let samples = PanelID(experiment: 0, kind: .samples)
    _ = press(.character("1"), on: &state)
    #expect(!state.panels.contains(samples) && state.panels.count == 5)
    #expect(state.focus == PanelID(experiment: 0, kind: .losses))
    #expect(state.notice?.text == "hidden: samples of toy, shown again by 1, or all by Esc")
    _ = press(.character("1"), on: &state)
    #expect(state.panels.contains(samples) && state.focus == samples)
    _ = press(.character("1"), .character("2"), .character("3"), .character("4"), .character("5"), on: &state)
    #expect(state.panels == [PanelID(experiment: 1, kind: .status)])
    _ = press(.character("6"), on: &state)
    #expect(state.panels.count == 1 && state.notice?.text == "the last panel stays: status of digits")
    _ = press(.character("9"), on: &state)
    #expect(state.notice?.text == "there is no panel 9; there are 6")
    _ = press(.escape, on: &state)
    #expect(state.panels.count == 6)
  }

  @Test("Another layout begins with all of its panels; a panel that is not in it is not hidden by accident")
  func togglingInPreset() {
    var state = both()
    _ = press(.character("1"), .character("p"), on: &state)
    #expect(state.preset == .samples && state.panels.count == 2)
    _ = press(.character("2"), on: &state)
    #expect(state.hidden.isEmpty && state.notice?.text.contains("not part of the layout") == true)
  }

  @Test("A zoomed panel that is hidden gives the screen back")
  func togglingZoomed() {
    var state = both()
    _ = press(.character("z"), .character("1"), on: &state)
    #expect(!state.isZoomed && state.panels.count == 5)
    _ = press(.character("z"), .character("6"), on: &state)
    #expect(state.isZoomed, "another one")
  }

  @Test("The numbers of the keys stand in the titles")
  func numbers() {
    let text = both().frame(for: Capabilities(colours: .monochrome, glyphs: .braille)).text
    for title in ["1 toy: a Gaussian", "2 toy: losses", "4 digits", "6 status"] { #expect(text.contains(title)) }
  }

  @Test("t and T go through the themes, round and round")
  func themes() {
    var state = both()
    _ = press(.character("T"), on: &state)
    #expect(state.theme.name == Theme.bundledNames.last)
    #expect(state.notice?.text == "theme: mono")
    _ = press(.character("t"), .character("t"), on: &state)
    #expect(state.theme.name == Theme.bundledNames[1])
  }

  @Test("The help scrolls within its bounds and closes with Esc and any other bound key")
  func help() {
    var state = both(60, 10)
    _ = press(.character("?"), .up, on: &state)
    #expect(state.overlay == .help(offset: 0))
    _ = press(.character("j"), .down, on: &state)
    #expect(state.overlay == .help(offset: 2))
    _ = press(.end, .pageDown, .down, on: &state)
    guard case .help(let last) = state.overlay else { return #expect(Bool(false), "the help is closed") }
    #expect(last == KeyMap.standard.help.largestOffset(in: Layout.overlay(on: state.size)))
    #expect(state.frame(for: Capabilities(colours: .monochrome, glyphs: .ascii)).text.contains("q Ctrl-C"))
    for key in [Key.escape, .character("#"), .enter] {
      for page in [Overlay.help(offset: 3), .guide(offset: 3)] {
        state.overlay = page
        #expect(press(key, on: &state) == [])
        #expect((state.overlay == nil) == (key != .character("#")), "# is no key at all")
      }
    }
  }

  @Test("? leads from the keys to what is drawn and measured, which scrolls as well, and out again")
  func guide() {
    for key in [Key.character("?"), .function(1)] {
      var state = both(60, 10)
      _ = press(key, key, .pageDown, .down, on: &state)
      #expect(state.overlay == .guide(offset: 6))
      _ = press(key, on: &state)
      #expect(state.overlay == nil)
    }
  }

  @Test("Quitting stops the trainers and waits for them; a second time it does not wait")
  func quit() {
    for key in [Key.character("q"), .control("c")] {
      var state = both()
      #expect(press(key, on: &state) == [.send(.stop, experiment: 0), .send(.stop, experiment: 1)])
      #expect(state.isQuitting)
      #expect(state.update(.snapshot(Fixtures.toy(phase: .stopped), experiment: 0)) == [])
      var impatient = state
      #expect(state.update(.snapshot(Fixtures.digits(phase: .stopped), experiment: 1)) == [.leave(.quit)])
      #expect(press(.control("c"), on: &impatient).last == .leave(.quit))
    }
  }

  @Test("Quitting works over the help and over the question")
  func quitOverlay() {
    for first in [Key.character("?"), .character("r")] {
      var state = both()
      _ = press(first, .character("q"), on: &state)
      #expect(state.isQuitting)
    }
  }

  @Test("When everything has ended, q leaves at once")
  func quitAtEnd() {
    var state = Fixtures.state([Fixtures.toy(phase: .finished), Fixtures.failed()], 80, 24)
    #expect(press(.character("q"), on: &state).last == .leave(.quit))
  }

  @Test("When every experiment has failed, q says why; a failure among others is not the program's")
  func quitAfterFailure() {
    let failed = Fixtures.failed()
    guard case .failed(let error) = failed.phase else { return }
    var state = Fixtures.state([failed, failed], 80, 24)
    #expect(press(.character("q"), on: &state).last == .leave(.failed([error, error])))
  }

  @Test("Signals and a lost terminal stop the trainers and leave with their reason")
  func ends() {
    var state = both()
    let stops: [Effect] = [.send(.stop, experiment: 0), .send(.stop, experiment: 1)]
    #expect(state.update(.event(.terminate(signal: 15))) == stops + [.leave(.terminated(signal: 15))])
    #expect(state.update(.event(.hangUp)) == stops + [.leave(.hungUp)])
  }

  @Test("Screenshots, repainting and suspending are left to the loop")
  func shell() {
    var state = both()
    #expect(press(.character("S"), on: &state) == [.writeScreenshot])
    #expect(press(.control("l"), on: &state) == [.repaint])
    #expect(press(.control("z"), on: &state) == [.suspend])
    #expect(state.update(.event(.resumed)) == [.repaint])
  }

  @Test("A failure leaves the keys at the foot of the screen where they are")
  func failure() {
    var state = both(40, 12)
    _ = state.update(.snapshot(Fixtures.failed(), experiment: 1))
    #expect(state.notice == nil)
  }

  @Test("g goes through the ways to draw pictures that the terminal has, and the panel's title says which")
  func images() {
    var state = both()
    state.terminal = Capabilities(colours: .indexed256, glyphs: .block)
    func title() -> String { state.frame(for: state.terminal).text }
    #expect(!title().contains("half blocks"), "what is usual needs no word")
    for name in ["large characters", "characters"] {
      #expect(press(.character("g"), on: &state) == [])
      #expect(state.notice?.text == "pictures: \(name)")
      #expect(title().contains(" \(name) "))
    }
    _ = press(.character("g"), on: &state)
    #expect(state.notice?.text == "pictures: half blocks" && state.imageMode == nil)
    state.terminal.glyphs = .braille
    for mode in ImageMode.allCases {
      _ = press(.character("g"), on: &state)
      #expect(state.imageMode == mode && state.notice?.text == "pictures: \(mode.name)")
    }
    _ = press(.character("g"), on: &state)
    #expect(state.imageMode == nil && state.notice?.text == "pictures: half blocks, small ones quadrants")
    var toy = Fixtures.state([Fixtures.toy()], 120, 40)
    _ = press(.character("g"), on: &toy)
    #expect(toy.imageMode == nil && toy.notice?.text.contains("no pictures") == true)
  }

  @Test("z makes pictures larger, not more of them", arguments: [(80, 24), (120, 40), (200, 60)])
  func enlargement(width: Int, height: Int) throws {
    var digits = Fixtures.digits()
    digits.samples = .images(
      ImagesView(
        width: 28, height: 28, fake: Array(repeating: 1, count: 64 * 784), real: Array(repeating: 1, count: 10 * 784)))
    var state = Fixtures.state([Fixtures.toy(), digits], width, height)
    state.focus = PanelID(experiment: 1, kind: .samples)
    /// The width of a picture, all of ink, and how many there are in a row.
    func pictures() throws -> (columns: Int, count: Int) {
      let lines = state.frame(for: Capabilities(colours: .trueColour, glyphs: .braille)).lines
      let runs = lines.map { $0.split { $0 != "█" }.map(\.count) }
      let row = try #require(runs.max { ($0.first ?? 0) < ($1.first ?? 0) })
      return (row.first ?? 0, row.count)
    }
    let usual = try pictures()
    state.isZoomed = true
    let zoomed = try pictures()
    #expect(zoomed.columns > usual.columns, "\(usual) \(zoomed)")
    #expect(zoomed.columns >= 21 && zoomed.count >= 3)
  }

  @Test("A notice goes with the next key")
  func notice() {
    var state = both()
    _ = state.update(.notice(Notice("written")))
    #expect(state.notice?.text == "written")
    _ = press(.tab, on: &state)
    #expect(state.notice == nil)
  }
}
