// What `gantui train` prints: lines for programs, or a table for people.

import RunFiles
import Training

/// Why a training ended.
enum EndReason: String {
  case finished, interrupted, diverged
}

/// Somebody who writes down how a training goes. Called from one thread at a time.
protocol TrainingLog: Sendable {
  func start(_ snapshot: Snapshot, options: TrainingOptions, steps: Int, every: Int)
  func report(_ snapshot: Snapshot)
  /// - Parameter classes: which classes of the data are generated; `nil` where that does not apply.
  func end(_ snapshot: Snapshot, reason: EndReason, classes: ClassCoverage?)
}

/// One JSON object a line. The keys are a contract with whoever reads them; new ones may join.
struct JSONLog: TrainingLog {
  func start(_ snapshot: Snapshot, options: TrainingOptions, steps: Int, every: Int) {
    let experiment = snapshot.experiment
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
    line.add("steps", steps)
    line.add("every", every)
    StandardOutput.write(line.text)
  }

  func report(_ snapshot: Snapshot) {
    let metrics = snapshot.metrics
    var line = JSONLine()
    line.add("event", "metrics")
    line.add("experiment", snapshot.experiment.name)
    line.add("step", snapshot.step)
    line.add("d_loss", metrics.discriminatorLoss)
    line.add("g_loss", metrics.generatorLoss)
    line.add("d_real", metrics.meanReal)
    line.add("d_fake", metrics.meanFake)
    line.add("value", metrics.value)
    line.add("value_at_optimum", metrics.valueAtOptimum)
    line.add("jsd", metrics.jsd)
    line.add("jsd_floor", metrics.jsdFloor)
    line.add("jsd_bound", metrics.jsdBound)
    line.add("jsd_bound_error", metrics.jsdBoundError)
    line.add("kl", metrics.klDataModel)
    line.add("kl_reverse", metrics.klModelData)
    line.add("d_error", metrics.discriminatorError)
    line.add("modes_covered", metrics.modesCovered)
    line.add("modes", metrics.modes)
    line.add("high_quality_share", metrics.highQualityShare)
    line.add("seconds", snapshot.seconds)
    line.add("steps_per_second", snapshot.stepsPerSecond)
    StandardOutput.write(line.text)
  }

  func end(_ snapshot: Snapshot, reason: EndReason, classes: ClassCoverage?) {
    var line = JSONLine()
    line.add("event", "end")
    line.add("experiment", snapshot.experiment.name)
    line.add("step", snapshot.step)
    line.add("reason", reason.rawValue)
    line.add("classes_seen", classes?.seen)
    line.add("classes", classes?.classes)
    line.add("seconds", snapshot.seconds)
    StandardOutput.write(line.text)
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
    // The name of a folder may be among them.
    StandardOutput.write(facts.joined(separator: ", ").harmless + "\n" + row("step", columns.map(\.title)))
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
