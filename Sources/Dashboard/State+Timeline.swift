// Back and forth in time, and what a person is asked when a run has left the numbers.

import TerminalUI
import Training

extension State {
  /// To the moment before. Everything rests from then on, so that it can be looked at.
  mutating func rewind() -> [Effect] {
    guard let snapshot = focused else { return [] }
    guard !snapshot.timeline.steps.isEmpty, snapshot.timeline.position != 0 else {
      notice = Notice("\(snapshot.experiment.name): no earlier moment is remembered")
      return []
    }
    overlay = nil
    awaitedMoves = [:]
    let resting = isPaused ? [] : sendToAll(.pause)
    isPaused = true
    return resting + [.send(.rewind, experiment: focus.experiment)]
  }

  mutating func forward() -> [Effect] {
    guard let snapshot = focused else { return [] }
    guard snapshot.timeline.position != nil else {
      notice = Notice("\(snapshot.experiment.name): this is as far as it has come")
      return []
    }
    return [.send(.forward, experiment: focus.experiment)]
  }

  // MARK: Numbers that end

  /// Asks whether to go on from before the failure, if there is a moment to go on from.
  mutating func offerRecovery(of experiment: Int) {
    guard snapshots.indices.contains(experiment), snapshots[experiment].recovery != nil, !isQuitting else { return }
    overlay = .offerRecovery(experiment: experiment)
  }

  /// What a key answers to that; `nil` for the keys that quit, which work everywhere.
  mutating func answerRecovery(_ key: Key, of experiment: Int) -> [Effect]? {
    switch (key, keys.action(for: key)) {
    case (_, .quit): return nil
    case (.character("y"), _), (.character("Y"), _), (.enter, _):
      overlay = nil
      isPaused = false
      return [.send(.recover, experiment: experiment)] + sendToAll(.resume)
    case (_, .rewind): return rewind()
    default:
      overlay = nil
      notice = Notice(
        "\(keys.name(.rewind)) goes back to earlier moments, \(keys.name(.togglePause)) asks again, "
          + "\(keys.name(.reset)) begins again")
      return []
    }
  }

  /// The question and its answers.
  func recoveryDialog(of experiment: Int) -> Dialog? {
    guard snapshots.indices.contains(experiment), let recovery = snapshots[experiment].recovery else { return nil }
    let name = snapshots[experiment].experiment.name
    return Dialog(
      question: "\(name): \(recovery.divergence.findings). Go on from step \(recovery.step.grouped) with half the "
        + "learning rates?",
      brief: "Go on from step \(recovery.step.grouped)?",
      answers: [
        KeyHint(key: "y", label: "yes"), KeyHint(key: keys.name(.rewind), label: "look back"),
        KeyHint(key: "n", label: "no"),
      ])
  }
}

extension Snapshot {
  /// What has gone wrong and the step that the run can go on from.
  var recovery: (divergence: Divergence, step: Int)? {
    guard case .failed(.diverged(let divergence)) = phase, let step = timeline.steps.last else { return nil }
    return (divergence, step)
  }

  /// Which course it is on, where that is not the first: `branch 1, rates × 0.5`.
  var branchWords: String? {
    guard timeline.branch > 0 else { return nil }
    return "branch \(timeline.branch)" + (rateScale == 1 ? "" : ", rates × \(rateScale)")
  }

  /// Where in its past a run is looked at: `moment 3 of 12`.
  var placeInThePast: String? {
    timeline.position.map { "moment \($0 + 1) of \(timeline.steps.count)" }
  }
}
