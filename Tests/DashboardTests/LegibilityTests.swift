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

  @Test("Rules that are not the experiment's own are said on every screen that has panels, in whatever layout")
  func departures() {
    var toy = Fixtures.toy()
    (toy.experiment.loss, toy.experiment.updates, toy.experiment.precision) = ("minimax", "alternating, k = 5", "bf16")
    for snapshots in [[toy], [toy, Fixtures.digits()]] {
      var state = Fixtures.state(snapshots, 26, 12)
      for keys in ["", "z", "z3", "p", "x[aeeee", "2"] {
        (state.preset, state.hidden, state.isZoomed, state.chartLook) = (.all, [], false, ChartLook())
        for key in keys.unicodeScalars { _ = state.update(.event(.key(.character(key)))) }
        state.notice = nil
        for (width, height) in [(34, 12), (40, 12), (60, 16), (80, 24), (118, 36), (120, 40)] {
          state.size = Size(width: width, height: height)
          let words = state.frame(for: plain).text
          for forms in [["minimax"], ["k = 5", "k=5"], ["bf16"]] {
            #expect(forms.contains { words.contains($0) }, "\(forms) after \(keys) at \(width)x\(height)")
          }
        }
      }
    }
  }

  @Test("Of the usual rules nothing is said that is short of room")
  func noDepartures() {
    #expect(Fixtures.toy().experiment.departures.isEmpty && Fixtures.digits().experiment.departures.isEmpty)
  }

  @Test(
    "Which pictures are learnt from is said at 120x40 beside another experiment",
    arguments: ["20000 built-in digits", "MNIST at /home/somebody/.local/share/gantui/MNIST/raw"])
  func dataNames(data: String) {
    for name in ["digits", "dcgan", "dcgan/paper", "gan/tutorial-mnist"] {
      var digits = Fixtures.digits()
      let title = Experiment.all.first { $0.name == name }?.title ?? ""
      digits.experiment = ExperimentSummary(
        name: name, title: title, data: data, loss: "non-saturating", updates: "alternating, k = 1", seed: 1)
      digits.experiment.figures = Fixtures.digitsSummary.figures
      var state = Fixtures.state([Fixtures.toy(), digits], 120, 40)
      let heading = { state.frame(for: plain).lines[1].dropFirst(55) }
      #expect(heading().contains(data.hasPrefix("MNIST") ? "─ MNIST" : "built-in"), "\(heading())")
      state.imageMode = .braille
      #expect(heading().contains(data.hasPrefix("MNIST") ? " MNIST" : "built-in"), "\(heading())")
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
