// The figures by the names that files and other programs know them by: one table for writing them and for reading them
// back. The names are a contract; new ones may join.

import RunFiles

package struct MetricKey: Sendable {
  private enum Place: Sendable {
    case number(any WritableKeyPath<MetricValues, Double?> & Sendable)
    case count(any WritableKeyPath<MetricValues, Int?> & Sendable)
  }

  package let name: String
  private let place: Place

  private init(_ name: String, _ place: any WritableKeyPath<MetricValues, Double?> & Sendable) {
    self.name = name
    self.place = .number(place)
  }

  private init(count name: String, _ place: any WritableKeyPath<MetricValues, Int?> & Sendable) {
    self.name = name
    self.place = .count(place)
  }

  package static let all = [
    MetricKey("d_loss", \.discriminatorLoss),
    MetricKey("g_loss", \.generatorLoss),
    MetricKey("d_real", \.meanReal),
    MetricKey("d_fake", \.meanFake),
    MetricKey("value", \.value),
    MetricKey("value_at_optimum", \.valueAtOptimum),
    MetricKey("jsd", \.jsd),
    MetricKey("jsd_floor", \.jsdFloor),
    MetricKey("jsd_bound", \.jsdBound),
    MetricKey("jsd_bound_error", \.jsdBoundError),
    MetricKey("kl", \.klDataModel),
    MetricKey("kl_reverse", \.klModelData),
    MetricKey("d_error", \.discriminatorError),
    MetricKey(count: "modes_covered", \.modesCovered),
    MetricKey(count: "modes", \.modes),
    MetricKey("high_quality_share", \.highQualityShare),
  ]

  /// The figure, where there is one.
  package func number(in metrics: MetricValues) -> Double? {
    switch place {
    case .number(let path): metrics[keyPath: path]
    case .count(let path): metrics[keyPath: path].map(Double.init)
    }
  }

  fileprivate func write(_ metrics: MetricValues, to line: inout JSONLine) {
    switch place {
    case .number(let path): line.add(name, metrics[keyPath: path])
    case .count(let path): line.add(name, metrics[keyPath: path])
    }
  }

  fileprivate func read(_ object: JSONObject, into metrics: inout MetricValues) throws(OutOfRange) {
    switch place {
    case .number(let path): metrics[keyPath: path] = object.number(name)
    case .count(let path): metrics[keyPath: path] = try object.number(name, in: RunLimits.modes)
    }
  }
}

extension MetricValues {
  /// What an object has of figures.
  package init(_ object: JSONObject) throws(OutOfRange) {
    self.init()
    for key in MetricKey.all { try key.read(object, into: &self) }
  }
}

/// Lines that `gantui train --json` prints and that a run's journal has. Whoever writes them may add keys of their own.
extension JSONLine {
  package static func start(_ experiment: ExperimentSummary, _ options: TrainingOptions) -> JSONLine {
    var line = JSONLine()
    line.add("event", "start")
    line.add("experiment", experiment.name)
    line.add("title", experiment.title)
    line.add("data", experiment.data)
    line.add("loss", experiment.loss)
    line.add("updates", experiment.updates)
    line.add("seed", options.seed)
    line.add("threads", options.threads)
    line.add("precision", options.precision.here.rawValue)
    return line
  }

  package mutating func add(_ metrics: MetricValues) {
    for key in MetricKey.all { key.write(metrics, to: &self) }
  }

  package static func metrics(_ snapshot: Snapshot) -> JSONLine {
    var line = JSONLine()
    line.add("event", "metrics")
    line.add("experiment", snapshot.experiment.name)
    line.add("step", snapshot.step)
    line.add(snapshot.metrics)
    line.add("seconds", snapshot.seconds)
    line.add("steps_per_second", snapshot.stepsPerSecond)
    return line
  }

  package static func end(_ snapshot: Snapshot, reason: EndReason) -> JSONLine {
    var line = JSONLine()
    line.add("event", "end")
    line.add("experiment", snapshot.experiment.name)
    line.add("step", snapshot.step)
    line.add("reason", reason.rawValue)
    return line
  }
}

/// Why a training ended.
package enum EndReason: String, Hashable, Sendable {
  /// All the steps that were asked for were made.
  case finished
  /// By a person, or by a signal.
  case interrupted
  /// The losses are not numbers any more.
  case diverged
}
