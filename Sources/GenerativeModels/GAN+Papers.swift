// The published settings of the game on MNIST, as they were run, not as they were retold.

import Glibc
import NeuralNetwork

extension GAN {
  /// `gan/paper-mnist`: what Goodfellow et al. ran for their Table 1 and Figure 2a, from the code that they published
  /// (github.com/goodfeli/adversarial, `mnist.yaml`; the paper, §5, gives no numbers). One epoch is 500 updates: 50,000
  /// images, 100 a batch.
  package static let paperMNIST: GAN = {
    let epoch = 500
    var gan = GAN(
      "gan/paper-mnist", "MNIST as in the paper of 2014", data: .mnist(heldOut: 10_000), units: .unit, latent: 100,
      // Variance 1.
      prior: .uniform(low: -Float(3).squareRoot(), high: Float(3).squareRoot()), batch: 100,
      rates: (generator: 0.1, discriminator: 0.1), order: .simultaneous,
      generator: { z, game in
        let weights = Initialiser.uniform(low: -0.05, high: 0.05)
        let zero = Initialiser.constant(0)
        return z.dense(1200, weights: weights, bias: zero).relu()
          .dense(1200, weights: weights, bias: zero).relu()
          // The output begins at the mean of each pixel.
          .dense(784, weights: weights, bias: .values(game.pixelMeans.map(logit))).sigmoid()
      },
      // Dropout also while G learns; every scale is 1 / keep.
      discriminator: { x, _ in
        let weights = Initialiser.uniform(low: -0.005, high: 0.005)
        return x.dropout(keep: 0.8, scale: 1.25)
          .maxout(240, pieces: 5, weights: weights).dropout(keep: 0.5, scale: 2)
          .maxout(240, pieces: 5, weights: weights).dropout(keep: 0.5, scale: 2)
          .dense(1, weights: weights, bias: .constant(0))
      },
      generatorOptimiser: {
        .momentum(
          rate: .geometric(initial: $0, factor: 1 / 1.000004, floor: 1e-6),
          momentum: .linear(from: 0.5, to: 0.7, after: epoch, updates: 249 * epoch))
      })
    gan.lossScale = .mean
    return gan
  }()

  /// The logit of a probability, cut off where pylearn2's `init_bias_target_marginals` cuts it off.
  private static func logit(_ probability: Float) -> Float {
    let p = min(max(probability, 1e-7), 1 - 1e-7)
    return log(p / (1 - p))
  }

  /// `gan/tutorial-mnist`: the MLP that most people meet first (github.com/eriklindernoren/PyTorch-GAN,
  /// `implementations/gan/gan.py`, batch 128). It passes 0.8 as `BatchNorm1d`'s second argument, which is epsilon; four
  /// copies of it do the same, so here it is epsilon too. It updates G first and then shows D the fakes from before
  /// that update, which is the simultaneous order.
  package static let tutorialMNIST: GAN = {
    var gan = GAN(
      "gan/tutorial-mnist", "MNIST as in most tutorials", data: .mnist(heldOut: 0), units: .symmetric, latent: 100,
      prior: .normal, batch: 128, rates: (generator: 2e-4, discriminator: 2e-4), order: .simultaneous,
      generator: { z, _ in
        z.dense(128).leakyReLU(0.2)
          .dense(256).batchNorm(epsilon: 0.8).leakyReLU(0.2)
          .dense(512).batchNorm(epsilon: 0.8).leakyReLU(0.2)
          .dense(1024).batchNorm(epsilon: 0.8).leakyReLU(0.2)
          .dense(784).tanh()
      },
      discriminator: { x, _ in x.dense(512).leakyReLU(0.2).dense(256).leakyReLU(0.2).dense(1) },
      generatorOptimiser: { .adam(rate: .constant($0), beta1: 0.5, beta2: 0.999) })
    gan.lossScale = .mean
    return gan
  }()
}
