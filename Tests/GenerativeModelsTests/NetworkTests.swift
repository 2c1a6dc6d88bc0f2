// Networks of layers that change how many pixels there are, written as Swift.

import Autograd
import Figures
import GenerativeModels
import NeuralNetwork
import Testing

@Suite("Networks on images")
struct NetworkTests {
  /// Row → 2×2×8 → up-sampled → convolved → shuffled, against a D that pools: a generator without transposed
  /// convolutions.
  private static func game(_ interpolation: Interpolation, threads: Int = 1) -> Game {
    let gan = GAN(
      "pictures", "", data: .pictures(side: 8, channels: 1), latent: 4, prior: .normal, batch: 3,
      rates: (generator: 1e-3, discriminator: 1e-3),
      generator: { z, _ in
        z.dense(32).image(2, 2, 8)
          .upsample(by: 2, interpolation).convolve(12, size: 3, padding: 1).instanceNorm(isTrained: true).relu()
          .pixelShuffle(.enlarging(by: 2)).convolve(1, size: 3, padding: 1).tanh().rows()
      },
      discriminator: { x, _ in
        x.image(8, 8, 1).pixelShuffle(.reducing(by: 2))
          .convolve(6, size: 3, padding: 1).instanceNorm().leakyReLU(0.2)
          .pool(.maximum, Window(3, stride: 2, padding: 1)).pool(.average, Window(2)).rows().dense(1)
      },
      generatorOptimiser: { .adam(rate: .constant($0), beta1: 0.5, beta2: 0.999) })
    return Game(gan, seed: 1, threads: threads)
  }

  @Test("A generator that up-samples and a discriminator that pools fit together and learn", arguments: [1, 2])
  func plays(threads: Int) {
    for interpolation in [Interpolation.nearest, .bilinear] {
      let game = Self.game(interpolation, threads: threads)
      #expect(game.values("generator.convolution1.filter").count == 3 * 3 * 8 * 12)
      #expect(game.values("generator.norm1.scale") == [Float](repeating: 1, count: 12))
      #expect(game.values("generator.convolution2.filter").count == 3 * 3 * 3, "twelve channels became three")
      #expect(game.values("discriminator.convolution1.filter").count == 3 * 3 * 4 * 6)
      #expect(game.values("discriminator.dense1.weight").count == 6, "4×4 was pooled to 2×2, then to one pixel")
      let before = (game.weights("generator"), game.weights("discriminator"))
      game.step((0..<3 * 64).map { Float($0 % 7) / 7 })
      for (old, new) in zip(before.0, game.weights("generator")) { #expect(old != new) }
      for (old, new) in zip(before.1, game.weights("discriminator")) { #expect(old != new) }
      #expect(!game.report.contains { !$0.isFinite })
    }
  }

  @Test("Only products count as operations: moving pixels is not arithmetic that libraries are compared by")
  func operations() {
    let (g, d) = (4 * 32 + 16 * 9 * 8 * 12 + 64 * 9 * 3, 16 * 9 * 4 * 6 + 6)
    let firsts = (4 * 32, 16 * 9 * 4 * 6)
    #expect(Self.game(.nearest).operationsPerStep == Double(2 * 3 * (4 * g + 8 * d - firsts.0 - 2 * firsts.1)))
  }

  @Test("A residual connection is a sum, a skip joins channels, and a row beside an image is at every pixel")
  func connections() {
    var builder = NetworkBuilder()
    let network = Network("n", inputs: [8, 3], in: &builder) { inputs in
      let image = inputs[0].image(2, 2, 2)
      let residual = image + image.convolve(2, size: 1, weights: .constant(0))
      return residual.joined(image).joined(inputs[1]).rows()
    }
    let graph = Graph()
    let (x, y) = (graph.input("x", [1, 8]), graph.input("y", [1, 3]))
    let output = network.record([x, y], .inference).tensor
    let program = Program(
      graph, outputs: [output], parameters: builder.makeStore(seed: 1), random: RandomSource(key: 1),
      workers: Workers(threads: 1))
    program.write([0, 1, 2, 3, 4, 5, 6, 7], to: x)
    program.write([10, 20, 30], to: y)
    program.run()
    let expected: [Float] = (0..<4).flatMap { pixel -> [Float] in
      let own = [Float(2 * pixel), Float(2 * pixel + 1)]
      return own + own + [10, 20, 30]
    }
    #expect(program.read(output) == expected)
  }

  @Test("A body that takes another way the second time stops with the network's name")
  func anotherWay() async {
    await #expect(processExitsWith: .failure) {
      var builder = NetworkBuilder()
      var isFirst = true
      let network = Network("turncoat", inputs: [2], in: &builder) { inputs in
        defer { isFirst = false }
        return isFirst ? inputs[0].dense(2) : inputs[0].dense(3)
      }
      _ = network.record([Graph().input("x", [1, 2])], .inference)
    }
  }
}

/// A model that says one thing in its card and does another.
private struct Contradiction: Model {
  var figures: [Figure] = []
  var knobs: [Knob] = []

  var card: Card {
    let figures = figures
    return Card(
      name: "liar", title: "", paper: "", data: .line(.toy),
      knobs: knobs + [.count("batch", 2, in: 1...9, "")]
    ) { _ in figures }
  }

  func build(_ game: GameBuilder) {
    let network = game.network("n", 1) { $0.dense(1) }
    let move = game.move("N") { move in
      let loss = network(move.take(.sample), .training).tensor.square().mean()
      move.minimise(loss, network.range, by: .adam(rate: .constant(1), beta1: 0, beta2: 0.9))
      move.tell("loss", loss)
    }
    game.order([move])
  }

  func look(_ look: inout Look) {}
}

@Suite("A card that its build contradicts")
struct ContradictionTests {
  private static let loss = Figure("loss", "loss", cadence: .everyStep)

  @Test("stops at the start: a figure that is told and not declared, a knob that is declared and not used")
  func stops() async {
    await #expect(processExitsWith: .failure) { _ = Game(Contradiction(), seed: 1) }
    await #expect(processExitsWith: .failure) {
      _ = Game(Contradiction(figures: [Self.loss], knobs: [.number("idle", 0, in: 0...1, "")]), seed: 1)
    }
    await #expect(processExitsWith: .success) { _ = Game(Contradiction(figures: [Self.loss]), seed: 1) }
  }
}
