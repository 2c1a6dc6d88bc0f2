// Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio: "Generative adversarial nets"
// (NIPS 2014). D and G play
//
//     min_G max_D V(D, G) = E_x[log D(x)] + E_z[log(1 − D(G(z)))]                                        (equation 1)
//
// by Algorithm 1: k updates of D on m real and m generated samples, then one of G on m new ones.

import Autograd
import Figures
import NeuralNetwork

/// The game of two players, on whatever data. The experiments are values of it: `GAN+Toys.swift`, `GAN+Digits.swift`,
/// `GAN+Papers.swift`, `DCGAN.swift`.
package struct GAN: Model {
  /// Who moves when.
  package enum Order: String, Hashable, Sendable, CaseIterable {
    /// Algorithm 1: k updates of D, then one of G against the new D, each on noise of its own.
    case alternating
    /// Both gradients at the same parameters and on the same fakes, then both updates, as in the code that was
    /// published with the paper. Exactly what programs do that update G first and then show D the fakes from before
    /// G's update.
    case simultaneous
  }

  /// What D minimises, which scales its gradient. Adam hardly notices; momentum does.
  package enum LossScale: Float, Hashable, Sendable {
    /// ½(BCE on real + BCE on generated): the paper's code, and its V up to a factor of −½.
    case mean = 0.5
    /// The plain sum: most code since.
    case sum = 1
  }

  /// A network's body: what it makes of its input, given where the knobs stand and what is known of the data.
  package typealias Body = @Sendable (Signal, GameBuilder) -> Signal

  package var name: String
  package var title: String
  package var paper = "Goodfellow et al. 2014, arXiv:1406.2661"
  package var data: DataSource
  package var units = Units.raw
  package var prior: Prior
  /// Noise, rows of z, to samples.
  package var generator: Body
  /// Samples, or as many side by side as D sees at once, to a logit `[N, 1]`: D(x) is its sigmoid.
  package var discriminator: Body
  package var lossScale = LossScale.sum
  /// From the initial rate of a knob to an optimiser.
  package var generatorOptimiser: @Sendable (_ rate: Float) -> Optimiser
  package var discriminatorOptimiser: @Sendable (_ rate: Float) -> Optimiser
  package var knobs: [Knob]
  package var proofs: [Proof]

  /// - Parameters:
  ///   - latent: features of z.
  ///   - batch: m of Algorithm 1.
  ///   - rates: of G and D at first.
  ///   - halfLives: of the rates, in updates, as knobs; `nil` where the optimisers say how rates fall.
  package init(
    _ name: String, _ title: String, data: DataSource, units: Units = .raw, latent: Int, prior: Prior, batch: Int,
    rates: (generator: Double, discriminator: Double), order: Order = .alternating,
    halfLives: (generator: Int, discriminator: Int)? = nil, adversary: [Knob] = Adversary.knobs(),
    generator: @escaping Body, discriminator: @escaping Body,
    generatorOptimiser: @escaping @Sendable (Float) -> Optimiser,
    discriminatorOptimiser: (@Sendable (Float) -> Optimiser)? = nil, proofs: [Proof] = []
  ) {
    self.name = name
    self.title = title
    self.data = data
    self.units = units
    self.prior = prior
    self.proofs = proofs
    self.generator = generator
    self.discriminator = discriminator
    self.generatorOptimiser = generatorOptimiser
    self.discriminatorOptimiser = discriminatorOptimiser ?? generatorOptimiser
    knobs =
      adversary + [
        .choice(
          "order", order.rawValue, of: Order.allCases.map(\.rawValue), "k updates of D, then one of G; or both at once"),
        .count("k", 1, in: 1...1_000_000, "updates of D before each of G, in alternating order"),
        .count("batch", batch, in: 1...4096, "real samples of a move, and as many generated ones"),
        .count("latent", latent, in: 1...4096, "features of z"),
        .number("g_rate", rates.generator, in: 0...10, "G's learning rate at first"),
        .number("d_rate", rates.discriminator, in: 0...10, "D's learning rate at first"),
      ]
    if let halfLives {
      knobs += [
        .count(
          "g_decay", halfLives.generator, in: 0...1_000_000_000, "updates after which G's rate is half; 0: it stays"),
        .count("d_decay", halfLives.discriminator, in: 0...1_000_000_000, "the same of D's"),
      ]
    }
  }

  package var card: Card {
    let data = data
    return Card(
      name: name, title: title, paper: paper, data: data, units: units, knobs: knobs, proofs: proofs
    ) { settings in
      let loss = AdversarialLosses.named(settings.choice("loss"))
      return Adversary.figures(loss) + Look.figures(of: data, loss)
    }
  }

  package func build(_ game: GameBuilder) {
    let settings = game.settings
    let adversary = Adversary(game, scale: lossScale.rawValue)
    let latent = Latent(settings.count("latent"), prior)
    let (k, halfLife) = (settings.count("k"), settings.count("ema"))
    let (generator, discriminator) = (generator, discriminator)
    let G = game.network("generator", latent.size) { generator($0, game) }
    let D = game.network("discriminator", adversary.samplesAtOnce * game.sampleSize) { discriminator($0, game) }
    let decays = settings.has("g_decay")
    let generatorOptimiser = generatorOptimiser(Float(settings.number("g_rate")))
      .halving(every: decays ? settings.count("g_decay") : 0)
    let discriminatorOptimiser = discriminatorOptimiser(Float(settings.number("d_rate")))
      .halving(every: decays ? settings.count("d_decay") : 0)

    switch Order(rawValue: settings.choice("order")) {
    case .simultaneous?:
      // D judges real and generated samples apart, for G's gradient must not run back through the real ones.
      let both = game.move("D and G") { move in
        let fakes = G(move.noise(latent), .training).tensor
        let real = move.take(.sample)
        let d = adversary.discriminatorLoss(move, real: real, fake: fakes, together: false) { D($0, .training).tensor }
        move.minimise(d.loss, D.range, by: discriminatorOptimiser)
        let g = adversary.generatorLoss(
          move, fakeOutputs: d.fakeOutputs, real: D(adversary.packed(real), .training).tensor)
        move.minimise(g, G.range, by: generatorOptimiser)
      }
      game.order([both])
      if halfLife > 0 { game.average(G, halfLife: halfLife, in: both) }
    case .alternating?, nil:
      // Algorithm 1, lines 3–5. G's weights get no gradient, since only those of D are asked for.
      let d = game.move("D") { move in
        let fakes = G(move.noise(latent), .trainingWithoutStatistics).tensor
        let together = !D.mixesSamples && !adversary.isPenalised
        let d = adversary.discriminatorLoss(move, real: move.take(.sample), fake: fakes, together: together) {
          D($0, .training).tensor
        }
        move.minimise(d.loss, D.range, by: discriminatorOptimiser)
      }
      // Lines 7–8: G descends its loss on m new samples, through a D that stays as it is.
      let g = game.move("G") { move in
        func judge(_ x: Tensor) -> Tensor { D(adversary.packed(x), .trainingWithoutStatistics).tensor }
        let fakes = judge(G(move.noise(latent), .training).tensor)
        let loss = adversary.generatorLoss(move, fakeOutputs: fakes, real: judge(move.take(.sample)))
        move.minimise(loss, G.range, by: generatorOptimiser)
      }
      game.order(Array(repeating: d, count: k) + [g])
      if halfLife > 0 { game.average(G, halfLife: halfLife, in: g) }
    }
    game.sampler(latent) { G($0, .inference).tensor }
    game.judge(packing: adversary.samplesAtOnce) { D($0, .inference).tensor }
  }

  package func look(_ look: inout Look) {
    look.samples()
    look.adversarial(AdversarialLosses.named(look.settings.choice("loss")))
  }

  package func score(_ look: inout Look) -> Double? { look.distanceToData() }
}
