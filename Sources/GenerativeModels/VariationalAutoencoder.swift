// Kingma, Welling: "Auto-encoding variational Bayes" (ICLR 2014, arXiv:1312.6114): no game, one loss. An encoder says where
// in the latent space an image lies, with an error; a decoder makes images of such points; the bound
//
//     ELBO = E_{q(z|x)}[log p(x|z)] − KL(q(z|x) ‖ N(0, 1)) ≤ log p(x)                                    (equation 3)
//
// is raised, with z = μ + σ·ε (§2.4) and the KL in closed form (appendix B). Bernoulli likelihood; the targets are grey,
// as in most code since, so that the reconstruction term cannot exceed minus the pixels' own entropy.

import Autograd
import Figures
import Glibc
import NeuralNetwork

package struct VariationalAutoencoder: Model {
  package let card: Card
  private let exhibits: [String]

  /// `vae`: 20 latent features, as many as the paper's figures have at the most; 400 hidden units.
  package static let vae = VariationalAutoencoder(
    "vae", "digits by a variational autoencoder", latent: 20,
    exhibits: [("samples", "samples"), ("reconstructions", "reconstructions")],
    proofs: [Proof("elbo", .atLeast(-104), steps: 12_000)])

  /// `vae/plane`: two, so that the whole latent space can be laid out on the screen (the paper's figure 4).
  package static let plane = VariationalAutoencoder(
    "vae/plane", "the plane that digits lie in", latent: 2,
    exhibits: [("plane", "the latent plane"), ("reconstructions", "reconstructions")])

  private init(
    _ name: String, _ title: String, latent: Int, exhibits: [(key: String, title: String)],
    proofs: [Proof] = []
  ) {
    card = Card(
      name: name, title: title, paper: "Kingma and Welling 2014, arXiv:1312.6114", data: .digits(side: 28),
      units: .unit,
      knobs: [
        .count("batch", 100, in: 1...4096, "images of a step"),
        .count("latent", latent, in: 1...1024, "features of z"),
        .count("width", 400, in: 1...8192, "hidden units of encoder and decoder"),
        .number("rate", 1e-3, in: 0...10, "learning rate"),
      ], exhibits: exhibits, best: ("elbo", isLess: false),
      proofs: proofs
    ) { _ in
      [
        Figure(
          "loss", "−ELBO", unit: .nats, chart: "losses", colour: .generator, cadence: .everyStep, sense: .loss,
          meaning: "what encoder and decoder make smaller, of an image"),
        Figure(
          "elbo", "ELBO", unit: .nats, chart: "elbo", sense: .coverage,
          meaning: "at most log p(x), of a held-out image; more is better"),
        Figure("reconstruction", "E log p(x|z)", unit: .nats, meaning: "how well an image comes back"),
        Figure("kl_prior", "KL(q‖p)", unit: .nats, meaning: "what z says of an image, beyond the prior"),
      ]
    }
    self.exhibits = exhibits.map(\.key)
  }

  private struct Code {
    let mean: Signal
    /// log σ².
    let logVariance: Signal
  }

  package func build(_ game: GameBuilder) {
    let settings = game.settings
    let latent = Latent(settings.count("latent"), .normal)
    let (size, width) = (latent.size, settings.count("width"))
    let encoder = game.network("encoder", inputs: [game.sampleSize]) { inputs in
      let hidden = inputs[0].dense(width).relu()
      return Code(mean: hidden.dense(size), logVariance: hidden.dense(size))
    }
    let decoder = game.network("decoder", size) { z in z.dense(width).relu().dense(784) }

    /// Of each image, `[N, 1]`: E log p(x|z) by one sample of z, and the KL.
    func terms(_ x: Tensor, _ noise: Tensor, _ mode: Mode) -> (likelihood: Tensor, divergence: Tensor) {
      let code = encoder(x, mode)
      let (mean, logVariance) = (code.mean.tensor, code.logVariance.tensor)
      let logits = decoder(mean + (logVariance * 0.5).exp() * noise, mode).tensor
      // log p = x·a − softplus(a) for a logit a.
      let likelihood = (x * logits - logits.softplus()).sum(axes: [1])
      let divergence = (logVariance.exp() + mean.square() - 1 - logVariance).sum(axes: [1]) * 0.5
      return (likelihood, divergence)
    }
    let step = game.move("VAE") { move in
      let (likelihood, divergence) = terms(move.take(.sample), move.noise(latent), .training)
      let loss = (divergence - likelihood).mean()
      let adam = Optimiser.adam(rate: .constant(Float(settings.number("rate"))), beta1: 0.9, beta2: 0.999)
      move.minimise(loss, encoder.range, decoder.range, by: adam)
      move.tell("loss", loss)
    }
    game.order([step])
    game.sampler(latent) { decoder($0, .inference).tensor.sigmoid() }
    game.function("reconstruct", [784]) { decoder(encoder($0[0], .inference).mean.tensor, .inference).tensor.sigmoid() }
    game.function("terms", [784, size]) {
      let (likelihood, divergence) = terms($0[0], $0[1], .inference)
      return Tensor.concatenate([likelihood, divergence], axis: 1)
    }
  }

  package func look(_ look: inout Look) {
    for exhibit in exhibits {
      switch exhibit {
      case "plane": look.show("plane", plane(look))
      case "reconstructions": look.show("reconstructions", reconstructions(look))
      default: look.samples()
      }
    }
    guard !look.isForPictures else { return }
    let x = look.gallery.heldOut
    let noise = look.game.latent(count: x.count / 784, seed: look.seed, stream: Stream.measuredNoise)
    let terms = look.game.call("terms", [x, noise])
    func mean(_ column: Int) -> Double {
      stride(from: column, to: terms.count, by: 2).reduce(0) { $0 + Double(terms[$1]) }
        / Double(max(1, terms.count / 2))
    }
    look.note("reconstruction", mean(0))
    look.note("kl_prior", mean(1))
    look.note("elbo", mean(0) - mean(1))
    look.note("loss", mean(1) - mean(0))
  }

  /// Held-out images above what comes back of them.
  private func reconstructions(_ look: Look) -> Exhibit.Content {
    let columns = min(10, look.gallery.heldOut.count / 784)
    let real = Array(look.gallery.heldOut.prefix(columns * 784))
    return .grid(
      PictureGrid(
        width: 28, height: 28, columns: max(1, columns), rowTitles: ["in", "out"],
        pixels: real + look.game.call("reconstruct", [real])))
  }

  /// Images of evenly spread points of the unit square, by the inverse of the normal distribution (the paper's figure 4):
  /// 20 × 20, the first feature to the right, the second upwards, all others 0.
  private func plane(_ look: Look) -> Exhibit.Content {
    let side = 20
    let size = look.game.sampler?.latent.size ?? 2
    let axis = (0..<side).map { Float(normalQuantile((Double($0) + 0.5) / Double(side))) }
    let z = (0..<side * side).flatMap { place -> [Float] in
      [axis[place % side], axis[side - 1 - place / side]].prefix(size) + Array(repeating: 0, count: max(0, size - 2))
    }
    return .grid(PictureGrid(width: 28, height: 28, columns: side, pixels: look.game.sample(latent: z)))
  }

  /// x with Φ(x) = p, by bisection.
  private func normalQuantile(_ p: Double) -> Double {
    var (low, high) = (-8.0, 8.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if 0.5 * erfc(-middle / 2.0.squareRoot()) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
