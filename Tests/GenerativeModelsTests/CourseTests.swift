// The same seed gives the same course, whoever looks on.

import GenerativeModels
import Testing

@Suite("A course is a function of its seed")
struct CourseTests {
  private func everything(_ gan: GAN) -> [[Float]] { gan.store.layout.parameters.map { gan.store[$0] } }

  @Test("Equal seeds give equal weights to the bit, other seeds do not", arguments: [1, 2])
  func seeds(threads: Int) {
    let (a, b, c) = (smallGame(threads: threads), smallGame(threads: threads), smallGame(seed: 2, threads: threads))
    for gan in [a, b, c] { for _ in 0..<20 { gan.step { smallBatch } } }
    #expect(everything(a) == everything(b))
    #expect(a.report == b.report)
    #expect(everything(a) != everything(c))
  }

  @Test("A net that two threads share takes the same course each time")
  func sharedWork() {
    let courses = (0..<2).map { _ in
      let gan = GAN(.tutorialMNIST, seed: 3, threads: 2)
      let batch = [Float](repeating: 0.25, count: 128 * 784)
      for _ in 0..<2 { gan.step { batch } }
      return everything(gan)
    }
    #expect(courses[0] == courses[1])
  }

  @Test("Looking at samples and judgements does not change what is learnt")
  func lookingIsFree() {
    let (watched, alone) = (smallGame(), smallGame())
    for step in 0..<20 {
      watched.step { smallBatch }
      alone.step { smallBatch }
      let samples = watched.sample(latent: watched.latent(count: step + 1, seed: 9, stream: 1))
      _ = watched.logits(of: samples)
    }
    #expect(everything(watched) == everything(alone))
  }

  @Test("A reset goes the same way again, and another seed another way")
  func reset() {
    let gan = smallGame {
      $0.generatorOptimiser = .adam(rate: .geometric(initial: 0.1, factor: 0.9, floor: 0), beta1: 0, beta2: 0.9)
    }
    let start = everything(gan)
    func course() -> [[Float]] {
      for _ in 0..<10 { gan.step { smallBatch } }
      return everything(gan)
    }
    let first = course()
    gan.advance { smallBatch }
    gan.reset(seed: 1)
    #expect(gan.turn == .discriminator)
    #expect(everything(gan) == start)
    #expect(course() == first)
    gan.reset(seed: 2)
    #expect(course() != first)
  }

  @Test("Noise to look at is the same for the same seed and stream, in whatever quantity")
  func latent() {
    let gan = smallGame()
    let few = gan.latent(count: 4, seed: 1, stream: 7)
    #expect(few == Array(gan.latent(count: 100, seed: 1, stream: 7).prefix(8)))
    #expect(few != gan.latent(count: 4, seed: 1, stream: 8))
    #expect(few != gan.latent(count: 4, seed: 2, stream: 7))
  }

  @Test("Samples do not depend on how many are asked for at once")
  func partsOfSamples() {
    let gan = smallGame()
    gan.step { smallBatch }
    let z = gan.latent(count: 1300, seed: 1, stream: 1)
    let all = gan.sample(latent: z)
    #expect(all.count == 3 * 1300)
    let last = gan.sample(latent: Array(z.suffix(2 * 3)))
    for (a, b) in zip(all.suffix(9), last) { #expect(abs(a - b) < 1e-6) }
    #expect(gan.sample(latent: []).isEmpty)
  }

  @Test("Images leave as they came, in 0…1, where the networks work in −1…1")
  func symmetricRange() {
    let gan = pocketGame(v: 0, w: 1) {
      $0.generator = NetworkDescription([
        .dense(1, weights: .values([0]), bias: .constant(0)), .activation(.tanh),
      ])
      $0.dataRange = .symmetric
    }
    #expect(gan.sample(latent: [2]) == [0.5])
    #expect(gan.logits(of: [0, 0.5, 1]) == [-1, 0, 1])
  }
}
