// What there is to choose about the game of Goodfellow et al., "Generative adversarial nets" (NIPS 2014). Where the
// paper names a value, it is the default.

import Autograd
import NeuralNetwork

package struct GANConfiguration: Hashable, Sendable {
  /// What G minimises (§3).
  package enum GeneratorLoss: String, Hashable, Sendable {
    /// E log(1 − D(G(z))), equation 1 as it stands. Its gradient vanishes while D rejects the samples with confidence.
    case minimax
    /// −E log D(G(z)): the same fixed point, "much stronger gradients early in learning" (§3, last paragraph).
    case nonSaturating = "non-saturating"
  }

  /// Who moves when.
  package enum UpdateOrder: String, Hashable, Sendable {
    /// Algorithm 1: k updates of D, then one of G against the new D, each on noise of its own.
    case alternating
    /// Both gradients at the same parameters and on the same fakes, then both updates, as in the code that was
    /// published with the paper. Exactly what programs do that update G first and then show D the fakes from before
    /// G's update.
    case simultaneous
  }

  /// What D minimises, which scales its gradient. Adam hardly notices; momentum does.
  package enum DiscriminatorLoss: Hashable, Sendable {
    /// ½(BCE on real + BCE on generated): the paper's code, and its V up to a factor of −½.
    case mean
    /// The plain sum: most code since.
    case sum
  }

  /// The noise p_z(z) (§3).
  package enum Prior: Hashable, Sendable {
    case uniform(low: Float, high: Float)
    case normal

    var distribution: Distribution {
      switch self {
      case .uniform(let low, let high): .uniform(low: low, high: high)
      case .normal: .normal(mean: 0, deviation: 1)
      }
    }

    /// What of one axis of z is worth walking along: all of it, or two deviations to either side.
    package var visibleAxis: ClosedRange<Float> {
      switch self {
      case .uniform(let low, let high): low...high
      case .normal: -2...2
      }
    }
  }

  /// The numbers inside the networks, for data that come and samples that go in their own units.
  package enum DataRange: Hashable, Sendable {
    /// As they are: points on a line or in a plane.
    case raw
    /// `(x − centre) / scale` inside: data that would lie where fresh networks are flat.
    case standardised(centre: Float, scale: Float)
    /// Images in 0…1, for a G that ends in a sigmoid.
    case unit
    /// Images in 0…1 outside, −1…1 inside, for a G that ends in tanh.
    case symmetric
  }

  /// Features of z.
  package var latentSize: Int
  package var prior: Prior
  /// `[N, latentSize]` to `[N, sampleSize]`.
  package var generator: NetworkDescription
  /// `[N, sampleSize]` to a logit `[N, 1]`: D(x) is its sigmoid.
  package var discriminator: NetworkDescription
  package var dataRange: DataRange
  /// m of Algorithm 1: real samples, and as many generated ones.
  package var batchSize: Int
  /// k of Algorithm 1. "We used k = 1, the least expensive option, in our experiments."
  package var discriminatorSteps = 1
  package var generatorLoss = GeneratorLoss.nonSaturating
  package var discriminatorLoss = DiscriminatorLoss.mean
  package var order = UpdateOrder.alternating
  package var generatorOptimiser: Optimiser
  package var discriminatorOptimiser: Optimiser

  /// The same optimiser for both players unless changed afterwards.
  package init(
    latentSize: Int, prior: Prior, generator: NetworkDescription, discriminator: NetworkDescription,
    dataRange: DataRange = .raw, batchSize: Int, optimiser: Optimiser
  ) {
    self.latentSize = latentSize
    self.prior = prior
    self.generator = generator
    self.discriminator = discriminator
    self.dataRange = dataRange
    self.batchSize = batchSize
    self.generatorOptimiser = optimiser
    self.discriminatorOptimiser = optimiser
  }

  /// Features of a sample.
  package var sampleSize: Int { generator.outputs(for: latentSize) }

  /// `alternating, k = 1`, for a person.
  package var updates: String {
    switch order {
    case .alternating: "alternating, k = \(discriminatorSteps)"
    case .simultaneous: "simultaneous"
    }
  }
}
