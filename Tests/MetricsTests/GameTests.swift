import Glibc
import Metrics
import TestSupport
import Testing

@Suite("The game's value")
struct GameTests {
  @Test("At D = ½ everywhere V is −log 4, the loss log 2, the bound 0")
  func equilibrium() {
    let game = GameValue(realLogits: [0, 0, 0], fakeLogits: [0, 0])
    #expect(abs(game.value + log(4)) < 1e-15)
    #expect(abs(game.discriminatorLoss - log(2)) < 1e-15)
    #expect(abs(game.divergenceBound) < 1e-15)
    #expect(game.meanReal == 0.5 && game.meanFake == 0.5)
  }

  @Test("Logits of any size give finite figures that agree with the definition")
  func stable() {
    let game = GameValue(realLogits: [2, -1], fakeLogits: [0.5])
    let sigmoid = { (x: Double) in 1 / (1 + exp(-x)) }
    let expected = (log(sigmoid(2)) + log(sigmoid(-1))) / 2 + log(1 - sigmoid(0.5))
    #expect(abs(game.value - expected) < 1e-12)
    #expect(abs(game.meanReal - (sigmoid(2) + sigmoid(-1)) / 2) < 1e-12)

    let sure = GameValue(realLogits: [1000], fakeLogits: [-1000])
    #expect(sure.value == 0 && sure.meanReal == 1 && sure.meanFake == 0)
    #expect(abs(sure.divergenceBound - log(2)) < 1e-15)
    let wrong = GameValue(realLogits: [-1000], fakeLogits: [1000])
    #expect(wrong.value == -2000)
    #expect(wrong.divergenceBound == 0, "a divergence is not less than that, whatever D says")
    #expect(wrong.minimaxLoss == -1000 && wrong.nonSaturatingLoss == 0)
    #expect(sure.minimaxLoss == 0 && sure.nonSaturatingLoss == 1000)
  }

  @Test("The standard error is that of a mean, and shrinks with the root of the number of samples")
  func standardError() {
    // log σ of these is −1000 or 0, to the last bit: a deviation of 500·√(n/(n − 1)) about the mean of −500.
    let pair: [Float] = [-1000, 1000]
    let one = GameValue(realLogits: pair, fakeLogits: [0, 0])
    #expect(abs(one.standardError - 500) < 1e-9)
    let many = (0..<200).flatMap { _ in pair }
    let both = GameValue(realLogits: many, fakeLogits: many)
    #expect(abs(both.standardError - 500 * (2 / 399.0).squareRoot()) < 1e-9)
    #expect(both.divergenceBoundError == both.standardError / 2)
    #expect(GameValue(realLogits: [1], fakeLogits: [1]).standardError.isNaN)
  }

  @Test("With D* the bound is the divergence itself")
  func boundIsTight() {
    // Two values of x with masses p and q; D*'s logit is log p/q. Logits repeated in proportion to the masses.
    let realLogits: [Float] = [3, 3, 3, 1].map { logf($0 == 3 ? 3 : 1.0 / 3) }
    let fakeLogits: [Float] = [1, 3, 3, 3].map { logf($0 == 1 ? 3 : 1.0 / 3) }
    let game = GameValue(realLogits: realLogits, fakeLogits: fakeLogits)
    let divergence = Divergence.jensenShannon([0.75, 0.25], [0.25, 0.75])
    #expect(abs(game.divergenceBound - divergence) < 1e-6)
    #expect(abs(game.value - OptimalDiscriminator.value(jensenShannon: divergence)) < 1e-6)
  }

  @Test("D* is a half where the densities agree, one where only data are, and undefined where nothing is")
  func optimum() {
    let optimum = OptimalDiscriminator.values(dataDensity: [1, 2, 0, 0, 3], modelDensity: [1, 0, 2, 0, 1])
    #expect(optimum[0] == 0.5 && optimum[1] == 1 && optimum[2] == 0 && optimum[3].isNaN && optimum[4] == 0.75)
  }

  @Test("The error of D is averaged over the support only")
  func discriminatorError() {
    let error = OptimalDiscriminator.meanError(
      of: [0.5, 0.5, 0.5, 0.9, 0.1], optimum: [0.7, 0.4, .nan, 0.9, 0.9], at: [1, 2, 3, 4, 5],
      support: [0...2, 2.5...4])
    #expect(abs(error - 0.1) < 1e-12)
  }
}

@Suite("Mode coverage")
struct ModeCoverageTests {
  let line = [0.0, 10, 20].map { TargetMode(centre: [$0], deviation: 1, share: 1.0 / 3) }

  @Test("Real samples cover every mode, and 99.7 % of them are of high quality")
  func real() {
    var random = SplitMix(state: 5)
    let samples = [0.0, 10, 20].flatMap { random.normals(20_000, mean: $0, deviation: 1) }
    let coverage = ModeCoverage(of: samples, modes: line)
    #expect(coverage.covered == 3)
    #expect(abs(coverage.highQualityShare - 0.9973) < 0.001)
  }

  @Test("A mode with less than a quarter of its share is not covered")
  func collapsed() {
    // 1200 samples: 400 expected in each mode, 100 needed.
    func samples(third: Int) -> [Float] {
      [Float](repeating: 0.5, count: 600) + [Float](repeating: 10, count: 600 - third)
        + [Float](repeating: 22.9, count: third)
    }
    #expect(ModeCoverage(of: samples(third: 99), modes: line).covered == 2)
    #expect(ModeCoverage(of: samples(third: 100), modes: line).covered == 3)
    #expect(ModeCoverage(of: samples(third: 100), modes: line).counts == [600, 500, 100])
  }

  @Test("KL over the modes and one bin for the rest: 0 for the data, in closed form for a collapse and for noise")
  func divergence() {
    var random = SplitMix(state: 5)
    let real = [0.0, 10, 20].flatMap { random.normals(20_000, mean: $0, deviation: 1) }
    #expect(ModeCoverage(of: real, modes: line).divergence < 1e-3)
    // 0.9973 of the data lie within three deviations of one of three peaks, 0.0027 elsewhere.
    let collapsed = ModeCoverage(of: [Float](repeating: 10, count: 100), modes: line).divergence
    #expect(abs(collapsed - log(3 / 0.9973002)) < 1e-6)
    let noise = ModeCoverage(of: [Float](repeating: 5, count: 100), modes: line).divergence
    #expect(abs(noise - log(1 / 0.0026998)) < 1e-4)
  }

  @Test("Samples between the modes, infinite or NaN, belong to none")
  func between() {
    let coverage = ModeCoverage(of: [5, 3.1, 13.5, .nan, .infinity, 0], modes: line)
    #expect(coverage.counts == [1, 0, 0])
    #expect(coverage.highQualityShare == 1.0 / 6)
  }

  @Test("In the plane the distance is Euclid's")
  func plane() {
    let modes = [
      TargetMode(centre: [0, 0], deviation: 1, share: 0.5), TargetMode(centre: [0, 10], deviation: 1, share: 0.5),
    ]
    // (2.2, 2.2) is 3.1 from the origin, (2, 2) is 2.8.
    let coverage = ModeCoverage(of: [2.2, 2.2, 2, 2, 0, 12], modes: modes)
    #expect(coverage.counts == [1, 1])
    #expect(coverage.covered == 2)
  }
}
