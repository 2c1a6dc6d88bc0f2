// The 1-D game, where everything is known exactly: Goodfellow et al. 2014, Figure 1, as numbers.

import Datasets
import Figures
import Glibc
import Metrics

struct LineMeasure {
  private let density: Density1D
  private let estimator: DivergenceEstimator
  private let dataDensity: [Double]
  private let floor: Double
  /// Bins of a density view; with `Density1D.toy` a sixth of its deviation each.
  private static let bins = 96
  /// Points of the map z → x that are shown.
  private static let mapPoints = 33
  /// Sets of real samples that the noise floor is the mean of.
  private static let floorSets = 8

  init(_ density: Density1D, seed: UInt64) {
    self.density = density
    estimator = DivergenceEstimator(range: density.range, bins: Self.bins, cumulative: density.cumulative)
    dataDensity = estimator.binning.centres.map(density.density)
    var random = CounterRandom(seed: seed, stream: Stream.floor)
    let sets = (0..<Self.floorSets).map { _ in
      var samples = [Float](repeating: 0, count: Gallery.samples)
      density.fill(&samples, using: &random)
      return samples
    }
    floor = estimator.noiseFloor(realSets: sets).jensenShannon
  }

  func measure(_ look: inout Look, _ samples: [Float]) {
    let histogram = estimator.histogram(of: samples)
    let estimate = estimator.estimate(histogram)
    let centres = estimator.binning.centres
    let optimum = OptimalDiscriminator.values(dataDensity: dataDensity, modelDensity: histogram.density)
    let discriminator =
      look.isDProbability
      ? look.game.judge(centres.map(Float.init)).map(probability) : centres.map { _ in Double.nan }
    look.show(
      "samples",
      .density(
        DensityView(
          range: density.range, dataDensity: dataDensity, modelDensity: histogram.density,
          discriminator: discriminator, optimum: optimum, map: map(look.game), outside: histogram.outside)))
    look.note("jsd", estimate.jensenShannon)
    look.note("jsd_floor", floor)
    look.note("kl", estimate.dataFromSamples)
    look.note("kl_reverse", estimate.samplesFromData)
    if look.isDProbability {
      look.note("value_at_optimum", OptimalDiscriminator.value(jensenShannon: estimate.jensenShannon))
      look.note(
        "d_error",
        OptimalDiscriminator.meanError(of: discriminator, optimum: optimum, at: centres, support: density.support))
    }
    let modes = density.modes.map { TargetMode(centre: [$0.centre], deviation: $0.deviation, share: $0.share) }
    look.note(coverageOf: modes, by: samples)
  }

  /// G along its first latent axis, the others at 0.
  private func map(_ game: Game) -> [DensityView.LatentPoint] {
    guard let latent = game.sampler?.latent else { return [] }
    let axis = latent.prior.visibleAxis
    let values = (0..<Self.mapPoints).map { index in
      axis.lowerBound + (axis.upperBound - axis.lowerBound) * Float(index) / Float(Self.mapPoints - 1)
    }
    let rows = values.flatMap { [$0] + [Float](repeating: 0, count: latent.size - 1) }
    return zip(values, game.sample(latent: rows)).map { DensityView.LatentPoint(z: Double($0), x: Double($1)) }
  }
}

/// σ(a), from a logit.
func probability(_ logit: Float) -> Double { exp(GameValue.logSigmoid(Double(logit))) }
