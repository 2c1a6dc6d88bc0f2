// How samples come about: noise of a prior, and for some models a condition.

import Autograd
import Figures

/// The noise p_z(z) (Goodfellow et al. 2014, §3).
package enum Prior: Hashable, Sendable {
  case uniform(low: Float, high: Float)
  case normal

  var distribution: Distribution {
    switch self {
    case .uniform(let low, let high): .uniform(low: low, high: high)
    case .normal: .normal(mean: 0, deviation: 1)
    }
  }

  /// The stretch of one coordinate that is worth showing: all of it where it ends, else two deviations to either side.
  package var visibleAxis: ClosedRange<Float> {
    switch self {
    case .uniform(let low, let high): low...high
    case .normal: -2...2
    }
  }
}

/// The space that noise comes from.
package struct Latent: Hashable, Sendable {
  /// Features of z.
  package var size: Int
  package var prior: Prior

  package init(_ size: Int, _ prior: Prior) {
    self.size = size
    self.prior = prior
  }
}

package struct Sampler: Hashable, Sendable {
  /// The name of the function that samples.
  static let function = "sample"

  /// What a sample is asked to be.
  package enum Condition: Hashable, Sendable {
    /// One of so many classes, one-hot.
    case classes(Int)

    package var width: Int {
      switch self {
      case .classes(let count): count
      }
    }
  }

  package let latent: Latent
  package let condition: Condition?
}

extension Model {
  /// How the model samples, without training it or reading data; `nil` where it makes no samples.
  ///
  /// - Parameter settings: where its knobs stand; where they were declared unless told.
  package func sampler(_ settings: KnobSettings? = nil) -> Sampler? {
    let card = card
    let parts = GameBuilder(
      card, settings ?? KnobSettings(card.knobs),
      pixelMeans: Array(repeating: 0.5, count: card.data.imageSide == nil ? 0 : card.data.sampleSize))
    build(parts)
    return parts.sampler
  }
}
