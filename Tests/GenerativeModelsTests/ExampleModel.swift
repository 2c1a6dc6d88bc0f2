// Mao et al.: "Least squares generative adversarial networks" (ICCV 2017, arXiv:1611.04076), on a spiral in the plane:
//
//     min_D ½E(D(x) − 1)² + ½E D(G(z))²        min_G ½E(D(G(z)) − 1)²                         (equation 9)

import Autograd
import Figures
import GenerativeModels  // not in a file of GenerativeModels itself
import NeuralNetwork

struct SpiralGAN: Model {
  let card = Card(
    name: "spiral", title: "a spiral, by least squares", paper: "Mao et al. 2017, arXiv:1611.04076",
    data: .plane(.spiral),
    knobs: [
      .count("batch", 128, in: 1...4096, "real samples of a move, and as many generated ones"),
      .number("rate", 1e-3, in: 0...1, "learning rate of G and D"),
    ], best: ("distance", isLess: true)
  ) { _ in
    [
      Figure(
        "d_loss", "D's loss", chart: "losses", colour: .discriminator, reference: .line(0.25, "¼"),
        cadence: .everyStep, sense: .lossOfDiscriminator, meaning: "½E(D(x) − 1)² + ½E D(G(z))²; ¼ at chance"),
      Figure(
        "g_loss", "G's loss", chart: "losses", colour: .generator, cadence: .everyStep, sense: .lossOfGenerator,
        meaning: "½E(D(G(z)) − 1)²"),
      Figure(
        "distance", "to the spiral", chart: "distance", sense: .divergence,
        meaning: "from a generated point to the nearest of 512 real ones, on average"),
    ]
  }

  func build(_ game: GameBuilder) {
    let adam = Optimiser.adam(rate: .constant(Float(game.settings.number("rate"))), beta1: 0.5, beta2: 0.99)
    let latent = Latent(2, .normal)
    let G = game.network("generator", latent.size) { z in z.dense(64).relu().dense(64).relu().dense(2) }
    let D = game.network("discriminator", game.sampleSize) { x in
      x.dense(64).leakyReLU(0.2).dense(64).leakyReLU(0.2).dense(1)
    }
    let d = game.move("D") { move in
      let real = D(move.take(.sample), .training).tensor
      let fake = D(G(move.noise(latent), .training).tensor, .training).tensor
      let loss = ((real - 1).square().mean() + fake.square().mean()) * 0.5
      move.tell("d_loss", loss)
      move.minimise(loss, D.range, by: adam)  // G stays as it is
    }
    let g = game.move("G") { move in
      let loss = (D(G(move.noise(latent), .training).tensor, .training).tensor - 1).square().mean() * 0.5
      move.tell("g_loss", loss)
      move.minimise(loss, G.range, by: adam)
    }
    game.order([d, g])
    game.sampler(latent) { z in G(z, .inference).tensor }
  }

  func look(_ look: inout Look) {
    look.samples()  // the picture of the points
    look.noteTold()  // the losses, as the training told them last
    let real = look.data.heldOut(count: 512, seed: look.seed)
    let fake = look.shownSamples(512)
    let nearest = stride(from: 0, to: fake.count, by: 2).map { i -> Float in
      let squares = stride(from: 0, to: real.count, by: 2).map { j -> Float in
        let (x, y) = (fake[i] - real[j], fake[i + 1] - real[j + 1])
        return x * x + y * y
      }
      return squares.reduce(.infinity, min).squareRoot()
    }
    look.note("distance", Double(nearest.reduce(0, +)) / Double(nearest.count))
  }
}
