// The dashboard for those who listen to it, and for pipes: lines that are only ever added, without escape codes. One is
// printed when there is something to say: what begins, what happens, now and then the figures in words. State and keys
// are those of the screen.

import TerminalUI
import Training

package struct PlainView {
  /// Between two reports of an experiment that is running.
  static let interval = Duration.seconds(10)

  private let experiments: [LiveExperiment]
  private let source: any EventSource
  private let isInteractive: Bool
  private let now: () -> ContinuousClock.Instant
  private let say: (String) -> Void
  private var state: State
  private let pace: Pace?
  private let start: ContinuousClock.Instant
  private var nextReport: ContinuousClock.Instant
  private var deadlineOfQuitting: ContinuousClock.Instant?
  /// Lines of the log that have been said.
  private var told = 0
  /// The step that each experiment was last reported at.
  private var reported: [Int]

  /// - Parameters:
  ///   - isInteractive: whether somebody can type.
  ///   - settings: of which keys and pace make sense without a screen.
  ///   - say: gets one line at a time, without its end.
  package init(
    experiments: [LiveExperiment], source: any EventSource, isInteractive: Bool, settings: Settings = Settings(),
    now: @escaping () -> ContinuousClock.Instant = { .now }, say: @escaping (String) -> Void
  ) {
    self.experiments = experiments
    self.source = source
    self.isInteractive = isInteractive
    self.now = now
    self.say = say
    state = State(experiments: experiments.map(\.summary), themes: [], size: Size(width: 0, height: 0))
    // One panel each, so that Tab goes from experiment to experiment.
    state.hidden = Set(state.panels.filter { $0.kind != .status })
    state.focus.kind = .status
    state.keys = settings.keys ?? .standard
    pace = settings.pace
    start = now()
    nextReport = start + Self.interval
    reported = experiments.map { _ in 0 }
  }

  /// Tells of the experiments until the person leaves or the process is asked to end. The trainers have then been told
  /// to stop.
  package mutating func run() -> Outcome {
    for snapshot in state.snapshots { say(snapshot.introduction) }
    if let pace { for experiment in experiments { experiment.send(.pace(pace)) } }
    if isInteractive {
      let keys = state.keys
      say(
        "A key and Enter steer it: \(keys.name(.togglePause)) pauses or resumes, \(keys.name(.help)) lists the keys, "
          + "\(keys.name(.quit)) quits.")
    }
    while true {
      let events = source.waitForEvents(until: deadline)
      state.elapsed = now() - start
      var effects = events.flatMap { receive($0) }
      for (index, experiment) in experiments.enumerated() {
        if let snapshot = experiment.latest() { effects += state.update(.snapshot(snapshot, experiment: index)) }
      }
      for remark in experiments.flatMap({ $0.remarks() }) { say(remark) }
      for entry in state.log.entries.suffix(state.log.count - told) { say(entry.text) }
      told = state.log.count
      for effect in effects {
        switch effect {
        case .send(let command, let experiment): experiments[experiment].send(command)
        case .leave(let outcome): return outcome
        default: break
        }
      }
      if let outcome = endOfFailures { return outcome }
      if now() >= nextReport { report() }
      if hasMadeAllSteps {
        for experiment in experiments { experiment.send(.stop) }
        return .quit
      }
      if state.isQuitting {
        let deadline = deadlineOfQuitting ?? now() + Dashboard<State>.patience
        deadlineOfQuitting = deadline
        if now() >= deadline { return .quit }
      }
    }
  }

  /// Whether the steps that were asked for are made; where somebody can type, what has failed waits for them.
  private var hasMadeAllSteps: Bool {
    state.isOver && state.snapshots.contains { $0.phase == .finished } && (!isInteractive || state.failures.isEmpty)
  }

  /// The end of a session in which every experiment has failed, where nobody can type or there is nothing to go back to. The
  /// trainers are told to stop.
  private var endOfFailures: Outcome? {
    let failures = state.failures
    guard !failures.isEmpty, failures.count == state.snapshots.count,
      !isInteractive || state.snapshots.allSatisfy({ $0.recovery == nil && $0.step == 0 })
    else { return nil }
    for experiment in experiments { experiment.send(.stop) }
    return .failed(failures)
  }

  private var deadline: ContinuousClock.Instant? {
    let isRunning = state.snapshots.contains { $0.phase == .running }
    return [isRunning ? nextReport : nil, deadlineOfQuitting].compactMap(\.self).min()
  }

  private mutating func report() {
    nextReport = now() + Self.interval
    for (index, snapshot) in state.snapshots.enumerated()
    where snapshot.phase == .running && snapshot.step != reported[index] {
      reported[index] = snapshot.step
      say(snapshot.sentence)
    }
  }

  // MARK: Keys

  /// What makes sense without a screen.
  private static let actions: Set<Action> = [
    .togglePause, .slower, .faster, .stepHalf, .reset, .renewNoise, .nextPanel, .quit,
  ]

  private mutating func receive(_ event: Event) -> [Effect] {
    guard case .key(let key) = event else { return state.update(.event(event)) }
    let action = state.keys.action(for: key)
    guard state.overlay != nil || action.map({ Self.actions.contains($0) }) == true else {
      if action == .help {
        for binding in state.keys.bindings where Self.actions.contains(binding.action) {
          say("\(binding.keyNames): \(binding.help)")
        }
      } else {
        say("\(key.name) does nothing here; \(state.keys.name(.help)) lists the keys")
      }
      return []
    }
    let effects = state.update(.event(event))
    if state.overlay == .confirmReset {
      let all = state.snapshots.count > 1 ? "a for all experiments, " : ""
      say("Reset \(state.focused?.experiment.name ?? "") to step 0? y for yes, \(all)n for no")
    }
    if let notice = state.notice { say(notice.text) }
    if action == .nextPanel, let focused = state.focused {
      say("Keys for one experiment mean \(focused.experiment.name)")
    }
    return effects
  }
}

extension Snapshot {
  /// What is about to be played.
  var introduction: String {
    let (data, loss) = (experiment.knownData, experiment.loss)
    let parts = [data.isEmpty ? "" : "data \(data)", loss.isEmpty ? "" : "\(loss) loss", experiment.updates]
    let said = ["\(experiment.name): \(experiment.title)"] + parts.filter { !$0.isEmpty } + ["seed \(experiment.seed)"]
    return said.joined(separator: ", ")
  }

  /// How far it is and what is measured, in a line.
  var sentence: String {
    let measured = figures.map { figure in
      "\(figure.label) \(figure.value)" + (figure.reference.map { " (\($0.label) \($0.value))" } ?? "")
    }
    let age = figuresAge.map { [$0] } ?? []
    let parts = ["\(experiment.name): \(progress)", rate] + age + measured + (verdict.map { [$0.text] } ?? [])
    return parts.joined(separator: ", ")
  }
}
