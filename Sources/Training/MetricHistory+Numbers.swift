// A history as arrays of numbers, for checkpoints, and back again, bit for bit.

extension MetricHistory {
  /// What is kept of a quantity. Every number is exact in the type that it has here.
  struct Numbers: Hashable, Sendable {
    /// `[buckets, 9]`, level by level, the oldest first: minimum, maximum, sum, finite values, broken values, and the four
    /// smoothed means.
    var buckets: [Double] = []
    /// `[levels, 2]`: buckets kept, and buckets dropped before them.
    var levels: [Int64] = []
    /// `[8]`: the smoother's four sums, then its four weights.
    var smoother: [Double]

    static let columns = 9
  }

  var numbers: Numbers {
    var numbers = Numbers(smoother: smoother.sums.elements + smoother.weights.elements)
    for level in levels {
      let buckets = level.all
      numbers.levels += [Int64(buckets.count), Int64(level.dropped)]
      for bucket in buckets {
        numbers.buckets += [
          Double(bucket.minimum), Double(bucket.maximum), bucket.sum, Double(bucket.count), Double(bucket.broken),
        ]
        numbers.buckets += SIMD4<Double>(bucket.smoothed).elements
      }
    }
    return numbers
  }

  /// `nil` if the numbers are not those of a history of so many steps.
  init?(_ numbers: Numbers, steps: Int) {
    guard steps >= 0, numbers.smoother.count == 8, numbers.levels.count.isMultiple(of: 2) else { return nil }
    guard numbers.levels.count <= 2 * Int.bitWidth, numbers.buckets.count.isMultiple(of: Numbers.columns) else {
      return nil
    }
    self.steps = steps
    smoother.sums = SIMD4(numbers.smoother[..<4])
    smoother.weights = SIMD4(numbers.smoother[4...])
    let rows = stride(from: 0, to: numbers.buckets.count, by: Numbers.columns).map { start in
      numbers.buckets[start..<start + Numbers.columns]
    }
    var rest = rows[...]
    for (index, pair) in stride(from: 0, to: numbers.levels.count, by: 2).enumerated() {
      let (count, dropped) = (numbers.levels[pair], numbers.levels[pair + 1])
      // Level k has had a bucket for every 2ᵏ steps: nothing else could be counted on.
      let passed = Int64(steps >> index)
      guard (0...passed).contains(dropped), count <= rest.count, count == passed - dropped else { return nil }
      let buckets = rest.prefix(Int(count)).compactMap { MetricBucket($0, steps: 1 << index) }
      guard buckets.count == count else { return nil }
      levels.append(Level(buckets, dropped: Int(dropped)))
      rest = rest.dropFirst(Int(count))
    }
    guard rest.isEmpty else { return nil }
  }
}

extension MetricBucket {
  /// - Parameters:
  ///   - numbers: nine, as above.
  ///   - steps: what the values, finite and broken, cannot be more than.
  fileprivate init?(_ numbers: ArraySlice<Double>, steps: Int) {
    let row = Array(numbers)
    guard let finite = Int(exactly: row[3]), let broken = Int(exactly: row[4]), (0...steps).contains(finite),
      (0...steps - finite).contains(broken)
    else { return nil }
    self.init(.nan, smoothed: SIMD4<Float>(SIMD4<Double>(row[5...])))
    (minimum, maximum, sum) = (Float(row[0]), Float(row[1]), row[2])
    (count, self.broken) = (finite, broken)
  }
}

extension SIMD4 {
  fileprivate var elements: [Scalar] { [x, y, z, w] }
}
