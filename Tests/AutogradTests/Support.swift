// What the engine's tests share: running a graph once, and a finite-difference check of any function of tensors.

import Autograd
import Testing

/// Runs a graph without parameters once and returns the outputs. Several threads share everything, however small.
func evaluate(
  _ graph: Graph, _ outputs: [Tensor], inputs: [(Tensor, [Float])] = [], threads: Int = 1, seed: UInt64 = 1
) -> [[Float]] {
  let program = Program(
    graph, outputs: outputs, parameters: ParameterStore(ParameterLayout()), random: RandomSource(key: seed),
    workers: Workers(threads: threads), granularity: threads > 1 ? .finest : .measured)
  for (tensor, values) in inputs { program.write(values, to: tensor) }
  program.run()
  return outputs.map(program.read)
}

/// Numbers that look random, are the same each time, and stay away from 0 (where ReLU has a corner).
func numbers(_ count: Int, seed: Int = 1, scale: Float = 1) -> [Float] {
  (0..<count).map { i in
    let wave = Float((((i + 1) &* 7919 &+ seed &* 104_729) % 2003)) / 1001.5 - 1
    return scale * (wave + (wave < 0 ? -0.05 : 0.05))
  }
}

/// Compares the symbolic gradient of `function`, made scalar by fixed weights, with central differences.
///
/// - Parameters:
///   - order: 1 checks the gradient; 2 checks the gradient of the gradient's squared norm.
func checkGradient(
  _ shapes: [Shape], order: Int = 1, positive: Bool = false, step: Float = 1e-2, tolerance: Float = 5e-3,
  sourceLocation: SourceLocation = #_sourceLocation, _ function: ([Tensor]) -> Tensor
) {
  let graph = Graph()
  let operands = shapes.enumerated().map { graph.input("x\($0.offset)", $0.element) }
  let value = function(operands)
  let weights = graph.input("weights", value.shape)
  var loss = (value * weights).sum()
  for _ in 1..<order {
    loss = gradient(of: loss, withRespectTo: operands).map { $0.square().sum() }.reduce(graph.constant(0), +)
  }
  let gradients = gradient(of: loss, withRespectTo: operands)
  let program = Program(
    graph, outputs: [loss] + gradients + operands, parameters: ParameterStore(ParameterLayout()),
    random: RandomSource(key: 1),
    workers: Workers(threads: 1))
  var points = shapes.enumerated().map { numbers($0.element.count, seed: $0.offset + 1) }
  if positive { points = points.map { $0.map { 0.3 + abs($0) } } }
  for (operand, point) in zip(operands, points) { program.write(point, to: operand) }
  program.write(numbers(value.shape.count, seed: 99), to: weights)
  program.run()
  let symbolic = gradients.map(program.read)

  for (index, operand) in operands.enumerated() {
    for element in points[index].indices {
      var moved = points[index]
      var values: [Double] = []
      for side: Float in [1, -1] {
        moved[element] = points[index][element] + side * step
        program.write(moved, to: operand)
        program.run()
        values.append(Double(program.scalar(loss)))
      }
      program.write(points[index], to: operand)
      let numeric = Float((values[0] - values[1]) / Double(2 * step))
      let allowed = tolerance * max(1, abs(numeric))
      #expect(
        abs(symbolic[index][element] - numeric) <= allowed,
        "operand \(index), element \(element): symbolic \(symbolic[index][element]), numeric \(numeric)",
        sourceLocation: sourceLocation)
    }
  }
}
