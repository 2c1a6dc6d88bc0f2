// What was seen of one quantity within a stretch of steps: enough to draw it without hiding a spike or a NaN, and to be
// merged with its neighbour without loss.

import Glibc

/// Minimum, mean and maximum of the finite values, how many there were, and how many were not finite.
package struct MetricBucket: Hashable, Sendable {
  package internal(set) var minimum = Float.infinity
  package internal(set) var maximum = -Float.infinity
  package internal(set) var sum = 0.0
  /// Finite values seen.
  package internal(set) var count = 0
  /// NaN or infinite values seen.
  package internal(set) var broken = 0
  /// What each of `Smoother.horizons` came to after the last step.
  package internal(set) var smoothed: SIMD4<Float>

  /// One step's value. One that is not finite is counted, not averaged.
  package init(_ value: Float, smoothed: SIMD4<Float>) {
    self.smoothed = smoothed
    if value.isFinite {
      (minimum, maximum, sum, count) = (value, value, Double(value), 1)
    } else {
      broken = 1
    }
  }

  /// What a file has of many steps.
  ///
  /// - Parameters:
  ///   - steps: all of them, broken ones included.
  ///   - smoothed: after the last one; NaN where that is not known.
  package init(
    minimum: Float, mean: Double, maximum: Float, steps: Int, broken: Int, smoothed: SIMD4<Float>
  ) {
    self.minimum = minimum
    self.maximum = maximum
    self.broken = broken
    self.smoothed = smoothed
    count = steps - broken
    sum = mean * Double(count)
  }

  /// Steps of which nothing is known: a gap in a chart.
  package static let unknown = MetricBucket(
    minimum: .infinity, mean: 0, maximum: -.infinity, steps: 0, broken: 0, smoothed: SIMD4(repeating: .nan))

  /// What of this falls to some of `count` steps, if it is spread evenly over all of them.
  func share(of steps: Range<Int>, among count: Int) -> MetricBucket {
    func share(_ whole: Int) -> Int {
      func until(_ step: Int) -> Int { Int((Double(whole) * (Double(step) / Double(count))).rounded()) }
      return until(steps.upperBound) - until(steps.lowerBound)
    }
    let broken = share(self.broken)
    return MetricBucket(
      minimum: minimum, mean: self.count == 0 ? 0 : mean, maximum: maximum, steps: share(self.steps), broken: broken,
      smoothed: smoothed)
  }

  /// The mean of the finite values; NaN where there is none: a gap in a chart.
  package var mean: Double { count == 0 ? .nan : sum / Double(count) }

  /// Steps seen.
  package var steps: Int { count + broken }

  /// Adds what was seen in the steps that follow.
  package mutating func merge(_ next: MetricBucket) {
    minimum = Swift.min(minimum, next.minimum)
    maximum = Swift.max(maximum, next.maximum)
    sum += next.sum
    count += next.count
    broken += next.broken
    smoothed = next.smoothed
  }
}

/// Exponential means of every single value, not of what is left of them in a chart: m ← βm + (1 − β)x with
/// β = 1 − 1/horizon, divided by the weight that has come together so far, so that the first steps are not drawn to 0
/// (Kingma and Ba, "Adam", 2015, §3). Values that are not finite are passed over.
package struct Smoother: Hashable, Sendable {
  /// In steps: an older value than that has lost all but 1/e of its weight.
  package static let horizons = [10, 100, 1_000, 10_000]
  private static let shares = SIMD4<Double>(1e-1, 1e-2, 1e-3, 1e-4)

  var sums = SIMD4<Double>.zero
  var weights = SIMD4<Double>.zero

  package init() {}

  /// One that has come to these means after so many values.
  package init(at means: SIMD4<Float>, after count: Int) {
    guard count > 0 else { return }
    for index in 0..<4 { weights[index] = 1 - pow(1 - Self.shares[index], Double(count)) }
    sums = SIMD4<Double>(means) * weights
  }

  package mutating func add(_ value: Float) {
    guard value.isFinite else { return }
    sums += Self.shares * (SIMD4(repeating: Double(value)) - sums)
    weights += Self.shares * (SIMD4(repeating: 1) - weights)
  }

  /// One mean a horizon; NaN before the first value.
  package var values: SIMD4<Float> { SIMD4<Float>(sums / weights) }
}
