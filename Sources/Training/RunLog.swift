// The open files of a run.

import RunFiles

struct RunLog {
  let folder: RunFolder
  private let lock: RunLock
  private var metrics: Journal
  private var samples: Journal
  private var events: TensorBoardJournal?
  private var remarks: [String] = []
  /// Whether it has been told that something could not be written.
  private(set) var isBroken = false

  /// Makes or opens the files.
  ///
  /// - Parameters:
  ///   - start: completed steps at which the run begins, or goes on.
  ///   - settings: of a run that begins, there or at all.
  ///   - events: where TensorBoard shall find the run; that it cannot is no reason not to keep it.
  init(
    _ place: RunPlace, _ experiment: String, start: Int, settings: String, events: EventFilePlace?,
    at now: Moment
  ) throws(RunFileError) {
    (folder, lock) = try place.open(for: experiment, at: now)
    let metrics = try JournalFileOnDisk(path: folder.metrics)
    let samples = try JournalFileOnDisk(path: folder.samples)
    self.metrics = Journal(metrics)
    self.samples = Journal(samples)
    if start == 0 || !folder.hasConfiguration { try AtomicFile.write(settings, to: folder.configuration) }
    for file in [metrics, samples] where file.repaired > 0 {
      var line = JSONLine()
      line.add("event", "repaired")
      line.add("path", file.path)
      line.add("bytes", file.repaired)
      add(line, at: now)
    }
    guard let events else { return }
    do throws(RunFileError) {
      self.events = try TensorBoardJournal(in: events.path(for: folder), at: now)
    } catch {
      remarks.append("no event file: \(error)")
    }
  }

  mutating func takeRemarks() -> [String] {
    defer { remarks = [] }
    return remarks
  }

  mutating func add(_ line: JSONLine, at now: Moment) {
    var line = line
    line.add("time", now.text)
    hear(metrics.append(line, at: Double(now.seconds)))
  }

  /// - Returns: where the line stands in its file; `nil` if it does not.
  mutating func add(samples line: JSONLine, at now: Moment) -> Int? {
    let outcome = samples.append(line, at: Double(now.seconds))
    hear(outcome)
    switch outcome {
    case .written(let place), .recovered(_, let place): return place
    case .failed, .dropped: return nil
    }
  }

  mutating func add(events values: [TensorBoardEvent.Value], step: Int, at now: Moment) {
    guard let outcome = events?.add(values, step: step, at: now) else { return }
    hear(outcome)
  }

  private mutating func hear(_ outcome: Journal.Outcome) {
    switch outcome {
    case .written, .dropped: break
    case .failed(let error):
      if !isBroken { remarks.append("the run's log has a gap: \(error); training goes on") }
      isBroken = true
    case .recovered(let lost, _):
      remarks.append("the run's log goes on; \(lost) lines are missing")
      isBroken = false
    }
  }
}
