// A game small enough for pencil and paper: every number of it is known.

import Autograd
import Figures
import GenerativeModels
import Glibc
import NeuralNetwork

/// The same batch over and over, and how often it was asked for.
final class FixedBatch: BatchSource {
  private let samples: [Float]
  private(set) var count = 0

  init(_ samples: [Float]) { self.samples = samples }

  func advance(_ draw: Int) { count += 1 }
  func values(_ draw: Int, _ field: Int) -> [Float] { samples }
}

/// G(z) = v·z with z = 2 always, D(x) = σ(w·x + b), one sample a batch, plain gradient descent; half of the sum of both
/// cross-entropies is minimised.
func pocketGame(
  v: Float = 0.25, w: Float = 0.5, b: Float = 0, rate: Double = 0.1, rateOfD: Double? = nil,
  scale: GAN.LossScale = .mean, set changes: [(String, String)] = []
) -> Game {
  var gan = GAN(
    "pocket", "a game for pencil and paper", data: .line(.toy), latent: 1, prior: .uniform(low: 2, high: 2), batch: 1,
    rates: (generator: rate, discriminator: rateOfD ?? rate),
    generator: { z, _ in z.dense(1, weights: .values([v]), bias: .constant(0)) },
    discriminator: { x, _ in x.dense(1, weights: .values([w]), bias: .values([b])) },
    generatorOptimiser: { .momentum(rate: .constant($0), momentum: .constant(0)) })
  gan.lossScale = scale
  return Game(gan, settings: gan.settings(changes), seed: 1)
}

extension GAN {
  func settings(_ changes: [(String, String)]) -> KnobSettings {
    var settings = KnobSettings(card.knobs)
    for (key, value) in changes {
      do { try settings.set(key, to: value) } catch { fatalError("\(error)") }
    }
    return settings
  }
}

extension Game {
  /// The values of a parameter by its name.
  func values(_ name: String) -> [Float] {
    guard let parameter = store.layout.parameters.first(where: { $0.name == name }) else { return [] }
    return store[parameter]
  }

  /// Everything that one network trains.
  func weights(_ network: String) -> [[Float]] {
    store.layout.ranges.first { $0.name == network }?.parameters.map { store[$0] } ?? []
  }

  /// What was told last.
  func told(_ key: Figure.Key) -> Float { told.firstIndex(of: key).map { report[$0] } ?? .nan }

  func updates(of network: String) -> Int {
    store.layout.ranges.firstIndex { $0.name == network }.map { updates[$0] } ?? -1
  }

  func step(_ batch: [Float]) { finishStep(FixedBatch(batch)) }
  func advance(_ batch: [Float]) { advance(FixedBatch(batch)) }

  var v: Float { values("generator.dense1.weight")[0] }
  var w: Float { values("discriminator.dense1.weight")[0] }
}

func sigmoid(_ a: Float) -> Float { 1 / (1 + exp(-a)) }

/// A quick game with some life in it.
func smallGame(
  seed: UInt64 = 1, threads: Int = 1, prior: Prior = .normal, rate: Double = 1e-2,
  set changes: [(String, String)] = [],
  generator: @escaping GAN.Body = { z, _ in z.dense(8).tanh().dense(3) },
  discriminator: @escaping GAN.Body = { x, _ in x.dense(8).leakyReLU(0.2).dense(1) }
) -> Game {
  let gan = GAN(
    "small", "a small game", data: .pictures(side: 1, channels: 3), latent: 2, prior: prior, batch: 4,
    rates: (generator: rate, discriminator: rate), generator: generator, discriminator: discriminator,
    generatorOptimiser: { .adam(rate: .geometric(initial: $0, factor: 0.99, floor: 0), beta1: 0.5, beta2: 0.999) })
  return Game(gan, settings: gan.settings(changes), seed: seed, threads: threads)
}

/// Three features for each of four samples.
let smallBatch: [Float] = (0..<12).map { Float($0) / 6 - 1 }
