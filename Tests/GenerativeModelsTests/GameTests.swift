// The rules: Algorithm 1, both losses of G, both orders, checked against numbers worked out by hand.

import GenerativeModels
import Glibc
import Testing

@Suite("The game is played by the paper's rules")
struct GameTests {
  @Test("D moves k times, then G once, each D on a new batch", arguments: [1, 3])
  func algorithmOne(k: Int) {
    let game = smallGame(set: [("k", "\(k)")])
    let batch = FixedBatch(smallBatch)
    var moves: [String] = []
    for _ in 0..<2 * (k + 1) {
      moves.append(game.nextMove)
      game.advance(batch)
    }
    let round = Array(repeating: "D", count: k) + ["G"]
    #expect(moves == round + round)
    #expect(batch.count == 2 * k)
    #expect(game.updates(of: "discriminator") == 2 * k)
    #expect(game.updates(of: "generator") == 2)
    #expect(game.step == 2)
  }

  @Test("A step finishes a round that was begun by half")
  func stepFinishesRound() {
    let game = smallGame()
    game.advance(smallBatch)
    game.step(smallBatch)
    #expect(game.cursor == 0 && game.step == 1)
    #expect(game.updates(of: "discriminator") == 1)
    #expect(game.updates(of: "generator") == 1)
  }

  @Test("D's update is its gradient worked out by hand, and half as long for the mean as for the sum")
  func discriminatorUpdate() {
    // a(x) = 0.5, a(G(z)) = 0.25; dL/dw = ½(−σ(−0.5)·1 + σ(0.25)·0.5).
    let gradient = 0.5 * (-sigmoid(-0.5) + sigmoid(0.25) * 0.5)
    for (scale, factor) in [(GAN.LossScale.mean, Float(1)), (.sum, 2)] {
      let game = pocketGame(scale: scale)
      game.advance([1])
      #expect(abs(game.w - (0.5 - 0.1 * factor * gradient)) < 1e-6)
      #expect(game.v == 0.25)
      let expected = 0.5 * (log1p(exp(-0.5)) + log1p(exp(0.25)))
      #expect(abs(Double(game.told("d_loss")) - expected) < 1e-6, "what is told does not depend on the scale")
      #expect(abs(game.told("d_real") - sigmoid(0.5)) < 1e-6)
      #expect(abs(game.told("d_fake") - sigmoid(0.25)) < 1e-6)
    }
  }

  @Test("G's two losses push along the same line, σ(a) against 1 − σ(a) of the way")
  func generatorLosses() {
    // D's rate is 0, so G meets w = 0.5: a = 0.25, da/dv = w·z = 1.
    func move(_ loss: String) -> Game {
      let game = pocketGame(rateOfD: 0, set: [("loss", loss)])
      game.step([1])
      return game
    }
    let minimax = move("minimax")
    #expect(abs(minimax.v - (0.25 + 0.1 * sigmoid(0.25))) < 1e-6)
    #expect(abs(Double(minimax.told("g_loss")) + log1p(exp(0.25))) < 1e-6)
    let nonSaturating = move("non-saturating")
    #expect(abs(nonSaturating.v - (0.25 + 0.1 * sigmoid(-0.25))) < 1e-6)
    #expect(abs(Double(nonSaturating.told("g_loss")) - log1p(exp(-0.25))) < 1e-6)
  }

  @Test(
    "Where D says ½ to all, both losses of G have the same gradient, none if D is flat", arguments: [0, 0.8] as [Float])
  func sameFixedPoint(w: Float) {
    // b makes the logit of the fake, G(2) = 0.5, vanish.
    let moved = ["minimax", "non-saturating"].map { loss in
      let game = pocketGame(w: w, b: -0.5 * w, rateOfD: 0, set: [("loss", loss)])
      game.step([1])
      return game.v - 0.25
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
    alternating.step([1])
    #expect(abs(alternating.v - (0.25 + 0.1 * sigmoid(-(newW * 0.5 + newB)) * newW * 2)) < 1e-6)

    let simultaneous = pocketGame(set: [("order", "simultaneous")])
    #expect(simultaneous.isOneMove)
    simultaneous.step([1])
    #expect(abs(simultaneous.w - newW) < 1e-6)
    #expect(abs(simultaneous.v - (0.25 + 0.1 * sigmoid(-0.25) * 0.5 * 2)) < 1e-6)
    #expect(simultaneous.updates(of: "discriminator") == 1)
    #expect(simultaneous.updates(of: "generator") == 1)
  }

  @Test("A move leaves the other network's weights as they are, to the bit")
  func movesTouchOneNetwork() {
    let game = smallGame(
      generator: { z, _ in z.dense(8).batchNorm().relu().dense(3) },
      discriminator: { x, _ in x.dense(8).batchNorm().relu().dense(1) })
    for _ in 0..<3 {
      let (g, d) = (game.weights("generator"), game.weights("discriminator"))
      let statistics = game.values("generator.norm1.running_mean")
      game.advance(smallBatch)
      #expect(game.weights("generator") == g)
      #expect(game.values("generator.norm1.running_mean") == statistics, "D's move must not change G's statistics")
      let newD = game.weights("discriminator")
      #expect(newD != d)
      game.advance(smallBatch)
      #expect(game.weights("discriminator") == newD)
      #expect(game.weights("generator") != g)
    }
  }

  @Test("An averaged G follows by half of the way in its half-life, and is what samples come from")
  func average() {
    let game = pocketGame(rateOfD: 0, set: [("ema", "1")])
    #expect(game.values("average.generator.dense1.weight") == [0.25], "it begins where G does")
    var (average, before) = (Float(0.25), Float(0.25))
    for _ in 0..<3 {
      game.step([1])
      // One update behind: the average takes in the weights that the move began with, or ended with.
      let candidates = [before, game.v].map { average * 0.5 + $0 * 0.5 }
      let now = game.values("average.generator.dense1.weight")[0]
      #expect(candidates.contains { abs($0 - now) < 1e-6 })
      (average, before) = (now, game.v)
    }
    let sample = game.sample(latent: [2])[0]
    let bias = game.values("average.generator.dense1.bias")[0]
    #expect(abs(sample - (2 * average + bias)) < 1e-6)
    #expect(abs(average - game.v) > 1e-4)
  }
}
