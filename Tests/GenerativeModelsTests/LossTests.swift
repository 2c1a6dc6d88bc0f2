// Every adversarial loss against its formula, worked out on a few outputs of D, and its penalties against finite differences.

import Autograd
import Figures
import GenerativeModels
import Glibc
import NeuralNetwork
import Testing

@Suite("Adversarial losses are those of their papers")
struct LossTests {
  private static let real: [Double] = [1.5, -0.25, 0.75]
  private static let fake: [Double] = [-1, 0.5, 2]

  private func softplus(_ x: Double) -> Double { log1p(exp(x)) }
  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// D's and G's loss of those outputs, as recorded.
  private func values(_ loss: any AdversarialLoss) -> (d: Double, g: Double) {
    let graph = Graph()
    let (real, fake) = (graph.input("real", [3, 1]), graph.input("fake", [3, 1]))
    let outputs = (loss.discriminator(real: real, fake: fake), loss.generator(fake: fake, real: real))
    let program = Program(
      graph, outputs: [outputs.0, outputs.1], parameters: NetworkBuilder().makeStore(seed: 1),
      random: RandomSource(key: 1), workers: Workers(threads: 1))
    program.write(Self.real.map(Float.init), to: real)
    program.write(Self.fake.map(Float.init), to: fake)
    program.run()
    return (Double(program.scalar(outputs.0)), Double(program.scalar(outputs.1)))
  }

  /// The formula of each, by name.
  private func expected(_ name: String) -> (d: Double, g: Double)? {
    let (real, fake) = (Self.real, Self.fake)
    let crossEntropies = mean(real.map { softplus(-$0) }) + mean(fake.map(softplus))
    return switch name {
    case "minimax": (crossEntropies, -mean(fake.map(softplus)))
    case "non-saturating": (crossEntropies, mean(fake.map { softplus(-$0) }))
    case "lsgan":
      (
        0.5 * mean(real.map { ($0 - 1) * ($0 - 1) }) + 0.5 * mean(fake.map { $0 * $0 }),
        0.5 * mean(fake.map { ($0 - 1) * ($0 - 1) })
      )
    case "hinge": (mean(real.map { max(0, 1 - $0) }) + mean(fake.map { max(0, 1 + $0) }), -mean(fake))
    case "wgan-gp": (mean(fake) - mean(real), -mean(fake))
    case "rpgan":
      (mean(zip(real, fake).map { softplus($1 - $0) }), mean(zip(real, fake).map { softplus($0 - $1) }))
    default: nil
    }
  }

  @Test("D's and G's loss of the same outputs", arguments: AdversarialLosses.names)
  func formulas(name: String) throws {
    let (got, wanted) = (values(AdversarialLosses.named(name)), try #require(expected(name)))
    #expect(abs(got.d - wanted.d) < 1e-6 && abs(got.g - wanted.g) < 1e-6)
  }

  @Test(
    "At chance, where D says the same of all, both losses are what the chart's lines say",
    arguments: AdversarialLosses.names)
  func chance(name: String) {
    let loss = AdversarialLosses.named(name)
    guard let chance = loss.atChance else { return }
    // Of a least-squares D, chance is ½; of all others 0.
    let output: Float = name == "lsgan" ? 0.5 : 0
    let graph = Graph()
    let same = graph.constant(output, [3, 1])
    let outputs = (
      loss.discriminator(real: same, fake: same) * loss.toldShare, loss.generator(fake: same, real: same)
    )
    let program = Program(
      graph, outputs: [outputs.0, outputs.1], parameters: NetworkBuilder().makeStore(seed: 1),
      random: RandomSource(key: 1), workers: Workers(threads: 1))
    program.run()
    #expect(abs(Double(program.scalar(outputs.0)) - chance.discriminator) < 1e-6)
    #expect(abs(Double(program.scalar(outputs.1)) - chance.generator) < 1e-6)
  }

  @Test("R1 pulls a linear D's slope towards 0: its gradient is γ·w, and γ·w for R2 as well", arguments: ["r1", "r2"])
  func penalties(key: String) {
    // D(x) = w·x + b: ‖∇D‖² = w² wherever, so γ/2·w² adds γ·w to the gradient.
    let (plain, punished) = (pocketGame(), pocketGame(set: [(key, "0.5")]))
    plain.advance([1])
    punished.advance([1])
    #expect(abs((plain.w - punished.w) - 0.1 * 0.5 * 0.5) < 1e-6)
  }

  @Test("wgan-gp's penalty pulls the slope to 1: its gradient is 2λ(|w| − 1)")
  func gradientPenalty() {
    let game = pocketGame(rate: 0.01, scale: .sum, set: [("loss", "wgan-gp"), ("lambda", "3")])
    game.advance([1])
    // D's loss −w·1 + w·0.5 has the slope −0.5; the penalty adds 2·3·(0.5 − 1).
    #expect(abs(game.w - (0.5 - 0.01 * (-0.5 - 3))) < 1e-5)
  }

  @Test("A packed D sees several samples at once", arguments: [1, 2, 4])
  func packing(pack: Int) {
    let game = smallGame(set: [("pack", "\(pack)")])
    #expect(game.values("discriminator.dense1.weight").count == 3 * pack * 8)
    for _ in 0..<3 { game.step(smallBatch) }
    #expect(!game.report.contains { !$0.isFinite })
    #expect(game.judge(smallBatch).count == 4 / pack)
  }

  @Test("Every loss trains, with every penalty, in both orders", arguments: AdversarialLosses.names)
  func trains(name: String) {
    for order in ["alternating", "simultaneous"] {
      let game = smallGame(set: [("loss", name), ("r1", "0.1"), ("r2", "0.1"), ("ema", "10"), ("order", order)])
      let before = (game.weights("generator"), game.weights("discriminator"))
      for _ in 0..<5 { game.step(smallBatch) }
      #expect(game.weights("generator") != before.0 && game.weights("discriminator") != before.1)
      #expect(!game.report.contains { !$0.isFinite })
      let isProbability = AdversarialLosses.named(name).isProbability
      #expect(game.told.contains("d_real") == isProbability, "D(x) is told only where it is a probability")
    }
  }
}

@Suite("Dirac's game turns as its theory says")
struct DiracTests {
  private func game(_ changes: [(String, String)]) throws -> Game {
    let model = DiracGAN()
    var settings = KnobSettings(model.card.knobs)
    for (key, value) in changes { try settings.set(key, to: value) }
    return Game(model, settings: settings, seed: 1)
  }

  private func radius(_ game: Game) -> Double {
    let (theta, psi) = (Double(game.value(of: "theta")), Double(game.value(of: "psi")))
    return (theta * theta + psi * psi).squareRoot()
  }

  @Test("A simultaneous step without a penalty grows the radius by √(1 + h²·f′²) (lemma 2.4)")
  func drift() throws {
    let game = try game([("order", "simultaneous")])
    for _ in 0..<50 {
      let (before, product) = (radius(game), Double(game.value(of: "theta") * game.value(of: "psi")))
      let slope = 1 / (1 + exp(product))
      game.finishStep(FixedBatch([]))
      #expect(abs(radius(game) / before - (1 + 0.04 * slope * slope).squareRoot()) < 1e-5)
    }
  }

  @Test("After the paper's 500 steps: outward, on a cycle, or arrived")
  func fates() throws {
    func after500(_ changes: [(String, String)]) throws -> Double {
      let game = try game(changes)
      let batch = FixedBatch([])
      for _ in 0..<500 { game.finishStep(batch) }
      return radius(game)
    }
    #expect(try after500([("order", "simultaneous")]) > 3)
    #expect(try (1...2).contains(after500([])))
    #expect(try after500([("r1", "1")]) < 1e-3)
  }
}
