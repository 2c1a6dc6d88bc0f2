// A run as its files tell it: every record in the order of its writing, to be looked at in any order, while the run may
// still go on. Lines that make no sense are passed over and counted.

import Figures
import RunFiles

/// For one thread at a time.
package struct RunCourse: Sendable {
  /// Something that happened besides the steps.
  package struct Event: Hashable, Sendable {
    /// Seconds of training until then, over all that was gone back.
    package var elapsed: Double
    package var text: String
  }

  package let folder: RunFolder
  /// What the run is; before its first line has been read, its name only.
  package private(set) var experiment: ExperimentSummary
  package private(set) var records: [RunRecord] = []
  /// Seconds of training until each record, over all that was gone back.
  package private(set) var elapsed: [Double] = []
  package private(set) var events: [Event] = []
  /// Lines that are none of a run's.
  package private(set) var garbage = 0
  private var lines = 0
  /// Whether it has been said that a number is out of its range.
  private var isRefused = false

  private var file: FollowedFile
  private var splitter = LineSplitter()
  private var histories = RecordedHistories()
  /// The runs of figures that are measured at looks, up to the last record.
  private var looked: [Figure.Key: FigureHistory] = [:]
  /// Whether the journal declares its figures; one of before that time has the old ones.
  private var declaresFigures = false
  /// Where what was shown stands in its file, in the order in which it was written, each with what goes with all of them.
  private var samples: [(exhibit: String, fixed: Place, moment: Place, step: Int?)] = []
  private var fixed: [String: Place] = [:]
  /// How many of `samples` there were at each record.
  private var sampleCounts: [Int] = []

  private struct Place: Hashable, Sendable {
    var offset: Int
    var bytes: Int
  }

  package init(_ folder: RunFolder) {
    self.folder = folder
    file = FollowedFile(path: folder.metrics)
    experiment = Self.unknown(folder)
  }

  private static func unknown(_ folder: RunFolder) -> ExperimentSummary {
    var summary = ExperimentSummary(name: folder.name, title: "", data: "", loss: "", updates: "", seed: 0)
    summary.figures = OldFigures.all
    return summary
  }

  /// Whether a process goes on writing it.
  package var isRunning: Bool { RunLock.isHeld(folder) }

  /// Reads what has been written since the last call.
  ///
  /// - Returns: whether there is something new.
  package mutating func refresh() -> Bool {
    var isNew = false
    while true {
      switch file.newBytes() {
      case .nothing: return isNew
      case .restarted:
        let again = file
        self = RunCourse(folder)
        file = again
      case .grown(let bytes):
        for line in splitter.add(bytes) { read(line) }
      }
      isNew = true
    }
  }

  private mutating func read(_ line: [UInt8]) {
    lines += 1
    do throws(OutOfRange) {
      if let object = JSONObject(line), try read(object) { return }
    } catch {
      // The first of them stands for all.
      if !isRefused { note("\(folder.metrics), line \(lines): \(error); the line is left out") }
      isRefused = true
    }
    garbage += 1
  }

  /// - Returns: whether it is a line of a run.
  private mutating func read(_ object: JSONObject) throws(OutOfRange) -> Bool {
    guard let event = object.text("event") else { return false }
    switch event {
    case "metrics":
      guard let record = try RunRecord(object, experiment.figures) else { return false }
      add(record)
    case "data": fixed[object.text("exhibit") ?? "samples"] = place(object)
    case "samples":
      let exhibit = object.text("exhibit") ?? "samples"
      if let fixed = fixed[exhibit], let moment = place(object) {
        samples.append((exhibit, fixed, moment, object.count("step")))
        declare(exhibit: exhibit)
      }
    case "figure":
      if let figure = Figure(object) { declare(figure) }
    case "start":
      experiment = ExperimentSummary(object, otherwise: experiment)
      if !declaresFigures { experiment.figures = OldFigures.of(experiment.name, loss: experiment.loss) }
      if !records.isEmpty { note(try Self.words("resumed", object)) }
    default:
      if let last = records.last, let phase = phase(after: event, object, at: last.step) {
        records[records.count - 1].phase = phase
      }
      note(try Self.words(event, object))
    }
    return true
  }

  private mutating func declare(_ figure: Figure) {
    if !declaresFigures { experiment.figures = [] }
    declaresFigures = true
    // A run that was resumed declares them again.
    experiment.figures.removeAll { $0.key == figure.key }
    experiment.figures.append(figure)
  }

  /// What a model shows that this program does not know is known by what was shown.
  private mutating func declare(exhibit key: String) {
    guard !experiment.exhibits.contains(where: { $0.key == key }), experiment.exhibits.count < Self.mostExhibits else {
      return
    }
    // Before anything is known, a run is taken for one that shows samples.
    if !isKnown, !samples.contains(where: { $0.exhibit == "samples" }) {
      experiment.exhibits.removeAll { $0.key == "samples" }
    }
    experiment.exhibits.append(Exhibit(key, title: key, .empty))
  }

  private var isKnown: Bool { Experiment.all.contains { $0.name == experiment.name } }

  private mutating func note(_ text: String) { events.append(Event(elapsed: elapsed.last ?? 0, text: text)) }

  private mutating func add(_ record: RunRecord) {
    // A run that has begun again, or gone back, has taken the time that it took all the same.
    let parent = record.since == 0 ? nil : records.last { $0.step <= record.since }
    elapsed.append((elapsed.last ?? 0) + max(0, record.seconds - (parent?.seconds ?? 0)))
    records.append(record)
    sampleCounts.append(samples.count)
    if records.count == 1 {
      histories = RecordedHistories(
        experiment.figures.filter { $0.cadence == .everyStep && $0.chart != nil }.map(\.key))
    }
    histories.add(record, among: records)
    for figure in experiment.figures where figure.cadence != .everyStep && figure.chart != nil {
      guard let value = record.readings[figure.key] else { continue }
      looked[figure.key, default: FigureHistory()].add(value, at: Double(record.step))
    }
  }

  /// What a run has come to without a further step.
  private func phase(after event: String, _ object: JSONObject, at step: Int) -> Phase? {
    switch (event, object.text("reason").flatMap(EndReason.init)) {
    case ("pause", _): .paused
    case ("rest", _): .resting
    case ("end", .finished): .finished
    case ("end", .interrupted): .stopped
    case ("end", .diverged):
      .failed(
        .diverged(
          Divergence(
            step: object.count("broken_since") ?? step,
            losses: (object.text("broken_losses") ?? "").split(separator: " ").map(String.init),
            tensor: object.text("broken_tensor"))))
    default: nil
    }
  }

  private func place(_ object: JSONObject) -> Place? {
    guard let offset = object.count("offset"), let bytes = object.count("bytes"), offset >= 0,
      (1...LineSplitter.longest).contains(bytes)
    else { return nil }
    return Place(offset: offset, bytes: bytes)
  }

  /// `pace 20, step 100`, of whatever is written down of an event; `branch 1 from step 100`.
  private static func words(_ event: String, _ object: JSONObject) throws(OutOfRange) -> String {
    if event == "branch", let number = object.count("branch"), let from = object.count("from") {
      return "branch \(number) from step \(from)"
    }
    let pace = try object.number("pace", in: RunLimits.pace).map { Int(exactly: $0).map(String.init) ?? "\($0)" }
    let details = ["reason", "path", "message"].compactMap { object.text($0) } + [pace].compactMap(\.self)
    let name = ([String(event.map { $0 == "_" ? " " : $0 })] + details).joined(separator: " ")
    return name + (object.count("step").map { ", step \($0)" } ?? "")
  }

  // MARK: Looking back

  /// The moment of a record, as far as it was written down.
  package func snapshot(at index: Int) -> Snapshot {
    var snapshot = Snapshot(experiment: experiment)
    guard records.indices.contains(index) else { return snapshot }
    let record = records[index]
    snapshot.phase = record.phase
    snapshot.step = record.step
    snapshot.next = record.next
    snapshot.seconds = record.seconds
    snapshot.stepsPerSecond = record.stepsPerSecond
    snapshot.pace = record.pace
    snapshot.readings = record.readings
    snapshot.readingsStep = record.readingsStep
    snapshot.history = histories.history(at: index, among: records)
    snapshot.looked = looked.mapValues { $0.until(Double(record.step)) }
    snapshot.exhibits = exhibits(sampleCounts[index])
    if samples.indices.contains(sampleCounts[index] - 1), let step = samples[sampleCounts[index] - 1].step {
      snapshot.samplesStep = step == record.step ? nil : step
    }
    return snapshot
  }

  /// What was shown last of each exhibit, among the first so many that were written.
  private func exhibits(_ count: Int) -> [Exhibit] {
    guard count > 0, let file = try? ReadableFile(path: folder.samples) else { return [] }
    var seen: [String] = []
    var latest: [(exhibit: String, fixed: Place, moment: Place, step: Int?)] = []
    // As many exhibits as a model may have: the last ones are near the end.
    for sample in samples[..<count].suffix(Self.mostExhibits).reversed() where !seen.contains(sample.exhibit) {
      seen.append(sample.exhibit)
      latest.insert(sample, at: 0)
    }
    return latest.compactMap { sample in
      let lines = [sample.fixed, sample.moment].map { JSONObject(file.bytes(at: $0.offset, count: $0.bytes)) }
      guard let fixed = lines[0], let moment = lines[1] else { return nil }
      return Exhibit(fixed: fixed, moment: moment)
    }
  }

  private static let mostExhibits = 16
}

extension ExperimentSummary {
  fileprivate init(_ line: JSONObject, otherwise: ExperimentSummary) {
    self.init(
      name: line.text("experiment") ?? otherwise.name, title: line.text("title") ?? "", data: line.text("data") ?? "",
      loss: line.text("loss") ?? "", updates: line.text("updates") ?? "", seed: line.whole("seed") ?? 0)
    figures = otherwise.figures
    exhibits =
      Experiment.all.first { $0.name == name }?.summary(TrainingOptions()).exhibits ?? otherwise.exhibits
    changes = (line.text("set") ?? "").split(separator: " ").map(String.init)
    precision = line.text("precision") ?? precision
  }
}
