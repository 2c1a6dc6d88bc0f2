import Figures
import TestSupport
import Testing
import Training

@Suite("The history of a metric")
struct MetricHistoryTests {
  /// Values whose sums are exact in whatever order they are added, and now and then one that is no number.
  private static func values(_ count: Int, seed: UInt64) -> [Float] {
    var random = SplitMix(state: seed)
    return (0..<count).map { _ in
      switch Int.random(in: 0..<50, using: &random) {
      case 0: [Float.nan, .infinity, -.infinity].randomElement(using: &random) ?? .nan
      default: Float(Int.random(in: -4096...4096, using: &random)) / 1024
      }
    }
  }

  /// What a bucket of these values has to say.
  private func expectation(of values: ArraySlice<Float>) -> (Float, Float, Double, Int, Int) {
    let finite = values.filter(\.isFinite)
    return (
      finite.min() ?? .infinity, finite.max() ?? -.infinity, finite.reduce(0) { $0 + Double($1) }, finite.count,
      values.count - finite.count
    )
  }

  private func check(_ stretch: MetricHistory.Stretch, against values: [Float]) {
    var step = stretch.start
    for bucket in stretch.buckets {
      let end = min(step + stretch.stepsPerBucket, values.count)
      let got = (bucket.minimum, bucket.maximum, bucket.sum, bucket.count, bucket.broken)
      if got != expectation(of: values[step..<end]) { Issue.record("steps \(step)..<\(end): \(got)") }
      step = end
    }
    #expect(step == values.count, "the buckets follow one another up to the last step")
  }

  @Test(
    "Every bucket of every stretch has minimum, mean, maximum and broken values of exactly its steps",
    arguments: [0, 1, 2, 3, 63, 64, 65, 1023, 1024, 1087, 1088, 1089, 2047, 2049, 5000, 70_001])
  func matchesRawData(count: Int) {
    let values = Self.values(count, seed: UInt64(count))
    var history = MetricHistory()
    for value in values { history.add(value) }
    #expect(history.steps == count)
    check(history.latest(), against: values)
    #expect(history.latest().start == 0)
    for wanted in [0, 1, 2, 3, 10, 64, 100, 512, 1000, 1024, 1025, 3000, 4096, 65_536] {
      let stretch = history.latest(wanted)
      check(stretch, against: values)
      let start = max(0, count - wanted)
      #expect((stretch.start...(stretch.start + stretch.stepsPerBucket)).contains(start))
      #expect(stretch.buckets.count * 2 >= min(wanted, count, MetricHistory.capacity), "fine enough to be drawn")
      if wanted <= MetricHistory.capacity {
        #expect(stretch.stepsPerBucket == 1, "near the present each step is known")
      }
    }
  }

  @Test("However long a run, what is kept is bounded, and all of it is still in sight")
  func bounded() {
    var history = MetricHistory()
    for step in 0..<300_000 { history.add(Float(step)) }
    let whole = history.latest()
    #expect(whole.buckets.count <= MetricHistory.capacity + 65)
    #expect(whole.buckets.first?.minimum == 0)
    #expect(whole.buckets.last?.maximum == 299_999)
    #expect(whole.buckets.reduce(0) { $0 + $1.steps } == 300_000)
  }

  @Test("A copy stays as it was, whatever is added to the original")
  func copies() {
    var history = MetricHistory()
    for step in 0..<3_000 { history.add(Float(step)) }
    let copy = history
    let stretches = [10, 1_000, .max].map { copy.latest($0) }
    for step in 3_000..<6_000 { history.add(Float(step)) }
    #expect([10, 1_000, .max].map { copy.latest($0) } == stretches)
    #expect(copy != history)
  }

  @Test("A smoothed value is the bias-corrected mean of all single values so far, whatever bucket it stands in")
  func smoothing() throws {
    let values = Self.values(3_000, seed: 7)
    var history = MetricHistory()
    for value in values { history.add(value) }
    for wanted in [100, .max] {
      let stretch = history.latest(wanted)
      for (place, horizon) in Smoother.horizons.enumerated() {
        let rate = 1 - 1 / Double(horizon)
        var (sum, weight) = (0.0, 0.0)
        var expected: [Double] = []
        for value in values {
          if value.isFinite { (sum, weight) = (sum * rate + Double(value), weight * rate + 1) }
          expected.append(sum / weight)
        }
        for (index, bucket) in stretch.buckets.enumerated() {
          let last = min(stretch.start + (index + 1) * stretch.stepsPerBucket, values.count) - 1
          let difference = abs(Double(bucket.smoothed[place]) - expected[last])
          if difference > 1e-5 { Issue.record("horizon \(horizon), step \(last): off by \(difference)") }
        }
      }
    }
  }

  @Test("The first smoothed value is the first value, not a tenth of it; before one there is none")
  func bias() throws {
    var history = MetricHistory()
    history.add(.nan)
    history.add(3)
    let buckets = history.latest().buckets
    #expect(buckets[0].smoothed[0].isNaN)
    for place in Smoother.horizons.indices { #expect(abs(buckets[1].smoothed[place] - 3) < 1e-6) }
  }

  @Test("A loss that is no number is news for the last 512th of the run")
  func brokenLately() {
    var losses = Histories(["d_loss", "g_loss"])
    for step in 1...2_000 { losses.add([step == 1_000 ? .infinity : 1, 1]) }
    #expect(!losses.isBrokenLately)
    losses.add([1, .nan])
    #expect(losses.isBrokenLately)
  }

  /// What a file would have of these values, and the history that is made of it.
  private func refilled(from values: [Float], widths: (Int) -> Int) -> MetricHistory {
    var (history, smoother) = (MetricHistory(), Smoother())
    var (start, line) = (0, 0)
    while start < values.count {
      let part = values[start..<min(values.count, start + widths(line))]
      for value in part { smoother.add(value) }
      let (minimum, maximum, sum, count, broken) = expectation(of: part)
      history.add(
        MetricBucket(
          minimum: minimum, mean: count == 0 ? 0 : sum / Double(count), maximum: maximum, steps: part.count,
          broken: broken, smoothed: smoother.values), steps: part.count)
      (start, line) = (start + part.count, line + 1)
    }
    return history
  }

  @Test(
    "Filled from buckets that are powers of two, it shows at their width what it shows filled step by step",
    arguments: [0, 1, 3, 6, 10])
  func refilledEvenly(power: Int) {
    // Sums of quarters: exact as means, too.
    let values = Self.values((20_000 >> power) << power, seed: 3).map { ($0 * 4).rounded() / 4 }
    var history = MetricHistory()
    for value in values { history.add(value) }
    let coarse = refilled(from: values) { _ in 1 << power }
    #expect(coarse.steps == history.steps)
    let (got, expected) = (coarse.latest(), history.latest())
    #expect(got.start == 0 && got.stepsPerBucket == max(1 << power, expected.stepsPerBucket))
    let ratio = got.stepsPerBucket / expected.stepsPerBucket
    for (index, bucket) in got.buckets.enumerated() {
      var same = expected.buckets[index * ratio]
      for next in expected.buckets[(index * ratio + 1)...].prefix(ratio - 1) { same.merge(next) }
      #expect(bucket.minimum == same.minimum && bucket.maximum == same.maximum && bucket.smoothed == same.smoothed)
      #expect(bucket.count == same.count && bucket.broken == same.broken && abs(bucket.mean - same.mean) < 1e-9)
    }
  }

  @Test(
    "Filled from buckets of any width, nothing is lost: all steps, the sum, spikes at their place", arguments: 0..<10)
  func refilledUnevenly(seed: UInt64) {
    var random = SplitMix(state: seed)
    let values = Self.values(20_000, seed: seed)
    let widths = (0..<20_000).map { _ in Int.random(in: 1...3_000, using: &random) }
    let history = refilled(from: values) { widths[$0] }
    let stretch = history.latest()
    let (minimum, maximum, sum, count, broken) = expectation(of: values[...])
    #expect(history.steps == values.count && stretch.start == 0)
    #expect(stretch.buckets.reduce(0) { $0 + $1.steps } == values.count)
    #expect(stretch.buckets.reduce(0) { $0 + $1.broken } == broken)
    // The buckets in which broken values are spread evenly have finite ones at other steps, of the same mean.
    #expect(stretch.buckets.reduce(0) { $0 + $1.count } == count)
    #expect(abs(stretch.buckets.reduce(0) { $0 + $1.sum } - sum) < 2 * Double(stretch.buckets.count))
    #expect(stretch.buckets.map(\.minimum).min() == minimum && stretch.buckets.map(\.maximum).max() == maximum)
  }

  @Test("Single steps after buckets are single again, and steps of which nothing is known are a gap")
  func mixed() {
    var history = MetricHistory()
    history.add(.unknown, steps: 1_000)
    for step in 0..<100 { history.add(Float(step)) }
    #expect(history.steps == 1_100)
    let latest = history.latest(100)
    #expect(
      latest.start == 1_000 && latest.stepsPerBucket == 1 && latest.buckets.map(\.mean) == (0..<100).map(Double.init))
    let whole = history.latest()
    #expect(whole.start == 0 && whole.buckets.first?.mean.isNaN == true)
    #expect(whole.buckets.reduce(0) { $0 + $1.steps } == 100)
  }
}
