import Glibc
import Metrics
import TestSupport
import Testing

@Suite("Divergences from an exact density")
struct DivergenceTests {
  let data = Gaussian(mean: 4, deviation: 0.5)
  var estimator: DivergenceEstimator {
    DivergenceEstimator(range: 0...8, bins: 80, cumulative: data.cumulative)
  }

  @Test("Two lists of masses: the textbook values")
  func textbook() {
    #expect(Divergence.kullbackLeibler([0.5, 0.5], [0.5, 0.5]) == 0)
    #expect(Divergence.kullbackLeibler([1, 0], [0.5, 0.5]) == log(2))
    #expect(Divergence.kullbackLeibler([0.5, 0.5], [1, 0]) == .infinity)
    #expect(Divergence.jensenShannon([1, 0], [0, 1]) == log(2))
    // JSD((1, 0), (½, ½)) = ½ log(4/3) + ½ (½ log(2/3) + ½ log 2).
    let expected = (log(4.0 / 3) + (log(2.0 / 3) + log(2)) / 2) / 2
    #expect(abs(Divergence.jensenShannon([1, 0], [0.5, 0.5]) - expected) < 1e-15)
    #expect(abs(Divergence.skew([1, 0], [0, 1], share: 0.01) - log(100)) < 1e-12)
  }

  @Test("The masses of all bins are exact and add up to one")
  func masses() {
    let masses = estimator.dataMasses
    #expect(masses.count == 82)
    #expect(abs(masses.reduce(0, +) - 1) < 1e-12)
    // The bin [4, 4.1].
    #expect(abs(masses[41] - integral(over: 4...4.1, data.density)) < 1e-9)
  }

  @Test("Samples outside the range are counted, and NaN is no sample")
  func overflow() {
    let histogram = estimator.histogram(of: [-1, -.infinity, 0, 7.99, 8, 1e30, .nan])
    #expect(histogram.total == 6)
    #expect(histogram.counts[0] == 2)
    #expect(histogram.counts[1] == 1)
    #expect(histogram.counts[80] == 1)
    #expect(histogram.counts[81] == 2)
    #expect(histogram.outside == 4.0 / 6)
    #expect(estimator.estimate([.nan]).jensenShannon.isNaN)
  }

  @Test("A perfect generator scores the floor, whatever the seed", arguments: [1, 2, 3, 4, 5])
  func floor(seed: UInt64) {
    var random = SplitMix(state: seed)
    func real() -> [Float] { random.normals(4096, mean: 4, deviation: 0.5) }
    let floor = estimator.noiseFloor(realSets: (0..<16).map { _ in real() })
    let score = estimator.estimate(real())
    #expect(abs(score.jensenShannon - floor.jensenShannon) < 0.0006)
    #expect(abs(score.dataFromSamples - floor.dataFromSamples) < 0.004)
    #expect(abs(score.samplesFromData - floor.samplesFromData) < 0.004)
    // (K − 1)/(8N): 30 bins lie within three deviations, 50 within five.
    #expect(floor.jensenShannon > 29 / (8 * 4096.0) && floor.jensenShannon < 49 / (8 * 4096.0))
  }

  @Test(
    "A shifted or stretched generator scores what integration says",
    arguments: [
      Gaussian(mean: 4.25, deviation: 0.5), Gaussian(mean: 4.5, deviation: 0.5), Gaussian(mean: 4, deviation: 0.35),
      Gaussian(mean: 3.5, deviation: 0.7),
    ])
  func shifted(model: Gaussian) {
    var random = SplitMix(state: 11)
    let fine = DivergenceEstimator(range: 0...8, bins: 200, cumulative: data.cumulative)
    let score = fine.estimate(random.normals(200_000, mean: model.mean, deviation: model.deviation))
    let (p, q) = (data.density, model.density)
    let jensenShannon =
      integral(over: -2...10) { x in
        let m = (p(x) + q(x)) / 2
        return p(x) * log(p(x) / m) + q(x) * log(q(x) / m)
      } / 2
    // KL between Gaussians in closed form.
    func kl(_ a: Gaussian, _ b: Gaussian) -> Double {
      let (va, vb) = (a.deviation * a.deviation, b.deviation * b.deviation)
      return log(b.deviation / a.deviation) + (va + (a.mean - b.mean) * (a.mean - b.mean)) / (2 * vb) - 0.5
    }
    #expect(abs(score.jensenShannon - jensenShannon) < 0.02 * jensenShannon + 0.001)
    #expect(abs(score.dataFromSamples - kl(data, model)) < 0.03 * kl(data, model) + 0.002)
    #expect(abs(score.samplesFromData - kl(model, data)) < 0.03 * kl(model, data) + 0.002)
  }

  @Test("A generator that misses the data altogether scores log 2, and a finite KL")
  func disjoint() {
    var random = SplitMix(state: 3)
    let score = estimator.estimate(random.normals(4096, mean: -4, deviation: 0.1))
    #expect(abs(score.jensenShannon - log(2)) < 1e-9)
    // Every bin is empty: Σ q log(2Nq).
    let entropy = -estimator.dataMasses.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 }
    #expect(abs(score.dataFromSamples - (log(2 * 4096) - entropy)) < 1e-9)
    #expect(abs(score.samplesFromData - log(4097)) < 1e-3)
  }
}
