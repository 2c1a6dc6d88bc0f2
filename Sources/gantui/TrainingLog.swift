// What `gantui train` prints: lines for programs, or a table for people.

import Figures
import GenerativeModels
import RunFiles
import Training

/// Somebody who writes down how a training goes. Called from one thread at a time.
protocol TrainingLog: Sendable {
  func start(_ snapshot: Snapshot, options: TrainingOptions, steps: Int, every: Int)
  func report(_ snapshot: Snapshot)
  /// - Parameter classes: which classes of the data are generated; `nil` where that does not apply.
  func end(_ snapshot: Snapshot, reason: EndReason, classes: ClassCoverage?)
}

/// One JSON object a line, as in the journal of a run.
struct JSONLog: TrainingLog {
  func start(_ snapshot: Snapshot, options: TrainingOptions, steps: Int, every: Int) {
    var line = JSONLine.start(snapshot.experiment, options)
    line.add("steps", steps)
    line.add("every", every)
    StandardOutput.write(json: line.text)
  }

  func report(_ snapshot: Snapshot) { StandardOutput.write(json: JSONLine.metrics(snapshot).text) }

  func end(_ snapshot: Snapshot, reason: EndReason, classes: ClassCoverage?) {
    var line = JSONLine.end(snapshot, reason: reason)
    line.add("classes_seen", classes?.seen)
    line.add("classes", classes?.classes)
    line.add("judge_accuracy", classes?.judge.accuracy)
    line.add("seconds", snapshot.seconds)
    StandardOutput.write(json: line.text)
  }
}

/// Aligned columns.
struct TableLog: TrainingLog {
  private let columns: [Column]

  init(_ experiment: Experiment, _ settings: KnobSettings?) {
    columns = (settings.map(experiment.card.figures) ?? []).filter(\.isColumn).map(Column.init) + [.rate]
  }

  func start(_ snapshot: Snapshot, options: TrainingOptions, steps: Int, every: Int) {
    let experiment = snapshot.experiment
    let facts = [
      "\(experiment.name): \(experiment.title)", experiment.data,
      experiment.loss.isEmpty ? "" : "\(experiment.loss) loss", experiment.updates,
      experiment.changes.joined(separator: " "), "seed \(options.seed)",
      "\(options.threads) \(options.threads == 1 ? "thread" : "threads")",
    ]
    StandardOutput.write(
      facts.filter { !$0.isEmpty }.joined(separator: ", ") + "\n" + row("step", columns.map(\.title)))
  }

  func report(_ snapshot: Snapshot) {
    StandardOutput.write(row("\(snapshot.step)", columns.map { $0.value(snapshot) ?? "-" }))
  }

  func end(_ snapshot: Snapshot, reason: EndReason, classes: ClassCoverage?) {
    if let classes {
      let counts = classes.counts.enumerated().map { "\($0.offset): \($0.element)" }.joined(separator: ", ")
      StandardOutput.write(
        "\(classes.seen) of \(classes.classes) classes generated (\(counts))\n\(classes.judge.sentence)\n")
    }
    StandardOutput.write("\(reason) at step \(snapshot.step) after \(fixed(snapshot.seconds, decimals: 1)) s\n")
  }

  private func row(_ step: String, _ cells: [String]) -> String {
    let padded = cells.map { String(repeating: " ", count: max(1, 9 - $0.count)) + $0 }
    return String(repeating: " ", count: max(0, 9 - step.count)) + step + padded.joined() + "\n"
  }
}

/// A column of the table: eight characters wide at the most, in nats where a unit is due.
private struct Column: Sendable {
  let title: String
  let value: @Sendable (Snapshot) -> String?

  init(_ title: String, _ value: @escaping @Sendable (Snapshot) -> String?) {
    self.title = title
    self.value = value
  }

  /// Of a figure: in seven bits, as short as the column is wide.
  init(_ figure: Figure) {
    self.init(figure.key == "d_loss" ? "loss D" : figure.key == "g_loss" ? "loss G" : figure.label.ascii) { snapshot in
      guard let value = snapshot.readings[figure.key] else { return nil }
      guard case .count(let whole) = figure.unit else { return fixed(value, decimals: 4) }
      return whole.flatMap { snapshot.readings[$0] }.map { "\(Int(value))/\(Int($0))" } ?? "\(Int(value))"
    }
  }

  static let rate = Column("steps/s") { fixed($0.stepsPerSecond, decimals: 1) }
}

extension Figure {
  /// Whether it is worth a column of a narrow table: what is compared with, and what one of two divergences says, is not.
  fileprivate var isColumn: Bool {
    (!meaning.isEmpty || key == "jsd_floor")
      && !["kl", "kl_reverse", "value_at_optimum", "high_quality_share"].contains(key)
  }
}
