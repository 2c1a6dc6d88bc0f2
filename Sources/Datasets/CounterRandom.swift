// Random numbers from a counter: Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
// 1, 2, 3" (SC 2011). Block n of a stream is a pure function of (seed, stream, n), so the whole state is three
// integers, resuming is exact, and sample i of a data set can be had without the i − 1 before it.

/// A generator whose state is a key and a counter.
///
/// Two streams of one seed are independent; so are two seeds. Every draw starts at a fresh block of 128 bits, so that no
/// half-used block is part of the state.
package struct CounterRandom: Hashable, Codable, Sendable {
  /// The key of the cipher.
  package let seed: UInt64
  /// The upper half of the 128-bit counter: one for each use of a seed, or for each sample of a data set.
  package let stream: UInt64
  /// The lower half: blocks drawn so far.
  package internal(set) var counter: UInt64

  package init(seed: UInt64, stream: UInt64 = 0, counter: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
    self.counter = counter
  }

  /// The four words of the next block.
  package mutating func nextBlock() -> SIMD4<UInt32> {
    defer { counter &+= 1 }
    return Self.philox(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)),
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
  }

  /// A number in (0, 1): the middle of one of 2²³ equal cells, so that neither end ever comes up.
  package mutating func uniform() -> Float { Self.unit(nextBlock().x) }

  package mutating func uniform(in range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A number of N(0, 1).
  package mutating func normal() -> Float { normalPair().0 }

  /// Two independent numbers of N(0, 1).
  package mutating func normalPair() -> (Float, Float) {
    let block = nextBlock()
    return Self.boxMuller(block.x, block.y)
  }

  /// A number in `0..<bound`, each equally likely: Lemire's multiplication with rejection (ACM TOMACS 29, 2019).
  package mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "CounterRandom.integer(below:) needs a positive bound, not \(bound)")
    let bound = UInt64(bound)
    let threshold = (0 &- bound) % bound
    while true {
      let block = nextBlock()
      let product = (UInt64(block.y) << 32 | UInt64(block.x)).multipliedFullWidth(by: bound)
      if product.low >= threshold { return Int(product.high) }
    }
  }

  /// The numbers `0..<count` in random order: Fisher and Yates.
  package mutating func permutation(of count: Int) -> [Int32] {
    var order = (0..<Int32(count)).map { $0 }
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }
}

// MARK: - The cipher

extension CounterRandom {
  /// Ten rounds of the bijection of Salmon et al., section 3.3, with the constants of their table 2.
  package static func philox(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (x0, x1, x2, x3) = (counter.x, counter.y, counter.z, counter.w)
    rounds(&x0, &x1, &x2, &x3, key: (key.x, key.y))
    return SIMD4(x0, x1, x2, x3)
  }

  @inline(__always)
  static func rounds(
    _ x0: inout UInt32, _ x1: inout UInt32, _ x2: inout UInt32, _ x3: inout UInt32, key: (UInt32, UInt32)
  ) {
    var (k0, k1) = key
    for _ in 0..<10 {
      let a = UInt64(x0) &* 0xD251_1F53
      let b = UInt64(x2) &* 0xCD9E_8D57
      x0 = UInt32(truncatingIfNeeded: b >> 32) ^ x1 ^ k0
      x2 = UInt32(truncatingIfNeeded: a >> 32) ^ x3 ^ k1
      x1 = UInt32(truncatingIfNeeded: b)
      x3 = UInt32(truncatingIfNeeded: a)
      k0 &+= 0x9E37_79B9  // the golden ratio
      k1 &+= 0xBB67_AE85  // √3 − 1
    }
  }
}
