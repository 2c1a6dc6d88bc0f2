// Networks of layers that change how many pixels there are.

import Autograd
import GenerativeModels
import NeuralNetwork
import Testing

@Suite("Descriptions of networks on images")
struct NetworkDescriptionTests {
  /// Row → 2×2×8 → up-sampled → convolved → shuffled, against a D that pools: a generator without transposed
  /// convolutions, as a table.
  private static func game(_ interpolation: Interpolation) -> GANConfiguration {
    GANConfiguration(
      latentSize: 4, prior: .normal,
      generator: NetworkDescription([
        .dense(32), .image(height: 2, width: 2, channels: 8),
        .upsampling(by: 2, interpolation), .convolution(12, size: 3, stride: 1, padding: 1),
        .instanceNorm(isTrained: true), .activation(.relu),
        .pixelShuffle(.enlarging(by: 2)), .convolution(1, size: 3, stride: 1, padding: 1), .activation(.tanh), .rows,
      ]),
      discriminator: NetworkDescription([
        .image(height: 8, width: 8, channels: 1), .pixelShuffle(.reducing(by: 2)),
        .convolution(6, size: 3, stride: 1, padding: 1), .instanceNorm(), .activation(.leakyReLU(slope: 0.2)),
        .pooling(Pooling(.maximum, Window(3, stride: 2, padding: 1))),
        .pooling(Pooling(.average, Window(2))), .rows, .dense(1),
      ]),
      batchSize: 3, optimiser: .adam(rate: .constant(1e-3), beta1: 0.5, beta2: 0.999))
  }

  @Test("A generator that up-samples and a discriminator that pools fit together and learn", arguments: [1, 2])
  func plays(threads: Int) {
    for interpolation in [Interpolation.nearest, .bilinear] {
      let configuration = Self.game(interpolation)
      #expect(configuration.sampleSize == 64)
      let gan = GAN(configuration, seed: 1, threads: threads)
      #expect(gan.values("generator.convolution1.filter").count == 3 * 3 * 8 * 12)
      #expect(gan.values("generator.norm1.scale") == [Float](repeating: 1, count: 12))
      #expect(gan.values("generator.convolution2.filter").count == 3 * 3 * 3, "twelve channels became three")
      #expect(gan.values("discriminator.convolution1.filter").count == 3 * 3 * 4 * 6)
      #expect(gan.values("discriminator.dense1.weight").count == 6, "4×4 was pooled to 2×2, then to one pixel")
      let before = (gan.weights(gan.generatorRange), gan.weights(gan.discriminatorRange))
      gan.step { (0..<3 * 64).map { Float($0 % 7) / 7 } }
      for (old, new) in zip(before.0, gan.weights(gan.generatorRange)) { #expect(old != new) }
      for (old, new) in zip(before.1, gan.weights(gan.discriminatorRange)) { #expect(old != new) }
      #expect(gan.report.discriminatorLoss.isFinite && gan.report.generatorLoss.isFinite)
    }
  }

  @Test("Only products count as operations: moving pixels is not arithmetic that libraries are compared by")
  func operations() {
    let (g, d) = (4 * 32 + 16 * 9 * 8 * 12 + 64 * 9 * 3, 16 * 9 * 4 * 6 + 6)
    let firsts = (4 * 32, 16 * 9 * 4 * 6)
    #expect(Self.game(.nearest).operationsPerStep == Double(2 * 3 * (4 * g + 8 * d - firsts.0 - 2 * firsts.1)))
  }

  @Test("An image is not normalised with the other images of its batch, so D may judge both kinds in one call")
  func mixing() {
    #expect(!Self.game(.nearest).discriminator.mixesSamples)
    #expect(GANConfiguration.dcgan.discriminator.mixesSamples)
  }
}
