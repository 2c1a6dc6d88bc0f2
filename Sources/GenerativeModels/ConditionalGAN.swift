// Mirza, Osindero: "Conditional generative adversarial nets" (2014, arXiv:1411.1784). Both players are told what is wanted:
//
//     min_G max_D E_x[log D(x|y)] + E_z[log(1 − D(G(z|y)|y))]                                            (equation 2)
//
// The paper joins the class to the inputs of dense networks (§4.1). Here both are convolutional, as in DCGAN: after five
// minutes a judge finds the class that was asked for more often (measured).

import Autograd
import Figures
import NeuralNetwork

package struct ConditionalGAN: Model {
  package let card = Card(
    name: "cgan", title: "digits to order", paper: "Mirza and Osindero 2014, arXiv:1411.1784", data: .digits(side: 28),
    draws: [Draw(.sample, .label)], units: .symmetric,
    knobs: Adversary.knobs(ema: 500) + [
      .count("k", 1, in: 1...1_000_000, "updates of D before each of G"),
      .count("batch", 64, in: 1...4096, "real samples of a move, and as many generated ones"),
      .count("latent", 64, in: 1...4096, "features of z"),
      .number("g_rate", 4e-4, in: 0...10, "G's learning rate"),
      .number("d_rate", 2e-4, in: 0...10, "D's learning rate"),
      .choice("labels", "true", of: ["true", "shuffled"], "shuffled: the control, in which classes mean nothing"),
    ],
    exhibits: [("classes", "classes")],
    proofs: [
      Proof("obeyed", .atLeast(0.92), steps: 6000, control: Proof.Control([("labels", "shuffled")], .atMost(0.15)))
    ]
  ) { settings in
    let loss = AdversarialLosses.named(settings.choice("loss"))
    return Adversary.figures(loss) + [
      Figure(
        "obeyed", "as asked", unit: .share, chart: "obeyed", reference: .line(0.1, "chance"), cadence: .rarely,
        sense: .coverage, meaning: "pictures that a judge takes for the class that was asked for")
    ]
  }

  package func build(_ game: GameBuilder) {
    let settings = game.settings
    let adversary = Adversary(game)
    let classes = GameBuilder.classes
    let latent = Latent(settings.count("latent"), .normal)
    let G = game.network("generator", latent.size, given: classes) { z, y in
      z.joined(y).dense(256).batchNorm().relu()
        .dense(7 * 7 * 64).batchNorm().relu().image(7, 7, 64)
        .transposeConvolve(32, size: 4, stride: 2, padding: 1).batchNorm().relu()
        .transposeConvolve(1, size: 4, stride: 2, padding: 1).tanh().rows()
    }
    let D = game.network(
      "discriminator", game.sampleSize * adversary.samplesAtOnce, given: classes * adversary.samplesAtOnce
    ) { x, y in
      x.image(28, 28, 1).joined(y)
        .convolve(32, size: 4, stride: 2, padding: 1).leakyReLU(0.2)
        .convolve(64, size: 4, stride: 2, padding: 1).leakyReLU(0.2)
        .rows().dropout(keep: 0.7).joined(y).dense(128).leakyReLU(0.2).dense(1)
    }
    func adam(_ rate: String) -> Optimiser {
      .adam(rate: .constant(Float(settings.number(rate))), beta1: 0.5, beta2: 0.999)
    }
    /// The classes of the batch, or, for the control, those of other pictures of it.
    func labels(_ move: Move) -> Tensor {
      let y = move.take(.label)
      let m = y.shape[0]
      guard settings.choice("labels") == "shuffled", m > 1 else { return y }
      return Tensor.concatenate([y.slice(axis: 0, 1..<m), y.slice(axis: 0, 0..<1)], axis: 0)
    }
    let d = game.move("D") { move in
      let (x, y) = (move.take(.sample), labels(move))
      let fakes = G(move.noise(latent), given: y, .trainingWithoutStatistics).tensor
      let both = adversary.packed(y)
      let loss = adversary.discriminatorLoss(move, real: x, fake: fakes, together: false) {
        D($0, given: both, .training).tensor
      }
      move.minimise(loss.loss, D.range, by: adam("d_rate"))
    }
    let g = game.move("G") { move in
      let y = labels(move)
      func judge(_ x: Tensor) -> Tensor {
        D(adversary.packed(x), given: adversary.packed(y), .trainingWithoutStatistics).tensor
      }
      let fakes = judge(G(move.noise(latent), given: y, .training).tensor)
      move.minimise(
        adversary.generatorLoss(move, fakeOutputs: fakes, real: judge(move.take(.sample))), G.range, by: adam("g_rate"))
    }
    game.order(Array(repeating: d, count: settings.count("k")) + [g])
    if settings.count("ema") > 0 { game.average(G, halfLife: settings.count("ema"), in: g) }
    game.sampler(latent, given: .classes(classes)) { z, y in G(z, given: y, .inference).tensor }
  }

  package func look(_ look: inout Look) {
    // A column is a class; the same z in a row.
    let (rows, classes) = (4, GameBuilder.classes)
    let z = look.shownLatent(rows).flatMap { row in (0..<classes).map { _ in row } }
    let pictures = look.game.sample(at: z, classes: (0..<rows * classes).map { $0 % classes })
    look.show(
      "classes",
      .grid(
        PictureGrid(
          width: 28, height: 28, columns: classes, columnTitles: (0..<classes).map(String.init), pixels: pictures)))
    if look.isThorough { look.note("obeyed", look.judge?.agreement(look.measuredSamples())) }
    look.noteTold()
  }

  /// The share of pictures that are what was asked for, most of all.
  package func score(_ look: inout Look) -> Double? {
    self.look(&look)
    return look.readings["obeyed"].map { 1 - $0 }
  }
}
