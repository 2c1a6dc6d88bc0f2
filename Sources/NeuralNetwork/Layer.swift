// What layers have in common. A layer is a value that holds parameters' places; applying it records operations.

import Autograd

/// What a network is recorded for. A parameter of recording, never ambient state.
package enum Mode: Hashable, Sendable {
  /// Batch statistics, dropout; running statistics are updated.
  case training
  /// Batch statistics and dropout as in training, but running statistics stay as they are: the second look that a
  /// step takes at a network (G in D's half).
  case trainingWithoutStatistics
  /// Running statistics, no dropout: sampling and evaluation.
  case inference
}

package protocol Layer: Sendable {
  /// Records the layer's work on `x`, `[N, …]`.
  func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor
}

/// Layers one after another.
package struct Sequential: Layer {
  package let layers: [any Layer]

  package init(_ layers: [any Layer]) { self.layers = layers }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    layers.reduce(x) { value, layer in layer(value, mode) }
  }
}

/// An element-wise function between layers.
package enum Activation: Layer, Hashable {
  case identity, relu, tanh, sigmoid, softplus
  /// `x` where positive, else `slope · x` (Maas et al. 2013).
  case leakyReLU(slope: Float)

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    switch self {
    case .identity: x
    case .relu: x.relu()
    case .tanh: x.tanh()
    case .sigmoid: x.sigmoid()
    case .softplus: x.softplus()
    case .leakyReLU(let slope): x.leakyReLU(slope: slope)
    }
  }
}

extension Activation: CustomStringConvertible {
  package var description: String {
    switch self {
    case .identity: "identity"
    case .relu: "relu"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    case .softplus: "softplus"
    case .leakyReLU(let slope): "leaky relu \(slope)"
    }
  }
}
