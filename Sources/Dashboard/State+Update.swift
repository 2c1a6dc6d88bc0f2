// What happens when something happens: state and message in, state and effects out. No terminal, no trainer, no clock.

import TerminalUI
import Training

package enum Message: Hashable, Sendable {
  case event(Event)
  case snapshot(Snapshot, experiment: Int)
  case notice(Notice)
}

/// What the loop has to do in the world.
package enum Effect: Hashable, Sendable {
  case send(Command, experiment: Int)
  case writeScreenshot
  case toggleRecording
  case copy(String)
  case hearMouse(Bool)
  case writeSettings
  case reload
  case repaint
  case suspend
  /// Leave the loop now, whether the trainers have ended or not.
  case leave(Outcome)
}

/// Why the dashboard was left.
package enum Outcome: Hashable, Sendable {
  case quit
  /// By a person who could do nothing else, for every experiment had failed: why, in the order of the experiments.
  case failed([TrainingError])
  case terminated(signal: Int32)
  case hungUp
}

extension State {
  package mutating func update(_ message: Message) -> [Effect] {
    defer { assert(breaches.isEmpty, breaches.joined(separator: "; ")) }
    switch message {
    case .notice(let notice):
      self.notice = notice
      note(notice.text)
      return []
    case .snapshot(let snapshot, let experiment):
      return receive(snapshot, experiment: experiment)
    case .event(.key(let key)):
      return press(key)
    case .event(.mouse(let mouse)):
      return point(mouse)
    case .event(.resize(let size)):
      self.size = size
      return []
    case .event(.wake), .event(.timeout), .event(.ground):
      return []
    case .event(.printed(let lines)):
      receive(printed: lines)
      return []
    case .event(.resumed):
      return [.repaint]
    case .event(.terminate(let signal)):
      return sendToAll(.stop) + [.leave(.terminated(signal: signal))]
    case .event(.hangUp):
      return sendToAll(.stop) + [.leave(.hungUp)]
    }
  }

  // MARK: Trainers

  private mutating func receive(_ snapshot: Snapshot, experiment: Int) -> [Effect] {
    guard snapshots.indices.contains(experiment) else { return [] }
    // A recovery may fail before there was a frame of it; then it is another course that has failed.
    let hasJustFailed =
      snapshot.phase.isFailure
      && (!snapshots[experiment].phase.isFailure
        || snapshot.timeline.branch != snapshots[experiment].timeline.branch)
    // In a replay the log is the run's own: what happened then, not what is looked at now.
    if replay == nil { note(snapshot, after: snapshots[experiment]) }
    if snapshot.phase == .resting, snapshots[experiment].phase == .running, replay == nil {
      notice = Notice("\(snapshot.experiment.name): \(restWords(of: experiment))")
    }
    let hasOtherPanels = snapshot.experiment.kinds != snapshots[experiment].experiment.kinds
    snapshots[experiment] = snapshot
    if hasOtherPanels { keepPanels() }
    if hasJustFailed { offerRecovery(of: experiment) }
    if case .offerRecovery(experiment) = overlay, snapshot.recovery == nil { overlay = nil }
    learnSpeed(from: snapshot, experiment: experiment)
    if let awaited = awaitedMoves[experiment], awaited != AwaitedMove(of: snapshot) {
      awaitedMoves[experiment] = nil
      notice = Notice("\(snapshot.experiment.name): \(awaited.done(before: snapshot.next))")
    }
    return isQuitting && isOver ? [.leave(.quit)] : []
  }

  /// Of a run that rests by itself. The key is of use where it means this run.
  func restWords(of experiment: Int) -> String {
    "resting at the floor" + (focus.experiment == experiment ? ", \(keys.name(.togglePause)) resumes" : "")
  }

  func sendToAll(_ command: Command) -> [Effect] {
    snapshots.indices.map { .send(command, experiment: $0) }
  }

  // MARK: Keys

  mutating func press(_ key: Key) -> [Effect] {
    notice = nil
    switch overlay {
    case .help(let offset):
      if let moved = scroll(keys.help, key, from: offset) {
        overlay = .help(offset: moved)
        return []
      }
    case .guide(let offset):
      if let moved = scroll(Guide.help(keys, of: focused), key, from: offset) {
        overlay = .guide(offset: moved)
        return []
      }
    case .confirmReset, .confirmWriting:
      if let effects = answer(key) { return effects }
    case .offerRecovery(let experiment):
      if let effects = answerRecovery(key, of: experiment) { return effects }
    case .log(let distance):
      if let moved = scrollLog(key, from: distance) {
        overlay = .log(fromEnd: moved)
        return []
      }
    case nil: break
    }
    guard let binding = keys.binding(of: key) else { return [] }
    if binding.action == .togglePanel, overlay == nil {
      togglePanel(number: (binding.keys.firstIndex(of: key) ?? 0) + 1)
      return []
    }
    return perform(binding.action)
  }

  private mutating func perform(_ action: Action) -> [Effect] {
    if case .log = overlay {
      // The log is to be watched while other keys do what they always do.
      if action == .log || action == .back {
        overlay = nil
        return []
      }
    } else if overlay != nil, action != .quit, action != .repaint, action != .suspend {
      // `?` leafs through the help; whatever else is pressed over it, Esc above all, closes it.
      if case .help = overlay, action == .help { overlay = .guide(offset: 0) } else { overlay = nil }
      return []
    }
    if replay != nil, let effects = perform(inReplay: action) { return effects }
    switch action {
    case .earlier: return scrub { $0.move(by: -1) }
    case .later: return scrub { $0.move(by: 1) }
    case .muchEarlier: return scrub { $0.leap(by: -Replay.leap) }
    case .muchLater: return scrub { $0.leap(by: Replay.leap) }
    case .start: return scrub { $0.move(to: 0) }
    case .end: return scrub { $0.move(to: .max) }
    case .togglePause: return togglePause()
    case .stepHalf: return stepHalf()
    case .rewind: return rewind()
    case .forward: return forward()
    case .slower: return slowDown()
    case .faster: return speedUp()
    case .renewNoise: return renewNoise()
    case .changeImages: changeImagesIfThereAreAny()
    case .nextPair: return walk(.nextPair)
    case .nextPath: return walk(.nextPath)
    case .reset: overlay = snapshots.isEmpty ? nil : .confirmReset
    case .nextPanel: moveFocus(by: 1)
    case .previousPanel: moveFocus(by: -1)
    case .left: moveSideways(.left)
    case .down: moveFocus(.down)
    case .up: moveFocus(.up)
    case .right: moveSideways(.right)
    case .togglePanel: break  // Depends on which of its keys it was.
    case .zoom: isZoomed.toggle()
    case .back: goBack()
    case .nextPreset: changePreset(by: 1)
    case .previousPreset: changePreset(by: -1)
    case .shorterWindow: changeWindow(by: 1)
    case .longerWindow: changeWindow(by: -1)
    case .toggleScale: toggleScale()
    case .toggleFixedRange: toggleFixedRange()
    case .changeSmoothing: changeSmoothing()
    case .toggleCrosshair: toggleCrosshair()
    case .nextTheme: changeTheme(by: 1)
    case .previousTheme: changeTheme(by: -1)
    case .screenshot: return [.writeScreenshot]
    case .record: return [.toggleRecording]
    case .help: overlay = .help(offset: 0)
    case .log: overlay = .log(fromEnd: 0)
    case .copyFigures: return copyFigures()
    case .toggleMouse: return toggleMouse()
    case .toggleCosts: showsCosts.toggle()
    case .writeSettings: askBeforeWriting()
    case .reload: return [.reload]
    case .repaint: return [.repaint]
    case .suspend: return [.suspend]
    case .quit: return quit()
    }
    return []
  }

  private mutating func togglePause() -> [Effect] {
    if focused?.recovery != nil {
      offerRecovery(of: focus.experiment)
      return []
    }
    guard !isOver else {
      notice = Notice("nothing is running any more; \(keys.name(.reset)) starts again from step 0")
      return []
    }
    if !isPaused, focused?.phase == .resting { return [.send(.resume, experiment: focus.experiment)] }
    isPaused.toggle()
    awaitedMoves = [:]
    return sendToAll(isPaused ? .pause : .resume)
  }

  private mutating func stepHalf() -> [Effect] {
    guard let snapshot = focused, !snapshot.phase.isOver else {
      notice = Notice("this experiment is not running; \(keys.name(.reset)) starts it again from step 0")
      return []
    }
    guard isPaused else {
      notice = Notice(
        "half steps are for a paused game: \(keys.name(.togglePause)) pauses, then \(keys.name(.stepHalf)) steps")
      return []
    }
    awaitedMoves[focus.experiment] = AwaitedMove(of: snapshot)
    return [.send(.stepHalf, experiment: focus.experiment)]
  }

  private mutating func renewNoise() -> [Effect] {
    guard let snapshot = focused else { return [] }
    if case .density = snapshot.samples {
      notice = Notice(
        "\(snapshot.experiment.name): p_g is counted from many z at once; "
          + "\(keys.name(.renewNoise)) is for points and pictures")
      return []
    }
    return [.send(.renewNoise, experiment: focus.experiment)]
  }

  /// Another way between two z, for a game that rests.
  private mutating func walk(_ command: Command) -> [Effect] {
    guard let snapshot = focused else { return [] }
    guard case .images = snapshot.samples else {
      notice = Notice("\(snapshot.experiment.name): what is between two z is shown of pictures")
      return []
    }
    guard isPaused else {
      notice = Notice(
        "what is between two z is shown of a paused game: \(keys.name(.togglePause)) pauses, "
          + "then \(keys.name(.nextPair))")
      return []
    }
    return [.send(command, experiment: focus.experiment)]
  }

  private mutating func quit() -> [Effect] {
    let failures = failures
    guard failures.isEmpty || failures.count < snapshots.count else {
      return sendToAll(.stop) + [.leave(.failed(failures))]
    }
    guard !isQuitting, !isOver else { return sendToAll(.stop) + [.leave(.quit)] }
    isQuitting = true
    overlay = nil
    return sendToAll(.stop)
  }
}

extension AwaitedMove {
  /// That it is done, in words.
  fileprivate func done(before next: NextMove) -> String {
    move.isWholeStep
      ? "a whole step is done" + (move.name.contains(" and ") ? ", \(move.name) moved at once" : "")
      : "\(move.name)'s half of the step is done, \(next.name)'s is next"
  }
}
