// What D and G minimise. Each loss is a value from its paper, in a file of its own; every adversarial model takes any of
// them by `--set loss=NAME`.

import Autograd
import Figures

/// A game between D and G, as what each of them makes smaller. Both see D's outputs `[m, 1]`, before any sigmoid.
package protocol AdversarialLoss: Sendable {
  /// By which `--set loss=` knows it.
  var name: String { get }

  /// What D minimises, a scalar.
  func discriminator(real: Tensor, fake: Tensor) -> Tensor
  /// What G minimises, a scalar.
  ///
  /// - Parameter real: D's outputs on real samples, where `comparesWithReal`.
  func generator(fake: Tensor, real: Tensor?) -> Tensor

  /// What D's loss is multiplied by to be told: the mean of two cross-entropies, say, where D minimises their sum.
  var toldShare: Float { get }
  /// What both losses, as they are told, come to where D cannot tell real from generated; `nil` where that is not known.
  var atChance: (discriminator: Double, generator: Double)? { get }
  /// How that is said beside the chart; what follows a colon, only where there is room.
  var atChanceLabels: (discriminator: String, generator: String) { get }
  /// Whether σ(D) is a probability: only then do D(x), V and the bound on the JSD mean anything.
  var isProbability: Bool { get }
  /// Whether G's loss compares with real samples, so that its move draws some.
  var comparesWithReal: Bool { get }
  /// Whether D is penalised for the gradient between real and generated samples.
  var penalisesGradient: Bool { get }
  /// Whose idea it is.
  var paper: String { get }
}

extension AdversarialLoss {
  package var toldShare: Float { 1 }
  package var isProbability: Bool { false }
  package var comparesWithReal: Bool { false }
  package var penalisesGradient: Bool { false }
}

/// All there are; a new one joins here.
package enum AdversarialLosses {
  package static let all: [any AdversarialLoss] = [
    NonSaturatingLoss(), MinimaxLoss(), LeastSquaresLoss(), HingeLoss(), WassersteinLoss(), RelativisticLoss(),
  ]

  package static var names: [String] { all.map(\.name) }

  package static func named(_ name: String) -> any AdversarialLoss {
    guard let loss = all.first(where: { $0.name == name }) else { fatalError("there is no loss “\(name)”") }
    return loss
  }
}
