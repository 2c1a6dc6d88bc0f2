// One line of figures of a run's journal, read back: what a replay shows at that moment.

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
  package var next: Move
  package var metrics: MetricValues
  /// What the training saw of the losses; `nil` where the line does not say.
  var discriminator: MetricBucket?
  var generator: MetricBucket?

  /// More steps, or seconds, than any run takes.
  private static let most = 1e15

  /// `nil` for a line that is no such record, or makes no sense.
  package init?(_ line: JSONObject) {
    guard line.text("event") == "metrics", let step = line.count("step"), let seconds = line.number("seconds"),
      (0...Int(Self.most)).contains(step), (0...Self.most).contains(seconds)
    else { return nil }
    self.step = step
    self.seconds = seconds
    since = min(max(0, line.count("since") ?? step), step)
    stepsPerSecond = max(0, line.number("steps_per_second") ?? 0)
    phase = line.text("phase").flatMap(Phase.init(key:)) ?? .running
    pace = line.number("pace").flatMap { $0 > 0 ? $0 : nil }
    next = line.text("next").flatMap(Move.init) ?? .discriminator
    metrics = MetricValues(line)
    discriminator = MetricBucket(line, "d_train", steps: step - since)
    generator = MetricBucket(line, "g_train", steps: step - since)
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
    case Phase.finished.key: self = .finished
    case Phase.stopped.key: self = .stopped
    default: return nil
    }
  }
}
