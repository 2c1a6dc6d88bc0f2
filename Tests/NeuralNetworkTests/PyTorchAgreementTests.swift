// Ten steps of a GAN's training against PyTorch: forward, backward, batch norm and Adam all at once.

import Autograd
import NeuralNetwork
import Testing

@Suite("A GAN's losses agree with PyTorch's")
struct PyTorchAgreementTests {
  /// Printed by `Reference/mnist_mlp.py` with PyTorch 2.15.0: (D's loss, G's loss) of each step.
  static let pyTorch: [(Float, Float)] = [
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

  static let batch = 128

  @Test("over the first ten steps of mnist-mlp, on one thread and on two", arguments: [1, 2])
  func firstTenSteps(threads: Int) {
    var builder = NetworkBuilder()
    let (generator, generatorRange) = builder.player("generator") {
      Self.network([100, 128, 256, 512, 1024, 784], normalised: [1, 2, 3], last: .tanh, seed: 100, &$0)
    }
    let (discriminator, discriminatorRange) = builder.player("discriminator") {
      Self.network([784, 512, 256, 1], normalised: [], last: .identity, seed: 200, &$0)
    }
    let store = builder.makeStore(seed: 0)
    let random = RandomSource(key: 0)
    let workers = Workers(threads: threads)
    let adam = Optimiser.adam(rate: .constant(2e-4), beta1: 0.5, beta2: 0.999)

    let first = Graph()
    let real = first.input("real", [Self.batch, 784])
    let noise = first.input("noise", [Self.batch, 100])
    let fake = generator(noise, .training).detached()
    let logits = discriminator(Tensor.concatenate([real, fake], axis: 0), .training)
    let discriminatorLoss =
      binaryCrossEntropy(logits: logits.slice(axis: 0, 0..<Self.batch), target: 1)
      + binaryCrossEntropy(logits: logits.slice(axis: 0, Self.batch..<(2 * Self.batch)), target: 0)
    _ = adam.record(discriminatorRange, minimising: discriminatorLoss)
    let discriminatorStep = Program(
      first, outputs: [discriminatorLoss], parameters: store, random: random, workers: workers)

    let second = Graph()
    let otherNoise = second.input("noise", [Self.batch, 100])
    let generatorLoss = binaryCrossEntropy(
      logits: discriminator(generator(otherNoise, .training), .training), target: 1)
    _ = adam.record(generatorRange, minimising: generatorLoss)
    let generatorStep = Program(second, outputs: [generatorLoss], parameters: store, random: random, workers: workers)

    for (step, expected) in Self.pyTorch.enumerated() {
      discriminatorStep.write(Self.numbers(1000 + 10 * step, Self.batch * 784), to: real)
      discriminatorStep.write(Self.numbers(1001 + 10 * step, Self.batch * 100), to: noise)
      discriminatorStep.run()
      generatorStep.write(Self.numbers(1002 + 10 * step, Self.batch * 100), to: otherNoise)
      generatorStep.run()
      for (ours, theirs) in [
        (discriminatorStep.scalar(discriminatorLoss), expected.0), (generatorStep.scalar(generatorLoss), expected.1),
      ] {
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
