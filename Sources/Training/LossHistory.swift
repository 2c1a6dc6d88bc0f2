// The whole course of the losses in bounded memory: buckets of equal width in steps, each with minimum, mean and
// maximum, so that no spike vanishes. When the buckets run out, neighbours are merged and the width doubles.

/// What was seen of one quantity within one bucket. Values that are not finite are counted, not averaged.
package struct LossBucket: Hashable, Sendable {
  package private(set) var minimum = Float.infinity
  package private(set) var maximum = -Float.infinity
  package private(set) var sum = 0.0
  /// Finite values seen.
  package private(set) var count = 0
  /// NaN or infinite values seen.
  package private(set) var broken = 0

  package init() {}

  /// The mean of the finite values; NaN where there is none: a gap in a chart.
  package var mean: Double { count == 0 ? .nan : sum / Double(count) }

  package mutating func add(_ value: Float) {
    guard value.isFinite else {
      broken += 1
      return
    }
    minimum = Swift.min(minimum, value)
    maximum = Swift.max(maximum, value)
    sum += Double(value)
    count += 1
  }

  package mutating func merge(_ other: LossBucket) {
    minimum = Swift.min(minimum, other.minimum)
    maximum = Swift.max(maximum, other.maximum)
    sum += other.sum
    count += other.count
    broken += other.broken
  }
}

/// D's and G's losses since step 0, in nats.
package struct LossHistory: Hashable, Sendable {
  /// Buckets at the most; a power of two.
  package static let capacity = 1024

  package private(set) var discriminator: [LossBucket] = []
  package private(set) var generator: [LossBucket] = []
  /// Steps in a bucket; the last one may hold fewer.
  package private(set) var stepsPerBucket = 1
  /// Steps recorded.
  package private(set) var steps = 0

  package init() {}

  package mutating func add(discriminator d: Float, generator g: Float) {
    if steps == Self.capacity * stepsPerBucket { halve() }
    if steps % stepsPerBucket == 0 {
      discriminator.append(LossBucket())
      generator.append(LossBucket())
    }
    discriminator[discriminator.count - 1].add(d)
    generator[generator.count - 1].add(g)
    steps += 1
  }

  private mutating func halve() {
    discriminator = Self.merged(discriminator)
    generator = Self.merged(generator)
    stepsPerBucket *= 2
  }

  private static func merged(_ buckets: [LossBucket]) -> [LossBucket] {
    stride(from: 0, to: buckets.count, by: 2).map { index in
      var bucket = buckets[index]
      if index + 1 < buckets.count { bucket.merge(buckets[index + 1]) }
      return bucket
    }
  }
}
