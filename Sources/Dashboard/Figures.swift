// The figures of a snapshot as words: each with its unit or its label, and with what it means.

import TerminalUI
import Training

/// A labelled value. The parts are chosen so that `label value aside` reads as a sentence.
struct Figure: Hashable, Sendable {
  var label: String
  var value: String
  /// What the value is to be compared with; left out first where there is no room.
  var aside = ""
  /// One sentence for somebody who sees the label for the first time.
  var meaning: String
}

extension Snapshot {
  /// What is measured, the most telling first. What does not apply to the experiment is not there.
  var figures: [Figure] {
    func three(_ value: Double) -> String { NumberLabel.fixed(value, decimals: 3) }
    func nats(_ value: Double) -> String { "\(three(value)) nats" }
    var figures: [Figure] = []
    func add(_ value: Double?, _ label: String, aside: String = "", _ meaning: String, as format: (Double) -> String) {
      guard let value else { return }
      figures.append(Figure(label: label, value: format(value), aside: aside, meaning: meaning))
    }
    add(metrics.meanReal, "D(x)", "D's mean belief that real samples are real", as: three)
    add(metrics.meanFake, "D(G(z))", "D's mean belief that generated samples are real", as: three)
    add(
      metrics.jsd, "JSD", aside: metrics.jsdFloor.map { "floor \(three($0))" } ?? "",
      "divergence of data and samples; two real sets show the floor", as: nats)
    add(metrics.value, "V", aside: "−log 4 = −1.386", "the value of the game; −log 4 at its equilibrium", as: nats)
    add(metrics.valueAtOptimum, "V at D*", "what V would be, were D perfect now: 2 JSD − log 4", as: nats)
    add(metrics.discriminatorError, "|D − D*|", "mean distance of D from the perfect D*, over the data", as: three)
    if let covered = metrics.modesCovered, let modes = metrics.modes {
      figures.append(
        Figure(label: "modes", value: "\(covered) of \(modes)", meaning: "peaks of the data that the samples reach"))
    }
    add(metrics.jsdBound, "JSD ≥", "what D's loss on held-out data proves of the JSD", as: nats)
    add(metrics.klDataModel, "KL data‖G", "KL(p_data ‖ p_g): grows where samples are missing", as: nats)
    add(metrics.klModelData, "KL G‖data", "KL(p_g ‖ p_data): grows where samples are wrong", as: nats)
    add(
      metrics.discriminatorLoss, "loss D", aside: "log 2 = 0.693", "½(BCE real + BCE fake); log 2 at chance",
      as: nats)
    add(metrics.generatorLoss, "loss G", "what G minimises", as: nats)
    figures.append(Figure(label: "G's loss", value: experiment.loss, meaning: "which of the two losses of the paper"))
    figures.append(Figure(label: "updates", value: experiment.updates, meaning: "whose turn it is, and how often"))
    return figures
  }

  /// How far and how fast.
  var progress: String { "step \(step.grouped)" }

  var rate: String {
    stepsPerSecond >= 9.95
      ? "\(Int(min(stepsPerSecond, 1e12).rounded()).grouped) steps/s"
      : "\(NumberLabel.fixed(stepsPerSecond, decimals: 1)) steps/s"
  }

  /// Time spent training: `0:42`, `1:02:03`.
  var duration: String {
    let whole = Int(min(max(seconds, 0), 1e9))
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }

  /// What the figures say, where they say it beyond doubt.
  var verdict: (text: String, role: Role)? {
    if history.discriminator.last?.broken ?? 0 > 0 || history.generator.last?.broken ?? 0 > 0 {
      return ("a loss is not finite any more: r starts again", .bad)
    }
    if let jsd = metrics.jsd, let floor = metrics.jsdFloor, jsd <= floor {
      return ("no difference from the data left to measure", .good)
    }
    if let covered = metrics.modesCovered, let modes = metrics.modes, covered < modes, covered > 0 {
      return ("G reaches \(covered) of \(modes) modes of the data", .warn)
    }
    guard let real = metrics.meanReal, let fake = metrics.meanFake else { return nil }
    if abs(real - 0.5) < 0.05, abs(fake - 0.5) < 0.05 {
      return ("D is at chance: real and fake look alike to it", .good)
    }
    if real > 0.95, fake < 0.05 { return ("D tells nearly all fakes from real ones", .warn) }
    return nil
  }
}

extension Phase {
  /// In a word, as it stands on the screen.
  var word: String {
    switch self {
    case .preparing: "PREPARING"
    case .running: "RUNNING"
    case .paused: "PAUSED"
    case .finished: "FINISHED"
    case .stopped: "STOPPED"
    case .failed: "FAILED"
    }
  }

  var role: Role {
    switch self {
    case .preparing, .stopped: .dim
    case .running, .finished: .good
    case .paused: .warn
    case .failed: .bad
    }
  }
}

extension Int {
  /// With a comma after every third digit: `12,340`.
  var grouped: String {
    let digits = String(magnitude)
    var text = self < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}
