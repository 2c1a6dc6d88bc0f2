// What a compiled training step promises: few passes over memory, the same numbers again.

import Autograd
import NeuralNetwork
import Testing

@Suite("A compiled training step")
struct StepTests {
  /// One optimiser step of a small classifier on random data; wide enough to be shared by threads where told.
  private struct Step {
    let program: Program
    let loss: Tensor
    let store: ParameterStore
    let weight: Parameter

    init(width: Int, threads: Int, seed: UInt64 = 1) {
      var builder = NetworkBuilder()
      let (layers, range) = builder.network("p") { builder in
        [
          Dense("a", inputs: width, outputs: width, in: &builder),
          Dense("b", inputs: width, outputs: 1, in: &builder),
        ]
      }
      self.store = builder.makeStore(seed: seed)
      self.weight = layers[0].weight
      let graph = Graph()
      let x = graph.random(.normal(mean: 0, deviation: 1), [128, width])
      let hidden = layers[0](x, .training).leakyReLU(slope: 0.2)
      self.loss = binaryCrossEntropy(logits: layers[1](hidden, .training), target: 1)
      let adam = Optimiser.adam(rate: .constant(1e-3), beta1: 0.9, beta2: 0.999).record(range, minimising: loss)
      self.program = Program(
        graph, outputs: [loss], parameters: store, random: RandomSource(key: seed), workers: Workers(threads: threads))
      adam.prepare(program, after: 0)
    }
  }

  @Test("is a handful of instructions, because element-wise work is fused")
  func fusion() {
    // noise · product · bias+activation+dot · loss and its gradients back to the hidden layer · product · Adam
    #expect(Step(width: 64, threads: 1).program.instructionCount <= 9)
  }

  @Test("gives the same numbers again for the same seed and threads", arguments: [1, 2])
  func repeats(threads: Int) {
    let runs = (0..<2).map { _ in
      let step = Step(width: 512, threads: threads)
      for _ in 0..<5 { step.program.run() }
      return step.store[step.weight]
    }
    #expect(runs[0] == runs[1])
  }

  @Test("gives nearly the same numbers on two threads as on one")
  func threadsAgree() {
    let (one, two) = (Step(width: 512, threads: 1), Step(width: 512, threads: 2))
    for _ in 0..<5 {
      one.program.run()
      two.program.run()
      #expect(abs(one.program.scalar(one.loss) - two.program.scalar(two.loss)) < 1e-5)
    }
  }

  @Test("draws other numbers for another seed")
  func seeds() {
    let (first, second) = (Step(width: 64, threads: 1, seed: 1), Step(width: 64, threads: 1, seed: 2))
    first.program.run()
    second.program.run()
    #expect(first.program.scalar(first.loss) != second.program.scalar(second.loss))
  }
}
