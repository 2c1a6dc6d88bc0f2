// Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio: "Generative adversarial nets"
// (NIPS 2014). D and G play
//
//     min_G max_D V(D, G) = E_x[log D(x)] + E_z[log(1 − D(G(z)))]                                        (equation 1)
//
// by Algorithm 1. D ends in a logit a, so that D(x) = σ(a), −log D = softplus(−a) and −log(1 − D) = softplus(a), none
// of which overflows. Every half of a step is recorded and compiled once; noise is drawn inside it.

import Autograd
import NeuralNetwork

/// The two players, their parameters, and whose turn it is.
///
/// Samples are rows `[N, sampleSize]`, flat, in the data's own units. Not `Sendable`: it lives where it is trained.
package final class GAN {
  package typealias Precision = Autograd.Precision
  package typealias Profile = Autograd.Profile

  /// The next move.
  package enum Turn: String, Hashable, Sendable {
    /// k updates of D (Algorithm 1, lines 2–6), then `generator`.
    case discriminator
    /// One update of G (Algorithm 1, lines 7–8), then `discriminator`.
    case generator
    /// One update of both, where the order is simultaneous.
    case both
  }

  /// What the last updates saw, each before it changed anything. Losses in nats.
  package struct Report: Hashable, Sendable {
    /// ½(BCE on real + BCE on generated), whichever of the two losses D minimises; log 2 at chance.
    package var discriminatorLoss: Float
    /// What G minimises.
    package var generatorLoss: Float
    /// Mean D(x), 0…1.
    package var meanReal: Float
    /// Mean D(G(z)) of the samples that D was shown, 0…1.
    package var meanFake: Float

    package init(
      discriminatorLoss: Float = .nan, generatorLoss: Float = .nan, meanReal: Float = .nan, meanFake: Float = .nan
    ) {
      self.discriminatorLoss = discriminatorLoss
      self.generatorLoss = generatorLoss
      self.meanReal = meanReal
      self.meanFake = meanFake
    }
  }

  package let configuration: GANConfiguration
  /// Parameters, running statistics and moments of both players, and where each player's lie.
  package let store: ParameterStore
  package let generatorRange: ParameterRange
  package let discriminatorRange: ParameterRange

  package internal(set) var turn: Turn
  package internal(set) var report = Report()
  package internal(set) var discriminatorUpdates = 0
  package internal(set) var generatorUpdates = 0
  /// What both players' learning rates are multiplied by.
  package var rateScale: Float = 1

  let generator: Sequential
  let discriminator: Sequential
  let workers: Workers
  /// What halves, samplers and judges compute in, one at a time.
  let workspace: Workspace
  /// Compiled when first asked for, by number of rows; see `GAN+Sampling.swift`.
  var samplers: [Int: Forward] = [:]
  var judges: [Int: Forward] = [:]

  private let builder: NetworkBuilder
  let noise: RandomSource
  private let halves: Halves

  /// Builds and compiles everything that a step needs.
  ///
  /// - Parameters:
  ///   - seed: decides the first weights and all noise of the training.
  ///   - threads: at most so many work on a step; small networks use one.
  ///   - precision: of the factors of the training's products; samples and judgements are always single precision.
  package init(_ configuration: GANConfiguration, seed: UInt64, threads: Int = 1, precision: Precision = .f32) {
    let sampleSize = configuration.sampleSize
    guard configuration.discriminator.outputs(for: sampleSize) == 1 else {
      fatalError(
        "GAN: the discriminator must end in one logit, not \(configuration.discriminator.outputs(for: sampleSize))")
    }
    var builder = NetworkBuilder()
    let (generator, generatorRange) = builder.player("generator") {
      configuration.generator.build(inputs: configuration.latentSize, in: &$0)
    }
    let (discriminator, discriminatorRange) = builder.player("discriminator") {
      configuration.discriminator.build(inputs: sampleSize, in: &$0)
    }
    self.configuration = configuration
    self.builder = builder
    self.generator = generator
    self.generatorRange = generatorRange
    self.discriminator = discriminator
    self.discriminatorRange = discriminatorRange
    self.store = builder.makeStore(seed: seed)
    self.noise = RandomSource(key: seed)
    self.workers = Workers(threads: threads)
    self.turn = configuration.order == .simultaneous ? .both : .discriminator
    let game = Game(configuration, generator, generatorRange, discriminator, discriminatorRange)
    let halves =
      configuration.order == .alternating ? [game.discriminatorHalf(), game.generatorHalf()] : [game.bothHalves()]
    let (store, noise, workers) = (self.store, self.noise, self.workers)
    let plans = halves.map { $0.plan(store, workers, precision) }
    let workspace = Workspace(for: plans)
    self.workspace = workspace
    let compiled = zip(halves, plans).map { half, plan in
      Half.Compiled(half: half, program: Program(plan, in: workspace, random: noise))
    }
    self.halves = compiled.count == 2 ? .apart(compiled[0], compiled[1]) : .together(compiled[0])
  }

  /// Makes the next move and hands on the turn.
  ///
  /// - Parameter real: called for each update of D: the next batch of the data, `[batchSize, sampleSize]`.
  package func advance(real: () -> [Float]) {
    switch halves {
    case .together(let both):
      both.write(real())
      run(both)
    case .apart(let discriminatorHalf, let generatorHalf):
      if turn == .discriminator {
        for _ in 0..<configuration.discriminatorSteps {
          discriminatorHalf.write(real())
          run(discriminatorHalf)
        }
        turn = .generator
      } else {
        run(generatorHalf)
        turn = .discriminator
      }
    }
  }

  /// One round of Algorithm 1, or what is left of it.
  package func step(real: () -> [Float]) {
    repeat { advance(real: real) } while turn == .generator
  }

  /// Back to the state after `init`, with another seed or the same.
  package func reset(seed: UInt64) {
    builder.initialise(store, seed: seed)
    noise.key = seed
    noise.counter = 0
    discriminatorUpdates = 0
    generatorUpdates = 0
    rateScale = 1
    report = Report()
    turn = configuration.order == .simultaneous ? .both : .discriminator
  }

  /// Lets the training's instructions be timed, or, with `nil`, no longer.
  package func time(with profile: Profile?) {
    switch halves {
    case .together(let both): both.program.profile = profile
    case .apart(let discriminatorHalf, let generatorHalf):
      discriminatorHalf.program.profile = profile
      generatorHalf.program.profile = profile
    }
  }

  /// Floating-point operations per second that one core could do in single precision if it only multiplied and added.
  package static func peak(clock: () -> Double) -> Double { peakOperationsPerSecond(clock: clock) }

  private func run(_ half: Half.Compiled) {
    half.run(after: (discriminatorUpdates, generatorUpdates), rateScale: rateScale, &report)
    if half.movesDiscriminator { discriminatorUpdates += 1 }
    if half.movesGenerator { generatorUpdates += 1 }
  }
}

private enum Halves {
  case apart(Half.Compiled, Half.Compiled)
  case together(Half.Compiled)
}
