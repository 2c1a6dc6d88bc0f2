// What a model claims: a figure that it reaches, and a control that does not. `gantui verify` trains both.

import Figures

/// A bound on a figure after so many steps, for every seed.
package struct Proof: Sendable {
  package enum Bound: Hashable, Sendable {
    case atLeast(Double)
    case atMost(Double)

    package func holds(_ value: Double) -> Bool {
      switch self {
      case .atLeast(let bound): value >= bound
      case .atMost(let bound): value <= bound
      }
    }
  }

  /// The model without what makes it work: settings, by knob, and what the figure is then.
  package struct Control: Sendable {
    package let settings: [(key: String, value: String)]
    package let bound: Bound

    package init(_ settings: [(key: String, value: String)], _ bound: Bound) {
      self.settings = settings
      self.bound = bound
    }
  }

  package let figure: Figure.Key
  package let bound: Bound
  package let steps: Int
  /// Settings that it is claimed under, where they are not the model's own.
  package let settings: [(key: String, value: String)]
  package let control: Control?

  package init(
    _ figure: Figure.Key, _ bound: Bound, steps: Int, settings: [(key: String, value: String)] = [],
    control: Control? = nil
  ) {
    self.figure = figure
    self.bound = bound
    self.steps = steps
    self.settings = settings
    self.control = control
  }
}
