// The rules: Algorithm 1, both losses of G, both orders, checked against numbers worked out by hand.

import GenerativeModels
import Glibc
import Testing

@Suite("The game is played by the paper's rules")
struct GameTests {
  @Test("D moves k times, then G once, each D on a new batch", arguments: [1, 3])
  func algorithmOne(k: Int) {
    let gan = smallGame { $0.discriminatorSteps = k }
    var batches = 0
    var turns: [GAN.Turn] = []
    for _ in 0..<4 {
      turns.append(gan.turn)
      gan.advance {
        batches += 1
        return smallBatch
      }
    }
    #expect(turns == [.discriminator, .generator, .discriminator, .generator])
    #expect(batches == 2 * k)
    #expect(gan.discriminatorUpdates == 2 * k)
    #expect(gan.generatorUpdates == 2)
  }

  @Test("A step finishes a round that was begun by half")
  func stepFinishesRound() {
    let gan = smallGame()
    gan.advance { smallBatch }
    gan.step { smallBatch }
    #expect(gan.turn == .discriminator)
    #expect(gan.discriminatorUpdates == 1)
    #expect(gan.generatorUpdates == 1)
  }

  @Test("D's update is its gradient worked out by hand, and half as long for the mean as for the sum")
  func discriminatorUpdate() {
    // a(x) = 0.5, a(G(z)) = 0.25; dL/dw = ½(−σ(−0.5)·1 + σ(0.25)·0.5).
    let gradient = 0.5 * (-sigmoid(-0.5) + sigmoid(0.25) * 0.5)
    for (loss, factor) in [(GANConfiguration.DiscriminatorLoss.mean, Float(1)), (.sum, 2)] {
      let gan = pocketGame { $0.discriminatorLoss = loss }
      gan.advance { [1] }
      #expect(abs(gan.w - (0.5 - 0.1 * factor * gradient)) < 1e-6)
      #expect(gan.v == 0.25)
      let expected = 0.5 * (log1p(exp(-0.5)) + log1p(exp(0.25)))
      #expect(abs(Double(gan.report.discriminatorLoss) - expected) < 1e-6, "the report does not depend on the scale")
      #expect(abs(gan.report.meanReal - sigmoid(0.5)) < 1e-6)
      #expect(abs(gan.report.meanFake - sigmoid(0.25)) < 1e-6)
    }
  }

  @Test("G's two losses push along the same line, σ(a) against 1 − σ(a) of the way")
  func generatorLosses() {
    // D's rate is 0, so G meets w = 0.5: a = 0.25, da/dv = w·z = 1.
    func move(_ loss: GANConfiguration.GeneratorLoss) -> GAN {
      let gan = pocketGame {
        $0.generatorLoss = loss
        $0.discriminatorOptimiser = .momentum(rate: .constant(0), momentum: .constant(0))
      }
      gan.step { [1] }
      return gan
    }
    let minimax = move(.minimax)
    #expect(abs(minimax.v - (0.25 + 0.1 * sigmoid(0.25))) < 1e-6)
    #expect(abs(Double(minimax.report.generatorLoss) + log1p(exp(0.25))) < 1e-6)
    let nonSaturating = move(.nonSaturating)
    #expect(abs(nonSaturating.v - (0.25 + 0.1 * sigmoid(-0.25))) < 1e-6)
    #expect(abs(Double(nonSaturating.report.generatorLoss) - log1p(exp(-0.25))) < 1e-6)
  }

  @Test(
    "Where D says ½ to all, both losses of G have the same gradient, none if D is flat", arguments: [0, 0.8] as [Float])
  func sameFixedPoint(w: Float) {
    // b makes the logit of the fake, G(2) = 0.5, vanish.
    let moved = [GANConfiguration.GeneratorLoss.minimax, .nonSaturating].map { loss in
      let gan = pocketGame(w: w, b: -0.5 * w) {
        $0.generatorLoss = loss
        $0.discriminatorOptimiser = .momentum(rate: .constant(0), momentum: .constant(0))
      }
      gan.step { [1] }
      return gan.v - 0.25
    }
    #expect(abs(moved[0] - 0.1 * 0.5 * w * 2) < 1e-6)
    #expect(abs(moved[0] - moved[1]) < 1e-6)
  }

  @Test("Alternating G answers the new D, simultaneous G the old one")
  func orders() {
    let gradient = 0.5 * (-sigmoid(-0.5) + sigmoid(0.25) * 0.5)
    let newW = 0.5 - 0.1 * gradient
    let newB = -0.1 * 0.5 * (sigmoid(0.25) - sigmoid(-0.5))

    let alternating = pocketGame()
    alternating.step { [1] }
    #expect(abs(alternating.v - (0.25 + 0.1 * sigmoid(-(newW * 0.5 + newB)) * newW * 2)) < 1e-6)

    let simultaneous = pocketGame { $0.order = .simultaneous }
    #expect(simultaneous.turn == .both)
    simultaneous.step { [1] }
    #expect(abs(simultaneous.w - newW) < 1e-6)
    #expect(abs(simultaneous.v - (0.25 + 0.1 * sigmoid(-0.25) * 0.5 * 2)) < 1e-6)
    #expect(simultaneous.discriminatorUpdates == 1)
    #expect(simultaneous.generatorUpdates == 1)
  }

  @Test("A half leaves the other player's weights as they are, to the bit")
  func halvesTouchOnePlayer() {
    let gan = smallGame {
      $0.generator = NetworkDescription([.dense(8), .batchNorm(), .activation(.relu), .dense(3)])
      $0.discriminator = NetworkDescription([.dense(8), .batchNorm(), .activation(.relu), .dense(1)])
    }
    for _ in 0..<3 {
      let (g, d) = (gan.weights(gan.generatorRange), gan.weights(gan.discriminatorRange))
      let statistics = gan.values("generator.norm1.running_mean")
      gan.advance { smallBatch }
      #expect(gan.weights(gan.generatorRange) == g)
      #expect(gan.values("generator.norm1.running_mean") == statistics, "D's half must not move G's statistics")
      let newD = gan.weights(gan.discriminatorRange)
      #expect(newD != d)
      gan.advance { smallBatch }
      #expect(gan.weights(gan.discriminatorRange) == newD)
      #expect(gan.weights(gan.generatorRange) != g)
    }
  }
}
