// The presets are what their sources say.

import Figures
import GenerativeModels
import Glibc
import NeuralNetwork
import Testing

@Suite("Presets have the sizes and values of their sources")
struct PresetTests {
  private func count(_ game: Game) -> (generator: Int, discriminator: Int) {
    (
      game.weights("generator").map(\.count).reduce(0, +),
      game.weights("discriminator").map(\.count).reduce(0, +)
    )
  }

  private func settings(_ gan: GAN) -> KnobSettings { KnobSettings(gan.card.knobs) }

  @Test("The paper's MNIST: 1200-1200-784 against two maxout layers of 240×5, plain SGD, both at once")
  func paper() throws {
    let means = (0..<784).map { Float($0) / 784 }
    let game = Game(GAN.paperMNIST, pixelMeans: means, seed: 1)
    let sizes = count(game)
    #expect(sizes.generator == 100 * 1200 + 1200 + 1200 * 1200 + 1200 + 1200 * 784 + 784)
    #expect(sizes.discriminator == 784 * 1200 + 1200 + 240 * 1200 + 1200 + 240 + 1)
    let settings = settings(.paperMNIST)
    #expect(settings.choice("order") == "simultaneous")
    #expect(settings.count("batch") == 100)
    #expect(GAN.paperMNIST.lossScale == .mean)
    #expect(settings.choice("loss") == "non-saturating")

    let weights = game.values("generator.dense1.weight")
    #expect(weights.allSatisfy { abs($0) <= 0.05 } && weights.contains { abs($0) > 0.049 })
    let judge = game.values("discriminator.maxout1.weight")
    #expect(judge.allSatisfy { abs($0) <= 0.005 } && judge.contains { abs($0) > 0.0049 })
    let bias = game.values("generator.dense3.bias")
    #expect(abs(bias[392]) < 1e-6, "half of the ink is a logit of 0")
    #expect(abs(bias[196] - log(1.0 / 3)) < 1e-5)
    #expect(bias.allSatisfy { $0.isFinite })
  }

  @Test("The paper's rate falls by 1.000004 an update, and momentum rises from .5 to .7 over epochs 1 to 250")
  func paperSchedules() throws {
    guard case .momentum(let rate, let momentum) = GAN.paperMNIST.generatorOptimiser(0.1) else {
      Issue.record("not SGD with momentum")
      return
    }
    #expect(rate.value(after: 0) == 0.1)
    #expect(abs(rate.value(after: 173_287) - 0.05) < 1e-6, "halved after ln 2 / ln 1.000004 updates")
    #expect(rate.value(after: 10_000_000) == 1e-6)
    #expect(momentum.value(after: 0) == 0.5)
    #expect(momentum.value(after: 500) == 0.5, "epoch 1 has 500 updates")
    #expect(abs(momentum.value(after: 125_000) - 0.7) < 1e-6)
    #expect(abs(momentum.value(after: 500 + 249 * 250) - 0.6) < 1e-6)
  }

  @Test("The tutorial's MNIST: 1,510,032 and 533,505 weights, and 0.8 as an epsilon")
  func tutorial() {
    let sizes = count(Game(GAN.tutorialMNIST, seed: 1))
    #expect(sizes.generator == 1_510_032)
    #expect(sizes.discriminator == 533_505)
    let layers = Game(GAN.tutorialMNIST, seed: 1).networks[0].layers
    #expect(layers.split(separator: ", ").count { $0 == "batch norm 0.8" } == 3)
    #expect(
      GAN.tutorialMNIST.generatorOptimiser(2e-4)
        == .adam(rate: .constant(2e-4), beta1: 0.5, beta2: 0.999, epsilon: 1e-8))
  }

  /// The numbers of weights that PyTorch's port of the published code prints for pictures in colour.
  @Test("The paper's DCGAN at 64×64: 3,576,704 and 2,765,568 weights in colour, N(0, 0.02), Adam 2e-4 with β1 0.5")
  func dcganPaper() {
    let colour = count(Game(GAN.dcgan64Workload, seed: 1))
    #expect(colour.generator == 3_576_704 && colour.discriminator == 2_765_568)
    let settings = settings(.dcganPaper)
    #expect(settings.count("batch") == 128 && settings.count("latent") == 100 && GAN.dcganPaper.prior == .normal)
    #expect(GAN.dcganPaper.data.sampleSize == 64 * 64)
    #expect(GAN.dcganPaper.units == .symmetric && settings.choice("order") == "alternating")
    for optimiser in [GAN.dcganPaper.generatorOptimiser(2e-4), GAN.dcganPaper.discriminatorOptimiser(2e-4)] {
      #expect(optimiser == .adam(rate: .constant(2e-4), beta1: 0.5, beta2: 0.999, epsilon: 1e-8))
    }
    #expect(settings.number("g_rate") == 2e-4 && settings.number("d_rate") == 2e-4)

    let game = Game(GAN.dcganPaper, settings: GAN.dcganPaper.settings([("batch", "1")]), seed: 1)
    let shapes = game.store.layout.parameters.filter { $0.name.hasSuffix(".filter") }.map(\.shape.extents)
    #expect(
      shapes == [
        [4, 4, 512, 100], [4, 4, 256, 512], [4, 4, 128, 256], [4, 4, 64, 128], [4, 4, 1, 64],
        [4, 4, 1, 64], [4, 4, 64, 128], [4, 4, 128, 256], [4, 4, 256, 512], [4, 4, 512, 1],
      ])
    let weights = game.values("generator.transposed2.filter").map(Double.init)
    let variance = weights.map { $0 * $0 }.reduce(0, +) / Double(weights.count)
    // Two million of them: five standard errors of a deviation are a quarter of a percent.
    #expect(abs(variance.squareRoot() - 0.02) < 0.0025 * 0.02)
    #expect(!game.store.layout.parameters.contains { $0.name.hasSuffix(".bias") })
  }

  @Test("A step of the paper's DCGAN, made narrow, moves every weight of both players")
  func dcganPaperStep() {
    let narrow = GAN.dcgan64(
      "narrow", "", data: .digits(side: 64), channels: 1, batch: 2, width: 4)
    let game = Game(narrow, seed: 1, threads: 2)
    let before = (game.weights("generator"), game.weights("discriminator"))
    game.step((0..<2 * 64 * 64).map { Float($0 % 11) / 10 })
    for (old, new) in zip(before.0, game.weights("generator")) { #expect(old != new) }
    for (old, new) in zip(before.1, game.weights("discriminator")) { #expect(old != new) }
    let picture = game.sample(latent: game.latent(count: 1, seed: 1, stream: 1))
    #expect(picture.count == 64 * 64 && picture.allSatisfy { (0...1).contains($0) })
  }
}
