// The figures of a snapshot as words: each with its unit or its label, and with what it means.

import Glibc
import TerminalUI
import Training

/// A labelled value.
package struct Figure: Hashable, Sendable {
  package var label: String
  /// The value, and what is said of it where there is ever less room.
  package var forms: [String]
  /// What the value is to be compared with.
  package var reference: Reference?
  /// One sentence for somebody who sees the label for the first time.
  package var meaning: String

  package struct Reference: Hashable, Sendable {
    package var label: String
    package var value: String
  }

  package var value: String { forms.first ?? "" }

  package init(_ label: String, _ forms: [String], reference: Reference? = nil, meaning: String) {
    self.label = label
    self.forms = forms
    self.reference = reference
    self.meaning = meaning
  }
}

extension Snapshot {
  /// What is measured, the most telling first. What does not apply to the experiment is not there, nor are the losses:
  /// those have a chart, which shows what the training saw, while all figures here are of held-out data.
  package var figures: [Figure] {
    var figures: [Figure] = []
    func add(
      _ value: Double?, _ label: String, unit: String = "", error: Double? = nil,
      reference: (label: String, value: Double)? = nil, _ meaning: String
    ) {
      func say(_ value: Double) -> String { NumberLabel.fixed(value, decimals: 3) }
      guard let value else { return }
      let number = say(value) + (error.map { " ± " + say($0) } ?? "")
      figures.append(
        Figure(
          label, [number + unit] + (unit.isEmpty ? [] : [number]) + (error == nil ? [] : [say(value)]),
          reference: reference.map { Figure.Reference(label: $0.label, value: say($0.value) + unit) },
          meaning: meaning))
    }
    func add(share: Double, _ label: String, _ meaning: String) {
      let percent = NumberLabel.fixed(share * 100, decimals: 0)
      figures.append(Figure(label, ["\(percent) % of G(z)", "\(percent) %"], meaning: meaning))
    }
    let nats = " nats"
    add(metrics.meanReal, "D(x)", "mean over real samples: how real D finds them, 0 to 1")
    add(metrics.meanFake, "D(G(z))", "the same over generated samples")
    if case .density(let view) = samples, view.outside >= 0.005 {
      add(share: view.outside, "outside", "generated samples that lie out of sight")
    }
    add(
      metrics.jsd, "JSD", unit: nats, reference: metrics.jsdFloor.map { ("floor", $0) },
      "from G's samples to the data, 0 to log 2; floor: from real ones")
    if let covered = metrics.modesCovered, let modes = metrics.modes {
      figures.append(
        Figure(
          "modes", ["\(covered) of \(modes)"],
          meaning: "peaks that get at least a quarter of their share of G(z)"))
    }
    if let share = metrics.highQualityShare {
      add(share: share, "at modes", "generated samples within three deviations of a peak")
    }
    add(
      metrics.value, "V", unit: nats, reference: ("−log 4", -log(4)),
      "the value of the game; −log 4 where neither player can gain")
    add(metrics.discriminatorError, "|D − D*|", "how far D is from the best D, on average over the data")
    add(metrics.valueAtOptimum, "V at D*", unit: nats, "the value of the game if D were perfect now")
    add(
      metrics.jsdBound, "JSD ≥", unit: nats, error: metrics.jsdBoundError,
      "what V proves of the JSD: at least log 2 + V/2 and 0; ± its error")
    add(metrics.klDataModel, "KL(p‖g)", unit: nats, "from data to samples: grows where samples are missing")
    add(metrics.klModelData, "KL(g‖p)", unit: nats, "from samples to data: grows where samples are wrong")
    return figures
  }

  var hasPictures: Bool { if case .images = samples { true } else { false } }

  /// What does not change while it runs.
  package var facts: [Figure] {
    [
      Figure("G's loss", [experiment.loss], meaning: "which of the paper's two losses G makes smaller"),
      Figure("updates", [experiment.updates], meaning: "whose turn it is, and how often"),
      Figure("data", [experiment.data], meaning: "what real samples are drawn from"),
    ]
  }

  /// How far and how fast.
  package var progress: String { "step \(step.grouped)" }

  /// How far, and while it runs, how fast; nothing where nothing has been done.
  package var progressAndRate: String {
    switch phase {
    case .running: "\(progress) · \(rate)"
    case .preparing: ""
    case .failed where step == 0: ""
    default: progress
    }
  }

  /// Steps a second as measured. A pace that is kept, or not measured yet, is said without the measurement's tremor.
  package var rate: String { Self.words(forRate: isHeldBack ? pace ?? stepsPerSecond : stepsPerSecond) }

  /// Whether a pace is what decides the speed; one that is out of reach decides nothing. One that has not been measured
  /// yet is believed, and what evaluations take of the time is less than the tenth that may be missing.
  var isHeldBack: Bool { pace.map { isAutomatic || stepsPerSecond == 0 || stepsPerSecond >= $0 * 0.9 } ?? false }

  static func words(forRate rate: Double) -> String {
    let isWhole = rate >= 9.95 || rate > 0 && rate == rate.rounded()
    return (isWhole ? Int(min(rate, 1e12).rounded()).grouped : NumberLabel.fixed(rate, decimals: 1)) + " steps/s"
  }

  /// What the trainer does, in a word or two, and the colour for it: its phase, or that it is slowed down.
  var activity: (word: String, role: Role) {
    phase == .running && isHeldBack && !isAutomatic ? ("SLOW MOTION", .accent) : (phase.word, phase.role)
  }

  /// That figures are not of the step that it has come to.
  var figuresAge: String? { metricsStep.map { "figures of step \($0.grouped)" } }

  /// Time spent training: `0:42`, `1:02:03`.
  package var duration: String { Self.words(forSeconds: seconds) }

  static func words(forSeconds seconds: Double) -> String {
    let whole = seconds.isFinite ? Int(min(max(seconds, 0), 1e9)) : 0
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }

  /// What the figures say, where they say it beyond doubt.
  package var verdict: (text: String, role: Role)? {
    if history.isBrokenLately { return ("a loss is not finite", .bad) }
    if metrics.isAtFloor() { return ("JSD is at its floor", .good) }
    if let covered = metrics.modesCovered, let modes = metrics.modes, covered < modes {
      return ("G misses \(modes - covered) of \(modes) modes", .warn)
    }
    guard let real = metrics.meanReal, let fake = metrics.meanFake else { return nil }
    if abs(real - 0.5) < 0.05, abs(fake - 0.5) < 0.05 { return verdictAtChance }
    return real > 0.95 && fake < 0.05 ? ("D tells them apart", .warn) : nil
  }

  /// A D that cannot tell is good news only where there is next to nothing to be told: where that is not known, it is
  /// no news, and where D* could tell, it is bad.
  private var verdictAtChance: (text: String, role: Role) {
    guard let jsd = metrics.jsd, let floor = metrics.jsdFloor else { return ("D is at chance", .text) }
    let isLearnt = jsd <= floor + Self.smallDivergence && metrics.discriminatorError ?? 0 <= Self.smallError
    return isLearnt ? ("D is at chance", .good) : ("D misses what D* sees", .warn)
  }

  /// Nats above the floor, and a mean of |D − D*|, that count as learnt: what the toys are tested for.
  private static let smallDivergence = 0.02
  private static let smallError = 0.1
}

extension Phase {
  /// In a word, as it stands on the screen.
  var word: String {
    switch self {
    case .preparing: "PREPARING"
    case .running: "RUNNING"
    case .paused: "PAUSED"
    case .resting: "RESTING"
    case .finished: "FINISHED"
    case .stopped: "STOPPED"
    case .failed: "FAILED"
    }
  }

  var role: Role {
    switch self {
    case .preparing, .stopped, .resting: .dim
    case .running, .finished: .good
    case .paused: .warn
    case .failed: .bad
    }
  }
}

extension Int {
  /// With a comma after every third digit: `12,340`.
  package var grouped: String {
    let digits = String(magnitude)
    var text = self < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}
