// The toys: data of known density, so that every estimate on the screen can be checked. KnobSettings of our own, each found by
// measurement: what a person can watch learning in seconds.

import Glibc
import NeuralNetwork

extension GAN {
  /// `toy`: one Gaussian from a line of noise, the game of the paper's Figure 1. The data are left where they are, at 4,
  /// so that G has a way to go.
  ///
  /// D learns ten times as fast as G, so that it stays near its best response while G moves (the two time scales of
  /// Heusel et al. 2017, §2), and neither has momentum (β1 = 0), which would make the pair circle around the
  /// equilibrium. With equal rates G collapsed to a point for every seed: JSD 0.4 nats after 20,000 steps, against
  /// 0.007–0.010 with these settings (measured; the floor is 0.001). Both rates halve every 100,000 steps, for the pair
  /// is watched for millions: at constant rates D forgets after 300,000 of them, and p_g grows a spike (JSD 0.03; with
  /// the halving 0.003, for as long as was measured).
  package static let toy = GAN(
    "toy", "a Gaussian from a line of noise", data: .line(.toy), latent: 1, prior: .uniform(low: -1, high: 1),
    batch: 128, rates: (generator: 1e-4, discriminator: 1e-3),
    generator: { z, _ in z.dense(32).tanh().dense(32).tanh().dense(1) },
    discriminator: { x, _ in x.dense(32).tanh().dense(32).tanh().dense(1) },
    generatorOptimiser: { calm(.geometric(initial: $0, factor: pow(0.5, 1.0 / 100_000), floor: $0 / 100)) },
    proofs: [Proof("jsd", .atMost(0.012), steps: 20_000)])

  /// `toy-mixture`: three Gaussians from a line of noise, N(1, 0.4), N(4, 0.4) and N(7, 0.4).
  ///
  /// G begins as fast as D, for a slow G leaves the middle mode out before it has found it, and becomes a hundred times
  /// slower with a half-life of 4,000 steps. The numbers inside the networks are centred, else G starts within the first
  /// mode and stays there. All three modes are covered evenly after 20,000 steps for eight seeds of eight, against one or
  /// two modes otherwise (measured).
  package static let toyMixture = GAN(
    "toy-mixture", "three Gaussians from a line of noise", data: .line(.toyMixture),
    units: .standardised(centre: 4, scale: 1), latent: 1, prior: .uniform(low: -1, high: 1), batch: 64,
    rates: (generator: 1e-3, discriminator: 1e-3),
    generator: { z, _ in z.dense(32).tanh().dense(32).tanh().dense(1) },
    discriminator: { x, _ in x.dense(32).leakyReLU(0.2).dense(32).leakyReLU(0.2).dense(1) },
    generatorOptimiser: { calm(.geometric(initial: $0, factor: pow(0.5, 1.0 / 4000), floor: $0 / 100)) },
    discriminatorOptimiser: { calm(.constant($0)) },
    proofs: [Proof("modes_covered", .atLeast(3), steps: 20_000)])

  /// `ring`: eight narrow Gaussians on a circle, from two normal numbers. Both rates halve every 15,000 steps, and samples
  /// come from an average of G: after 100,000 steps all eight modes have their share and 98 % of the samples lie at one,
  /// against 91 % with `ringNaive` (measured).
  package static let ring = GAN(
    "ring", "eight Gaussians on a circle", data: .plane(.ring), latent: 2, prior: .normal, batch: 128,
    rates: (generator: 1e-3, discriminator: 1e-3), halfLives: (generator: 15_000, discriminator: 15_000),
    adversary: Adversary.knobs(ema: 500),
    generator: { z, _ in z.dense(64).relu().dense(64).relu().dense(2) },
    discriminator: { x, _ in x.dense(64).leakyReLU(0.2).dense(64).leakyReLU(0.2).dense(1) },
    generatorOptimiser: { calm(.constant($0)) }, proofs: allModes(8))

  /// `ring/naive`: the plain game on the same data, to compare with. G begins as fast as D and slows down, as in
  /// `toyMixture`; with a G ten times slower from the beginning one to three modes are all that it finds (measured).
  package static let ringNaive = GAN(
    "ring/naive", "eight Gaussians, the plain game", data: .plane(.ring), latent: 2, prior: .normal, batch: 128,
    rates: (generator: 1e-3, discriminator: 1e-3),
    generator: { z, _ in z.dense(64).tanh().dense(64).tanh().dense(2) },
    discriminator: { x, _ in x.dense(64).leakyReLU(0.2).dense(64).leakyReLU(0.2).dense(1) },
    generatorOptimiser: { calm(.geometric(initial: $0, factor: pow(0.5, 1.0 / 4000), floor: $0 / 10)) },
    discriminatorOptimiser: { calm(.constant($0)) })

  /// `grid`: twenty-five narrow Gaussians, five by five, from two normal numbers. The recipe of `ring` with wider networks:
  /// after 100,000 steps 25 of 25 modes, and 98 % of the samples at one (measured). The plain game is
  /// `--set g_decay=0 --set d_decay=0 --set ema=0`.
  package static let grid = GAN(
    "grid", "25 Gaussians on a grid", data: .plane(.grid), units: .standardised(centre: 0, scale: 2.8), latent: 2,
    prior: .normal, batch: 128, rates: (generator: 1e-3, discriminator: 1e-3),
    halfLives: (generator: 20_000, discriminator: 20_000), adversary: Adversary.knobs(ema: 500),
    generator: { z, _ in z.dense(128).relu().dense(128).relu().dense(2) },
    discriminator: { x, _ in x.dense(128).leakyReLU(0.2).dense(128).leakyReLU(0.2).dense(1) },
    generatorOptimiser: { calm(.constant($0)) }, proofs: allModes(25))

  /// All modes are found, and hit.
  private static func allModes(_ count: Int) -> [Proof] {
    [
      Proof("modes_covered", .atLeast(Double(count)), steps: 100_000),
      Proof("high_quality_share", .atLeast(0.97), steps: 100_000),
    ]
  }

  /// Adam without momentum and with a short memory for scales; see `toy`.
  private static func calm(_ rate: RateSchedule) -> Optimiser { .adam(rate: rate, beta1: 0, beta2: 0.99) }
}
