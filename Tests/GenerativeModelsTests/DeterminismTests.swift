// The same seed gives the same run, whoever looks on.

import GenerativeModels
import Testing

@Suite("A run is a function of its seed")
struct DeterminismTests {
  private func everything(_ game: Game) -> [[Float]] { game.store.layout.parameters.map { game.store[$0] } }

  @Test("Equal seeds give equal weights to the bit, other seeds do not", arguments: [1, 2])
  func seeds(threads: Int) {
    let (a, b, c) = (smallGame(threads: threads), smallGame(threads: threads), smallGame(seed: 2, threads: threads))
    for game in [a, b, c] { for _ in 0..<20 { game.step(smallBatch) } }
    #expect(everything(a) == everything(b))
    #expect(a.report == b.report)
    #expect(everything(a) != everything(c))
  }

  @Test("A net that two threads share does the same each time")
  func sharedWork() {
    let runs = (0..<2).map { _ in
      let game = Game(GAN.tutorialMNIST, seed: 3, threads: 2)
      let batch = FixedBatch([Float](repeating: 0.25, count: 128 * 784))
      for _ in 0..<2 { game.finishStep(batch) }
      return everything(game)
    }
    #expect(runs[0] == runs[1])
  }

  @Test("Looking at samples and judgements does not change what is learnt")
  func lookingIsFree() {
    let (watched, alone) = (smallGame(), smallGame())
    for step in 0..<20 {
      watched.step(smallBatch)
      alone.step(smallBatch)
      let samples = watched.sample(latent: watched.latent(count: step + 1, seed: 9, stream: 1))
      _ = watched.judge(samples)
    }
    #expect(everything(watched) == everything(alone))
  }

  @Test("A reset goes the same way again, and another seed another way")
  func reset() {
    let game = smallGame(rate: 0.1)
    let start = everything(game)
    func run() -> [[Float]] {
      for _ in 0..<10 { game.step(smallBatch) }
      return everything(game)
    }
    let first = run()
    game.advance(smallBatch)
    game.reset(seed: 1)
    #expect(game.cursor == 0 && game.step == 0)
    #expect(everything(game) == start)
    #expect(run() == first)
    game.reset(seed: 2)
    #expect(run() != first)
  }

  @Test("Noise to look at is the same for the same seed and stream, in whatever quantity")
  func latent() {
    let game = smallGame()
    let few = game.latent(count: 4, seed: 1, stream: 7)
    #expect(few == Array(game.latent(count: 100, seed: 1, stream: 7).prefix(8)))
    #expect(few != game.latent(count: 4, seed: 1, stream: 8))
    #expect(few != game.latent(count: 4, seed: 2, stream: 7))
  }

  @Test("Samples do not depend on how many are asked for at once")
  func partsOfSamples() {
    let game = smallGame()
    game.step(smallBatch)
    let z = game.latent(count: 1300, seed: 1, stream: 1)
    let all = game.sample(latent: z)
    #expect(all.count == 3 * 1300)
    let last = game.sample(latent: Array(z.suffix(2 * 3)))
    for (a, b) in zip(all.suffix(9), last) { #expect(abs(a - b) < 1e-6) }
    #expect(game.sample(latent: []).isEmpty)
  }

  @Test("Images leave as they came, in 0…1, where the networks work in −1…1")
  func symmetricRange() {
    let symmetric = GAN(
      "symmetric", "", data: .pictures(side: 1, channels: 1), units: .symmetric, latent: 1,
      prior: .uniform(low: 2, high: 2), batch: 1, rates: (generator: 0.1, discriminator: 0.1),
      generator: { z, _ in z.dense(1, weights: .values([0]), bias: .constant(0)).tanh() },
      discriminator: { x, _ in x.dense(1, weights: .values([1]), bias: .constant(0)) },
      generatorOptimiser: { .momentum(rate: .constant($0), momentum: .constant(0)) })
    let game = Game(symmetric, seed: 1)
    #expect(game.sample(latent: [2]) == [0.5])
    #expect(game.judge([0, 0.5, 1]) == [-1, 0, 1])
  }
}
