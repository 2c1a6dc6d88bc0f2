// What lies between samples, as it is shown while the game rests, and the keys for it.

import Dashboard
import TerminalUI
import Testing
import Training

@Suite("Between samples")
struct BetweenTests {
  private let plain = Capabilities(colours: .monochrome, glyphs: .braille)
  private let grey = Capabilities(colours: .trueColour, glyphs: .braille)

  private func paused(_ width: Int, _ height: Int, phase: Phase = .paused, zoomed: Bool = false) -> State {
    var state = Fixtures.state([Fixtures.digits(phase: phase)], width, height)
    state.isPaused = phase == .paused
    state.isZoomed = zoomed
    return state
  }

  @Test("A paused game has the row beneath its samples, a running one has not")
  func phases() {
    let text = paused(80, 24).frame(for: plain).text
    #expect(text.contains("between 1 and 2: slerp   b next   B lerp"))
    #expect(text.contains("generated") && text.contains("real"))
    #expect(!paused(80, 24, phase: .running).frame(for: plain).text.contains("between"))
  }

  @Test("Where only one row of pictures fits, it is the samples'")
  func small() {
    for (width, height) in [(40, 12), (60, 16), (30, 12)] {
      for capabilities in [plain, grey, Capabilities(colours: .monochrome, glyphs: .ascii)] {
        let frame = paused(width, height).frame(for: capabilities)
        #expect(!frame.text.contains("slerp") && frame.text.contains("generated"), "\(width)x\(height)")
      }
    }
  }

  @Test(
    "Samples keep at least as many rows as are between them, and steps are equal, at every size",
    arguments: [false, true])
  func sizes(hasGreys: Bool) throws {
    for height in stride(from: 8, through: 100, by: 4) {
      for width in stride(from: 30, through: 260, by: 23) {
        let lines = paused(width, height, zoomed: true).frame(for: hasGreys ? grey : plain).lines
        guard let label = lines.firstIndex(where: { $0.contains("slerp") }) else { continue }
        #expect(lines[..<label].contains { $0.contains("generated") }, "\(width)x\(height)")
        // The bars of the fixture are two columns of ink in braille, and end above the middle of the first row.
        let rowsOfBars = lines[label...].count { $0.contains("⣿⣿") || $0.contains("█") }
        let rowsOfSamples = label - (try #require(lines.firstIndex { $0.contains("generated") }))
        #expect(rowsOfBars > 0 && rowsOfBars <= rowsOfSamples, "\(width)x\(height)")
      }
    }
  }

  @Test("Of the pictures on the way, those at equal steps are shown, and both ends")
  func steps() throws {
    // Zoomed at 120×40, seven of 25 fit beside one another: every fourth, each bar four pixels further right.
    let lines = paused(120, 40, zoomed: true).frame(for: plain).lines
    let label = try #require(lines.firstIndex { $0.contains("between") })
    let row = Array(lines[label + 1].unicodeScalars)
    let bars = row.indices.filter { row[$0] == "⣿" && (row[$0 - 1] != "⣿") }
    #expect(bars.count == 7)
    let distances = zip(bars.dropFirst(), bars).map { $0 - $1 }
    #expect(Set(distances) == [17], "a picture is 14 columns, the gap one, a bar moves by two")
  }

  @Test("b and B ask the focused experiment for other ways while it is paused, and say so where they cannot")
  func keys() {
    var state = paused(120, 40)
    func press(_ key: Unicode.Scalar) -> [Effect] { state.update(.event(.key(.character(key)))) }
    #expect(press("b") == [.send(.nextPair, experiment: 0)])
    #expect(press("B") == [.send(.nextPath, experiment: 0)])
    state = paused(120, 40, phase: .running)
    #expect(press("b") == [] && state.notice?.text.contains("Space pauses, then b") == true)
    state = Fixtures.state([Fixtures.toy(phase: .paused)], 120, 40)
    state.isPaused = true
    #expect(press("B") == [] && state.notice?.text == "toy: what is between two z is shown of pictures")
  }
}
