// Reverse mode, symbolically: the gradient of a scalar appends nodes to the same graph, each rule written in recorded
// operations, so that a gradient can be differentiated again (Griewank & Walther 2008, §3.2; WGAN-GP needs it).

/// The gradient of `loss`, a scalar, with respect to each of `targets`, in their shapes. Only nodes that lie between
/// are differentiated; a target that the loss does not depend on gets zeros.
package func gradient(of loss: Tensor, withRespectTo targets: [Tensor]) -> [Tensor] {
  guard loss.shape.count == 1 else { fatalError("gradient: the loss must be a scalar, got \(loss.shape)") }
  let graph = loss.graph
  let wanted = dependents(of: targets, in: graph, upTo: loss.index)
  var adjoints: [Int: Tensor] = [loss.index: graph.constant(1, loss.shape)]
  for index in stride(from: loss.index, through: 0, by: -1) where wanted[index] {
    guard let adjoint = adjoints[index] else { continue }
    let node = graph.nodes[index]
    let active = node.operands.map { wanted[$0] }
    guard active.contains(true) else { continue }
    for (operand, contribution) in zip(node.operands, contributions(of: index, in: graph, adjoint, active)) {
      guard let contribution, wanted[operand] else { continue }
      adjoints[operand] = adjoints[operand].map { $0 + contribution } ?? contribution
    }
  }
  return targets.map { adjoints[$0.index] ?? graph.constant(0, $0.shape) }
}

/// Marks the nodes that depend on a target.
private func dependents(of targets: [Tensor], in graph: Graph, upTo last: Int) -> [Bool] {
  var marks = [Bool](repeating: false, count: max(last, targets.map(\.index).max() ?? 0) + 1)
  for target in targets { marks[target.index] = true }
  for index in 0...last where !marks[index] {
    if case .detach = graph.nodes[index].operation { continue }
    marks[index] = graph.nodes[index].operands.contains { marks[$0] }
  }
  return marks
}

/// What a node hands on to each operand when `g` arrives at it; `nil` where nothing flows or nobody asks (`active`).
private func contributions(of index: Int, in graph: Graph, _ g: Tensor, _ active: [Bool]) -> [Tensor?] {
  let node = graph.nodes[index]
  let y = graph.tensor(index)
  let operands = node.operands.map(graph.tensor)
  switch node.operation {
  case .unary(let operation): return [derivative(of: operation, at: operands[0], value: y).map { g * $0 }]
  case .binary(let operation): return contributions(of: operation, operands[0], operands[1], value: y, g, active)
  case .broadcast: return [g.sum(to: operands[0].shape)]
  case .sum: return [g.broadcast(to: operands[0].shape)]
  case .maximum(let axis): return [operands[0].maximumMask(axis: axis) * g]
  case .product(let left, let right): return product(operands[0], operands[1], left, right, g, active)
  case .convolution(let window):
    return [
      active[0] ? g.convolutionInputGradient(operands[1], window, operands[0].shape) : nil,
      active[1] ? operands[0].convolutionFilterGradient(g, window) : nil,
    ]
  case .convolutionInputGradient(let window):
    return [
      active[0] ? g.convolution(operands[1], window) : nil,
      active[1] ? g.convolutionFilterGradient(operands[0], window) : nil,
    ]
  case .convolutionFilterGradient(let window):
    return [
      active[0] ? operands[1].convolutionInputGradient(g, window, operands[0].shape) : nil,
      active[1] ? operands[0].convolution(g, window) : nil,
    ]
  case .patches(let window): return [g.fold(window, to: operands[0].shape)]
  case .fold(let window): return [g.patches(window)]
  case .reshape: return [g.reshaped(operands[0].shape)]
  case .transpose(let permutation):
    var inverse = permutation
    for (position, axis) in permutation.enumerated() { inverse[axis] = position }
    return [g.transposed(inverse)]
  case .concatenate(let axis):
    var start = 0
    return operands.enumerated().map { position, operand in
      defer { start += operand.shape[axis] }
      return active[position] ? g.slice(axis: axis, start..<(start + operand.shape[axis])) : nil
    }
  case .slice(let axis, let start): return [g.padded(axis: axis, start: start, extent: operands[0].shape[axis])]
  case .pad(let axis, let start): return [g.slice(axis: axis, start..<(start + operands[0].shape[axis]))]
  case .gather: return [g.scatterAdd(operands[1], rows: operands[0].shape[0]), nil]
  case .scatterAdd: return [g.gather(operands[1]), nil]
  case .maximumMask, .detach: return operands.map { _ in nil }
  case .input, .constant, .parameter, .random: return []
  case .assign, .update: fatalError("gradient: \(node.operation) has no value to differentiate")
  }
}

/// The derivative of an element-wise function at `x`, written with its `value` where that is cheaper.
private func derivative(of operation: Unary, at x: Tensor, value y: Tensor) -> Tensor? {
  switch operation {
  case .affine(let scale, _): x.graph.constant(scale)
  case .exp: y
  case .log: x.reciprocal()
  case .tanh: 1 - y.square()
  case .sigmoid: y * (1 - y)
  case .softplus: x.sigmoid()
  case .square: x * 2
  case .squareRoot: y.reciprocal() * 0.5
  case .reciprocalSquareRoot: y * y.square() * -0.5
  case .reciprocal: y.square() * -1
  case .absolute: x.unary(.sign)
  // With a slope ≥ 0 the value has the operand's sign: the operand need not be kept.
  case .leakyReLU(let slope): (slope >= 0 ? y : x).unary(.leakyStep(slope: slope))
  case .leakyStep, .sign: nil
  }
}

private func contributions(
  of operation: Binary, _ a: Tensor, _ b: Tensor, value y: Tensor, _ g: Tensor, _ active: [Bool]
) -> [Tensor?] {
  switch operation {
  case .add: [g, g]
  case .subtract: [g, active[1] ? -g : nil]
  case .multiply: [active[0] ? g * b : nil, active[1] ? g * a : nil]
  case .divide: [active[0] ? g / b : nil, active[1] ? -(g * y / b) : nil]
  // Where both are equal the gradient goes to the right operand alone: a subgradient, and never counted twice.
  case .maximum: [active[0] ? g * a.greater(b) : nil, active[1] ? g * (1 - a.greater(b)) : nil]
  case .minimum: [active[0] ? g * b.greater(a) : nil, active[1] ? g * (1 - b.greater(a)) : nil]
  case .greater: [nil, nil]
  }
}

/// C = op(A)·op(B): dA = dC·op(B)ᵀ and dB = op(A)ᵀ·dC, transposed back where A or B was.
private func product(
  _ a: Tensor, _ b: Tensor, _ transposeLeft: Bool, _ transposeRight: Bool, _ g: Tensor, _ active: [Bool]
) -> [Tensor?] {
  let left =
    transposeLeft
    ? { b.product(g, transposeLeft: transposeRight, transposeRight: true) }
    : { g.product(b, transposeRight: !transposeRight) }
  let right =
    transposeRight
    ? { g.product(a, transposeLeft: true, transposeRight: transposeLeft) }
    : { a.product(g, transposeLeft: !transposeLeft) }
  return [active[0] ? left() : nil, active[1] ? right() : nil]
}

extension Tensor {
  /// 1 at the first place of the largest along `axis`, else 0.
  fileprivate func maximumMask(axis: Int) -> Tensor { graph.record(.maximumMask(axis: axis), [self], shape) }
}
