// The mouse.

import Dashboard
import TerminalUI
import Testing
import Training

@Suite("The mouse")
struct PointingTests {
  private func click(_ x: Int, _ y: Int, on state: inout State) {
    #expect(state.update(.event(.mouse(MouseEvent(.press, x: x, y: y)))) == [])
  }

  @Test("m listens to it, and gives it back")
  func toggling() {
    var state = Fixtures.state([Fixtures.toy()], 120, 40)
    #expect(state.update(.event(.key(.character("m")))) == [.hearMouse(true)])
    #expect(state.update(.event(.key(.character("m")))) == [.hearMouse(false)])
  }

  @Test("A click focuses the panel under it, a second one zooms it, a third one takes it back")
  func clicks() {
    var state = Fixtures.state([Fixtures.toy(), Fixtures.digits()], 120, 40)
    for panel in Layout(of: state).panels {
      click(panel.area.x + 1, panel.area.maxY - 1, on: &state)
      #expect(state.focus == panel.id && !state.isZoomed || panel.id == PanelID(experiment: 0, kind: .samples))
      state.isZoomed = false
    }
    let focus = state.focus
    let area = Layout(of: state).panels.first { $0.id == focus }?.area ?? Rect(x: 0, y: 0, width: 0, height: 0)
    click(area.x, area.y, on: &state)
    #expect(state.isZoomed && state.focus == focus)
    click(60, 20, on: &state)
    #expect(!state.isZoomed)
    click(0, 0, on: &state)
    #expect(!state.isZoomed && state.focus == focus, "the first line is no panel")
  }

  @Test("A click on a tab shows its panel", arguments: [40, 26])
  func tabs(width: Int) {
    var state = Fixtures.state([Fixtures.toy()], width, 12)
    let line = state.frame(for: Capabilities(colours: .monochrome, glyphs: .ascii)).lines[1]
    for kind in Fixtures.toySummary.kinds {
      let name = Fixtures.toySummary.name(of: kind)
      let place = line.firstRange(of: name).map { line.distance(from: line.startIndex, to: $0.lowerBound) }
      click(place ?? 0, 1, on: &state)
      #expect(state.focus.kind == kind)
    }
  }

  @Test("The wheel scrolls what lies over the screen, and a click closes it, but never answers a question")
  func overlays() {
    var state = Fixtures.state([Fixtures.toy()], 80, 24)
    _ = state.update(.event(.key(.character("?"))))
    _ = state.update(.event(.mouse(MouseEvent(.wheelDown, x: 5, y: 5))))
    #expect(state.overlay == .help(offset: 3))
    _ = state.update(.event(.mouse(MouseEvent(.wheelUp, x: 5, y: 5))))
    #expect(state.overlay == .help(offset: 0))
    click(5, 5, on: &state)
    #expect(state.overlay == nil)
    _ = state.update(.event(.key(.character("r"))))
    for kind in [MouseEvent.Kind.press, .wheelUp, .wheelDown] {
      #expect(state.update(.event(.mouse(MouseEvent(kind, x: 40, y: 12)))) == [])
      #expect(state.overlay == .confirmReset)
    }
  }

  @Test("Without anything open the wheel does nothing, and clicks on nothing do nothing, at any size")
  func nothing() {
    for (width, height) in [(0, 0), (20, 5), (80, 24)] {
      var state = Fixtures.state([Fixtures.toy()], width, height)
      let before = state
      _ = state.update(.event(.mouse(MouseEvent(.wheelDown, x: 5, y: 5))))
      click(5000, 5000, on: &state)
      #expect(state == before)
    }
  }
}
