// Everything about a run at one moment, as a value: what a checkpoint file holds, and what a session goes back to. Two runs
// of the same configuration and state go on byte for byte alike.

import Figures
import GenerativeModels

package struct RunState: Hashable, Sendable {
  package var configuration: RunConfiguration
  package var game: Game.State
  /// The figures of `game.report`.
  package var told: [Figure.Key]
  /// Where the names of `game.contents` lie.
  package var layout: Game.Layout
  /// One for each draw.
  var data: [Batches.State]
  /// Seconds spent training.
  package var seconds: Double
  package var history: Histories
  /// How often the run has been taken back and continued on other noise.
  package var branch: Int
  /// How often other noise has been asked for what is shown.
  var renewals: Int

  /// Completed steps.
  package var step: Int { game.step }

  package static func == (a: RunState, b: RunState) -> Bool {
    // A layout follows from the configuration.
    a.configuration == b.configuration && a.game == b.game && a.told == b.told && a.data == b.data
      && a.seconds == b.seconds && a.history == b.history && a.branch == b.branch && a.renewals == b.renewals
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(configuration)
    hasher.combine(step)
    hasher.combine(branch)
  }

  /// Bytes that it takes in memory beside the state of the same run at an earlier step, with which it shares what was
  /// known of the losses then.
  func size(since step: Int) -> Int {
    game.contents.values.count * MemoryLayout<Float>.stride + history.size(since: step)
  }

  /// Whether its numbers are all finite: what is not healthy is not worth going back to.
  package var isHealthy: Bool { game.contents.values.allSatisfy(\.isFinite) }
}
