// One line of figures of a run's journal, read back: what a replay shows at that moment.

import Figures
import RunFiles

package struct RunRecord: Hashable, Sendable {
  /// Completed steps.
  package var step: Int
  /// The step of the record before it on the same way; the losses of training are those since.
  package var since: Int
  /// Seconds of training since step 0.
  package var seconds: Double
  package var stepsPerSecond: Double
  package var phase: Phase
  package var pace: Double?
  package var next: NextMove
  package var readings: Readings
  /// The step that those are of, where that is not `step`.
  package var readingsStep: Int?
  /// What the training told at every step since, by figure.
  var told: [Figure.Key: MetricBucket]

  /// `nil` for a line that is no such record.
  ///
  /// - Parameter figures: of the run.
  package init?(_ line: JSONObject, _ figures: [Figure] = OldFigures.all) throws(OutOfRange) {
    guard line.text("event") == "metrics", let step = try line.number("step", in: RunLimits.counts),
      let seconds = try line.number("seconds", in: RunLimits.seconds)
    else { return nil }
    self.step = step
    self.seconds = seconds
    since = min(max(0, line.count("since") ?? step), step)
    stepsPerSecond = try line.number("steps_per_second", in: RunLimits.rate) ?? 0
    phase = line.text("phase").flatMap(Phase.init(key:)) ?? .running
    pace = try line.number("pace", in: RunLimits.pace).flatMap { $0 > 0 ? $0 : nil }
    next = line.text("next").map(NextMove.init(key:)) ?? NextMove()
    readings = try Readings(line, figures)
    readingsStep = line.count("metrics_step").flatMap { (0..<step).contains($0) ? $0 : nil }
    told = [:]
    for figure in figures where figure.cadence == .everyStep {
      told[figure.key] = MetricBucket(line, figure.key.ofTraining, steps: step - since)
    }
  }
}

extension JSONObject {
  /// `nil` where there is no number of this name.
  func number(_ key: String, in range: ClosedRange<Double>) throws(OutOfRange) -> Double? {
    guard let number = number(key) else { return nil }
    guard range.contains(number) else { throw OutOfRange(key, "\(number)", range) }
    return number
  }

  func number(_ key: String, in range: ClosedRange<Int>) throws(OutOfRange) -> Int? {
    guard let number = number(key) else { return nil }
    guard let whole = Int(exactly: number), range.contains(whole) else { throw OutOfRange(key, "\(number)", range) }
    return whole
  }
}

extension MetricBucket {
  /// - Parameter key: how the names of its figures begin.
  fileprivate init?(_ line: JSONObject, _ key: String, steps: Int) {
    let broken = line.count(key + "_broken") ?? 0
    let smoothed = line.numbers(key + "_smoothed")?.map(Float.init) ?? []
    let figures = ["_min", "_mean", "_max"].map { line.number(key + $0).map(Float.init) }
    guard steps > 0, (0...steps).contains(broken) else { return nil }
    let means = smoothed.count == 4 ? SIMD4(smoothed) : SIMD4(repeating: Float.nan)
    if broken == steps {
      self.init(minimum: .infinity, mean: 0, maximum: -.infinity, steps: steps, broken: broken, smoothed: means)
      return
    }
    guard let minimum = figures[0], let mean = line.number(key + "_mean"), let maximum = figures[2],
      figures.allSatisfy({ $0?.isFinite == true })
    else { return nil }
    self.init(minimum: minimum, mean: mean, maximum: maximum, steps: steps, broken: broken, smoothed: means)
  }
}

extension Phase {
  /// From what files have; why something has failed is said elsewhere.
  fileprivate init?(key: String) {
    switch key {
    case Phase.running.key: self = .running
    case Phase.paused.key: self = .paused
    case Phase.resting.key: self = .resting
    case Phase.finished.key: self = .finished
    case Phase.stopped.key: self = .stopped
    default: return nil
    }
  }
}

extension Figure.Key {
  /// How the names of what the training told begin in a journal: the losses have had theirs from the beginning.
  package var ofTraining: String {
    switch self {
    case "d_loss": "d_train"
    case "g_loss": "g_train"
    default: "\(rawValue)_train"
    }
  }
}

extension NextMove {
  /// As files have it; those of the first version spelled the players out.
  init(key: String) {
    switch key {
    case "discriminator": self.init(name: "D")
    case "generator": self.init(name: "G")
    case "both": self.init(name: "D and G", isWholeStep: true)
    default: self.init(name: key, isWholeStep: key.contains(" and "))
    }
  }
}
