import Dashboard
import TerminalUI
import Testing
import Training

@Suite("Words on screens of every size")
struct LegibilityTests {
  private static let scenes = Scene.all.filter {
    ["both", "digits", "ring", "paused", "nan", "preparing"].contains($0.name)
  }
  private let plain = Capabilities(colours: .monochrome, glyphs: .braille)

  private func check(_ scene: Scene, _ width: Int, _ height: Int) {
    let frame = scene.state(Size(width: width, height: height)).frame(for: plain)
    for line in frame.lines where line.contains("…") { Issue.record("\(scene) \(width)x\(height): \(line)") }
  }

  @Test("Nothing is cut: where there is no room for words, fewer are said", arguments: scenes.indices)
  func words(index: Int) {
    let heights = [8, 9, 11, 14, 16, 22, 24, 30, 40, 60]
    for width in Array(26..<80) + stride(from: 80, through: 200, by: 3) {
      check(Self.scenes[index], width, heights[(width + 3 * index) % heights.count])
    }
  }

  @Test("The last figures and the last word are whole on the smallest screens, too", arguments: scenes)
  func digest(scene: Scene) {
    for width in 1..<26 {
      for height in [1, 2, 4, 7, 12] { check(scene, width, height) }
    }
    for (width, word) in [(26, "toy"), (12, "RUNNING"), (7, "RUNNING"), (3, "▶")] where scene.name == "nan" {
      let lines = scene.state(Size(width: width, height: 1)).frame(for: plain).lines
      #expect(lines[0].contains(word))
    }
  }

  @Test("A question can be read and answered at every size that has room for its keys")
  func question() {
    let scene = Scene(name: "reset", snapshots: [Fixtures.toy(), Fixtures.digits()], keys: [.character("r")])
    for width in 5...60 {
      for height in 1...12 {
        let lines = scene.state(Size(width: width, height: height)).frame(for: plain).lines
        let words = lines.joined(separator: " ")
        #expect(words.contains("y/a/n") || words.contains("y yes"), "\(width)x\(height)")
        #expect(!words.contains("…"), "\(width)x\(height)")
      }
    }
  }

  @Test("However a chart is looked at, its heading says so, or says it briefly")
  func remarks() {
    var state = Fixtures.state([Fixtures.toy()], 26, 12)
    state.focus.kind = .losses
    for key in "[xaeeee".unicodeScalars { _ = state.update(.event(.key(.character(key)))) }
    state.notice = nil
    for width in 26...120 {
      state.size = Size(width: width, height: 12)
      let words = state.frame(for: plain).text
      for forms in [["last 1/2", "1/2"], ["log"], ["fixed"], ["smoothed 10,000", "~10k"]] {
        #expect(forms.contains { words.contains($0) }, "\(forms) at \(width)")
      }
      #expect(!words.contains("…"), "\(width)")
    }
  }
}
