// Networks as values: a list of layers that can be compared, printed, and built whenever a model is. A preset is then
// a table that reads like the one in its paper.

import NeuralNetwork

/// A feed-forward network over rows: `[N, inputs]` to `[N, outputs]`.
package struct NetworkDescription: Hashable, Sendable {
  package enum Layer: Hashable, Sendable {
    case dense(Int, weights: Initialiser = .fanInUniform, bias: Initialiser = .fanInUniform)
    case activation(Activation)
    case batchNorm(epsilon: Float = 1e-5)
    case layerNorm
    case maxout(units: Int, pieces: Int, weights: Initialiser)
    /// What is kept is multiplied by `scale`.
    case dropout(keep: Float, scale: Float)
  }

  package var layers: [Layer]

  package init(_ layers: [Layer]) { self.layers = layers }

  /// Dense layers of the given widths, each but the last followed by `activation`.
  package static func multilayer(
    _ widths: [Int], _ activation: Activation, weights: Initialiser = .fanInUniform, bias: Initialiser = .fanInUniform
  ) -> NetworkDescription {
    let stack = widths.flatMap { [Layer.dense($0, weights: weights, bias: bias), .activation(activation)] }
    return NetworkDescription(stack.dropLast())
  }

  /// Whether a sample's result depends on the other samples of its batch: such a network must not see real and
  /// generated samples in one call.
  package var mixesSamples: Bool {
    layers.contains { if case .batchNorm = $0 { true } else { false } }
  }

  /// Features of the last layer, for a network that takes `inputs`.
  package func outputs(for inputs: Int) -> Int {
    layers.reduce(inputs) { width, layer in
      switch layer {
      case .dense(let units, _, _), .maxout(let units, _, _): units
      case .activation, .batchNorm, .layerNorm, .dropout: width
      }
    }
  }

  /// Creates the layers and registers their parameters, named by kind and place: `dense1.weight`.
  func build(inputs: Int, in builder: inout NetworkBuilder) -> Sequential {
    var width = inputs
    var counts: [String: Int] = [:]
    func name(_ kind: String) -> String {
      counts[kind, default: 0] += 1
      return "\(kind)\(counts[kind, default: 1])"
    }
    return Sequential(
      layers.map { layer -> any NeuralNetwork.Layer in
        switch layer {
        case .dense(let units, let weights, let bias):
          defer { width = units }
          return Dense(name("dense"), inputs: width, outputs: units, weights: weights, bias: bias, in: &builder)
        case .activation(let activation): return activation
        case .batchNorm(let epsilon):
          return BatchNorm(name("norm"), features: width, epsilon: epsilon, in: &builder)
        case .layerNorm: return LayerNorm(name("norm"), features: width, in: &builder)
        case .maxout(let units, let pieces, let weights):
          defer { width = units }
          return Maxout(
            name("maxout"), inputs: width, units: units, pieces: pieces, weights: weights, in: &builder)
        case .dropout(let keep, let scale): return Dropout(keep: keep, scale: scale)
        }
      })
  }
}
