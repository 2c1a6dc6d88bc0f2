// Chen, Duan, Houthooft, Schulman, Sutskever, Abbeel: "InfoGAN" (NIPS 2016, arXiv:1606.03657). Part of the noise is a code
// c: a category of ten, and two numbers of U(−1, 1). Nobody says what they mean; G must only make samples from which they
// can be read:
//
//     min_{G,Q} max_D V(D, G) − λ·L_I(G, Q),     L_I = E[log Q(c|G(z, c))] + H(c) ≤ I(c; G(z, c))      (equations 5, 6)
//
// Q shares D's trunk (§6). Q of a number is a Gaussian of fixed width, so that its share of L_I is a squared error. The
// weight of the numbers grows while digits come about: from the start, they take the classes over (measured).

import Autograd
import Figures
import Glibc
import Metrics
import NeuralNetwork

package struct InfoGAN: Model {
  package let card = Card(
    name: "infogan", title: "digits by codes that nobody named", paper: "Chen et al. 2016, arXiv:1606.03657",
    data: .digits(side: 28), draws: [Draw(.sample), Draw(.category)], units: .symmetric,
    knobs: Adversary.knobs(ema: 500) + [
      .count("batch", 64, in: 1...4096, "real samples of a move, and as many generated ones"),
      .count("latent", 62, in: 1...4096, "features of z beside the codes"),
      .number("g_rate", 1e-3, in: 0...10, "G's learning rate"),
      .number("d_rate", 2e-4, in: 0...10, "D's and Q's learning rate"),
      .number("category_weight", 1, in: 0...100, "λ of the category, 1 in the paper; 0: the control"),
      .number("code_weight", 0.4, in: 0...100, "λ of the two numbers, reached at code_end"),
      .count("code_start", 1000, in: 0...10_000_000, "the step from which on the weight of the numbers grows"),
      .count("code_end", 2500, in: 1...10_000_000, "the step at which it is reached"),
    ],
    exhibits: [("categories", "categories"), ("codes", "codes")],
    proofs: [Proof("category_agreement", .atLeast(0.7), steps: 4400)]
  ) { settings in
    Adversary.figures(AdversarialLosses.named(settings.choice("loss"))) + [
      Figure(
        "information", "L_I", unit: .nats, chart: "information", reference: .line(log(10), "H(c)"),
        cadence: .everyStep, sense: .coverage, meaning: "what samples tell of their category, at least; log 10 is all"),
      Figure(
        "code_error", "code error", chart: "information", cadence: .everyStep,
        meaning: "mean square of Q's error on the two numbers; 1/3 where it knows nothing"),
      Figure(
        "category_agreement", "categories", unit: .share, chart: "meaning", reference: .line(0.1, "chance"),
        cadence: .rarely, sense: .coverage, meaning: "samples of the class that their category stands for, by a judge"),
      Figure(
        "slant_correlation", "slant", chart: "meaning", cadence: .rarely,
        meaning: "rank correlation, without its sign, of lean and the code that says most of it; 0 to 1"),
    ]
  }

  /// What D says, and what Q reads.
  private struct Heads {
    let logit: Signal
    /// `[N, 10]`, before softmax.
    let category: Signal
    /// `[N, 2]`.
    let codes: Signal
  }

  /// The first features of z are the codes that are numbers.
  private static let codes = 2

  package func build(_ game: GameBuilder) {
    let settings = game.settings
    let adversary = Adversary(game)
    let (classes, codes) = (GameBuilder.classes, Self.codes)
    let latent = Latent(codes + settings.count("latent"), .uniform(low: -1, high: 1))
    let weights = (category: Float(settings.number("category_weight")), code: Float(settings.number("code_weight")))
    let ramp = (start: Float(settings.count("code_start")), end: Float(settings.count("code_end")))

    let G = game.network("generator", latent.size, given: classes) { z, c in
      z.joined(c).dense(256).batchNorm().relu()
        .dense(7 * 7 * 48).batchNorm().relu().image(7, 7, 48)
        .transposeConvolve(24, size: 4, stride: 2, padding: 1).batchNorm().relu()
        .transposeConvolve(1, size: 4, stride: 2, padding: 1).tanh().rows()
    }
    let D = game.network("discriminator", inputs: [game.sampleSize * adversary.samplesAtOnce]) { inputs in
      let trunk = inputs[0].image(28, 28, 1)
        .convolve(24, size: 4, stride: 2, padding: 1).leakyReLU(0.1)
        .convolve(48, size: 4, stride: 2, padding: 1).batchNorm().leakyReLU(0.1)
        .rows().dense(256).batchNorm().leakyReLU(0.1)
      let q = trunk.dense(64).batchNorm().leakyReLU(0.1)
      return Heads(logit: trunk.dense(1), category: q.dense(classes), codes: q.dense(codes))
    }

    /// Steps that D has made: the weight of the numbers follows it.
    let steps = game.memory("steps", [1], .constant(0))

    /// What Q's error costs, and what it is in parts.
    func informationLoss(
      _ move: Move, _ heads: Heads, _ category: Tensor, _ code: Tensor
    ) -> (loss: Tensor, information: Tensor, error: Tensor) {
      let logits = heads.category.tensor
      let shifted = logits - logits.maximum(axis: 1)
      let logLikelihood = shifted - shifted.exp().sum(axes: [1]).log()
      let surprise = -(adversary.packed(category).slice(axis: 1, 0..<classes) * logLikelihood).sum(axes: [1]).mean()
      let error = (heads.codes.tensor - adversary.packed(code).slice(axis: 1, 0..<codes)).square().mean()
      let progress = (move.recall(steps) - ramp.start) / max(1, ramp.end - ramp.start)
      let weight = (progress.relu() - (progress - 1).relu()).sum() * weights.code
      return (surprise * weights.category + error * weight, Float(log(Double(classes))) - surprise, error)
    }

    func adam(_ rate: String) -> Optimiser {
      .adam(rate: .constant(Float(settings.number(rate))), beta1: 0.5, beta2: 0.999)
    }
    let d = game.move("D") { move in
      let (z, category) = (move.noise(latent), move.take(.category))
      let fakes = G(z, given: category, .trainingWithoutStatistics).tensor
      var seen: [Heads] = []
      let loss = adversary.discriminatorLoss(move, real: move.take(.sample), fake: fakes, together: false) { x in
        seen.append(D(x, .training))
        return seen[seen.count - 1].logit.tensor
      }
      // Real samples were shown first.
      let information = informationLoss(move, seen[1], category, z.slice(axis: 1, 0..<codes))
      move.minimise(loss.loss + information.loss, D.range, by: adam("d_rate"))
      move.keep(move.recall(steps) + 1, in: steps)
    }
    let g = game.move("G") { move in
      let (z, category) = (move.noise(latent), move.take(.category))
      let heads = D(adversary.packed(G(z, given: category, .training).tensor), .trainingWithoutStatistics)
      let loss = adversary.generatorLoss(
        move, fakeOutputs: heads.logit.tensor,
        real: D(adversary.packed(move.take(.sample)), .trainingWithoutStatistics).logit.tensor)
      let information = informationLoss(move, heads, category, z.slice(axis: 1, 0..<codes))
      move.minimise(loss + information.loss, G.range, by: adam("g_rate"))
      move.tell("information", information.information)
      move.tell("code_error", information.error)
    }
    game.order([d, g])
    if settings.count("ema") > 0 { game.average(G, halfLife: settings.count("ema"), in: g) }
    game.sampler(latent, given: .classes(classes)) { z, c in G(z, given: c, .inference).tensor }
  }

  package func look(_ look: inout Look) {
    let classes = GameBuilder.classes
    // A column is a category; the same z in a row.
    let z = look.shownLatent(4)
    let rows = z.flatMap { z in Array(repeating: z, count: classes) }
    look.show(
      "categories",
      .grid(
        PictureGrid(
          width: 28, height: 28, columns: classes, columnTitles: (0..<classes).map { "c\($0)" },
          pixels: look.game.sample(at: rows, classes: rows.indices.map { $0 % classes }))))
    look.show("codes", sweep(look, from: z[0]))
    if look.isThorough, let judge = look.judge { measure(&look, judge) }
    look.noteTold()
  }

  /// A row sweeps one of the numbers from −2 to 2, beyond what is trained with, as in the paper's figure 2; a category has
  /// a row for each.
  private func sweep(_ look: Look, from z: LatentVector) -> Exhibit.Content {
    let (columns, shown) = (9, 4)
    let values = (0..<columns).map { -2 + 4 * Float($0) / Float(columns - 1) }
    let rows = (0..<shown).flatMap { row in
      values.map { value -> LatentVector in
        var moved = z
        for code in 0..<Self.codes { moved.coordinates[code] = 0 }
        moved.coordinates[row % Self.codes] = value
        return moved
      }
    }
    let categories = (0..<shown * columns).map { $0 / columns / Self.codes }
    return .grid(
      PictureGrid(
        width: 28, height: 28, columns: columns, columnTitles: values.map { String(format($0)) },
        rowTitles: (0..<shown).map { "code \($0 % Self.codes + 1)" },
        pixels: look.game.sample(at: rows, classes: categories)))
  }

  private func format(_ value: Float) -> String {
    let halves = Int((value * 2).rounded())
    return (halves < 0 ? "−" : "") + "\(abs(halves) / 2)" + (abs(halves) % 2 == 1 ? ".5" : "")
  }

  private func measure(_ look: inout Look, _ judge: ImageJudge) {
    let samples = look.measuredSamples()
    let found = judge.classify(samples).map(Int.init)
    guard !found.isEmpty, judge.classes <= GameBuilder.classes else { return }
    let categories = found.indices.map { $0 % GameBuilder.classes }
    look.note("category_agreement", bestMatching(categories, found, count: GameBuilder.classes).share)
    let z = look.measuredNoise(samples.count / 784)
    let leans = judge.shapes(of: samples).map(\.lean)
    let correlations = (0..<Self.codes).map { code in
      abs(rankCorrelation(z.map { Double($0.coordinates[code]) }, leans))
    }
    look.note("slant_correlation", correlations.max())
  }

  package func score(_ look: inout Look) -> Double? {
    self.look(&look)
    return look.readings["category_agreement"].map { 1 - $0 }
  }
}
