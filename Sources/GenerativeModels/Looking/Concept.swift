// What latent arithmetic is done with: kinds of pictures that a person can name and a program can find, because a judge
// says what class a picture is of and the moments of its ink how it is written.

import Metrics

/// Pictures of one class, and of those the ones that are marked by a trait: `thick 3`.
package struct Concept: Hashable, Sendable, CustomStringConvertible {
  package enum Trait: String, Hashable, Sendable, CaseIterable {
    /// Much ink, or little.
    case thick, thin
    /// Leaning to that side.
    case left, right

    /// Grows with how much a picture has of the trait.
    func strength(_ shape: InkShape) -> Double {
      switch self {
      case .thick: shape.mass
      case .thin: -shape.mass
      case .left: -shape.lean
      case .right: shape.lean
      }
    }
  }

  package let trait: Trait
  /// The class of the data.
  package let label: UInt8

  package init(_ trait: Trait, _ label: UInt8) {
    self.trait = trait
    self.label = label
  }

  package var description: String { "\(trait.rawValue) \(label)" }
}
