// Ten steps of a GAN's training against PyTorch: forward, backward, batch norm and Adam all at once.

import Autograd
import NeuralNetwork
import Testing

@Suite("A GAN's losses agree with PyTorch's")
struct PyTorchAgreementTests {
  /// (D's loss, G's loss) of each step.
  typealias Losses = [(Float, Float)]

  /// Printed by `Reference/mnist_mlp.py` with PyTorch 2.15.0.
  static let mnistMLP: Losses = [
    (1.37692332, 0.71843803),
    (1.35117793, 0.71585250),
    (1.32551229, 0.71347028),
    (1.30540204, 0.71101362),
    (1.28630733, 0.70878303),
    (1.26121688, 0.70638871),
    (1.24021709, 0.70371032),
    (1.22780848, 0.70167953),
    (1.21048546, 0.69893384),
    (1.19037497, 0.69656992),
  ]

  /// Printed by `Reference/dcgan28.py 2e-4` with PyTorch 2.15.0, in double precision: the first steps, after which this
  /// game multiplies rounding errors so fast that PyTorch's own float32 leaves its double precision.
  static let dcgan28: Losses = [
    (2.28987948, 0.84406909),
    (2.32787049, 1.06794481),
    (2.43110397, 1.13394342),
  ]

  /// Printed by `Reference/dcgan28.py 2e-5`: a rate at which single precision follows for ten steps.
  static let gentleDCGAN28: Losses = [
    (2.28987948, 0.57581286),
    (2.39618454, 0.63677841),
    (2.55633734, 0.68922634),
    (2.07831729, 0.41762039),
    (2.34670279, 0.44414030),
    (2.48265421, 0.34613768),
    (2.57059596, 0.53675963),
    (2.41274289, 0.51175985),
    (2.48572235, 0.57387741),
    (2.09530675, 0.52496233),
  ]

  @Test("over the first ten steps of mnist-mlp, on one thread and on two", arguments: [1, 2])
  func mnistMLP(threads: Int) {
    let game = ReferenceGame(
      batch: 128, latent: [100], sample: [784], together: true, threads: threads,
      generator: {
        Self.network([100, 128, 256, 512, 1024, 784], normalised: [1, 2, 3], last: .tanh, seed: 100, &$0)
      },
      discriminator: { Self.network([784, 512, 256, 1], normalised: [], last: .identity, seed: 200, &$0) })
    expectAgreement(game, Self.mnistMLP)
  }

  @Test("over the first three steps of dcgan28, on one thread and on two", arguments: [1, 2])
  func dcgan28(threads: Int) {
    expectAgreement(dcgan28(rate: 2e-4, threads: threads).game, Self.dcgan28)
  }

  @Test(
    "over the first ten steps of a gentler dcgan28, on one thread and on two, and so do running statistics",
    arguments: [1, 2])
  func gentleDCGAN28(threads: Int) {
    let (game, norm) = dcgan28(rate: 2e-5, threads: threads)
    expectAgreement(game, Self.gentleDCGAN28)
    let mean = norm.map { game.store[$0.runningMean][0] } ?? .nan
    // Three batches a step go through D.
    #expect(abs(mean - 0.06007073) < 1e-6, "running mean \(mean)")
  }

  private func dcgan28(rate: Float, threads: Int) -> (game: ReferenceGame, norm: BatchNorm?) {
    var norm: BatchNorm?
    let game = ReferenceGame(
      batch: 64, latent: [1, 1, 100], sample: [28, 28, 1], together: false, rate: rate, threads: threads,
      generator: { builder in
        func up(_ index: Int, _ channels: Int, _ features: Int, _ size: Int, _ stride: Int, _ padding: Int) -> any Layer
        {
          TransposedConvolution(
            "\(index)", channels: channels, features: features, size: size, stride: stride, padding: padding,
            weights: .values(Self.numbers(100 + index, size * size * channels * features).map { $0 * 0.07 }),
            in: &builder)
        }
        return Sequential([
          up(0, 100, 128, 7, 1, 0), BatchNorm("a", features: 128, in: &builder), Activation.relu,
          up(1, 128, 64, 4, 2, 1), BatchNorm("b", features: 64, in: &builder), Activation.relu,
          up(2, 64, 1, 4, 2, 1), Activation.tanh,
        ])
      },
      discriminator: { builder in
        func down(_ index: Int, _ channels: Int, _ features: Int, _ size: Int, _ stride: Int, _ padding: Int)
          -> any Layer
        {
          Convolution(
            "\(index)", channels: channels, features: features, size: size, stride: stride, padding: padding,
            weights: .values(Self.numbers(200 + index, size * size * channels * features).map { $0 * 0.07 }),
            in: &builder)
        }
        let first = [down(0, 1, 64, 4, 2, 1), Activation.leakyReLU(slope: 0.2), down(1, 64, 128, 4, 2, 1)]
        let middle = BatchNorm("norm", features: 128, in: &builder)
        norm = middle
        return Sequential(
          first + [middle, Activation.leakyReLU(slope: 0.2), down(2, 128, 1, 7, 1, 0), Reshaping.rows])
      })
    return (game, norm)
  }

  private func expectAgreement(_ game: ReferenceGame, _ pyTorch: Losses) {
    for (step, expected) in pyTorch.enumerated() {
      let (discriminator, generator) = game.step(step)
      for (ours, theirs) in [(discriminator, expected.0), (generator, expected.1)] {
        #expect(abs(ours - theirs) <= 1e-4 * theirs, "step \(step): \(ours), PyTorch \(theirs)")
      }
    }
  }

  static func network(
    _ widths: [Int], normalised: Set<Int>, last: Activation, seed: Int, _ builder: inout NetworkBuilder
  ) -> Sequential {
    var layers: [any Layer] = []
    for (index, (inputs, outputs)) in zip(widths, widths.dropFirst()).enumerated() {
      let bound = 1 / Float(inputs).squareRoot()
      layers.append(
        Dense(
          "\(index)", inputs: inputs, outputs: outputs,
          weights: .values(numbers(seed + 2 * index, inputs * outputs).map { $0 * bound }),
          bias: .values(numbers(seed + 2 * index + 1, outputs).map { $0 * bound }), in: &builder))
      if normalised.contains(index) {
        layers.append(BatchNorm("\(index).norm", features: outputs, epsilon: 0.8, in: &builder))
      }
      layers.append(index + 2 < widths.count ? Activation.leakyReLU(slope: 0.2) : last)
    }
    return Sequential(layers)
  }

  /// The reference's integer hash: floats in [−1, 1).
  static func numbers(_ seed: Int, _ count: Int) -> [Float] {
    (0..<UInt32(count)).map { index in
      var x = index &+ UInt32(truncatingIfNeeded: seed) &* 0x9E37_79B9
      x ^= x >> 16
      x = x &* 0x7FEB_352D
      x ^= x >> 15
      x = x &* 0x846C_A68B
      x ^= x >> 16
      return Float(Double(x >> 8) * 0x1p-23 - 1)
    }
  }
}

/// The game that the reference scripts play: noise and data come from the hash.
private struct ReferenceGame {
  let store: ParameterStore
  private let first: Program
  private let second: Program
  private let inputs: (real: Tensor, noise: Tensor, otherNoise: Tensor)
  private let losses: (discriminator: Tensor, generator: Tensor)

  /// - Parameter together: whether D sees real and generated samples in one call.
  init(
    batch: Int, latent: [Int], sample: [Int], together: Bool, rate: Float = 2e-4, threads: Int,
    generator: (inout NetworkBuilder) -> Sequential, discriminator: (inout NetworkBuilder) -> Sequential
  ) {
    var builder = NetworkBuilder()
    let (g, generatorRange) = builder.network("generator", generator)
    let (d, discriminatorRange) = builder.network("discriminator", discriminator)
    store = builder.makeStore(seed: 0)
    let (random, workers) = (RandomSource(key: 0), Workers(threads: threads))
    let adam = Optimiser.adam(rate: .constant(rate), beta1: 0.5, beta2: 0.999)

    let one = Graph()
    let real = one.input("real", Shape([batch] + sample))
    let noise = one.input("noise", Shape([batch] + latent))
    let fake = g(noise, .training).detached()
    let logits: (real: Tensor, fake: Tensor)
    if together {
      let both = d(Tensor.concatenate([real, fake], axis: 0), .training)
      logits = (both.slice(axis: 0, 0..<batch), both.slice(axis: 0, batch..<(2 * batch)))
    } else {
      logits = (d(real, .training), d(fake, .training))
    }
    let discriminatorLoss =
      binaryCrossEntropy(logits: logits.real, target: 1) + binaryCrossEntropy(logits: logits.fake, target: 0)
    let discriminatorAdam = adam.record(discriminatorRange, minimising: discriminatorLoss)
    first = Program(one, outputs: [discriminatorLoss], parameters: store, random: random, workers: workers)

    let two = Graph()
    let otherNoise = two.input("noise", Shape([batch] + latent))
    let generatorLoss = binaryCrossEntropy(logits: d(g(otherNoise, .training), .training), target: 1)
    let generatorAdam = adam.record(generatorRange, minimising: generatorLoss)
    second = Program(two, outputs: [generatorLoss], parameters: store, random: random, workers: workers)
    discriminatorAdam.prepare(first, after: 0)
    generatorAdam.prepare(second, after: 0)
    inputs = (real, noise, otherNoise)
    losses = (discriminatorLoss, generatorLoss)
  }

  /// Plays one step and returns both losses.
  func step(_ step: Int) -> (discriminator: Float, generator: Float) {
    func numbers(_ seed: Int, _ tensor: Tensor) -> [Float] {
      PyTorchAgreementTests.numbers(seed + 10 * step, tensor.shape.count)
    }
    first.write(numbers(1000, inputs.real), to: inputs.real)
    first.write(numbers(1001, inputs.noise), to: inputs.noise)
    first.run()
    second.write(numbers(1002, inputs.otherNoise), to: inputs.otherNoise)
    second.run()
    return (first.scalar(losses.discriminator), second.scalar(losses.generator))
  }
}
