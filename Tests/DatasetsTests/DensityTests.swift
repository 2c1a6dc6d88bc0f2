import Datasets
import Glibc
import Testing

@Suite("Densities on the line")
struct Density1DTests {
  static let all: [Density1D] = [
    .toy, .toyMixture, .uniform(in: -1...3),
    .mixture(
      of: [.init(centre: 0, deviation: 1, share: 3), .init(centre: 2, deviation: 0.25, share: 1)], range: -4...4),
  ]

  @Test("The cumulative function is the integral of the density, and reaches one", arguments: all)
  func cumulative(density: Density1D) {
    let (start, end) = (density.range.lowerBound, density.range.upperBound)
    let steps = 20_000
    let width = (end - start) / Double(steps)
    var sum = density.cumulative(at: start)
    var worst = 0.0
    for step in 0..<steps {
      sum += density.density(at: start + (Double(step) + 0.5) * width) * width
      worst = max(worst, abs(sum - density.cumulative(at: start + Double(step + 1) * width)))
    }
    // A uniform density jumps within one step.
    #expect(worst < 1e-4)
    #expect(density.cumulative(at: start) < 1e-4 && density.cumulative(at: end) > 1 - 1e-4)
  }

  @Test("Samples follow the cumulative function (Kolmogorov and Smirnov)", arguments: all, [1, 2] as [UInt64])
  func samples(density: Density1D, seed: UInt64) {
    var random = CounterRandom(seed: seed)
    var batch = [Float](repeating: 0, count: 20_000)
    density.fill(&batch, using: &random)
    var distance = 0.0
    for (index, value) in batch.sorted().enumerated() {
      distance = max(distance, abs(density.cumulative(at: Double(value)) - (Double(index) + 0.5) / 20_000))
    }
    // Beyond 2.2/√n once in 8,000 times.
    #expect(distance < 2.2 / 20_000.0.squareRoot())
  }

  @Test("The same state gives the same batch, and the next one is another")
  func deterministic() {
    var first = CounterRandom(seed: 3, stream: 1)
    var second = first
    var (a, b) = ([Float](repeating: 0, count: 500), [Float](repeating: 0, count: 500))
    Density1D.toyMixture.fill(&a, using: &first)
    Density1D.toyMixture.fill(&b, using: &second)
    #expect(a == b)
    Density1D.toyMixture.fill(&b, using: &second)
    #expect(a != b)
  }

  @Test("A density says what it is, where its modes and its data are")
  func description() {
    #expect(Density1D.toy.description == "N(4, 0.5)")
    #expect(Density1D.uniform(in: 0...1).description == "U(0, 1)")
    #expect(Density1D.toyMixture.description == "0.33 N(1, 0.4) + 0.33 N(4, 0.4) + 0.33 N(7, 0.4)")
    #expect(Density1D.toy.support == [2.5...5.5])
    #expect(Density1D.toyMixture.support.count == 3)
    #expect(Self.all[3].support == [-3...3])
    #expect(Density1D.toyMixture.modes.map(\.centre) == [1, 4, 7])
    #expect(Density1D.toy.range == 0...8)
  }
}

@Suite("Densities in the plane")
struct Density2DTests {
  @Test("An exact density integrates to one", arguments: [Density2D.ring, .grid, .line])
  func integral(density: Density2D) {
    let side = 1000
    let width = (density.range.upperBound - density.range.lowerBound) / Double(side)
    var sum = 0.0
    for row in 0..<side {
      for column in 0..<side {
        let x = density.range.lowerBound + (Double(column) + 0.5) * width
        let y = density.range.lowerBound + (Double(row) + 0.5) * width
        // Far from every centre there is nothing to add; the test would take minutes otherwise.
        if density.centres.isEmpty
          ? abs(x - y) < 0.6
          : density.centres.contains(where: { abs($0.x - x) < 0.4 && abs($0.y - y) < 0.4 })
        {
          sum += density.density(at: SIMD2(x, y)) ?? .nan
        }
      }
    }
    #expect(abs(sum * width * width - 1) < 1e-3)
  }

  @Test("Modes are equally full, and samples lie within three deviations of one", arguments: [Density2D.ring, .grid])
  func modes(density: Density2D) {
    var random = CounterRandom(seed: 1)
    let count = 25_000
    var batch = [Float](repeating: 0, count: 2 * count)
    density.fill(&batch, using: &random)
    var counts = [Int](repeating: 0, count: density.centres.count)
    for index in 0..<count {
      let point = SIMD2(Double(batch[2 * index]), Double(batch[2 * index + 1]))
      if let mode = density.centres.firstIndex(where: { centre in
        let offset = (point - centre) / density.deviation
        return (offset * offset).sum() <= 9
      }) {
        counts[mode] += 1
      }
    }
    // In two dimensions 1 − exp(−9/2) = 98.9 % lie within three deviations.
    #expect(abs(Double(counts.reduce(0, +)) / Double(count) - 0.98889) < 0.004)
    let expected = 0.98889 * Double(count) / Double(counts.count)
    #expect(counts.allSatisfy { abs(Double($0) - expected) < 5 * expected.squareRoot() })
  }

  @Test("Points of a curve stay on it, from end to end", arguments: [Density2D.line, .spiral])
  func curves(density: Density2D) {
    var random = CounterRandom(seed: 2)
    var batch = [Float](repeating: 0, count: 10_000)
    density.fill(&batch, using: &random)
    #expect(batch.allSatisfy { density.range.contains(Double($0)) })
    #expect(batch.contains { $0 > 1.4 } && batch.contains { $0 < -1.2 })
    #expect(density.centres.isEmpty)
  }

  @Test("The spiral alone has no density in closed form")
  func spiral() {
    #expect(Density2D.spiral.density(at: .zero) == nil)
    #expect(Density2D.ring.density(at: SIMD2(2, 0)) != nil)
  }
}
