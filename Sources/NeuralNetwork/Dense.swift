// Layers that multiply by a matrix, and the table that is one with a one-hot operand.

import Autograd

/// y = x·W + b: `[N, inputs]` to `[N, outputs]`. W is stored `[inputs, outputs]`.
package struct Dense: Layer {
  package let weight: Parameter
  package let bias: Parameter?

  /// - Parameter bias: `nil` for a layer without one.
  package init(
    _ name: String, inputs: Int, outputs: Int, weights: Initialiser = .fanInUniform, bias: Initialiser? = .fanInUniform,
    in builder: inout NetworkBuilder
  ) {
    let fan = (in: inputs, out: outputs)
    self.weight = builder.add(name + ".weight", [inputs, outputs], weights, fan: fan)
    self.bias = bias.map { builder.add(name + ".bias", [outputs], $0, fan: fan) }
  }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let product = x.product(x.graph.parameter(weight))
    return bias.map { product + x.graph.parameter($0) } ?? product
  }
}

/// h = max over pieces of x·W + b (Goodfellow et al. 2013, "Maxout networks", eq. 3): `[N, inputs]` to `[N, units]`.
/// W is stored `[inputs, pieces · units]`, a piece's units side by side, so that the maximum runs over whole vectors.
package struct Maxout: Layer {
  private let dense: Dense
  private let units: Int
  private let pieces: Int

  package init(
    _ name: String, inputs: Int, units: Int, pieces: Int, weights: Initialiser, bias: Initialiser = .constant(0),
    in builder: inout NetworkBuilder
  ) {
    self.units = units
    self.pieces = pieces
    self.dense = Dense(
      name, inputs: inputs, outputs: units * pieces, weights: weights, bias: bias, in: &builder)
  }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let batch = x.shape[0]
    return dense(x, mode).reshaped([batch, pieces, units]).maximum(axis: 1).reshaped([batch, units])
  }
}

/// Rows of a trained table `[entries, width]` at indices `[N]`: `[N, width]`.
package struct Embedding: Layer {
  package let table: Parameter

  package init(
    _ name: String, entries: Int, width: Int, weights: Initialiser = .normal(mean: 0, deviation: 1),
    in builder: inout NetworkBuilder
  ) {
    self.table = builder.add(name + ".table", [entries, width], weights, fan: (in: entries, out: width))
  }

  package func callAsFunction(_ indices: Tensor, _ mode: Mode) -> Tensor {
    indices.graph.parameter(table).gather(indices)
  }
}
