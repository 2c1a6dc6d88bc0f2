import Dashboard
import TerminalUI
import Testing
import Training

@Suite("Layout")
struct LayoutTests {
  private static let populations: [[Snapshot]] = [
    [], [Fixtures.toy()], [Fixtures.toy(), Fixtures.digits()],
    [Fixtures.digits(), Fixtures.ring(), Fixtures.digits(), Fixtures.toy()], [Fixtures.toy(), Fixtures.autoencoder()],
  ]

  /// Nothing hidden, then ever more of it.
  private static func hidden(_ count: Int, of state: State) -> Set<PanelID> {
    Set(state.panels.enumerated().filter { $0.offset % 4 < count && $0.element != state.focus }.map(\.element))
  }

  @Test("At every size the parts lie on the screen, beside one another, and the focus is in sight", arguments: 0...4)
  func total(population: Int) {
    let snapshots = Self.populations[population]
    var state = Fixtures.state(snapshots, 0, 0)
    for preset in Preset.allCases {
      (state.preset, state.hidden) = (preset, [])
      state.focus = PanelID(experiment: max(0, snapshots.count - 1), kind: preset == .losses ? .losses : .samples)
      for hidden in Set((0...3).map { Self.hidden($0, of: state) }) {
        state.hidden = hidden
        for width in 0...200 {
          for height in 0...60 {
            state.size = Size(width: width, height: height)
            state.isZoomed = (width + height) % 4 == 0
            check(Layout(of: state), state: state)
          }
        }
        state.size = Size(width: 300, height: 100)
        state.isZoomed = false
        check(Layout(of: state), state: state)
      }
    }
  }

  private func check(_ layout: Layout, state: State) {
    let screen = Rect(state.size)
    let parts = ([layout.header, layout.tabs, layout.footer, layout.digest] + layout.panels.map(\.area))
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
    if layout.digest.isEmpty, !state.snapshots.isEmpty, !screen.isEmpty {
      if !layout.panels.contains(where: { $0.id == state.focus }) { Issue.record("no focus on \(screen)") }
    }
  }

  private func panels(_ width: Int, _ height: Int) -> Layout {
    Layout(of: Fixtures.state([Fixtures.toy(), Fixtures.digits()], width, height))
  }

  @Test("What is in sight at the sizes that people have")
  func sizes() {
    #expect(panels(120, 40).panels.count == 6)
    #expect(panels(120, 40).tabs.isEmpty)
    #expect(panels(80, 24).panels.map(\.id.kind) == [.samples, .losses, .status])
    #expect(panels(60, 16).panels.count == 2)
    #expect(panels(40, 12).panels.count == 1)
    #expect(panels(40, 12).tabs.height == 1)
    #expect(panels(20, 5).digest == Rect(x: 0, y: 0, width: 20, height: 5))
  }

  @Test("The layout “all” shows all of three experiments at 120×40, and both of two at 80×40")
  func severalExperiments() {
    for (snapshots, width) in [
      ([Fixtures.toy(), Fixtures.ring(), Fixtures.digits()], 120), ([Fixtures.toy(), Fixtures.digits()], 80),
    ] {
      let layout = Layout(of: Fixtures.state(snapshots, width, 40))
      #expect(layout.panels.count == 3 * snapshots.count)
    }
  }

  @Test("What a hidden panel leaves is used by the others of its experiment, or by the other experiment")
  func hiding() {
    var state = Fixtures.state([Fixtures.toy(), Fixtures.digits()], 120, 40)
    state.hidden = [PanelID(experiment: 0, kind: .status)]
    let kinds = { (layout: Layout) in
      layout.panels.map { "\($0.id.experiment)\(Fixtures.toySummary.name(of: $0.id.kind))" }
    }
    #expect(kinds(Layout(of: state)) == ["0samples", "0losses", "1samples", "1losses", "1status"])
    state.hidden = [PanelID(experiment: 0, kind: .losses), PanelID(experiment: 0, kind: .samples)]
    state.focus.kind = .status
    #expect(kinds(Layout(of: state)) == ["0status", "1samples", "1losses", "1status"])
    state.hidden.insert(PanelID(experiment: 0, kind: .status))
    state.focus = PanelID(experiment: 1, kind: .status)
    let rest = Layout(of: state)
    #expect(kinds(rest) == ["1samples", "1losses", "1status"])
    #expect(rest.panels[0].area.width > 60)
    #expect(rest.tabs.isEmpty)
  }

  @Test("Tabs are there where not all panels of an experiment are")
  func tabs() {
    #expect(panels(60, 16).tabs.height == 1)
    #expect(panels(80, 24).tabs.isEmpty)
    var state = Fixtures.state([Fixtures.toy()], 120, 40)
    state.isZoomed = true
    #expect(Layout(of: state).tabs.height == 1)
    state.hidden = [PanelID(experiment: 0, kind: .status), PanelID(experiment: 0, kind: .losses)]
    #expect(Layout(of: state).tabs.isEmpty, "there is nothing to choose from")
  }

  @Test("Neighbours are found where they are")
  func neighbours() {
    let layout = panels(120, 40)
    let toy = PanelID(experiment: 0, kind: .samples)
    #expect(layout.neighbour(of: toy, .right) == PanelID(experiment: 1, kind: .samples))
    #expect(layout.neighbour(of: toy, .down) == PanelID(experiment: 0, kind: .losses))
    #expect(layout.neighbour(of: toy, .left) == nil)
    #expect(layout.neighbour(of: PanelID(experiment: 1, kind: .losses), .left) == PanelID(experiment: 0, kind: .status))
  }
}
