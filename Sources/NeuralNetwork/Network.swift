// A network is Swift over a value on its way: `{ x in x.dense(32).relu().dense(1) }`. It is run once to make its layers and
// again whenever it is recorded, so a residual connection is a `+`, a skip is a variable, and two heads are a struct.

import Autograd

/// A value on its way through a network that is being recorded. Its methods are the layers.
package struct Signal {
  /// `[N, features]`, or `[N, H, W, C]` for images.
  package let tensor: Tensor
  let tape: Tape

  init(_ tensor: Tensor, _ tape: Tape) {
    self.tensor = tensor
    self.tape = tape
  }
}

/// A network and its parameters' places.
package struct Network<Output> {
  package let name: String
  /// Features of each input's rows.
  package let inputs: [Int]
  /// What an optimiser of this network moves.
  package let range: ParameterRange
  /// The layers in short words.
  package let description: String
  /// Whether what a sample becomes depends on the other samples of its batch, as under batch norm: such a network must
  /// not see real and generated samples in one call.
  package let mixesSamples: Bool
  /// Multiplications of each layer with weights, for one sample.
  package let multiplications: [Int]

  private let tape: Tape
  private let body: ([Signal]) -> Output

  /// Makes the layers and registers their parameters under `name`.
  package init(
    _ name: String, inputs: [Int], in builder: inout NetworkBuilder, _ body: @escaping ([Signal]) -> Output
  ) {
    let tape = Tape(name)
    let (_, range) = builder.network(name) { builder in
      let graph = Graph()
      // Two rows: what mixes samples needs more than one.
      let signals = inputs.map { Signal(graph.input("x", [2, $0]), tape) }
      tape.make(in: &builder) { body(signals) }
    }
    self.name = name
    self.inputs = inputs
    self.range = range
    self.tape = tape
    self.body = body
    description = tape.description
    mixesSamples = tape.mixesSamples
    multiplications = tape.multiplications
  }

  /// Records the network on rows `[N, features]`, one tensor an input.
  package func record(_ inputs: [Tensor], _ mode: Mode) -> Output {
    guard inputs.map({ $0.shape[1] }) == self.inputs else {
      fatalError("network \(name): takes rows of \(self.inputs) features, got \(inputs.map(\.shape))")
    }
    return tape.record(for: mode) { body(inputs.map { Signal($0, tape) }) }
  }

  /// Of one input.
  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Output { record([x], mode) }

  /// Of two: samples, and what they are conditioned on.
  package func callAsFunction(_ x: Tensor, given y: Tensor, _ mode: Mode) -> Output { record([x, y], mode) }
}
