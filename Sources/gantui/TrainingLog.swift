// What `gantui train` prints: lines for programs, or a table for people.

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
    line.add("seconds", snapshot.seconds)
    StandardOutput.write(json: line.text)
  }
}

/// Aligned columns.
struct TableLog: TrainingLog {
  private let columns: [Column]

  init(_ experiment: Experiment) {
    switch experiment.subject {
    case .line(let density):
      columns = Column.game + Column.divergences + (density.modes.count > 1 ? [.modes] : []) + [.rate]
    case .plane: columns = Column.game + [.bound, .modes, .rate]
    case .digits, .mnist: columns = Column.game + [.bound, .rate]
    }
  }

  func start(_ snapshot: Snapshot, options: TrainingOptions, steps: Int, every: Int) {
    let experiment = snapshot.experiment
    let facts = [
      "\(experiment.name): \(experiment.title)", experiment.data, "\(experiment.loss) loss", experiment.updates,
      "seed \(options.seed)", "\(options.threads) \(options.threads == 1 ? "thread" : "threads")",
    ]
    StandardOutput.write(facts.joined(separator: ", ") + "\n" + row("step", columns.map(\.title)))
  }

  func report(_ snapshot: Snapshot) {
    StandardOutput.write(row("\(snapshot.step)", columns.map { $0.value(snapshot) ?? "-" }))
  }

  func end(_ snapshot: Snapshot, reason: EndReason, classes: ClassCoverage?) {
    if let classes {
      let counts = classes.counts.enumerated().map { "\($0.offset): \($0.element)" }.joined(separator: ", ")
      StandardOutput.write(
        "\(classes.seen) of \(classes.classes) classes generated, by a nearest-neighbour judge (\(counts))\n")
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

  private static func number(_ title: String, _ metric: @escaping @Sendable (MetricValues) -> Double?) -> Column {
    Column(title) { snapshot in metric(snapshot.metrics).map { fixed($0, decimals: 4) } }
  }

  static let game = [
    number("loss D") { $0.discriminatorLoss }, number("loss G") { $0.generatorLoss },
    number("D(x)") { $0.meanReal }, number("D(G(z))") { $0.meanFake }, number("V") { $0.value },
  ]
  static let bound = number("JSD >=") { $0.jsdBound }
  static let divergences = [
    number("JSD") { $0.jsd }, number("floor") { $0.jsdFloor }, bound, number("|D-D*|") { $0.discriminatorError },
  ]
  static let modes = Column("modes") { snapshot in
    snapshot.metrics.modesCovered.map { "\($0)/\(snapshot.metrics.modes ?? 0)" }
  }
  static let rate = Column("steps/s") { fixed($0.stepsPerSecond, decimals: 1) }
}
