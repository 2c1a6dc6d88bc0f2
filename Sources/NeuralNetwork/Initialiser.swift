// Where weights begin.

import Autograd

package enum Initialiser: Hashable, Sendable {
  case constant(Float)
  case uniform(low: Float, high: Float)
  case normal(mean: Float, deviation: Float)
  /// U(±1/√fan_in): what PyTorch gives `Linear`'s weights and biases (its `kaiming_uniform_` with a = √5).
  case fanInUniform
  /// Given numbers: a bias that is known from the data, or a test's fixed weights.
  case values([Float])

  static let zero = Initialiser.constant(0)

  /// - Parameters:
  ///   - fan: the numbers of inputs and outputs that a weight matrix connects.
  ///   - stream: tells the parameters of a model apart.
  func numbers(count: Int, fan: (in: Int, out: Int), key: UInt64, stream: UInt64) -> [Float] {
    let distribution: Distribution
    switch self {
    case .constant(let value): return Array(repeating: value, count: count)
    case .values(let values):
      guard values.count == count else { fatalError("initialiser: \(values.count) values for \(count) elements") }
      return values
    case .uniform(let low, let high): distribution = .uniform(low: low, high: high)
    case .normal(let mean, let deviation): distribution = .normal(mean: mean, deviation: deviation)
    case .fanInUniform: distribution = Self.symmetric((1 / Float(fan.in)).squareRoot())
    }
    return RandomSource.numbers(distribution, count: count, key: key, stream: stream)
  }

  private static func symmetric(_ bound: Float) -> Distribution { .uniform(low: -bound, high: bound) }
}
