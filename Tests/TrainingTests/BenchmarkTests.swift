// What is measured when steps per second are compared.

import Testing
import Training

@Suite("Benchmark")
struct BenchmarkTests {
  /// Batch times the products of: G once and D four times, and twice D without its first layer, in D's half; G and D
  /// twice, and G without its first layer, in G's.
  @Test("The operations of a step are those of its matrix products, as other libraries' are counted")
  func operations() {
    let toy = 256 * (12 * (32 + 32 * 32 + 32) - 3 * 32)
    let (g, d) = (100 * 128 + 128 * 256 + 256 * 512 + 512 * 1024 + 1024 * 784, 784 * 512 + 512 * 256 + 256)
    let digits = 128 * (4 * g + 8 * d - 100 * 128 - 2 * 784 * 512)
    // Layers of a DCGAN: pixels on the feature side, times 4 × 4, times channels and features.
    let (first, middle) = (14 * 14 * 16 * 64, 7 * 7 * 16 * 64 * 128)
    let (g28, d28) = (49 * 100 * 128 + middle + first, first + middle + 49 * 128)
    let dcgan = 64 * (4 * g28 + 8 * d28 - 49 * 100 * 128 - 2 * first)
    #expect(Workload.all.map(\.name) == ["toy1d", "mnist-mlp", "dcgan28", "dcgan64"])
    let found = Workload.all.prefix(3).map { workload in
      var small = workload
      small.rows = 128
      return Benchmark(small, threads: 1).operationsPerStep
    }
    #expect(found == [2 * Double(toy), 2 * Double(digits), 2 * Double(dcgan)])
  }

  @Test("Windows are of half a second, and as many as the time allows")
  func windows() {
    // Every reading of the clock is a quarter of a second after the one before, whatever happens between them: one
    // step takes 0.25 s, so a window has two, and appears to take 0.25 s. With the look at the clock between two
    // windows, each costs 0.75 s.
    let benchmark = Benchmark(Workload.all[0], threads: 1, clock: SteppingClock(tick: 0.25).clock)
    let result = benchmark.run(seconds: 2)
    #expect(result.windows == [8, 8, 8])
    #expect(result.median == 8)
  }
}
