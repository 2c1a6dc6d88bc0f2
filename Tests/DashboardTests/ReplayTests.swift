// Going through a run that has been written down.

import Dashboard
import RunFiles
import TerminalUI
import TestSupport
import Testing
import Training

@Suite("A replay")
struct ReplayTests {
  private func replaying(_ replay: Replay) -> State {
    var state = Fixtures.state([Fixtures.toy()], 100, 30)
    state.replay = replay
    return state
  }

  private func press(_ keys: Key..., on state: inout State) -> [Effect] {
    keys.flatMap { state.update(.event(.key($0))) }
  }

  /// Where it is after each of some keys.
  private func places(_ keys: Key..., on state: inout State) -> [Int?] {
    keys.map { key in
      #expect(press(key, on: &state) == [])
      return state.replay?.index
    }
  }

  @Test("It begins at the end; arrows, comma and full stop go from moment to moment, Home and End to either end")
  func scrubbing() {
    var state = replaying(Replay(times: [0, 1, 2, 3, 4, 5, 6, 7, 8, 100], isRunning: false))
    #expect(state.replay?.index == 9)
    #expect(places(.left, .character(","), .right, .character("."), .right, on: &state) == [8, 7, 8, 9, 9])
    #expect(places(.home, .left, on: &state) == [0, 0])
    #expect(places(.pageDown, .pageDown, .pageUp, on: &state) == [5, 9, 8], "by a twentieth of the time")
    #expect(places(.end, .character("<"), .character(">"), on: &state) == [9, 8, 9])
  }

  @Test("Space lets time pass, at the speed that is chosen, and stops at the end; from there it begins again")
  func playing() {
    var state = replaying(Replay(times: (0..<100).map { Double($0) * 3 }, isRunning: false))
    #expect(state.replay?.speed == 10, "so that the run passes in half a minute")
    func place(after seconds: Double) -> Int? {
      state.replay?.play(for: seconds)
      return state.replay?.index
    }
    #expect(places(.character(" "), on: &state) == [0])
    #expect(place(after: 0.29) == 0 && place(after: 0.02) == 1)
    _ = press(.character("+"), on: &state)
    #expect(state.replay?.speed == 20 && place(after: 1) == 7)
    _ = press(.character("-"), .character("-"), .character("-"), on: &state)
    #expect(state.replay?.speed == 2)
    _ = press(.character(" "), on: &state)
    #expect(place(after: 100) == 7)
    _ = press(.character(" "), on: &state)
    #expect(place(after: 1_000) == 99 && state.replay?.isPlaying == false)
  }

  @Test("Who looks at the latest moment of a run that goes on follows it; who has gone back stays there")
  func following() {
    var replay = Replay(times: [0, 1], isRunning: true)
    #expect(replay.isLive)
    replay.take([0, 1, 2], isRunning: true)
    #expect(replay.index == 2)
    var state = replaying(replay)
    #expect(places(.left, on: &state) == [1] && state.replay?.isLive == false)
    state.replay?.take([0, 1, 2, 3], isRunning: true)
    #expect(state.replay?.index == 1)
    state.replay?.take([0], isRunning: false)
    #expect(state.replay?.index == 0, "it was begun anew")
    state.replay?.take([], isRunning: false)
    #expect(places(.left, .home, .end, .pageUp, .pageDown, .character(" "), on: &state) == [0, 0, 0, 0, 0, 0])
  }

  @Test("It says that it is one and where it is, what its keys do, and that a past cannot be steered")
  func words() {
    var state = replaying(Replay(times: [0, 42, 130], isRunning: true))
    _ = press(.left, on: &state)
    let text = state.frame(for: Capabilities(colours: .monochrome, glyphs: .ascii)).text
    let rows = text.split(separator: "\n")
    #expect(rows[0].contains(" REPLAY  0:42 of 2:10"))
    #expect(rows.last?.contains("Space play") == true && rows.last?.contains("speed") == true)
    #expect(rows.last?.contains("reset") == false)
    _ = press(.end, on: &state)
    #expect(state.frame(for: Capabilities(colours: .monochrome, glyphs: .ascii)).text.contains(" LIVE REPLAY "))
    for key in "srnbB" { #expect(press(.character(key.unicodeScalars.first ?? " "), on: &state) == []) }
    #expect(state.overlay == nil && state.notice?.text == "a replay shows what was; only a session can be steered")
    #expect(press(.character("q"), on: &state) == [.leave(.quit)])
  }

  @Test("In a session there is nothing to go back to")
  func session() {
    var state = Fixtures.state([Fixtures.toy()], 100, 30)
    #expect(press(.home, on: &state) == [])
    #expect(state.notice?.text == "there is nothing to go back to: this is no replay")
  }

  @Test("The arrows move a crosshair where there is one")
  func crosshair() {
    var state = replaying(Replay(times: [0, 1, 2], isRunning: false))
    state.focus = PanelID(experiment: 0, kind: .losses)
    _ = press(.character("c"), on: &state)
    let step = state.crosshair
    #expect(places(.left, .character(","), on: &state) == [2, 1] && state.crosshair != step)
  }

  @Test(
    "A frame is the session's at that step, but for the header and the footer", arguments: ["toy", "ring", "digits"])
  func frames(name: String) async throws {
    let experiment = try Experiment.named(name)
    let trainer = Trainer(experiment, options: TrainingOptions(seed: 3))
    var moments: [Snapshot] = []
    for step in 1...10 {
      try await trainer.runToEnd(steps: step, every: step) { _ in }
      var moment = await trainer.snapshot()
      moment.phase = step == 10 ? .finished : .running
      moment.seconds = Double(step) * 10
      moments.append(moment)
    }
    let folder = Folder()
    let recorder = RunRecorder(
      experiment, options: TrainingOptions(seed: 3), place: .new(in: folder.path),
      cadence: LogCadence(shortest: 1, density: 1, steps: 1))
    recorder.saw(Snapshot(experiment: moments[0].experiment))
    for moment in moments { recorder.saw(moment) }
    recorder.close(runPatience: 0, diskPatience: 300)
    var course = RunCourse(try RunFolder.find("last", in: folder.path))
    _ = course.refresh()
    #expect(course.records.count == 10)
    for index in [0, 4, 9] {
      let frames = [moments[index], course.snapshot(at: index)].map { snapshot in
        Fixtures.state([snapshot], 120, 40).frame(for: Capabilities(colours: .monochrome, glyphs: .braille)).text
      }
      let rows = frames.map { $0.split(separator: "\n").dropFirst().dropLast() }
      for (then, now) in zip(rows[0], rows[1]) where then != now {
        Issue.record("step \(index + 1):\n- \(then)\n+ \(now)")
      }
    }
  }

  @Test("The log is the run's, whatever moments are looked at")
  func log() throws {
    let folder = Folder()
    func metrics(_ step: Int) -> String {
      "{\"event\":\"metrics\",\"step\":\(step),\"seconds\":\(step),\"since\":\(step - 1)}\n"
    }
    let end = "{\"event\":\"end\",\"reason\":\"finished\",\"step\":70}\n"
    let lines = metrics(1) + "{\"event\":\"pace\",\"pace\":20,\"step\":1}\n" + metrics(70) + end
    folder.write("metrics.ndjson", Array(lines.utf8))
    var course = RunCourse(RunFolder(path: folder.path))
    _ = course.refresh()
    let playback = RunPlayback(course)
    var state = playback.state(themes: [.standard], size: Size(width: 80, height: 24))
    #expect(state.snapshots[0].phase == .finished && state.snapshots[0].step == 70)
    _ = press(.home, on: &state)
    #expect(playback.source.takeNews(&state) != nil && state.snapshots[0].step == 1)
    #expect(playback.source.takeNews(&state) == nil, "nothing has changed since")
    #expect(state.log.entries.map(\.text) == ["pace 20, step 1", "end finished, step 70"])
    #expect(state.log.entries.map(\.time) == [.seconds(1), .seconds(70)])
  }
}
