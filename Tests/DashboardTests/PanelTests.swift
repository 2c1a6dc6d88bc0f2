// Panels follow from what a model declares: one for each exhibit, one for each chart, and the status.

import Dashboard
import Figures
import RunFiles
import TerminalUI
import TestSupport
import Testing
import Training

@Suite("Panels of what is declared")
struct PanelTests {
  private let plain = Capabilities(colours: .monochrome, glyphs: .braille)
  private let elbo = PanelID(experiment: 0, kind: .chart(1))

  private func text(_ state: State) -> String { state.frame(for: plain).text }

  private func press(_ keys: String, on state: inout State) {
    for key in keys.unicodeScalars { _ = state.update(.event(.key(.character(key)))) }
  }

  @Test("A large screen shows all of them, by their numbers, and needs no tabs")
  func all() {
    let state = Fixtures.state([Fixtures.autoencoder()], 200, 60)
    #expect(Layout(of: state).panels.map(\.id) == state.panels && state.panels.count == 5)
    #expect(Layout(of: state).tabs.isEmpty)
    for title in ["1 vae: digits by", "2 vae: reconstructions", "3 vae: losses", "4 vae: elbo", "5 vae: status"] {
      #expect(text(state).contains(title), "\(title)")
    }
  }

  @Test("The first of each sort keeps its place on a small screen, and the others are reached by tabs, Tab and numbers")
  func reached() {
    for size in [Size(width: 80, height: 24), Size(width: 60, height: 16), Size(width: 30, height: 9)] {
      var state = Fixtures.state([Fixtures.autoencoder()], size.width, size.height)
      #expect(Layout(of: state).tabs.height == 1)
      var visited: [PanelID.Kind] = []
      for _ in state.panels {
        visited.append(state.focus.kind)
        #expect(Layout(of: state).panels.contains { $0.id == state.focus }, "\(size)")
        let name = state.snapshots[0].experiment.name(of: state.focus.kind)
        #expect(state.frame(for: plain).lines[1].contains(name), "the tab of \(name) at \(size)")
        _ = state.update(.event(.key(.tab)))
      }
      #expect(visited == [.exhibit(0), .exhibit(1), .chart(0), .chart(1), .status])
    }
    var state = Fixtures.state([Fixtures.autoencoder()], 80, 24)
    #expect(Layout(of: state).panels.map(\.id.kind) == [.samples, .losses, .status])
    press("4", on: &state)
    #expect(state.notice?.text == "hidden: elbo of vae, shown again by 4, or all by Esc")
    press("4", on: &state)
    #expect(state.focus == elbo && Layout(of: state).panels.map(\.id.kind) == [.samples, .chart(1), .status])
  }

  @Test("The layouts of samples and of losses have all exhibits and all charts")
  func presets() {
    var state = Fixtures.state([Fixtures.toy(), Fixtures.autoencoder()], 120, 40)
    press("p", on: &state)
    #expect(Layout(of: state).panels.map(\.id.kind) == [.exhibit(0), .exhibit(0), .exhibit(1)])
    press("p", on: &state)
    #expect(Layout(of: state).panels.map(\.id.kind) == [.chart(0), .chart(0), .chart(1)])
  }

  @Test("A figure that is looked for has a chart: its curve, its last value, what to compare it with")
  func looked() {
    var state = Fixtures.state([Fixtures.autoencoder()], 100, 30)
    (state.focus, state.isZoomed) = (elbo, true)
    for words in ["−120", "nats", "goal: as others have it", "2,000"] {
      #expect(text(state).contains(words), "\(words)")
    }
    press("c", on: &state)
    #expect(text(state).contains("step 2,000  −120.0"), "it reads the last look")
    for _ in 0..<3 { press("h", on: &state) }
    #expect(text(state).contains("step 1,900  −120.125"), "and those before it")
    press("[", on: &state)
    #expect(state.notice?.text == "elbo: the latest 1/2 of the run" && text(state).contains("last 1/2"))
    press("xa", on: &state)
    #expect(text(state).contains("log · fixed"))
  }

  @Test("A model without a game is said to have none of its parts")
  func words() {
    var state = Fixtures.state([Fixtures.autoencoder()], 120, 40)
    press("??", on: &state)
    let guide = text(state)
    #expect(!guide.contains("discriminator") && !guide.contains("D misses"))
    for _ in 0..<20 { _ = state.update(.event(.key(.down))) }
    #expect((guide + text(state)).contains("at most log p(x)"))
    state.overlay = nil
    #expect(!text(state).contains("G's loss"))
  }

  @Test("A replay has charts of figures that this program does not know, and keeps the focus where panels change")
  func replay() {
    let folder = Folder()
    let lines =
      [
        #"{"event":"start","experiment":"novel","title":"something new","data":"d","seed":1}"#,
        #"{"event":"figure","key":"energy","label":"E","unit":"nats","chart":"energies","colour":"generator","#
          + #""cadence":"step","sense":"loss","meaning":"what falls"}"#,
        #"{"event":"figure","key":"spread","label":"spread","unit":"","chart":"spreads","colour":"data","#
          + #""cadence":"look","sense":"none","meaning":"how far apart"}"#,
      ]
      + (1...20).map { index in
        #"{"event":"metrics","step":\#(index * 10),"since":\#(index * 10 - 10),"seconds":\#(index),"#
          + #""spread":\#(index),"energy_train_min":-\#(index),"energy_train_mean":-\#(index),"#
          + #""energy_train_max":-\#(index)}"#
      }
    folder.write("metrics.ndjson", Array((lines.joined(separator: "\n") + "\n").utf8))
    var course = RunCourse(RunFolder(path: folder.path))
    _ = course.refresh()
    #expect(course.garbage == 0)
    var state = RunPlayback(course).state(themes: [.standard], size: Size(width: 160, height: 50))
    #expect(text(state).contains("novel: energies") && text(state).contains("novel: spreads"))
    state.focus = PanelID(experiment: 0, kind: .chart(1))
    press("c", on: &state)
    #expect(text(state).contains("step 200  20.0"))
    _ = state.update(.snapshot(Fixtures.toy(), experiment: 0))
    #expect(state.breaches == [] && state.panels.contains(state.focus))
  }
}
