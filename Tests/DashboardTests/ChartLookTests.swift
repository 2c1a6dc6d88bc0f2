import Dashboard
import Figures
import TerminalUI
import Testing
import Training

@Suite("Looks at the losses")
struct ChartLookTests {
  private let losses = PanelID(experiment: 0, kind: .losses)
  private let plain = Capabilities(colours: .monochrome, glyphs: .braille)

  /// D's loss is its step, G's minus its step.
  private func counting(_ steps: Int, brokenAt: Int? = nil) -> Snapshot {
    var snapshot = Fixtures.toy()
    snapshot.history = Histories(["d_loss", "g_loss"])
    for step in 1...steps {
      snapshot.history.add(discriminator: step == brokenAt ? .nan : Float(step), generator: Float(-step))
    }
    return snapshot
  }

  /// With the focus on the losses.
  private func state(_ snapshot: Snapshot, _ width: Int = 120, _ height: Int = 40, zoomed: Bool = true) -> State {
    var state = Fixtures.state([snapshot], width, height)
    state.focus = losses
    state.isZoomed = zoomed
    return state
  }

  private func press(_ keys: String, on state: inout State) {
    for key in keys.unicodeScalars { _ = state.update(.event(.key(.character(key)))) }
  }

  private func text(_ state: State) -> String { state.frame(for: plain).text }

  @Test(
    "[ halves the stretch that is shown and ] doubles it, no further than makes sense; the heading says which it is")
  func window() {
    var state = state(counting(100))
    press("[", on: &state)
    #expect(state.notice?.text == "losses: the latest 1/2 of the run")
    #expect(text(state).contains("last 1/2"))
    press("[[[[", on: &state)
    #expect(state.chartLook.halvings == 2, "an eighth would be 12 steps")
    #expect(state.notice?.text == "losses: there are too few steps for a shorter stretch")
    let words = text(state)
    #expect(words.contains(" 80 ") && !words.contains(" 60 "), "the axis is that of the stretch: 75 to 100")
    press("]]]", on: &state)
    #expect(state.notice?.text == "losses: this is the whole run")
    #expect(!text(state).contains("last 1/"))
  }

  @Test("x makes the scale logarithmic and linear again")
  func scale() {
    var state = state(counting(100))
    press("x", on: &state)
    #expect(text(state).contains(" 10┤") && text(state).contains("log · "))
    #expect(text(state).contains("▼ min −100"), "G's losses have no logarithm")
    press("x", on: &state)
    #expect(!text(state).contains("log · "))
  }

  @Test("a fixes the scale as it is: what grows beyond it is marked, until a lets it follow again")
  func fixed() {
    var state = state(counting(100))
    press("a", on: &state)
    _ = state.update(.snapshot(counting(1_000), experiment: 0))
    #expect(text(state).contains("fixed") && text(state).contains("▲ max 1.0k"))
    press("x", on: &state)
    #expect(state.chartLook.fixedRanges?[losses]?.lowerBound ?? 0 > 0, "fixed anew, for the other scale")
    press("xa", on: &state)
    #expect(!text(state).contains("fixed") && !text(state).contains("▲"))
  }

  @Test("e goes through the smoothings, off by default, and the heading says which it is")
  func smoothing() {
    var state = state(counting(100))
    #expect(!text(state).contains("smoothed 1"))
    for horizon in ["10", "100", "1,000", "10,000"] {
      press("e", on: &state)
      #expect(text(state).contains("smoothed \(horizon) "))
    }
    // The mean over 10,000 steps of 1…100, nearly a plain one: the bias towards 0 is corrected.
    #expect(text(state).contains("D 50.583"))
    press("e", on: &state)
    #expect(!text(state).contains("smoothed 1"))
    #expect(text(state).contains("D 100"))
  }

  @Test("The look holds for the charts of all experiments")
  func common() {
    var state = Fixtures.state([Fixtures.toy(), Fixtures.digits()], 120, 40)
    press("x[", on: &state)
    #expect(text(state).split(separator: "last 1/2 · log", omittingEmptySubsequences: false).count == 3)
  }

  // MARK: Crosshair

  private func reading(_ state: State) -> String {
    let line = state.frame(for: plain).lines.first { $0.contains("step") && $0.contains("D ") && $0.contains("G ") }
    return line.map { $0.trimming("┃│ ") } ?? ""
  }

  @Test(
    "In a zoomed chart ← → read exact values, step by step, first the latest; Esc leaves the crosshair, then the zoom")
  func crosshair() {
    var state = state(counting(40))
    _ = state.update(.event(.key(.left)))
    #expect(reading(state) == "step 40  D 40.0  G −40.0")
    _ = state.update(.event(.key(.left)))
    press("h", on: &state)
    #expect(reading(state) == "step 38  D 38.0  G −38.0")
    press("llll", on: &state)
    #expect(reading(state) == "step 40  D 40.0  G −40.0")
    for _ in 0..<50 { press("h", on: &state) }
    #expect(reading(state) == "step 1  D 1.0  G −1.0")
    _ = state.update(.event(.key(.escape)))
    #expect(state.crosshair == nil && state.isZoomed)
    _ = state.update(.event(.key(.escape)))
    #expect(!state.isZoomed)
  }

  @Test("Where a column has several steps, the crosshair reads their mean, least and greatest, and visits every one")
  func columns() {
    var state = state(counting(5_000), 60, 20)
    press("h", on: &state)
    var next = 5_000
    while next > 0 {
      guard let crosshair = state.crosshair, crosshair <= next else { return #expect(Bool(false), "stuck at \(next)") }
      let words = reading(state)
      let numbers = words.replacing(",", with: "").split { !$0.isNumber && $0 != "." }.compactMap { Double($0) }
      guard numbers.count >= 3 else { return #expect(Bool(false), "\(words)") }
      let (first, last, mean) = (numbers[0], numbers[1], numbers[2])
      #expect(Int(last) == next, "\(words)")
      #expect(mean == (first + last) / 2, "\(words)")
      next = Int(first) - 1
      press("h", on: &state)
    }
    state.size = Size(width: 160, height: 40)
    #expect(reading(state).contains(" (1.0 to "))
  }

  @Test("A loss that was no number is read as such")
  func broken() {
    var state = state(counting(40, brokenAt: 39))
    press("hh", on: &state)
    #expect(reading(state) == "step 39  D – not finite  G −39.0")
  }

  @Test(
    "The crosshair keeps to its step while the run goes on, and comes along where a stretch ends or a run begins anew")
  func stays() {
    var state = state(counting(40))
    press("hhh", on: &state)
    _ = state.update(.snapshot(counting(60), experiment: 0))
    #expect(reading(state) == "step 38  D 38.0  G −38.0")
    press("[", on: &state)
    _ = state.update(.snapshot(counting(100), experiment: 0))
    #expect(reading(state) == "step 51  D 51.0  G −51.0")
    _ = state.update(.snapshot(counting(3), experiment: 0))
    #expect(reading(state) == "step 3  D 3.0  G −3.0")
  }

  @Test("c puts a crosshair into a chart that is not zoomed; elsewhere the arrows keep moving the focus")
  func toggled() {
    var state = state(counting(40), zoomed: false)
    press("c", on: &state)
    #expect(state.crosshair == 40)
    press("h", on: &state)
    #expect(state.crosshair == 39 && state.focus == losses)
    _ = state.update(.event(.key(.tab)))
    #expect(state.crosshair == nil && state.focus != losses)
    press("c", on: &state)
    #expect(state.crosshair == nil && state.notice?.text.contains("focus their panel") == true)
    state.focus = losses
    _ = state.update(.event(.key(.left)))
    #expect(state.focus.kind == .samples)
  }

  @Test("Before the first step there is nothing to read")
  func nothing() {
    var state = state(Snapshot(experiment: Fixtures.toySummary))
    press("c", on: &state)
    #expect(state.crosshair == nil && state.notice?.text == "there is no loss to read yet")
  }

  @Test("In few columns the crosshair says less, at every size it fits")
  func sizes() {
    for (width, height) in [(200, 60), (120, 40), (80, 24), (40, 12), (30, 10), (26, 8)] {
      var state = state(counting(5_000), width, height)
      press("hhh", on: &state)
      #expect(!text(state).contains("…"), "\(width)x\(height)")
      #expect(text(state).contains("D 4"), "\(width)x\(height)")
    }
  }
}

extension String {
  fileprivate func trimming(_ characters: String) -> String {
    String(drop { characters.contains($0) }.reversed().drop { characters.contains($0) }.reversed())
  }
}
