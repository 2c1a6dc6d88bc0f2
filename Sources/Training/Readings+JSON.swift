// Figures in files, by the names that they are declared with. The names are a contract; new ones may join.

import Figures
import RunFiles

extension JSONLine {
  /// - Parameter figures: in whose order they are written.
  package mutating func add(_ readings: Readings, _ figures: [Figure]) {
    for figure in figures {
      switch figure.unit {
      case .count: add(figure.key.rawValue, readings[figure.key].map { Int($0) })
      default: add(figure.key.rawValue, readings[figure.key])
      }
    }
  }
}

extension Readings {
  /// What an object has of figures.
  package init(_ object: JSONObject, _ figures: [Figure]) throws(OutOfRange) {
    self.init()
    for figure in figures {
      let key = figure.key.rawValue
      switch figure.unit {
      case .count: self[figure.key] = try object.number(key, in: RunLimits.modes).map(Double.init)
      default: self[figure.key] = object.number(key)
      }
    }
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
    if !experiment.loss.isEmpty { line.add("loss", experiment.loss) }
    if !experiment.updates.isEmpty { line.add("updates", experiment.updates) }
    if !experiment.changes.isEmpty { line.add("set", experiment.changes.joined(separator: " ")) }
    line.add("seed", options.seed)
    line.add("threads", options.threads)
    line.add("precision", options.precision.here.rawValue)
    return line
  }

  package static func metrics(_ snapshot: Snapshot) -> JSONLine {
    var line = JSONLine()
    line.add("event", "metrics")
    line.add("experiment", snapshot.experiment.name)
    line.add("step", snapshot.step)
    line.add(snapshot.readings, snapshot.experiment.figures)
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
