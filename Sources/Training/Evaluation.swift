// Looking at a game: how far G is from the data, how far D from its best answer, and what there is to show. Nothing here
// moves a weight or takes a random number from the training.

import Datasets
import GenerativeModels
import Glibc
import Metrics

/// What one look at the players found.
struct Evaluation {
  var view: SamplesView
  var metrics = MetricValues()
}

/// Everything about an experiment's data that looking needs, prepared once.
struct Evaluator {
  /// Samples that divergences and modes are estimated from.
  static let samples = 8192
  /// Samples of either kind that D is shown: where networks are small, and where they are not. The bound from so many
  /// has a standard error of about 0.002 and 0.01 nats (measured); a look at images costs about as much as a step.
  static let heldOutPoints = 4096
  static let heldOutImages = 512
  /// σ of the windows: of those that the paper's code tries, near the one that it finds for MNIST.
  private static let parzenWidth = 0.2
  /// Bins of a density view; with `Density1D.toy` a sixth of its deviation each.
  static let bins = 96

  private enum Kind {
    case line(LineEvaluator)
    case plane(PlaneEvaluator)
    case images(ImageEvaluator)
  }

  private let kind: Kind
  private let heldOut: [Float]

  init(_ data: RealData, seed: UInt64) {
    switch data.source {
    case .line(let density):
      kind = .line(LineEvaluator(density, seed: seed))
      heldOut = data.heldOut(count: Self.heldOutPoints, seed: seed)
    case .plane(let density):
      heldOut = data.heldOut(count: Self.heldOutPoints, seed: seed)
      kind = .plane(PlaneEvaluator(density, real: heldOut))
    case .images(let table):
      heldOut = data.heldOut(count: Self.heldOutImages, seed: seed)
      kind = .images(ImageEvaluator(table, real: heldOut))
    }
  }

  /// Of the held-out data, per sample, in nats, by a window of `parzenWidth` about each of as many generated samples.
  func negativeLogLikelihood(under gan: GAN, seed: UInt64) -> Double {
    let z = gan.latent(count: Self.heldOutImages, seed: seed, stream: Stream.measuredNoise)
    let window = ParzenWindow(centres: gan.sample(latent: z), dimension: gan.configuration.sampleSize)
    return -window.estimate(of: heldOut, width: Self.parzenWidth).mean
  }

  /// Figures are always of the same noise; only what is drawn as single samples depends on `shown`, the stream of its
  /// noise, and on `walk`, which asks for what is between some of them.
  func evaluate(_ gan: GAN, seed: UInt64, shown: UInt64, walk: Walk?) -> Evaluation {
    func samples(_ count: Int, _ stream: UInt64) -> [Float] {
      gan.sample(latent: gan.latent(count: count, seed: seed, stream: stream))
    }
    let measured: [Float]
    var evaluation: Evaluation
    switch kind {
    case .line(let line):
      measured = samples(Self.samples, Stream.measuredNoise)
      evaluation = line.evaluate(gan, measured)
    case .plane(let plane):
      measured = samples(Self.samples, Stream.measuredNoise)
      evaluation = plane.evaluate(gan, measured, shown: samples(PlaneEvaluator.shownPoints, shown))
    case .images(let images):
      measured = samples(Self.heldOutImages, Stream.measuredNoise)
      let z = Self.shownNoise(gan, seed: seed, stream: shown)
      evaluation = Evaluation(view: images.view(shown: gan.sample(at: z), between: walk?.between(z, gan)))
    }
    // Data that D has not been trained on tell the truth: an overfit D would inflate the bound.
    let value = GameValue(
      realLogits: gan.logits(of: heldOut), fakeLogits: gan.logits(of: Array(measured.prefix(heldOut.count))))
    evaluation.metrics.add(value, generatorLoss: gan.configuration.generatorLoss)
    return evaluation
  }

  /// The pictures of such an evaluation, which cost little without its figures; `nil` where there are no images.
  func pictures(of gan: GAN, seed: UInt64, shown: UInt64) -> SamplesView? {
    guard case .images(let images) = kind else { return nil }
    return images.view(shown: gan.sample(at: Self.shownNoise(gan, seed: seed, stream: shown)), between: nil)
  }

  private static func shownNoise(_ gan: GAN, seed: UInt64, stream: UInt64) -> [LatentVector] {
    gan.latentVectors(count: ImageEvaluator.shownFakes, seed: seed, stream: stream)
  }
}

extension MetricValues {
  /// The game's own figures; those that are no numbers, because the networks' are none, are left out.
  fileprivate mutating func add(_ game: GameValue, generatorLoss: GameRules.Loss) {
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    discriminatorLoss = finite(game.discriminatorLoss)
    self.generatorLoss =
      switch generatorLoss {
      case .minimax: finite(game.minimaxLoss)
      case .nonSaturating: finite(game.nonSaturatingLoss)
      }
    meanReal = finite(game.meanReal)
    meanFake = finite(game.meanFake)
    value = finite(game.value)
    jsdBound = finite(game.divergenceBound)
    jsdBoundError = finite(game.divergenceBoundError)
  }

  /// How the modes of the data are met; of a single one there is nothing to say.
  fileprivate mutating func add(coverageOf modes: [TargetMode], by samples: [Float]) {
    guard modes.count > 1 else { return }
    let coverage = ModeCoverage(of: samples, modes: modes)
    modesCovered = coverage.covered
    self.modes = modes.count
    highQualityShare = coverage.highQualityShare
  }
}

/// The 1-D game: everything is known exactly.
struct LineEvaluator {
  private let density: Density1D
  private let estimator: DivergenceEstimator
  private let dataDensity: [Double]
  private let floor: Double
  /// Points of the map z → x that are shown.
  private static let mapPoints = 33
  /// Sets of real samples that the noise floor is the mean of.
  private static let floorSets = 8

  init(_ density: Density1D, seed: UInt64) {
    self.density = density
    estimator = DivergenceEstimator(range: density.range, bins: Evaluator.bins, cumulative: density.cumulative)
    dataDensity = estimator.binning.centres.map(density.density)
    var random = CounterRandom(seed: seed, stream: Stream.floor)
    let sets = (0..<Self.floorSets).map { _ in
      var samples = [Float](repeating: 0, count: Evaluator.samples)
      density.fill(&samples, using: &random)
      return samples
    }
    floor = estimator.noiseFloor(realSets: sets).jensenShannon
  }

  func evaluate(_ gan: GAN, _ samples: [Float]) -> Evaluation {
    let histogram = estimator.histogram(of: samples)
    let estimate = estimator.estimate(histogram)
    let centres = estimator.binning.centres
    let discriminator = gan.logits(of: centres.map(Float.init)).map(probability)
    let optimum = OptimalDiscriminator.values(dataDensity: dataDensity, modelDensity: histogram.density)
    let modes = density.modes.map { TargetMode(centre: [$0.centre], deviation: $0.deviation, share: $0.share) }

    var evaluation = Evaluation(
      view: .density(
        DensityView(
          range: density.range, dataDensity: dataDensity, modelDensity: histogram.density,
          discriminator: discriminator, optimum: optimum, map: map(gan), outside: histogram.outside)))
    evaluation.metrics.jsd = estimate.jensenShannon
    evaluation.metrics.jsdFloor = floor
    evaluation.metrics.klDataModel = estimate.dataFromSamples
    evaluation.metrics.klModelData = estimate.samplesFromData
    evaluation.metrics.valueAtOptimum = OptimalDiscriminator.value(jensenShannon: estimate.jensenShannon)
    evaluation.metrics.discriminatorError = OptimalDiscriminator.meanError(
      of: discriminator, optimum: optimum, at: centres, support: density.support)
    evaluation.metrics.add(coverageOf: modes, by: samples)
    return evaluation
  }

  /// G along its first latent axis, the others at 0.
  private func map(_ gan: GAN) -> [DensityView.LatentPoint] {
    let axis = gan.configuration.prior.visibleAxis
    let width = gan.configuration.latentSize
    let values = (0..<Self.mapPoints).map { index in
      axis.lowerBound + (axis.upperBound - axis.lowerBound) * Float(index) / Float(Self.mapPoints - 1)
    }
    let rows = values.flatMap { [$0] + [Float](repeating: 0, count: width - 1) }
    return zip(values, gan.sample(latent: rows)).map { DensityView.LatentPoint(z: Double($0), x: Double($1)) }
  }
}

/// The 2-D game: points, modes, and D over the plane.
struct PlaneEvaluator {
  private let density: Density2D
  private let real: [PointsView.Point]
  private let grid: [Float]
  private static let gridSide = 32
  static let shownPoints = 512

  /// - Parameter real: held-out points `[N, 2]`, the first of which are shown.
  init(_ density: Density2D, real: [Float]) {
    self.density = density
    self.real = Self.points(real)
    let range = density.range
    let width = (range.upperBound - range.lowerBound) / Double(Self.gridSide)
    grid = (0..<Self.gridSide * Self.gridSide).flatMap { index in
      let (row, column) = (index / Self.gridSide, index % Self.gridSide)
      return [
        Float(range.lowerBound + (Double(column) + 0.5) * width),
        Float(range.upperBound - (Double(row) + 0.5) * width),
      ]
    }
  }

  func evaluate(_ gan: GAN, _ samples: [Float], shown: [Float]) -> Evaluation {
    var evaluation = Evaluation(
      view: .points(
        PointsView(
          range: density.range, real: real, fake: Self.points(shown),
          discriminator: gan.logits(of: grid).map { Float(probability($0)) }, gridSide: Self.gridSide)))
    let modes = density.centres.map {
      TargetMode(centre: [$0.x, $0.y], deviation: density.deviation, share: 1 / Double(density.centres.count))
    }
    evaluation.metrics.add(coverageOf: modes, by: samples)
    return evaluation
  }

  private static func points(_ rows: [Float]) -> [PointsView.Point] {
    (0..<min(shownPoints, rows.count / 2)).map { PointsView.Point(x: rows[2 * $0], y: rows[2 * $0 + 1]) }
  }
}

/// Images: there is nothing exact to compare with, but there is something to see.
struct ImageEvaluator {
  private let width: Int
  private let height: Int
  private let real: [Float]
  static let shownFakes = 64
  private static let shownReals = 16

  /// - Parameter real: held-out images, the first of which are shown.
  init(_ table: ImageTable, real: [Float]) {
    width = table.width
    height = table.height
    self.real = Array(real.prefix(Self.shownReals * width * height))
  }

  func view(shown: [Float], between: BetweenView?) -> SamplesView {
    .images(ImagesView(width: width, height: height, fake: shown, real: real, between: between))
  }
}

/// σ(a), from a logit.
private func probability(_ logit: Float) -> Double { exp(GameValue.logSigmoid(Double(logit))) }
