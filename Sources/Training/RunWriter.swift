// What a run leaves, written as it goes on: settings, figures, events, samples, and the screen at its end. The folder comes
// with the first step; what cannot be written is told, and the training goes on without it.

import Figures
import RunFiles

/// For one thread at a time: a `RunRecorder` has one for it.
struct RunWriter {
  let experiment: Experiment
  let options: TrainingOptions
  let cadence: LogCadence
  let checkpoints: CheckpointCadence
  let events: EventFilePlace?

  /// What a person has to be told of, the oldest first.
  private(set) var remarks: [String] = []
  /// Where the run is, once it has begun.
  private(set) var folder: RunFolder?
  /// Whether the end of the run is where it should be; known once it is closed.
  private(set) var isWhole = true

  /// `nil` when it has been closed, and whoever looks sees that nobody holds the folder.
  private var place: RunPlace?
  private var state = State.notBegun([])
  /// When the next lines are due, on the clock of the training.
  private var metricsDue = 0.0
  private var samplesDue = 0.0
  /// The moment that came last, and the one that has the last line of figures; before there is one, the moment from which
  /// the training began or went on.
  private var seen: Snapshot?
  private var written: Snapshot?
  /// The score of the best checkpoint, if there is one that is known.
  private var bestScore: Double?
  /// The run was begun again since the last checkpoint.
  private var beginsAgain = false
  /// Why the last checkpoint could not be written, as was told.
  private var cannotSave: RunFileError?
  /// The step of the last samples that were written.
  private var sampledStep: Int?
  /// What the file of samples says of what stays the same, by exhibit.
  private var fixedLines: [String: String] = [:]

  private enum State {
    /// With events that came before there was a step to speak of.
    case notBegun([(RunEvent, Moment)])
    case open(RunLog)
    case givenUp
  }

  init(
    _ experiment: Experiment, _ options: TrainingOptions, _ place: RunPlace, _ cadence: LogCadence,
    _ checkpoints: CheckpointCadence, _ events: EventFilePlace?
  ) {
    self.experiment = experiment
    self.options = options
    self.place = place
    self.cadence = cadence
    self.checkpoints = checkpoints
    self.events = events
  }

  mutating func takeRemarks() -> [String] {
    defer { remarks = [] }
    return remarks
  }

  // MARK: What comes in

  /// Writes what is due of a moment.
  mutating func write(_ snapshot: Snapshot, at now: Moment) {
    guard begin(with: snapshot, at: now) else { return }
    defer { seen = snapshot }
    let isNewPhase = snapshot.phase != written?.phase && snapshot.phase != .preparing
    // After its end a run is only told to stop.
    if isNewPhase, written?.phase.isOver == true, snapshot.phase == .stopped { return }
    let isDue = cadence.steps == nil && snapshot.seconds >= metricsDue || cadence.includes(step: snapshot.step)
    if snapshot.seconds >= samplesDue || isNewPhase { writeSamples(of: snapshot, at: now) }
    // At the end of a run figures are measured that take longer.
    let hasMore = isNewPhase && snapshot.readings.keys != written?.readings.keys
    if isNewPhase || isDue, snapshot.step != written?.step || hasMore { writeMetrics(of: snapshot, at: now) }
    if isNewPhase { writePhase(of: snapshot, at: now) }
  }

  mutating func write(_ event: RunEvent, at now: Moment) {
    if case .notBegun(let events) = state {
      state = .notBegun(events + [(event, now)])
      return
    }
    var line = JSONLine()
    event.write(to: &line)
    line.add("step", (seen ?? written)?.step)
    note(line, at: now)
    switch event {
    case .reset:
      startAgain(at: 0)
      beginsAgain = true
    case .branch(_, let from, _): startAgain(at: from)
    default: break
    }
  }

  /// Writes the end of a run that has not come to one by itself, and the last screen.
  ///
  /// - Parameter screen: of the session, by the ending of its file; empty where there was none.
  mutating func close(screen: [(ending: String, text: String)], at now: Moment) {
    defer { (place, state) = (nil, .givenUp) }
    guard case .open(let log) = state else {
      place?.giveUp()
      return
    }
    if var last = seen, !last.phase.isOver {
      last.phase = .stopped
      write(last, at: now)
    }
    // Whoever was told while it was being trained has hoped since that it would be saved in the end.
    if let cannotSave { remarks.append("the end of this run is not saved: \(cannotSave)") }
    if case .open(let log) = state, cannotSave != nil || log.isBroken { isWhole = false }
    for (ending, text) in screen {
      do throws(RunFileError) {
        try AtomicFile.write(text, to: log.folder.final(ending))
      } catch {
        isWhole = false
        remarks.append("\(error)")
      }
    }
  }

  // MARK: Checkpoints

  /// Saves a moment of a run that has begun.
  ///
  /// - Returns: the run's folder, if it is saved.
  mutating func keep(_ state: RunState, score: Double?, at now: Moment) -> RunFolder? {
    guard case .open(let log) = self.state else { return nil }
    var folder = log.folder.checkpoints
    folder.kept = checkpoints.kept
    let best = bestScore ?? Self.score(ofBestIn: folder)
    let isBest = score.map { $0.isFinite && $0 < best ?? .infinity } ?? false
    do throws(RunFileError) {
      let path = try folder.write(
        state.safetensors(score: score), at: .init(step: state.step, branch: state.branch), isBest: isBest,
        beginsAgain: beginsAgain)
      beginsAgain = false
      bestScore = isBest ? score : best
      if cannotSave != nil { remarks.append("checkpoints are written again") }
      cannotSave = nil
      var line = JSONLine()
      line.add("event", "checkpoint")
      line.add("step", state.step)
      line.add("path", path)
      line.add("score", score)
      if isBest { line.add("best", 1) }
      note(line, at: now)
      return log.folder
    } catch {
      if cannotSave == nil {
        remarks.append("the run cannot be saved: \(error); training goes on, and it is tried again")
      }
      cannotSave = error
      return nil
    }
  }

  /// That of a run which is gone on with.
  private static func score(ofBestIn folder: CheckpointFolder) -> Double? {
    (try? Safetensors.metadata(of: folder.bestPath)).flatMap(RunState.score(in:))
  }

  // MARK: Beginning

  /// Whether there is something to write into, which there is from the first step on.
  private mutating func begin(with snapshot: Snapshot, at now: Moment) -> Bool {
    switch state {
    case .givenUp: return false
    case .open: return true
    case .notBegun(let events):
      let start = written?.step ?? snapshot.step
      if snapshot.step <= start {
        written = snapshot
        return false
      }
      guard let place else { return false }
      do throws(RunFileError) {
        state = .open(
          try RunLog(
            place, experiment.name, start: start, settings: settings(snapshot, at: now), events: self.events, at: now))
      } catch {
        state = .givenUp
        // A folder that a person has named is a promise.
        if case .taken = place { isWhole = false }
        remarks.append("this run leaves no files: \(error)")
        return false
      }
      written?.phase = .running
      var line = JSONLine.start(snapshot.experiment, options)
      if start > 0 { line.add("step", start) }
      note(line, at: now)
      for figure in snapshot.experiment.figures { note(.declaring(figure), at: now) }
      for (event, moment) in events { write(event, at: moment) }
      return true
    }
  }

  /// For people, as TOML.
  private func settings(_ snapshot: Snapshot, at start: Moment) -> String {
    // A setting that is refused ends a run before it begins.
    let settings = (try? experiment.settings(options)) ?? KnobSettings(experiment.card.knobs)
    return "# What this run of gantui was begun with, at \(start.text).\n"
      + RunConfiguration(
        experiment, options, settings, data: snapshot.experiment.data, dataFolder: snapshot.experiment.dataFolder,
        networks: []
      )
      .toml
  }

  /// At an earlier step.
  private mutating func startAgain(at step: Int) {
    (metricsDue, samplesDue) = (0, 0)
    written?.step = step
    sampledStep = nil
  }

  // MARK: Lines

  private mutating func writeMetrics(of snapshot: Snapshot, at now: Moment) {
    let since = min(written?.step ?? 0, snapshot.step)
    var line = JSONLine.metrics(snapshot)
    line.add("phase", snapshot.phase.key)
    // One that grows by itself is nobody's wish for slow motion.
    line.add("pace", snapshot.isAutomatic ? nil : snapshot.pace)
    line.add("metrics_step", snapshot.readingsStep)
    if snapshot.phase == .paused { line.add("next", snapshot.next.name) }
    line.add("since", since)
    line.add(snapshot.history, steps: snapshot.step - since)
    note(line, at: now)
    // A phase has a line of its own, but no figures that are new, unless more was measured at the same step.
    if snapshot.step != written?.step || snapshot.readings != written?.readings {
      show(snapshot.figuresOfTensorBoard, step: snapshot.step, at: now)
    }
    metricsDue = cadence.next(after: snapshot.seconds)
    let phase = written?.phase ?? snapshot.phase
    written = snapshot
    written?.phase = phase
  }

  private mutating func writePhase(of snapshot: Snapshot, at now: Moment) {
    let previous = written?.phase
    written?.phase = snapshot.phase
    switch (previous, snapshot.phase) {
    case (.running, .paused), (.resting, .paused): noteEvent("pause", at: now)
    case (.running, .resting), (.paused, .resting): noteEvent("rest", at: now)
    case (.paused, .running), (.resting, .running): noteEvent("continue", at: now)
    case (_, .finished): note(.end(snapshot, reason: .finished), at: now)
    case (_, .stopped): note(.end(snapshot, reason: .interrupted), at: now)
    case (_, .failed(let error)):
      var line = JSONLine.end(snapshot, reason: .diverged)
      if case .diverged(let divergence) = error {
        line.add("broken_since", divergence.step)
        line.add("broken_losses", divergence.losses.joined(separator: " "))
        if let tensor = divergence.tensor { line.add("broken_tensor", tensor) }
      }
      line.add("message", error.description)
      note(line, at: now)
    default: break
    }
  }

  private mutating func noteEvent(_ name: String, at now: Moment) {
    var line = JSONLine()
    line.add("event", name)
    line.add("step", written?.step)
    note(line, at: now)
  }

  /// Writes what can be seen of samples, and into the journal where it stands.
  private mutating func writeSamples(of snapshot: Snapshot, at now: Moment) {
    guard !snapshot.exhibits.isEmpty, snapshot.step != sampledStep else { return }
    samplesDue = LogCadence.samples.next(after: snapshot.seconds)
    sampledStep = snapshot.step
    for exhibit in snapshot.exhibits { write(exhibit, step: snapshot.step, at: now) }
  }

  private mutating func write(_ exhibit: Exhibit, step: Int, at now: Moment) {
    guard let fixed = exhibit.fixedLine else { return }
    if fixed.text != fixedLines[exhibit.key] {
      guard noteSamples(fixed, "data", of: exhibit, step: step, at: now) else { return }
      fixedLines[exhibit.key] = fixed.text
    }
    _ = noteSamples(exhibit.line(step: step), "samples", of: exhibit, step: step, at: now)
    show(exhibit.picturesOfTensorBoard, step: step, at: now)
  }

  private mutating func show(_ values: [TensorBoardEvent.Value], step: Int, at now: Moment) {
    guard case .open(var log) = state, events != nil, !values.isEmpty else { return }
    log.add(events: values, step: step, at: now)
    keep(log)
  }

  private mutating func noteSamples(
    _ line: JSONLine, _ name: String, of exhibit: Exhibit, step: Int, at now: Moment
  ) -> Bool {
    guard case .open(var log) = state else { return false }
    let place = log.add(samples: line, at: now)
    keep(log)
    guard let place else { return false }
    var event = JSONLine()
    event.add("event", name)
    event.add("exhibit", exhibit.key)
    event.add("step", step)
    event.add("offset", place)
    event.add("bytes", line.text.utf8.count)
    note(event, at: now)
    return true
  }

  /// Adds a line to the journal, with its time.
  private mutating func note(_ line: JSONLine, at now: Moment) {
    guard case .open(var log) = state else { return }
    log.add(line, at: now)
    keep(log)
  }

  private mutating func keep(_ log: RunLog) {
    var log = log
    remarks += log.takeRemarks()
    state = .open(log)
    folder = log.folder
  }
}

extension Phase {
  /// As files have it.
  package var key: String {
    switch self {
    case .preparing: "preparing"
    case .running: "running"
    case .paused: "paused"
    case .resting: "resting"
    case .finished: "finished"
    case .stopped: "stopped"
    case .failed: "failed"
    }
  }
}

extension JSONLine {
  /// What the training told in its latest steps: minimum, mean and maximum of the finite values, how many were none, and
  /// what each of `Smoother.horizons` has come to.
  fileprivate mutating func add(_ histories: Histories, steps: Int) {
    for key in histories.keys {
      guard steps > 0, let bucket = histories[key]?.summary(ofLatest: steps) else { continue }
      let name = key.ofTraining
      add("\(name)_min", Double(bucket.minimum))
      add("\(name)_mean", bucket.mean)
      add("\(name)_max", Double(bucket.maximum))
      if bucket.broken > 0 { add("\(name)_broken", bucket.broken) }
      add("\(name)_smoothed", (0..<4).map { bucket.smoothed[$0] })
    }
  }
}
