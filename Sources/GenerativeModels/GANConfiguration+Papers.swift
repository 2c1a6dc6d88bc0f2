// The published settings of the game on MNIST, as they were run, not as they were retold.

import Glibc
import NeuralNetwork

extension GANConfiguration {
  /// `gan/paper-mnist`: what Goodfellow et al. ran for their Table 1 and Figure 2a, from the code that they published
  /// (github.com/goodfeli/adversarial, `mnist.yaml`; the paper, §5, gives no numbers). One epoch is 500 updates: 50,000
  /// images, 100 a batch.
  ///
  /// - Parameter pixelMeans: the mean of each of the 784 pixels over the training images, 0…1; G's output begins there.
  package static func paperMNIST(pixelMeans: [Float]) -> GANConfiguration {
    let generatorWeights = Initialiser.uniform(low: -0.05, high: 0.05)
    let discriminatorWeights = Initialiser.uniform(low: -0.005, high: 0.005)
    let zero = Initialiser.constant(0)
    let epoch = 500
    var configuration = GANConfiguration(
      latentSize: 100,
      // Variance 1.
      prior: .uniform(low: -Float(3).squareRoot(), high: Float(3).squareRoot()),
      generator: NetworkDescription([
        .dense(1200, weights: generatorWeights, bias: zero), .activation(.relu),
        .dense(1200, weights: generatorWeights, bias: zero), .activation(.relu),
        .dense(784, weights: generatorWeights, bias: .values(pixelMeans.map(logit))), .activation(.sigmoid),
      ]),
      // Dropout also while G learns; every scale is 1 / keep.
      discriminator: NetworkDescription([
        .dropout(keep: 0.8, scale: 1.25),
        .maxout(units: 240, pieces: 5, weights: discriminatorWeights), .dropout(keep: 0.5, scale: 2),
        .maxout(units: 240, pieces: 5, weights: discriminatorWeights), .dropout(keep: 0.5, scale: 2),
        .dense(1, weights: discriminatorWeights, bias: zero),
      ]),
      dataRange: .unit, batchSize: 100,
      optimiser: .momentum(
        rate: .geometric(initial: 0.1, factor: 1 / 1.000004, floor: 1e-6),
        momentum: .linear(from: 0.5, to: 0.7, after: epoch, updates: 249 * epoch)))
    configuration.order = .simultaneous
    return configuration
  }

  /// The logit of a probability, cut off where pylearn2's `init_bias_target_marginals` cuts it off.
  private static func logit(_ probability: Float) -> Float {
    let p = min(max(probability, 1e-7), 1 - 1e-7)
    return log(p / (1 - p))
  }

  /// `gan/tutorial-mnist`: the MLP that most people meet first (github.com/eriklindernoren/PyTorch-GAN,
  /// `implementations/gan/gan.py`, batch 128). It passes 0.8 as `BatchNorm1d`'s second argument, which is epsilon; four
  /// copies of it do the same, so here it is epsilon too. It updates G first and then shows D the fakes from before
  /// that update, which is the simultaneous order.
  package static let tutorialMNIST: GANConfiguration = {
    let rectifier = NetworkDescription.Layer.activation(.leakyReLU(slope: 0.2))
    var configuration = GANConfiguration(
      latentSize: 100, prior: .normal,
      generator: NetworkDescription([
        .dense(128), rectifier,
        .dense(256), .batchNorm(epsilon: 0.8), rectifier,
        .dense(512), .batchNorm(epsilon: 0.8), rectifier,
        .dense(1024), .batchNorm(epsilon: 0.8), rectifier,
        .dense(784), .activation(.tanh),
      ]),
      discriminator: NetworkDescription([.dense(512), rectifier, .dense(256), rectifier, .dense(1)]),
      dataRange: .symmetric, batchSize: 128,
      optimiser: .adam(rate: .constant(2e-4), beta1: 0.5, beta2: 0.999))
    configuration.order = .simultaneous
    return configuration
  }()
}
