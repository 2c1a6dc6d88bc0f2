// The open files of a run.

import RunFiles

struct RunLog {
  let folder: RunFolder
  private let lock: RunLock
  private var metrics: Journal
  private var samples: Journal
  private var remarks: [String] = []

  /// Makes or opens the files, and writes the settings of a run that begins.
  ///
  /// - Parameter start: completed steps at which it begins, or goes on.
  init(
    _ place: RunPlace, _ experiment: Experiment, _ options: TrainingOptions, start: Int, at now: Moment
  ) throws(RunFileError) {
    (folder, lock) = try place.open(for: experiment.name, at: now)
    let metrics = try JournalFileOnDisk(path: folder.metrics)
    let samples = try JournalFileOnDisk(path: folder.samples)
    self.metrics = Journal(metrics)
    self.samples = Journal(samples)
    if start == 0 { try folder.write(experiment.settings(options, at: now), to: folder.configuration) }
    for file in [metrics, samples] where file.repaired > 0 {
      var line = JSONLine()
      line.add("event", "repaired")
      line.add("path", file.path)
      line.add("bytes", file.repaired)
      add(line, at: now)
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

  private mutating func hear(_ outcome: Journal.Outcome) {
    switch outcome {
    case .written, .dropped: break
    case .failed(let error): remarks.append("the run's log has a gap: \(error); training goes on")
    case .recovered(let lost, _): remarks.append("the run's log goes on; \(lost) lines are missing")
    }
  }
}

extension Experiment {
  /// The settings of a run, as TOML for people.
  fileprivate func settings(_ options: TrainingOptions, at start: Moment) -> String {
    let configuration = options.rules.apply(to: configuration([]))
    var lines = ["# What this run of gantui was begun with.", "experiment = \(quoted(name))"]
    lines.append("started = \(quoted(start.text))")
    lines.append("seed = \(options.seed)")
    lines.append("threads = \(options.threads)")
    lines.append("precision = \(quoted(options.precision.here.rawValue))")
    lines.append("loss = \(quoted(configuration.generatorLoss.rawValue))")
    lines.append("order = \(quoted(configuration.order.rawValue))")
    if configuration.order == .alternating { lines.append("k = \(configuration.discriminatorSteps)") }
    if let folder = options.dataDirectory { lines.append("data = \(quoted(folder))") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A basic string (TOML 1.0).
  private func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\0"..."\u{1F}", "\u{7F}": "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
