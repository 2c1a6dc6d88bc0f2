// Games for measuring speed, the same ones that other libraries are measured with. What they learn is of no interest;
// their shapes are: one so small that overhead is everything, one that is all matrix products.

import Figures
import NeuralNetwork

extension GAN {
  /// `toy1d`: 1-32-32-1 both, batch 256.
  package static let toy1DWorkload = GAN(
    "toy1d", "1-32-32-1 against 1-32-32-1", data: .line(.toy), latent: 1, prior: .uniform(low: -1, high: 1), batch: 256,
    rates: (generator: 2e-4, discriminator: 2e-4),
    generator: { z, _ in z.dense(32).tanh().dense(32).relu().dense(1) },
    discriminator: { x, _ in x.dense(32).leakyReLU(0.2).dense(32).leakyReLU(0.2).dense(1) },
    generatorOptimiser: { .adam(rate: .constant($0), beta1: 0.5, beta2: 0.999) })

  /// `mnist-mlp`: the networks of `tutorialMNIST`, trained by Algorithm 1, batch 128.
  package static let mnistMLPWorkload = GAN(
    "mnist-mlp", "100-128-256-512-1024-784 against 784-512-256-1", data: .mnist(heldOut: 0), latent: 100,
    prior: .normal,
    batch: 128, rates: (generator: 2e-4, discriminator: 2e-4), generator: tutorialMNIST.generator,
    discriminator: tutorialMNIST.discriminator, generatorOptimiser: tutorialMNIST.generatorOptimiser)

  /// `dcgan28`: the networks of `dcgan`, batch 64.
  package static let dcgan28Workload: GAN = {
    var gan = dcgan
    gan.name = "dcgan28"
    return gan
  }()

  /// `dcgan64`: the networks of `dcganPaper` on pictures in colour, batch 64.
  package static let dcgan64Workload = dcgan64(
    "dcgan64", "64×64 pictures in colour", data: .pictures(side: 64, channels: 3), channels: 3, batch: 64, width: 64)
}

extension Game {
  /// Floating-point operations that the matrix products of one step of a `GAN` need, a multiplication and an addition
  /// each, for k = 1: what is counted when libraries are compared, whatever they really do.
  ///
  /// D's half: G forward, D forward on twice the batch, and its two gradients for all but the input, which needs none.
  /// G's half: both forward, the gradient through D, and both of G's.
  package var operationsPerStep: Double {
    let (g, d) = (multiplications(of: "generator"), multiplications(of: "discriminator"))
    let (gAll, dAll) = (g.reduce(0, +), d.reduce(0, +))
    let discriminatorHalf = gAll + 4 * dAll + 2 * (dAll - (d.first ?? 0))
    let generatorHalf = 2 * gAll + 2 * dAll + (gAll - (g.first ?? 0))
    return 2 * Double(settings.count("batch") * (discriminatorHalf + generatorHalf))
  }
}
