// The equations of the game as recorded operations; see `GAN.swift` for the paper.

import Autograd
import NeuralNetwork

/// The players, ready to be recorded.
struct Game {
  let configuration: GANConfiguration
  let generator: Sequential
  let generatorRange: ParameterRange
  let discriminator: Sequential
  let discriminatorRange: ParameterRange

  init(
    _ configuration: GANConfiguration, _ generator: Sequential, _ generatorRange: ParameterRange,
    _ discriminator: Sequential, _ discriminatorRange: ParameterRange
  ) {
    self.configuration = configuration
    self.generator = generator
    self.generatorRange = generatorRange
    self.discriminator = discriminator
    self.discriminatorRange = discriminatorRange
  }

  /// Algorithm 1, lines 3–5: D ascends V on m real samples and m generated ones. G's weights get no gradient, since
  /// only those of D are asked for.
  func discriminatorHalf() -> Half {
    let half = Half()
    let fakes = generator(latent(half.graph), .trainingWithoutStatistics)
    let (real, logits) = judge(half, fakes, together: !configuration.discriminator.mixesSamples)
    half.real = real
    moveDiscriminator(half, logits.real, logits.fake)
    return half
  }

  /// Algorithm 1, lines 7–8: G descends its loss on m new samples, through a D that stays as it is.
  func generatorHalf() -> Half {
    let half = Half()
    let fakes = generator(latent(half.graph), .training)
    moveGenerator(half, discriminator(fakes, .trainingWithoutStatistics))
    return half
  }

  /// Both losses at the same parameters, on the same samples and the same logits. D judges real and generated samples
  /// apart, for G's gradient must not run back through the real ones.
  func bothHalves() -> Half {
    let half = Half()
    let fakes = generator(latent(half.graph), .training)
    let (real, logits) = judge(half, fakes, together: false)
    half.real = real
    moveDiscriminator(half, logits.real, logits.fake)
    moveGenerator(half, logits.fake)
    return half
  }

  // MARK: Parts

  private func latent(_ graph: Graph) -> Tensor {
    graph.random(configuration.prior.distribution, [configuration.batchSize, configuration.latentSize])
  }

  /// Records the data's input and D's logits `[m, 1]` on real and on generated samples.
  private func judge(
    _ half: Half, _ fakes: Tensor, together: Bool
  ) -> (real: Tensor, logits: (real: Tensor, fake: Tensor)) {
    let m = configuration.batchSize
    let real = half.graph.input("real", fakes.shape)
    let seen = configuration.dataRange.inside(real)
    guard together else { return (real, (discriminator(seen, .training), discriminator(fakes, .training))) }
    let logits = discriminator(Tensor.concatenate([seen, fakes], axis: 0), .training)
    return (real, (logits.slice(axis: 0, 0..<m), logits.slice(axis: 0, m..<2 * m)))
  }

  /// Equation 1 for D: minimise −E log D(x) − E log(1 − D(G(z))), or half of it.
  private func moveDiscriminator(_ half: Half, _ real: Tensor, _ fake: Tensor) {
    let sum = binaryCrossEntropy(logits: real, target: 1) + binaryCrossEntropy(logits: fake, target: 0)
    let loss =
      switch configuration.discriminatorLoss {
      case .mean: sum * 0.5
      case .sum: sum
      }
    half.optimisers.discriminator = configuration.discriminatorOptimiser.record(discriminatorRange, minimising: loss)
    half.outputs += [
      (.discriminatorLoss, sum * 0.5), (.meanReal, real.sigmoid().mean()), (.meanFake, fake.sigmoid().mean()),
    ]
  }

  /// §3: log(1 − D) = −softplus(a), −log D = softplus(−a).
  private func moveGenerator(_ half: Half, _ fake: Tensor) {
    let loss =
      switch configuration.generatorLoss {
      case .minimax: -fake.softplus().mean()
      case .nonSaturating: binaryCrossEntropy(logits: fake, target: 1)
      }
    half.optimisers.generator = configuration.generatorOptimiser.record(generatorRange, minimising: loss)
    half.outputs.append((.generatorLoss, loss))
  }
}

extension GANConfiguration.DataRange {
  /// From the data's units to the networks'.
  func inside(_ data: Tensor) -> Tensor { (data - centre) / scale }

  /// From the networks' units to the data's.
  func outside(_ samples: Tensor) -> Tensor { samples * scale + centre }

  private var centre: Float {
    switch self {
    case .raw, .unit: 0
    case .standardised(let centre, _): centre
    case .symmetric: 0.5
    }
  }

  private var scale: Float {
    switch self {
    case .raw, .unit: 1
    case .standardised(_, let scale): scale
    case .symmetric: 0.5
    }
  }
}

extension GAN.Report {
  /// A name for each field. (A key path would do, if writing through one did not allocate.)
  enum Figure { case discriminatorLoss, generatorLoss, meanReal, meanFake }

  fileprivate mutating func set(_ figure: Figure, _ value: Float) {
    switch figure {
    case .discriminatorLoss: discriminatorLoss = value
    case .generatorLoss: generatorLoss = value
    case .meanReal: meanReal = value
    case .meanFake: meanFake = value
    }
  }
}

/// A recorded part of a step: what goes in, what moves, and what is to be read afterwards.
final class Half {
  let graph = Graph()
  /// The data's batch, where D moves.
  var real: Tensor?
  var optimisers: (discriminator: RecordedOptimiser?, generator: RecordedOptimiser?)
  /// Scalars, and where they belong in the report.
  var outputs: [(figure: GAN.Report.Figure, tensor: Tensor)] = []

  func plan(_ store: ParameterStore, _ workers: Workers, _ precision: Precision) -> ProgramPlan {
    ProgramPlan(graph, outputs: outputs.map(\.tensor), parameters: store, workers: workers, precision: precision)
  }

  struct Compiled {
    let half: Half
    let program: Program

    var movesDiscriminator: Bool { half.optimisers.discriminator != nil }
    var movesGenerator: Bool { half.optimisers.generator != nil }

    func write(_ real: [Float]) {
      guard let input = half.real else { fatalError("GAN: this half takes no data") }
      program.write(real, to: input)
    }

    /// Runs after so many updates of D and of G, and reads what it saw.
    func run(after updates: (discriminator: Int, generator: Int), rateScale: Float, _ report: inout GAN.Report) {
      half.optimisers.discriminator?.prepare(program, after: updates.discriminator, scale: rateScale)
      half.optimisers.generator?.prepare(program, after: updates.generator, scale: rateScale)
      program.run()
      for (figure, tensor) in half.outputs { report.set(figure, program.scalar(tensor)) }
    }
  }
}
