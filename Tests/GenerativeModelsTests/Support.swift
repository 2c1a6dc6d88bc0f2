// A game small enough for pencil and paper: every number of it is known.

import Autograd
import GenerativeModels
import Glibc
import NeuralNetwork

/// G(z) = v·z with z = 2 always, D(x) = σ(w·x + b), one sample a batch, plain gradient descent.
func pocketGame(
  v: Float = 0.25, w: Float = 0.5, b: Float = 0, rate: Float = 0.1,
  _ change: (inout GANConfiguration) -> Void = { _ in }
) -> GAN {
  var configuration = GANConfiguration(
    latentSize: 1, prior: .uniform(low: 2, high: 2),
    generator: NetworkDescription([.dense(1, weights: .values([v]), bias: .constant(0))]),
    discriminator: NetworkDescription([.dense(1, weights: .values([w]), bias: .values([b]))]),
    batchSize: 1, optimiser: .momentum(rate: .constant(rate), momentum: .constant(0)))
  change(&configuration)
  return GAN(configuration, seed: 1)
}

extension GAN {
  /// The values of a parameter by its name.
  func values(_ name: String) -> [Float] {
    guard let parameter = store.layout.parameters.first(where: { $0.name == name }) else { return [] }
    return store[parameter]
  }

  /// Everything that one player trains.
  func weights(_ range: ParameterRange) -> [[Float]] { range.parameters.map { store[$0] } }

  var v: Float { values("generator.dense1.weight")[0] }
  var w: Float { values("discriminator.dense1.weight")[0] }
}

func sigmoid(_ a: Float) -> Float { 1 / (1 + exp(-a)) }

/// A quick game with some life in it.
func smallGame(seed: UInt64 = 1, threads: Int = 1, _ change: (inout GANConfiguration) -> Void = { _ in }) -> GAN {
  var configuration = GANConfiguration(
    latentSize: 2, prior: .normal, generator: .multilayer([8, 3], .tanh),
    discriminator: .multilayer([8, 1], .leakyReLU(slope: 0.2)), batchSize: 4,
    optimiser: .adam(rate: .constant(1e-2), beta1: 0.5, beta2: 0.999))
  change(&configuration)
  return GAN(configuration, seed: seed, threads: threads)
}

/// Three features for each of four samples.
let smallBatch: [Float] = (0..<12).map { Float($0) / 6 - 1 }
