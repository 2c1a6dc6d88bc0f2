// The presets are what their sources say.

import GenerativeModels
import Glibc
import NeuralNetwork
import Testing

@Suite("Presets have the sizes and values of their sources")
struct PresetTests {
  private func count(_ gan: GAN) -> (generator: Int, discriminator: Int) {
    (
      gan.weights(gan.generatorRange).map(\.count).reduce(0, +),
      gan.weights(gan.discriminatorRange).map(\.count).reduce(0, +)
    )
  }

  @Test("The paper's MNIST: 1200-1200-784 against two maxout layers of 240×5, plain SGD, both at once")
  func paper() throws {
    let means = (0..<784).map { Float($0) / 784 }
    let configuration = GANConfiguration.paperMNIST(pixelMeans: means)
    let gan = GAN(configuration, seed: 1)
    let sizes = count(gan)
    #expect(sizes.generator == 100 * 1200 + 1200 + 1200 * 1200 + 1200 + 1200 * 784 + 784)
    #expect(sizes.discriminator == 784 * 1200 + 1200 + 240 * 1200 + 1200 + 240 + 1)
    #expect(configuration.order == .simultaneous)
    #expect(configuration.batchSize == 100)
    #expect(configuration.discriminatorLoss == .mean)
    #expect(configuration.generatorLoss == .nonSaturating)

    let weights = gan.values("generator.dense1.weight")
    #expect(weights.allSatisfy { abs($0) <= 0.05 } && weights.contains { abs($0) > 0.049 })
    let judge = gan.values("discriminator.maxout1.weight")
    #expect(judge.allSatisfy { abs($0) <= 0.005 } && judge.contains { abs($0) > 0.0049 })
    let bias = gan.values("generator.dense3.bias")
    #expect(abs(bias[392]) < 1e-6, "half of the ink is a logit of 0")
    #expect(abs(bias[196] - log(1.0 / 3)) < 1e-5)
    #expect(bias.allSatisfy { $0.isFinite })
  }

  @Test("The paper's rate falls by 1.000004 an update, and momentum rises from .5 to .7 over epochs 1 to 250")
  func paperSchedules() throws {
    guard case .momentum(let rate, let momentum) = GANConfiguration.paperMNIST(pixelMeans: []).generatorOptimiser else {
      Issue.record("not SGD with momentum")
      return
    }
    #expect(rate.value(after: 0) == 0.1)
    #expect(abs(rate.value(after: 173_287) - 0.05) < 1e-6, "halved after ln 2 / ln 1.000004 updates")
    #expect(rate.value(after: 10_000_000) == 1e-6)
    #expect(momentum.value(after: 0) == 0.5)
    #expect(momentum.value(after: 500) == 0.5, "epoch 1 has 500 updates")
    #expect(abs(momentum.value(after: 125_000) - 0.7) < 1e-6)
    #expect(abs(momentum.value(after: 500 + 249 * 250) - 0.6) < 1e-6)
  }

  @Test("The tutorial's MNIST: 1,510,032 and 533,505 weights, and 0.8 as an epsilon")
  func tutorial() {
    let sizes = count(GAN(.tutorialMNIST, seed: 1))
    #expect(sizes.generator == 1_510_032)
    #expect(sizes.discriminator == 533_505)
    let norms = GANConfiguration.tutorialMNIST.generator.layers.filter { $0 == .batchNorm(epsilon: 0.8) }
    #expect(norms.count == 3)
    #expect(
      GANConfiguration.tutorialMNIST.generatorOptimiser
        == .adam(rate: .constant(2e-4), beta1: 0.5, beta2: 0.999, epsilon: 1e-8))
  }

  /// The numbers of weights that PyTorch's port of the published code prints for pictures in colour.
  @Test("The paper's DCGAN at 64×64: 3,576,704 and 2,765,568 weights in colour, N(0, 0.02), Adam 2e-4 with β1 0.5")
  func dcganPaper() {
    let colour = count(GAN(.dcganPaper(channels: 3, batchSize: 1), seed: 1))
    #expect(colour.generator == 3_576_704 && colour.discriminator == 2_765_568)
    let configuration = GANConfiguration.dcganPaper(channels: 1)
    #expect(configuration.batchSize == 128 && configuration.latentSize == 100 && configuration.prior == .normal)
    #expect(configuration.sampleSize == 64 * 64 && configuration.discriminator.outputs(for: 64 * 64) == 1)
    #expect(configuration.dataRange == .symmetric && configuration.order == .alternating)
    for optimiser in [configuration.generatorOptimiser, configuration.discriminatorOptimiser] {
      #expect(optimiser == .adam(rate: .constant(2e-4), beta1: 0.5, beta2: 0.999, epsilon: 1e-8))
    }

    let gan = GAN(.dcganPaper(channels: 1, batchSize: 1), seed: 1)
    let shapes = gan.store.layout.parameters.filter { $0.name.hasSuffix(".filter") }.map(\.shape.extents)
    #expect(
      shapes == [
        [4, 4, 512, 100], [4, 4, 256, 512], [4, 4, 128, 256], [4, 4, 64, 128], [4, 4, 1, 64],
        [4, 4, 1, 64], [4, 4, 64, 128], [4, 4, 128, 256], [4, 4, 256, 512], [4, 4, 512, 1],
      ])
    let weights = gan.values("generator.transposed2.filter").map(Double.init)
    let variance = weights.map { $0 * $0 }.reduce(0, +) / Double(weights.count)
    // Two million of them: five standard errors of a deviation are a quarter of a percent.
    #expect(abs(variance.squareRoot() - 0.02) < 0.0025 * 0.02)
    #expect(!gan.store.layout.parameters.contains { $0.name.hasSuffix(".bias") })
  }

  @Test("A step of the paper's DCGAN, made narrow, moves every weight of both players")
  func dcganPaperStep() {
    let gan = GAN(.dcganPaper(channels: 1, batchSize: 2, width: 4), seed: 1, threads: 2)
    let before = (gan.weights(gan.generatorRange), gan.weights(gan.discriminatorRange))
    gan.step { (0..<2 * 64 * 64).map { Float($0 % 11) / 10 } }
    for (old, new) in zip(before.0, gan.weights(gan.generatorRange)) { #expect(old != new) }
    for (old, new) in zip(before.1, gan.weights(gan.discriminatorRange)) { #expect(old != new) }
    let picture = gan.sample(latent: gan.latent(count: 1, seed: 1, stream: 1))
    #expect(picture.count == 64 * 64 && picture.allSatisfy { (0...1).contains($0) })
  }

  @Test(
    "Every preset of our own ends in the size of its data",
    arguments: [(GANConfiguration.toy, 1), (.toyMixture, 1), (.ring, 2), (.digits, 784)])
  func sampleSizes(configuration: GANConfiguration, size: Int) {
    #expect(configuration.sampleSize == size)
    #expect(configuration.discriminator.outputs(for: size) == 1)
  }
}
