// Whole batches at once. The loops below hold nothing but arithmetic on plain arrays, so that the compiler turns them
// into vector code; libm's `log` and `sin` would stop it, and would differ in the last bit from machine to machine.

import Glibc

extension CounterRandom {
  /// Fills `values` with numbers of N(`mean`, `deviation`). Takes 64 blocks for every 256 numbers begun.
  package mutating func fillNormals(_ values: inout [Float], mean: Float = 0, deviation: Float = 1) {
    var span = values.mutableSpan
    fillNormals(&span, mean: mean, deviation: deviation)
  }

  /// Fills `values` with numbers of N(`mean`, `deviation`). Takes 64 blocks for every 256 numbers begun.
  package mutating func fillNormals(_ values: inout MutableSpan<Float>, mean: Float = 0, deviation: Float = 1) {
    var words = Words(repeating: 0)
    var numbers = Numbers(repeating: 0)
    for start in stride(from: 0, to: values.count, by: 256) {
      peek(&words)
      for index in 0..<128 {
        let (a, b) = Self.boxMuller(words[index], words[128 + index])
        numbers[index] = mean + deviation * a
        numbers[128 + index] = mean + deviation * b
      }
      take(&numbers, into: &values, from: start)
    }
  }

  /// Fills `values` with numbers between the ends of `range`. Takes 64 blocks for every 256 numbers begun.
  package mutating func fillUniforms(_ values: inout [Float], in range: ClosedRange<Float> = 0...1) {
    var span = values.mutableSpan
    fillUniforms(&span, in: range)
  }

  /// Fills `values` with numbers between the ends of `range`. Takes 64 blocks for every 256 numbers begun.
  package mutating func fillUniforms(_ values: inout MutableSpan<Float>, in range: ClosedRange<Float> = 0...1) {
    let low = range.lowerBound
    let width = range.upperBound - range.lowerBound
    var words = Words(repeating: 0)
    var numbers = Numbers(repeating: 0)
    for start in stride(from: 0, to: values.count, by: 256) {
      peek(&words)
      for index in 0..<256 { numbers[index] = low + width * Self.unit(words[index]) }
      take(&numbers, into: &values, from: start)
    }
  }

  /// The words of 64 blocks: all first words, all second ones, and so on, which is how vectors like them.
  private typealias Words = InlineArray<256, UInt32>
  private typealias Numbers = InlineArray<256, Float>

  /// The words of the next 64 blocks; the counter stays.
  private func peek(_ words: inout Words) {
    let key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    let high = (UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32))
    for block in 0..<64 {
      let low = counter &+ UInt64(block)
      var (x0, x1) = (UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32))
      var (x2, x3) = high
      Self.rounds(&x0, &x1, &x2, &x3, key: key)
      words[block] = x0
      words[64 + block] = x1
      words[128 + block] = x2
      words[192 + block] = x3
    }
  }

  /// Hands out the numbers of a chunk, as many as there is room for, and moves the counter past it.
  private mutating func take(_ numbers: inout Numbers, into values: inout MutableSpan<Float>, from start: Int) {
    let count = min(256, values.count - start)
    let source = numbers.span
    for index in 0..<count { values[start + index] = source[index] }
    counter &+= 64
  }
}

// MARK: - From words to numbers

extension CounterRandom {
  /// The upper 23 bits of a word as the middle of a cell of (0, 1): every value is exact in a Float.
  @inline(__always)
  static func unit(_ word: UInt32) -> Float { (Float(Int32(word >> 9)) + 0.5) * 0x1p-23 }

  /// Box and Muller (Annals of Mathematical Statistics 29, 1958): radius √(−2 log u) from the first word, a uniform
  /// angle from the second. Magnitudes reach 5.77, the most that 23 bits of u can say.
  @inline(__always)
  static func boxMuller(_ first: UInt32, _ second: UInt32) -> (Float, Float) {
    let radius = (-2 * naturalLogarithm(unit(first))).squareRoot()
    // 30 bits of angle within a quarter turn around the x axis; the two left say which quarter.
    let angle = (Float(Int32(second & 0x3FFF_FFFF)) * 0x1p-30 - 0.5) * (Float.pi / 2)
    let square = angle * angle
    let sine = angle * (1 + square * (-0.166_666_55 + square * (0.008_332_161 - square * 0.000_195_152_96)))
    let cosine =
      1 - 0.5 * square + square * square * (0.041_666_646 + square * (-0.001_388_731_6 + square * 0.000_024_433_157))
    let flipped = cosine.bitPattern ^ (second & 0x8000_0000)
    let swap = (flipped ^ sine.bitPattern) & (0 &- (second >> 30 & 1))
    return (radius * Float(bitPattern: flipped ^ swap), radius * Float(bitPattern: sine.bitPattern ^ swap))
  }

  /// log x for normal positive x, within 1.2e-7 of the exact one relative to max(1, |log x|). The polynomials here and
  /// above are those of S. Moshier's Cephes library (`logf`, `sinf`, `cosf`).
  @inline(__always)
  static func naturalLogarithm(_ x: Float) -> Float {
    // x = 2^exponent · mantissa, mantissa in [√½, √2).
    let shifted = x.bitPattern &- 0x3F35_04F3
    let exponent = Float(Int32(bitPattern: shifted) >> 23)
    let t = Float(bitPattern: (shifted & 0x007F_FFFF) &+ 0x3F35_04F3) - 1
    var p: Float = 0.070_376_836
    p = p * t - 0.115_146_1
    p = p * t + 0.116_769_99
    p = p * t - 0.124_201_41
    p = p * t + 0.142_493_23
    p = p * t - 0.166_680_58
    p = p * t + 0.200_007_15
    p = p * t - 0.249_999_94
    p = p * t + 0.333_333_3
    let square = t * t
    // log 2 in two parts, so that exponent · log 2 loses nothing.
    return t + (square * t * p - 0.5 * square + exponent * -0.000_212_194_44) + exponent * 0.693_359_375
  }
}
