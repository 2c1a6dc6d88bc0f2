// Radford, Metz, Chintala: "Unsupervised representation learning with deep convolutional generative adversarial networks"
// (DCGAN, ICLR 2016). §3: no pooling and no hidden dense layers, strided and fractionally strided convolutions of 4 × 4
// in steps of 2, batch norm in both (not in G's last layer nor in D's first), ReLU and tanh in G, LeakyReLU 0.2 in D.
// §4: weights from N(0, 0.02), Adam with rate 0.0002 and β1 0.5, images in −1…1.

import NeuralNetwork

extension GAN {
  /// `dcgan`: 28×28 digits, 100 normal numbers → 7×7×128 → 14×14×64 → 28×28, and back.
  package static let dcgan = dcgan(
    "dcgan", "handwritten digits, by convolutions", data: .digits(side: 28), batch: 64,
    generator: { z, _ in
      z.image(1, 1, z.features)
        .deconvolve(128, size: 7, stride: 1, padding: 0).batchNorm().relu()
        .deconvolve(64).batchNorm().relu()
        .deconvolve(1).tanh().rows()
    },
    discriminator: { x, _ in
      x.image(28, 28, 1)
        .strided(64).leakyReLU(0.2)
        .strided(128).batchNorm().leakyReLU(0.2)
        .convolve(1, size: 7, weights: weights).rows()
    })

  /// `dcgan/paper`: 64×64 pictures, the network of Figure 1 at half its width, as in the code published with the
  /// paper: 100 → 4×4×512 → 8×8×256 → 16×16×128 → 32×32×64 → 64×64, and back. §4 has the batch of 128.
  package static let dcganPaper = dcgan64(
    "dcgan/paper", "64×64 digits, as in the paper of 2016", data: .digits(side: 64), channels: 1, batch: 128, width: 64)

  /// - Parameters:
  ///   - channels: of the pictures: 1 for grey, 3 for colours.
  ///   - width: channels of the maps next to the pictures; those of Figure 1 are 128 wide.
  package static func dcgan64(
    _ name: String, _ title: String, data: DataSource, channels: Int, batch: Int, width: Int
  ) -> GAN {
    dcgan(
      name, title, data: data, batch: batch,
      generator: { z, _ in
        z.image(1, 1, z.features)
          .deconvolve(8 * width, size: 4, stride: 1, padding: 0).batchNorm().relu()
          .deconvolve(4 * width).batchNorm().relu()
          .deconvolve(2 * width).batchNorm().relu()
          .deconvolve(width).batchNorm().relu()
          .deconvolve(channels).tanh().rows()
      },
      discriminator: { x, _ in
        x.image(64, 64, channels)
          .strided(width).leakyReLU(0.2)
          .strided(2 * width).batchNorm().leakyReLU(0.2)
          .strided(4 * width).batchNorm().leakyReLU(0.2)
          .strided(8 * width).batchNorm().leakyReLU(0.2)
          .convolve(1, size: 4, weights: weights).rows()
      })
  }

  private static func dcgan(
    _ name: String, _ title: String, data: DataSource, batch: Int, generator: @escaping Body,
    discriminator: @escaping Body
  ) -> GAN {
    var gan = GAN(
      name, title, data: data, units: .symmetric, latent: 100, prior: .normal, batch: batch,
      rates: (generator: 2e-4, discriminator: 2e-4), generator: generator, discriminator: discriminator,
      generatorOptimiser: { .adam(rate: .constant($0), beta1: 0.5, beta2: 0.999) })
    gan.paper = "Radford et al. 2016, arXiv:1511.06434"
    return gan
  }
}

private let weights = Initialiser.normal(mean: 0, deviation: 0.02)

extension Signal {
  /// A fractionally strided convolution of the paper: twice the size, unless told.
  fileprivate func deconvolve(_ channels: Int, size: Int = 4, stride: Int = 2, padding: Int = 1) -> Signal {
    transposeConvolve(channels, size: size, stride: stride, padding: padding, weights: weights)
  }

  /// A strided convolution of the paper: half the size.
  fileprivate func strided(_ channels: Int) -> Signal {
    convolve(channels, size: 4, stride: 2, padding: 1, weights: weights)
  }
}
