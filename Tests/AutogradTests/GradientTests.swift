// Every operation's derivative against central finite differences, and the derivative of the derivative.

import Autograd
import Testing

@Suite("Gradients agree with finite differences")
struct GradientTests {
  /// A smooth or piecewise-linear function of one operand, by name.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var positive = false
    let function: @Sendable (Tensor) -> Tensor
    var testDescription: String { name }
  }

  static let unary: [Case] = [
    Case(name: "affine") { 3 * $0 - 2 },
    Case(name: "negation") { 1 - $0 },
    Case(name: "exp") { $0.exp() },
    Case(name: "log", positive: true) { $0.log() },
    Case(name: "tanh") { $0.tanh() },
    Case(name: "sigmoid") { $0.sigmoid() },
    Case(name: "softplus") { $0.softplus() },
    Case(name: "square") { $0.square() },
    Case(name: "square root", positive: true) { $0.squareRoot() },
    Case(name: "reciprocal square root", positive: true) { $0.reciprocalSquareRoot() },
    Case(name: "reciprocal", positive: true) { $0.reciprocal() },
    Case(name: "absolute") { $0.absolute() },
    Case(name: "ReLU") { $0.relu() },
    Case(name: "leaky ReLU") { $0.leakyReLU(slope: 0.2) },
    Case(name: "leaky ReLU of a negative slope") { $0.leakyReLU(slope: -0.3) },
    Case(name: "sum over rows") { $0.sum(axes: [0]) },
    Case(name: "sum over columns") { $0.sum(axes: [1]) },
    Case(name: "mean") { $0.mean() },
    Case(name: "mean over rows") { $0.mean(axes: [0]).square() },
    Case(name: "maximum over an axis") { $0.maximum(axis: 1) },
    Case(name: "reshape") { $0.reshaped([2, 2, 3]).sum(axes: [1]) },
    Case(name: "transpose") { $0.transposed([1, 0]).square() },
    Case(name: "slice of rows") { $0.slice(axis: 0, 1..<3).square() },
    Case(name: "slice of columns") { $0.slice(axis: 1, 1..<2).square() },
    Case(name: "broadcast in the middle") { $0.reshaped([4, 1, 3]).broadcast(to: [4, 2, 3]).square() },
  ]

  @Test("of one operand", arguments: unary)
  func oneOperand(_ example: Case) {
    checkGradient([[4, 3]], positive: example.positive) { example.function($0[0]) }
  }

  @Test("of the gradient of one operand", arguments: unary)
  func secondOrder(_ example: Case) {
    checkGradient([[4, 3]], order: 2, positive: example.positive, tolerance: 2e-2) { example.function($0[0]) }
  }

  struct Pair: Sendable, CustomTestStringConvertible {
    let name: String
    let function: @Sendable (Tensor, Tensor) -> Tensor
    var testDescription: String { name }
  }

  static let binary: [Pair] = [
    Pair(name: "add") { $0 + $1 },
    Pair(name: "subtract") { $0 - $1 },
    Pair(name: "multiply") { $0 * $1 },
    Pair(name: "divide") { $0 / (2 + $1.square()) },
    Pair(name: "maximum") { $0.maximum($1) },
    Pair(name: "minimum") { $0.minimum($1) },
    Pair(name: "masked by greater") { $0 * $0.greater($1) },
  ]

  @Test("of two operands, of one shape and broadcast", arguments: binary, [[4, 3], [3], [4, 1], [1]])
  func twoOperands(_ example: Pair, right: [Int]) {
    checkGradient([[4, 3], Shape(right)]) { example.function($0[0], $0[1]) }
  }

  @Test("of products, with every transpose", arguments: [false, true], [false, true])
  func products(_ left: Bool, _ right: Bool) {
    checkGradient([left ? [4, 3] : [3, 4], right ? [5, 4] : [4, 5]]) {
      $0[0].product($0[1], transposeLeft: left, transposeRight: right)
    }
  }

  @Test("of products with a side of one", arguments: [(1, 4, 5), (3, 1, 5), (3, 4, 1)], [false, true])
  func thinProducts(_ extents: (Int, Int, Int), _ transposed: Bool) {
    let (m, k, n) = extents
    checkGradient([transposed ? [k, m] : [m, k], transposed ? [n, k] : [k, n]]) {
      $0[0].product($0[1], transposeLeft: transposed, transposeRight: transposed)
    }
  }

  @Test("of concatenation along each axis", arguments: [0, 1])
  func concatenation(_ axis: Int) {
    checkGradient([[2, 3], [2, 3]]) { Tensor.concatenate($0, axis: axis).square() }
  }

  @Test("of a lookup in a table, rows met twice included")
  func lookup() {
    checkGradient([[3, 2]]) { operands in
      let indices = operands[0].graph.constant(1, [4])
      return operands[0].gather(indices).square()
    }
  }

  @Test("of a sum over axes that are not neighbours")
  func scatteredAxes() {
    checkGradient([[2, 3, 4]]) { $0[0].square().sum(axes: [0, 2]) }
  }

  @Test("do not flow through a detached value")
  func detached() {
    let graph = Graph()
    let x = graph.input("x", [2])
    let loss = (x * x.detached()).sum()
    let values = evaluate(graph, gradient(of: loss, withRespectTo: [x]), inputs: [(x, [2, 3])])
    #expect(values == [[2, 3]])
  }

  @Test("of a gradient penalty, through the gradient in the graph")
  func gradientPenalty() {
    // Gulrajani et al. 2017, eq. 3: (‖∇ₓ D(x)‖₂ − 1)², differentiated by D's weights.
    checkGradient([[5, 3], [3, 4], [4, 1]], step: 5e-3) { operands in
      let (x, hidden, output) = (operands[0], operands[1], operands[2])
      let score = x.product(hidden).tanh().product(output)
      let slope = gradient(of: score.sum(), withRespectTo: [x])[0]
      return ((slope.square().sum(axes: [1]) + 1e-6).squareRoot() - 1).square().mean()
    }
  }
}
