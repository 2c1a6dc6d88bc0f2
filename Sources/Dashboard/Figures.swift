// The figures of a snapshot as words: each with its unit or its label, and with what it means.

import Figures
import Glibc
import TerminalUI
import Training

/// A labelled value.
package struct FigureLine: Hashable, Sendable {
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
  /// What is measured, in the order in which the model declares it. What does not apply is not there, nor are the losses:
  /// those have a chart, which shows what the training saw, while all figures here are of held-out data.
  package var figures: [FigureLine] {
    var lines = experiment.figures.filter { !$0.meaning.isEmpty && !$0.sense.isLoss }.compactMap { figure in
      readings[figure.key].map { (figure.sense, line(figure, $0)) }
    }
    if case .density(let view) = samples, view.outside >= Self.mentionedOutside {
      // What D says comes first.
      let place = lines.firstIndex { ![.scoreOnReal, .scoreOnFake].contains($0.0) } ?? lines.endIndex
      lines.insert((.none, line(Self.outside, view.outside)), at: place)
    }
    return lines.map(\.1)
  }

  private static let outside = Figure(
    "outside", "outside", unit: .share, meaning: "generated samples that lie out of sight")
  private static let mentionedOutside = 0.005

  private func line(_ figure: Figure, _ value: Double) -> FigureLine {
    let forms: [String]
    switch figure.unit {
    case .share:
      let percent = NumberLabel.fixed(value * 100, decimals: 0)
      forms = ["\(percent) % of G(z)", "\(percent) %"]
    case .count(let whole):
      let count = NumberLabel.fixed(value, decimals: 0)
      forms = [whole.flatMap { readings[$0] }.map { "\(count) of \(NumberLabel.fixed($0, decimals: 0))" } ?? count]
    case .none, .nats, .decibels:
      let error = figure.error.flatMap { readings[$0] }
      let number = say(value) + (error.map { " ± " + say($0) } ?? "")
      let unit = figure.unit.suffix
      forms = [number + unit] + (unit.isEmpty ? [] : [number]) + (error == nil ? [] : [say(value)])
    }
    let reference: (label: String, value: Double)? =
      switch figure.reference {
      case .line(let value, let label)?: (label, value)
      case .figure(let key, let label)?: readings[key].map { (label, $0) }
      case nil: nil
      }
    return FigureLine(
      figure.label, forms,
      reference: reference.map { FigureLine.Reference(label: $0.label, value: word($0.value, of: figure.unit)) },
      meaning: figure.meaning)
  }

  private func say(_ value: Double) -> String { NumberLabel.fixed(value, decimals: 3) }

  /// A value that another is compared with.
  private func word(_ value: Double, of unit: Figure.Unit) -> String {
    if case .share = unit { return "\(NumberLabel.fixed(value * 100, decimals: 0)) %" }
    return say(value) + unit.suffix
  }

  var hasPictures: Bool {
    exhibits.contains {
      switch $0.content {
      case .images, .grid: true
      case .empty, .density, .points, .path: false
      }
    }
  }

  /// What does not change while it runs.
  package var facts: [FigureLine] {
    [
      FigureLine("G's loss", [experiment.loss], meaning: "what D and G make smaller"),
      FigureLine("updates", [experiment.updates], meaning: "whose turn it is, and how often"),
      FigureLine("data", [experiment.knownData], meaning: "what real samples are drawn from"),
    ].filter { !$0.value.isEmpty }
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
  var figuresAge: String? { readingsStep.map { "figures of step \($0.grouped)" } }

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
    if history.isBrokenLately { return ("a \(experiment.hasLosses ? "loss" : "figure") is not finite", .bad) }
    if readings.isAtFloor() { return ("JSD is at its floor", .good) }
    if let covered = readings["modes_covered"], let modes = readings["modes"], covered < modes {
      return ("G misses \(Int(modes - covered)) of \(Int(modes)) modes", .warn)
    }
    guard let real = readings["d_real"], let fake = readings["d_fake"] else { return nil }
    if abs(real - 0.5) < 0.05, abs(fake - 0.5) < 0.05 { return verdictAtChance }
    return real > 0.95 && fake < 0.05 ? ("D tells them apart", .warn) : nil
  }

  /// A D that cannot tell is good news only where there is next to nothing to be told: where that is not known, it is
  /// no news, and where D* could tell, it is bad.
  private var verdictAtChance: (text: String, role: Role) {
    guard let jsd = readings["jsd"], let floor = readings["jsd_floor"] else { return ("D is at chance", .text) }
    let isLearnt = jsd <= floor + Self.smallDivergence && readings["d_error"] ?? 0 <= Self.smallError
    return isLearnt ? ("D is at chance", .good) : ("D misses what D* sees", .warn)
  }

  /// Nats above the floor, and a mean of |D − D*|, that count as learnt: what the toys are tested for.
  private static let smallDivergence = 0.02
  private static let smallError = 0.1
}

extension ExperimentSummary {
  /// Empty for a game that is played without data.
  var knownData: String { data == "none" ? "" : data }
  var hasLosses: Bool { figures.contains { $0.sense.isLoss } }
}

extension Figure.Unit {
  /// Behind a number.
  fileprivate var suffix: String {
    word.isEmpty ? "" : " " + word
  }
}

extension Figure.Sense {
  var isLoss: Bool { [.loss, .lossOfDiscriminator, .lossOfGenerator].contains(self) }
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
