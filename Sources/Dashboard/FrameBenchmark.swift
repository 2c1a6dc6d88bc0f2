// How long a frame takes, from a snapshot to what has to be told to a terminal, without any terminal.

import TerminalUI
import Training

package struct FrameBenchmark {
  /// One frame's time, by what it was spent on.
  package struct Sample: Hashable, Sendable {
    package var update: Duration
    package var render: Duration
    package var diff: Duration
    package var whole: Duration { update + render + diff }
  }

  private var state: State
  private let context: RenderContext
  /// The course of each experiment.
  private let snapshots: [[Snapshot]]

  /// - Parameter snapshots: of each experiment, some moments one after the other, which are gone through again and again.
  package init(snapshots: [[Snapshot]], size: Size, capabilities: Capabilities) {
    self.snapshots = snapshots
    state = State(snapshots: snapshots.compactMap(\.first), theme: .standard, size: size)
    context = RenderContext(palette: Theme.standard.palette(for: capabilities), capabilities: capabilities)
  }

  /// Draws for so long, at least once.
  package mutating func run(for duration: Duration) -> [Sample] {
    let clock = ContinuousClock()
    let end = clock.now + duration
    var samples: [Sample] = []
    var shown = state.frame(in: context)
    repeat {
      let begin = clock.now
      for (index, course) in snapshots.enumerated() where !course.isEmpty {
        _ = state.update(.snapshot(course[samples.count % course.count], experiment: index))
      }
      let updated = clock.now
      let frame = state.frame(in: context)
      let rendered = clock.now
      let changes = frame.changes(from: shown)
      let compared = clock.now
      shown.apply(changes)
      samples.append(Sample(update: updated - begin, render: rendered - updated, diff: compared - rendered))
    } while clock.now < end
    return samples
  }
}
