// Journals with the numbers that accidents and enemies write, through to what is drawn of them.

import Dashboard
import RunFiles
import TerminalUI
import TestSupport
import Testing
import Training

@Suite("A replay of extreme numbers")
struct ReplayFuzzTests {
  private static let extremes = [
    "0", "-0.0", "-1", "0.3", "1e-320", "1e15", "1000000000000001", "1e18", "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615", "-9223372036854775808", "3.5e38", "1e308", "-1e308", "1.7976931348623157e308", "null", "[]",
  ]

  /// The lines of a short run: its journal and its samples.
  private func run(_ name: String) async throws -> (metrics: [String], samples: [UInt8]) {
    let experiment = try Experiment.named(name)
    let folder = Folder()
    let recorder = RunRecorder(
      experiment, options: TrainingOptions(seed: 3), place: .new(in: folder.path),
      cadence: LogCadence(shortest: 1, density: 1, steps: 1))
    let trainer = Trainer(experiment, options: TrainingOptions(seed: 3))
    for step in 0...8 {
      try await trainer.runToEnd(steps: step, every: max(1, step)) { _ in }
      var moment = await trainer.snapshot()
      moment.phase = step == 8 ? .finished : .running
      moment.seconds = Double(step) * 10
      recorder.saw(moment)
      recorder.note(.pace(.steady(20)))
    }
    recorder.close(runPatience: 0, diskPatience: 300)
    let run = try RunFolder.find("last", in: folder.path)
    return (
      Folder.text(at: run.metrics).split(separator: "\n").map(String.init), Array(Folder.text(at: run.samples).utf8)
    )
  }

  @Test(
    "Whatever numbers a journal has, every moment is drawn, on every scale", arguments: ["toy", "ring", "digits"])
  func drawn(name: String) async throws {
    let (lines, samples) = try await run(name)
    let folder = Folder()
    var random = SplitMix(state: 23)
    let number = /:-?[0-9][-+.0-9e]*/
    for _ in 0..<fuzzCount(30) {
      let changed = lines.map { line in
        line.replacing(number) { match in
          random.next() % 6 == 0 ? ":" + (Self.extremes.randomElement(using: &random) ?? "0") : String(match.output)
        }
      }
      folder.write("metrics.ndjson", Array((changed.joined(separator: "\n") + "\n").utf8))
      folder.write("samples.ndjson", random.next() % 2 == 0 ? samples : random.mutated(samples))
      var course = RunCourse(RunFolder(path: folder.path))
      _ = course.refresh()
      #expect(!course.story.isEmpty)
      let playback = RunPlayback(course)
      var state = playback.state(themes: [.standard], size: Size(width: 100, height: 30))
      for key: Key in "xxcaz,[e".map({ .character($0.unicodeScalars.first ?? " ") }) + [
        .home, .right, .end, .escape, .tab,
      ] {
        _ = state.update(.event(.key(key)))
        _ = playback.source.takeNews(&state)
        let frame = state.frame(for: Capabilities(colours: .monochrome, glyphs: .braille))
        #expect(frame.size == Size(width: 100, height: 30))
      }
    }
  }
}
