// Recording. A network is ordinary Swift over symbolic tensors, run once; what it does is written down here as nodes,
// each older than its users, and no number is computed. Shape errors stop at this time, with both shapes named.

/// One recorded operation. Nodes are numbered in the order of recording, which is a topological order.
struct Node: Hashable {
  let operation: Operation
  let operands: [Int]
  let shape: Shape
}

/// The record of a computation. Equal pure nodes are recorded once (hash-consing), so that writing an expression
/// twice costs nothing.
package final class Graph {
  private(set) var nodes: [Node] = []
  private(set) var effects: [Int] = []
  private var known: [Node: Int] = [:]
  private var streams = 0
  private var assigned: [Parameter: Int] = [:]
  private let standIns: [Parameter: Parameter]

  /// - Parameter standIns: what is read in the place of some parameters, such as their averages.
  package init(standIns: [Parameter: Parameter] = [:]) { self.standIns = standIns }

  // MARK: Leaves

  /// Values that the caller writes before each run.
  package func input(_ name: String, _ shape: Shape) -> Tensor { record(.input(name: name), [], shape) }

  package func constant(_ value: Float, _ shape: Shape = .scalar) -> Tensor {
    record(.constant(value), [], .scalar).broadcast(to: shape)
  }

  package func parameter(_ parameter: Parameter) -> Tensor {
    record(.parameter(standIns[parameter] ?? parameter), [], parameter.shape)
  }

  /// Fresh random numbers in every run; two calls are two independent streams.
  package func random(_ distribution: Distribution, _ shape: Shape) -> Tensor {
    streams += 1
    return record(.random(distribution, stream: streams), [], shape)
  }

  // MARK: Effects

  /// What `parameter` will hold after a run, as far as it is recorded: its value, or what was assigned to it last. For
  /// a statistic that follows several batches of one run, one after another.
  package func latest(_ parameter: Parameter) -> Tensor {
    assigned[parameter].map(tensor) ?? self.parameter(parameter)
  }

  /// After a run, `parameter` (a running statistic, not a trained weight) holds `value`; a second assignment replaces
  /// the first.
  package func assign(_ value: Tensor, to parameter: Parameter) {
    guard value.shape == parameter.shape else {
      fatalError("assign to \(parameter.name): the value is \(value.shape), the slice \(parameter.shape)")
    }
    effects.removeAll { nodes[$0].operation == .assign(parameter) }
    effects.append(record(.assign(parameter), [value], value.shape).index)
    assigned[parameter] = value.index
  }

  /// Records an optimiser's step over `range` with the gradient of `loss` (a scalar).
  ///
  /// - Parameters:
  ///   - rate: the learning rate, a scalar (an input, where it follows a schedule).
  ///   - momentum: a scalar; only the momentum rule takes it.
  package func update(
    _ range: ParameterRange, by rule: UpdateRule, minimising loss: Tensor, rate: Tensor, momentum: Tensor? = nil
  ) {
    guard (rule == .momentum) == (momentum != nil) else { fatalError("update: \(rule) and its momentum do not match") }
    let weights = range.parameters.map(parameter)
    let gradients = gradient(of: loss, withRespectTo: weights)
    let operands = [rate] + (momentum.map { [$0] } ?? []) + gradients
    effects.append(record(.update(rule, range), operands, .scalar).index)
  }

  // MARK: Nodes

  func record(_ operation: Operation, _ operands: [Tensor], _ shape: Shape) -> Tensor {
    guard operands.allSatisfy({ $0.graph === self }) else {
      fatalError("\(operation): an operand belongs to another graph")
    }
    let node = Node(operation: operation, operands: operands.map(\.index), shape: shape)
    if let index = known[node] { return Tensor(graph: self, index: index, shape: shape) }
    nodes.append(node)
    let index = nodes.count - 1
    known[node] = index
    return Tensor(graph: self, index: index, shape: shape)
  }

  func tensor(_ index: Int) -> Tensor { Tensor(graph: self, index: index, shape: nodes[index].shape) }
}

/// A handle on a recorded value: a place in a graph and a shape, no numbers.
package struct Tensor {
  package let graph: Graph
  let index: Int
  package let shape: Shape
}
