// Optimisers against the papers' recursions in double precision, and the courses that their rates take.

import Autograd
import Glibc
import NeuralNetwork
import Testing

@Suite("Optimisers follow their recursions")
struct OptimiserTests {
  /// Minimises ½·Σ c·w² from w = 1; the gradient is c·w. Returns w after each step.
  private func run(_ optimiser: Optimiser, curvatures: [Float], steps: Int) -> [[Float]] {
    var builder = NetworkBuilder()
    let (weight, range) = builder.network("p") {
      $0.add("w", [curvatures.count], .constant(1))
    }
    let store = builder.makeStore(seed: 0)
    let graph = Graph()
    let curvature = graph.input("c", weight.shape)
    let loss = (graph.parameter(weight).square() * curvature).sum() * 0.5
    let recorded = optimiser.record(range, minimising: loss)
    let program = Program(
      graph, outputs: [loss], parameters: store, random: RandomSource(key: 0), workers: Workers(threads: 1))
    program.write(curvatures, to: curvature)
    return (0..<steps).map { step in
      recorded.prepare(program, after: step)
      program.run()
      return store[weight]
    }
  }

  @Test("Adam, with both biases corrected")
  func adam() {
    let curvatures: [Float] = [0.01, 1, 30]
    let course = run(
      .adam(rate: .constant(0.05), beta1: 0.5, beta2: 0.999), curvatures: curvatures, steps: 20)
    for (index, c) in curvatures.enumerated() {
      var (w, m, v) = (1.0, 0.0, 0.0)
      for t in 1...20 {
        let g = Double(c) * w
        m = 0.5 * m + 0.5 * g
        v = 0.999 * v + 0.001 * g * g
        w -= 0.05 * (m / (1 - pow(0.5, Double(t)))) / ((v / (1 - pow(0.999, Double(t)))).squareRoot() + 1e-8)
        #expect(abs(Double(course[t - 1][index]) - w) < 2e-5)
      }
    }
  }

  @Test("momentum, with a falling rate and a rising momentum")
  func momentum() {
    let rate = RateSchedule.geometric(initial: 0.1, factor: 1 / 1.25, floor: 0.03)
    let momentum = RateSchedule.linear(from: 0.5, to: 0.7, updates: 4)
    let course = run(.momentum(rate: rate, momentum: momentum), curvatures: [2], steps: 12)
    var (w, v) = (1.0, 0.0)
    for t in 0..<12 {
      let rate = max(0.03, 0.1 * pow(1 / 1.25, Double(t)))
      let momentum = 0.5 + 0.2 * min(1, Double(t) / 4)
      v = momentum * v - rate * 2 * w
      w += v
      #expect(abs(Double(course[t][0]) - w) < 1e-5)
    }
  }

  @Test("an update leaves other players' parameters and running statistics bit for bit as they were")
  func otherPlayers() {
    var builder = NetworkBuilder()
    let (first, range) = builder.network("first") { builder in
      (Dense("d", inputs: 3, outputs: 4, in: &builder), BatchNorm("n", features: 4, in: &builder))
    }
    let (second, _) = builder.network("second") { Dense("d", inputs: 4, outputs: 1, in: &$0) }
    let store = builder.makeStore(seed: 9)
    let before = (store[first.0.weight], store[second.weight], store[first.1.runningMean])
    let graph = Graph()
    let x = graph.random(.normal(mean: 0, deviation: 1), [8, 3])
    let loss = second(first.1(first.0(x, .training), .trainingWithoutStatistics), .training).square().mean()
    let adam = Optimiser.adam(rate: .constant(0.1), beta1: 0.9, beta2: 0.999).record(range, minimising: loss)
    let program = Program(
      graph, outputs: [loss], parameters: store, random: RandomSource(key: 0), workers: Workers(threads: 1))
    adam.prepare(program, after: 0)
    program.run()
    #expect(store[first.0.weight] != before.0)
    #expect(store[second.weight] == before.1)
    #expect(store[first.1.runningMean] == before.2)
  }
}
