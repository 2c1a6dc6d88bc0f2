// Element-wise arithmetic, with NumPy's broadcasting. Scalars fold into affine steps while recording, so that the
// graph that the compiler sees is already simple.

extension Tensor {
  package static func + (left: Tensor, right: Tensor) -> Tensor {
    if left.constantValue == 0, left.shape.count == 1 { return right }
    if right.constantValue == 0, right.shape.count == 1 { return left }
    return binary(.add, left, right)
  }
  package static func - (left: Tensor, right: Tensor) -> Tensor { binary(.subtract, left, right) }
  package static func * (left: Tensor, right: Tensor) -> Tensor {
    left.index == right.index ? left.square() : binary(.multiply, left, right)
  }
  package static func / (left: Tensor, right: Tensor) -> Tensor { binary(.divide, left, right) }

  package static func + (left: Tensor, right: Float) -> Tensor { left.affine(scale: 1, offset: right) }
  package static func - (left: Tensor, right: Float) -> Tensor { left.affine(scale: 1, offset: -right) }
  package static func * (left: Tensor, right: Float) -> Tensor { left.affine(scale: right, offset: 0) }
  package static func / (left: Tensor, right: Float) -> Tensor { left.affine(scale: 1 / right, offset: 0) }
  package static func - (left: Float, right: Tensor) -> Tensor { right.affine(scale: -1, offset: left) }
  package static func + (left: Float, right: Tensor) -> Tensor { right + left }
  package static func * (left: Float, right: Tensor) -> Tensor { right * left }
  package static func / (left: Float, right: Tensor) -> Tensor { right.reciprocal() * left }
  package static prefix func - (operand: Tensor) -> Tensor { operand * -1 }

  package func exp() -> Tensor { unary(.exp) }
  package func log() -> Tensor { unary(.log) }
  package func tanh() -> Tensor { unary(.tanh) }
  package func sigmoid() -> Tensor { unary(.sigmoid) }
  package func softplus() -> Tensor { unary(.softplus) }
  package func square() -> Tensor { unary(.square) }
  package func squareRoot() -> Tensor { unary(.squareRoot) }
  package func reciprocalSquareRoot() -> Tensor { unary(.reciprocalSquareRoot) }
  package func reciprocal() -> Tensor { unary(.reciprocal) }
  package func absolute() -> Tensor { unary(.absolute) }
  package func relu() -> Tensor { unary(.leakyReLU(slope: 0)) }
  package func leakyReLU(slope: Float) -> Tensor { unary(.leakyReLU(slope: slope)) }

  package func maximum(_ other: Tensor) -> Tensor { Tensor.binary(.maximum, self, other) }
  package func minimum(_ other: Tensor) -> Tensor { Tensor.binary(.minimum, self, other) }
  /// 1 where `self > other`, else 0; its derivative is zero.
  package func greater(_ other: Tensor) -> Tensor { Tensor.binary(.greater, self, other) }

  /// The value, through which no gradient flows: the fakes in D's half of the game.
  package func detached() -> Tensor { graph.record(.detach, [self], shape) }

  func unary(_ operation: Unary) -> Tensor { graph.record(.unary(operation), [self], shape) }

  func affine(scale: Float, offset: Float) -> Tensor {
    if scale == 1, offset == 0 { return self }
    if let value = constantValue { return graph.constant(value * scale + offset, shape) }
    if case .unary(.affine(let innerScale, let innerOffset)) = node.operation {
      return graph.tensor(node.operands[0]).affine(scale: innerScale * scale, offset: innerOffset * scale + offset)
    }
    return unary(.affine(scale: scale, offset: offset))
  }

  var node: Node { graph.nodes[index] }

  /// The value of a constant, looked up through broadcasts.
  var constantValue: Float? {
    switch node.operation {
    case .constant(let value): value
    case .broadcast: graph.tensor(node.operands[0]).constantValue
    default: nil
    }
  }

  private static func binary(_ operation: Binary, _ left: Tensor, _ right: Tensor) -> Tensor {
    guard let shape = Shape.broadcast(left.shape, right.shape) else {
      fatalError("\(operation): shapes \(left.shape) and \(right.shape) do not broadcast")
    }
    if let folded = folded(operation, left, right) { return folded.broadcast(to: shape) }
    return left.graph.record(.binary(operation), [left.broadcast(to: shape), right.broadcast(to: shape)], shape)
  }

  /// A binary operation with a constant side as an affine step, where it is one.
  private static func folded(_ operation: Binary, _ left: Tensor, _ right: Tensor) -> Tensor? {
    switch (operation, left.constantValue, right.constantValue) {
    case (.add, let c?, _): right.affine(scale: 1, offset: c)
    case (.add, _, let c?): left.affine(scale: 1, offset: c)
    case (.subtract, let c?, _): right.affine(scale: -1, offset: c)
    case (.subtract, _, let c?): left.affine(scale: 1, offset: -c)
    case (.multiply, let c?, _): right.affine(scale: c, offset: 0)
    case (.multiply, _, let c?): left.affine(scale: c, offset: 0)
    case (.divide, _, let c?): left.affine(scale: 1 / c, offset: 0)
    default: nil
    }
  }
}
