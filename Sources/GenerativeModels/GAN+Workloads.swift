// Games for measuring speed, the same ones that other libraries are measured with. What they learn is of no interest;
// their shapes are: one so small that overhead is everything, one that is all matrix products.

extension GANConfiguration {
  /// `toy1d`: 1-32-32-1 both, batch 256.
  package static let toy1DWorkload: GANConfiguration = {
    let rectifier = NetworkDescription.Layer.activation(.leakyReLU(slope: 0.2))
    return workload(
      latentSize: 1, prior: .uniform(low: -1, high: 1),
      generator: [.dense(32), .activation(.tanh), .dense(32), .activation(.relu), .dense(1)],
      discriminator: [.dense(32), rectifier, .dense(32), rectifier, .dense(1)], batchSize: 256)
  }()

  /// `mnist-mlp`: the networks of `tutorialMNIST`, trained by Algorithm 1, batch 128.
  package static let mnistMLPWorkload = workload(
    latentSize: tutorialMNIST.latentSize, prior: tutorialMNIST.prior, generator: tutorialMNIST.generator.layers,
    discriminator: tutorialMNIST.discriminator.layers, batchSize: 128)

  /// `dcgan28`: the networks of `dcgan`, batch 64.
  package static let dcgan28Workload = dcgan
  /// `dcgan64`: the networks of `dcganPaper` on pictures in colour, batch 64.
  package static let dcgan64Workload = dcganPaper(channels: 3, batchSize: 64)

  private static func workload(
    latentSize: Int, prior: Prior, generator: [NetworkDescription.Layer], discriminator: [NetworkDescription.Layer],
    batchSize: Int
  ) -> GANConfiguration {
    var configuration = GANConfiguration(
      latentSize: latentSize, prior: prior, generator: NetworkDescription(generator),
      discriminator: NetworkDescription(discriminator), batchSize: batchSize,
      optimiser: .adam(rate: .constant(2e-4), beta1: 0.5, beta2: 0.999))
    configuration.discriminatorLoss = .sum
    return configuration
  }

  /// Floating-point operations that the matrix products of one step need, a multiplication and an addition each, for
  /// k = 1: what is counted when libraries are compared, whatever they really do.
  ///
  /// D's half: G forward, D forward on twice the batch, and its two gradients for all but the input, which needs none.
  /// G's half: both forward, the gradient through D, and both of G's.
  package var operationsPerStep: Double {
    let g = generator.products(inputs: latentSize)
    let d = discriminator.products(inputs: sampleSize)
    let (gAll, dAll) = (g.reduce(0, +), d.reduce(0, +))
    let discriminatorHalf = gAll + 4 * dAll + 2 * (dAll - (d.first ?? 0))
    let generatorHalf = 2 * gAll + 2 * dAll + (gAll - (g.first ?? 0))
    return 2 * Double(batchSize * (discriminatorHalf + generatorHalf))
  }
}

extension NetworkDescription {
  /// Multiplications that each layer with weights needs for one row; those with padding are counted, too.
  fileprivate func products(inputs: Int) -> [Int] {
    var extent = Extent.row(inputs)
    return layers.compactMap { layer in
      let before = extent
      extent = extent.after(layer)
      func pixels(_ extent: Extent) -> Int { extent.count / extent.features }
      switch layer {
      case .dense: return before.features * extent.features
      case .maxout(_, let pieces, _): return before.features * extent.features * pieces
      case .convolution(_, let size, _, _, _):
        return pixels(extent) * size * size * before.features * extent.features
      case .transposedConvolution(_, let size, _, _, _):
        return pixels(before) * size * size * before.features * extent.features
      case .activation, .batchNorm, .layerNorm, .instanceNorm, .dropout, .image, .rows, .upsampling, .pixelShuffle,
        .pooling:
        return nil
      }
    }
  }
}
