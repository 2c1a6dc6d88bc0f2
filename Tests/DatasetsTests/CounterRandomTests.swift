import Datasets
import Glibc
import Testing

@Suite("Counter-based random numbers")
struct CounterRandomTests {
  @Test("The cipher gives the known answers of the authors' Random123 library")
  func knownAnswers() {
    let ones = UInt32.max
    #expect(
      CounterRandom.philox(counter: .zero, key: .zero)
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      CounterRandom.philox(counter: SIMD4(ones, ones, ones, ones), key: SIMD2(ones, ones))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      CounterRandom.philox(
        counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: SIMD2(0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test("Seed, stream and counter are the key and the halves of the counter")
  func layout() {
    var random = CounterRandom(
      seed: 0x299f_31d0_a409_3822, stream: 0x0370_7344_1319_8a2e, counter: 0x85a3_08d3_243f_6a88)
    #expect(random.nextBlock() == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    #expect(random.counter == 0x85a3_08d3_243f_6a89)
  }

  @Test("A saved state goes on exactly where it was")
  func resume() {
    var random = CounterRandom(seed: 7, stream: 3)
    var batch = [Float](repeating: 0, count: 300)
    random.fillNormals(&batch)
    var resumed = CounterRandom(seed: random.seed, stream: random.stream, counter: random.counter)
    var (a, b) = (batch, batch)
    random.fillNormals(&a)
    resumed.fillNormals(&b)
    #expect(a == b && a != batch)
    #expect(random.integer(below: 1000) == resumed.integer(below: 1000))
  }

  @Test("A shorter batch is the beginning of a longer one", arguments: [1, 2, 255, 256, 257, 700])
  func prefix(count: Int) {
    var long = [Float](repeating: 0, count: 1024)
    var short = [Float](repeating: 0, count: count)
    var (first, second) = (CounterRandom(seed: 1), CounterRandom(seed: 1))
    first.fillNormals(&long)
    second.fillNormals(&short)
    #expect(short[...] == long[..<count])
    first = CounterRandom(seed: 1)
    second = first
    first.fillUniforms(&long)
    second.fillUniforms(&short)
    #expect(short[...] == long[..<count])
  }

  @Test("Seeds and streams do not repeat each other")
  func independent() {
    var blocks: Set<SIMD4<UInt32>> = []
    for seed in 0..<8 as Range<UInt64> {
      for stream in 0..<8 as Range<UInt64> {
        var random = CounterRandom(seed: seed, stream: stream)
        for _ in 0..<8 { blocks.insert(random.nextBlock()) }
      }
    }
    #expect(blocks.count == 512)
  }

  @Test("Normal batches have the moments and the tails of N(μ, σ)", arguments: [1, 2, 3] as [UInt64])
  func normals(seed: UInt64) {
    var random = CounterRandom(seed: seed)
    let count = 1 << 18
    var batch = [Float](repeating: 0, count: count)
    random.fillNormals(&batch, mean: 4, deviation: 0.5)
    let z = batch.map { (Double($0) - 4) / 0.5 }
    func moment(_ power: Int) -> Double { z.reduce(0) { $0 + pow($1, Double(power)) } / Double(count) }
    // Five standard errors: those of the first four moments are √(1, 2, 15, 96)/√count.
    let unit = 5 / Double(count).squareRoot()
    #expect(abs(moment(1)) < unit)
    #expect(abs(moment(2) - 1) < 1.42 * unit)
    #expect(abs(moment(3)) < 3.88 * unit)
    #expect(abs(moment(4) - 3) < 9.8 * unit)
    for bound in [0.5, 1, 2, 3] {
      let share = Double(z.count { $0 > bound }) / Double(count)
      let expected = erfc(bound / 2.0.squareRoot()) / 2
      #expect(abs(share - expected) < (expected * (1 - expected)).squareRoot() * unit)
    }
    // The two numbers of a Box–Muller pair are made of the same words: they must not be correlated.
    let products = stride(from: 0, to: count, by: 256).flatMap { start in
      (0..<128).map { z[start + $0] * z[start + 128 + $0] }
    }
    #expect(abs(products.reduce(0, +) / Double(products.count)) < 1.42 * unit)
  }

  /// Σ (observed − expected)² / expected.
  private func chiSquared(_ counts: [Int], expected: Double) -> Double {
    counts.reduce(0) { sum, count in
      let offset = Double(count) - expected
      return sum + offset * offset / expected
    }
  }

  @Test("Uniform batches stay strictly inside, and fill every tenth alike")
  func uniforms() {
    var random = CounterRandom(seed: 9)
    var batch = [Float](repeating: 0, count: 100_000)
    random.fillUniforms(&batch)
    #expect(batch.allSatisfy { $0 > 0 && $0 < 1 })
    var tenths = [Int](repeating: 0, count: 10)
    for value in batch { tenths[Int(value * 10)] += 1 }
    // χ² of nine degrees of freedom stays under 33.7 in 99.99 % of the cases.
    #expect(chiSquared(tenths, expected: 10_000) < 33.7)
    random.fillUniforms(&batch, in: -2...(-1))
    #expect(batch.allSatisfy { $0 > -2 && $0 < -1 })
  }

  @Test("Single draws are those of the distributions too")
  func singleDraws() {
    var random = CounterRandom(seed: 4)
    let normals = (0..<20_000).map { _ in Double(random.normal()) }
    let mean = normals.reduce(0, +) / 20_000
    let square: Double = normals.reduce(0) { $0 + $1 * $1 } / 20_000
    #expect(abs(mean) < 5 / 20_000.0.squareRoot())
    #expect(abs(square - 1) < 7.1 / 20_000.0.squareRoot())
    var sixths = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { sixths[random.integer(below: 6)] += 1 }
    #expect(chiSquared(sixths, expected: 10_000) < 27.9)
    #expect(random.integer(below: 1) == 0)
  }

  @Test("A permutation holds every number once, and each number is equally likely to come first")
  func permutations() {
    var random = CounterRandom(seed: 5)
    let order = random.permutation(of: 1000)
    #expect(order.sorted() == (0..<1000).map { Int32($0) })
    #expect(random.permutation(of: 1000) != order)
    #expect(random.permutation(of: 0).isEmpty)
    var first = [Int](repeating: 0, count: 5)
    for _ in 0..<10_000 { first[Int(random.permutation(of: 5)[0])] += 1 }
    #expect(chiSquared(first, expected: 2000) < 25.8)
  }
}
