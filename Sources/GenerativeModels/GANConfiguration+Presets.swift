// Settings of our own, each found by measurement: what a person can watch learning in seconds or minutes.

import Glibc
import NeuralNetwork

extension GANConfiguration {
  /// `toy`: one Gaussian from a line of noise, the game of the paper's Figure 1. The data are left where they are, at 4,
  /// so that G has a way to go.
  ///
  /// D learns ten times as fast as G, so that it stays near its best response while G moves (the two time scales of
  /// Heusel et al. 2017, §2), and neither has momentum (β1 = 0), which would make the pair circle around the
  /// equilibrium. With equal rates G collapsed to a point for every seed: JSD 0.4 nats after 20,000 steps, against
  /// 0.007–0.010 with these settings (measured; the floor is 0.001). Both rates halve every 100,000 steps, for the pair
  /// is watched for millions: at constant rates D forgets after 300,000 of them, and p_g grows a spike (JSD 0.03; with
  /// the halving 0.003, for as long as was measured).
  package static let toy: GANConfiguration = {
    var configuration = GANConfiguration(
      latentSize: 1, prior: .uniform(low: -1, high: 1), generator: .multilayer([32, 32, 1], .tanh),
      discriminator: .multilayer([32, 32, 1], .tanh), batchSize: 128,
      optimiser: calm(.geometric(initial: 1e-4, factor: pow(0.5, 1.0 / 100_000), floor: 1e-6)))
    configuration.discriminatorOptimiser = calm(
      .geometric(initial: 1e-3, factor: pow(0.5, 1.0 / 100_000), floor: 1e-5))
    configuration.discriminatorLoss = .sum
    return configuration
  }()

  /// `toy-mixture`: three Gaussians from a line of noise, N(1, 0.4), N(4, 0.4) and N(7, 0.4).
  ///
  /// G begins as fast as D, for a slow G leaves the middle mode out before it has found it, and becomes a hundred times
  /// slower with a half-life of 4,000 steps. The numbers inside the networks are centred and spread, else G starts within the
  /// first mode and stays there. All three modes are covered evenly after 20,000 steps for eight seeds of eight,
  /// against one or two modes otherwise (measured).
  package static let toyMixture: GANConfiguration = {
    var configuration = GANConfiguration(
      latentSize: 1, prior: .uniform(low: -1, high: 1), generator: .multilayer([32, 32, 1], .tanh),
      discriminator: .multilayer([32, 32, 1], .leakyReLU(slope: 0.2)),
      dataRange: .standardised(centre: 4, scale: 1), batchSize: 64,
      optimiser: calm(.geometric(initial: 1e-3, factor: pow(0.5, 1.0 / 4000), floor: 1e-5)))
    configuration.discriminatorOptimiser = calm(.constant(1e-3))
    configuration.discriminatorLoss = .sum
    return configuration
  }()

  /// Adam without momentum and with a short memory for scales; see `toy`.
  private static func calm(_ rate: Course) -> Optimiser { .adam(rate: rate, beta1: 0, beta2: 0.99) }

  /// `ring`: eight narrow Gaussians on a circle, from two normal numbers. G begins as fast as D and slows down, as in
  /// `toyMixture`; with a G ten times slower from the beginning one to three modes are all that it finds (measured).
  package static let ring: GANConfiguration = {
    var configuration = GANConfiguration(
      latentSize: 2, prior: .normal, generator: .multilayer([64, 64, 2], .tanh),
      discriminator: .multilayer([64, 64, 1], .leakyReLU(slope: 0.2)), batchSize: 128,
      optimiser: calm(.geometric(initial: 1e-3, factor: pow(0.5, 1.0 / 4000), floor: 1e-4)))
    configuration.discriminatorOptimiser = calm(.constant(1e-3))
    configuration.discriminatorLoss = .sum
    return configuration
  }()

  /// `digits`: 28×28 images from 32 normal numbers; the tutorial's game with what helped in five minutes on two cores.
  ///
  /// BatchNorm has its usual epsilon, D drops three in ten of its hidden units (without it, D learns the training
  /// images by heart: the bound on held-out ones was 0.2 nats, with it 0.04), G learns twice as fast as D, and the
  /// rates halve every 20,000 steps, which takes the specks out of the background (all measured).
  package static let digits: GANConfiguration = {
    let rectifier = NetworkDescription.Layer.activation(.leakyReLU(slope: 0.2))
    let dropout = NetworkDescription.Layer.dropout(keep: 0.7, scale: 1 / 0.7)
    func adam(_ rate: Float) -> Optimiser {
      .adam(
        rate: .geometric(initial: rate, factor: pow(0.5, 1.0 / 20_000), floor: rate / 20), beta1: 0.5, beta2: 0.999)
    }
    var configuration = GANConfiguration(
      latentSize: 32, prior: .normal,
      generator: NetworkDescription([
        .dense(256), .batchNorm(), rectifier,
        .dense(512), .batchNorm(), rectifier,
        .dense(512), .batchNorm(), rectifier,
        .dense(784), .activation(.tanh),
      ]),
      discriminator: NetworkDescription([
        .dense(512), rectifier, dropout,
        .dense(256), rectifier, dropout,
        .dense(1),
      ]),
      dataRange: .symmetric, batchSize: 128, optimiser: adam(4e-4))
    configuration.discriminatorOptimiser = adam(2e-4)
    configuration.discriminatorLoss = .sum
    return configuration
  }()
}
