// Radford, Metz, Chintala: "Unsupervised representation learning with deep convolutional generative adversarial networks"
// (DCGAN, ICLR 2016). §3: no pooling and no hidden dense layers, strided and fractionally strided convolutions of 4 × 4
// in steps of 2, batch norm in both (not in G's last layer nor in D's first), ReLU and tanh in G, LeakyReLU 0.2 in D.
// §4: weights from N(0, 0.02), Adam with rate 0.0002 and β1 0.5, images in −1…1.

import NeuralNetwork

extension GANConfiguration {
  /// `dcgan`: 28×28 digits, 100 normal numbers → 7×7×128 → 14×14×64 → 28×28, and back.
  package static let dcgan = dcgan(
    generator: [fractional(128, size: 7, stride: 1, padding: 0), fractional(64)], first: 64, middle: [128],
    image: (size: 28, channels: 1), last: 7, batchSize: 64)

  /// `dcgan/paper`: 64×64 pictures, the network of Figure 1 at half its width, as in the code published with the
  /// paper: 100 → 4×4×512 → 8×8×256 → 16×16×128 → 32×32×64 → 64×64, and back. §4 has the batch of 128.
  ///
  /// - Parameters:
  ///   - channels: of the pictures: 1 for grey, 3 for colours.
  ///   - width: channels of the maps next to the pictures; those of Figure 1 are 128 wide.
  package static func dcganPaper(channels: Int, batchSize: Int = 128, width: Int = 64) -> GANConfiguration {
    dcgan(
      generator: [
        fractional(8 * width, size: 4, stride: 1, padding: 0), fractional(4 * width), fractional(2 * width),
        fractional(width),
      ],
      first: width, middle: [2 * width, 4 * width, 8 * width], image: (size: 64, channels: channels), last: 4,
      batchSize: batchSize)
  }

  private static let weights = Initialiser.normal(mean: 0, deviation: 0.02)

  private static func fractional(
    _ channels: Int, size: Int = 4, stride: Int = 2, padding: Int = 1
  ) -> NetworkDescription.Layer {
    .transposedConvolution(channels, size: size, stride: stride, padding: padding, weights: weights)
  }

  private static func dcgan(
    generator hidden: [NetworkDescription.Layer], first: Int, middle: [Int], image: (size: Int, channels: Int),
    last: Int, batchSize: Int
  ) -> GANConfiguration {
    let rectifier = NetworkDescription.Layer.activation(.leakyReLU(slope: 0.2))
    func strided(_ channels: Int) -> NetworkDescription.Layer {
      .convolution(channels, size: 4, stride: 2, padding: 1, weights: weights)
    }
    let generator: [NetworkDescription.Layer] =
      [.image(height: 1, width: 1, channels: 100)]
      + hidden.flatMap { [$0, .batchNorm(), .activation(.relu)] }
      + [fractional(image.channels), .activation(.tanh), .rows]
    let discriminator: [NetworkDescription.Layer] =
      [.image(height: image.size, width: image.size, channels: image.channels), strided(first), rectifier]
      + middle.flatMap { [strided($0), .batchNorm(), rectifier] }
      + [.convolution(1, size: last, stride: 1, padding: 0, weights: weights), .rows]
    var configuration = GANConfiguration(
      latentSize: 100, prior: .normal, generator: NetworkDescription(generator),
      discriminator: NetworkDescription(discriminator), dataRange: .symmetric, batchSize: batchSize,
      optimiser: .adam(rate: .constant(2e-4), beta1: 0.5, beta2: 0.999))
    configuration.discriminatorLoss = .sum
    return configuration
  }
}
