// The files of a run as what the dashboard shows: it reads what a process goes on writing, lets time pass, and fetches the
// moment that is to be seen.

import TerminalUI
import Training

package final class RunPlayback {
  /// How often the files of a run that goes on are looked at, and how often time passes.
  private static let refreshInterval = Duration.milliseconds(500)
  private static let tick = Duration.milliseconds(33)

  private var course: RunCourse
  /// The moment whose snapshot the state has.
  private var shown: Int?
  private var nextRefresh = Duration.zero
  private var lastTick = Duration.zero
  /// Events that the log has.
  private var told = 0

  package init(_ course: RunCourse) { self.course = course }

  /// At the end of the run.
  package func state(themes: [Theme], size: Size) -> State {
    var state = State(experiments: [course.experiment], themes: themes, size: size)
    state.replay = Replay(times: course.elapsed, isRunning: course.isRunning)
    _ = takeNews(&state)
    return state
  }

  package var source: DashboardSource<State> {
    DashboardSource(takeNews: { self.takeNews(&$0) }, nextNews: { self.nextNews(for: $0) })
  }

  private func nextNews(for state: State) -> Duration? {
    guard let replay = state.replay else { return nil }
    if replay.isPlaying { return lastTick + Self.tick }
    return replay.isRunning ? nextRefresh : nil
  }

  private func takeNews(_ state: inout State) -> [Effect]? {
    guard var replay = state.replay else { return nil }
    let old = replay
    replay.play(for: (state.elapsed - lastTick) / .seconds(1))
    lastTick = state.elapsed
    if replay.isRunning, state.elapsed >= nextRefresh {
      nextRefresh = state.elapsed + Self.refreshInterval
      if course.refresh() { shown = nil }
      replay.take(course.elapsed, isRunning: course.isRunning)
    }
    tellEvents(&state)
    state.replay = replay
    guard replay.index != shown else { return replay == old ? nil : [] }
    shown = replay.index
    return state.update(.snapshot(course.snapshot(at: replay.index), experiment: 0))
  }

  /// Puts into the log what has happened to the run.
  private func tellEvents(_ state: inout State) {
    for event in course.events.dropFirst(told) { state.log.add(event.text, at: .seconds(event.elapsed)) }
    told = course.events.count
  }
}
