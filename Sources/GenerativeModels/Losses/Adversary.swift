// D against G, whatever they are made of: records both losses with their penalties, and tells the figures of the game.
//
// Penalties on D's gradient, from the same graph: R1 = γ/2·E‖∇D(x)‖² on real samples (Mescheder et al. 2018, equation 9), R2
// the same on generated ones; wgan-gp's λ·E(‖∇D(x̂)‖ − 1)² on points between the two.
//
// Packing: D sees p samples at once, so that samples that are too much alike give G away (Lin et al., "PacGAN", NeurIPS 2018).

import Autograd
import Figures
import NeuralNetwork

package struct Adversary {
  package let loss: any AdversarialLoss
  private let r1: Float
  private let r2: Float
  private let lambda: Float
  private let pack: Int
  /// Whether D's loss is told as it is minimised, or half of it is minimised; see `GAN.LossScale`.
  private let scale: Float
  private let batchSize: Int

  /// What every adversarial model lets one choose.
  ///
  /// All but `loss` are 0, which is none, unless told.
  package static func knobs(
    loss: String = "non-saturating", r1: Double = 0, r2: Double = 0, ema: Int = 0
  ) -> [Knob] {
    [
      .choice("loss", loss, of: AdversarialLosses.names, "what D and G make smaller"),
      .number("r1", r1, in: 0...100, "γ of the penalty γ/2·‖∇D‖² on real samples"),
      .number("r2", r2, in: 0...100, "γ of the penalty γ/2·‖∇D‖² on generated samples"),
      .number("lambda", 10, in: 0...1000, "λ of wgan-gp's penalty, 10 in its paper"),
      .count("pack", 1, in: 1...16, "samples that D sees at once; divides the batch"),
      .count("ema", ema, in: 0...1_000_000, "half-life, in steps, of the averaged G that samples come from; 0: none"),
    ]
  }

  /// - Parameter scale: what D's loss is multiplied by before it is minimised.
  package init(_ game: GameBuilder, scale: Float = 1) {
    let settings = game.settings
    loss = AdversarialLosses.named(settings.choice("loss"))
    r1 = Float(settings.number("r1"))
    r2 = Float(settings.number("r2"))
    let lambda = Float(settings.number("lambda"))
    self.lambda = loss.penalisesGradient ? lambda : 0
    pack = settings.count("pack")
    batchSize = game.batchSize
    self.scale = scale
    guard batchSize.isMultiple(of: pack) else {
      fatalError("\(game.card.name): a batch of \(batchSize) cannot be packed by \(pack)")
    }
  }

  /// Samples that D sees at once.
  package var samplesAtOnce: Int { pack }
  /// Whether D's gradient at samples is asked for, which one call for both kinds would not share.
  package var isPenalised: Bool { r1 > 0 || r2 > 0 || lambda > 0 }

  /// Rows `[N, features]` as D takes them, `[N/p, p·features]`.
  package func packed(_ x: Tensor) -> Tensor {
    pack == 1 ? x : x.reshaped([x.shape[0] / pack, x.shape[1] * pack])
  }

  /// What D minimises on real and generated samples `[m, features]`, in the networks' units; its figures are told.
  ///
  /// - Parameters:
  ///   - together: whether D may see both in one call, which is cheaper and impossible where it mixes samples.
  ///   - judge: D, on rows as it takes them.
  package func discriminatorLoss(
    _ move: Move, real: Tensor, fake: Tensor, together: Bool, _ judge: (Tensor) -> Tensor
  ) -> (loss: Tensor, fakeOutputs: Tensor) {
    let (real, fake) = (packed(real), packed(fake))
    let m = real.shape[0]
    let (realOutputs, fakeOutputs): (Tensor, Tensor)
    if together {
      let outputs = judge(Tensor.concatenate([real, fake], axis: 0))
      (realOutputs, fakeOutputs) = (outputs.slice(axis: 0, 0..<m), outputs.slice(axis: 0, m..<2 * m))
    } else {
      (realOutputs, fakeOutputs) = (judge(real), judge(fake))
    }
    let game = loss.discriminator(real: realOutputs, fake: fakeOutputs)
    tell(move, game * loss.toldShare, realOutputs, fakeOutputs)
    var total = game * scale
    if let penalty = penalty(move, real, fake, judge) { total = total + penalty }
    return (total, fakeOutputs)
  }

  /// What G minimises by what D says of its samples; its figure is told.
  ///
  /// - Parameter real: what D says of real samples, where the loss compares with them.
  package func generatorLoss(_ move: Move, fakeOutputs: Tensor, real: @autoclosure () -> Tensor) -> Tensor {
    let value = loss.generator(fake: fakeOutputs, real: loss.comparesWithReal ? real() : nil)
    move.tell("g_loss", value)
    return value
  }

  private func tell(_ move: Move, _ value: Tensor, _ real: Tensor, _ fake: Tensor) {
    move.tell("d_loss", value)
    if loss.isProbability {
      move.tell("d_real", real.sigmoid().mean())
      move.tell("d_fake", fake.sigmoid().mean())
    }
  }

  // MARK: Penalties

  private func penalty(_ move: Move, _ real: Tensor, _ fake: Tensor, _ judge: (Tensor) -> Tensor) -> Tensor? {
    var terms: [Tensor] = []
    if r1 > 0 { terms.append(squaredGradient(real, judge).mean() * (r1 / 2)) }
    if r2 > 0 { terms.append(squaredGradient(fake, judge).mean() * (r2 / 2)) }
    if lambda > 0 {
      let share = move.graph.random(.uniform(low: 0, high: 1), [real.shape[0], 1])
      let between = real * share + fake * (1 - share)
      // The norm's derivative at 0 is finite with so little added.
      let norm = (squaredGradient(between, judge) + 1e-12).squareRoot()
      terms.append((norm - 1).square().mean() * lambda)
    }
    return terms.isEmpty ? nil : terms.dropFirst().reduce(terms[0], +)
  }

  /// ‖∇D(x)‖² of each row, `[m, 1]`. Rows of D that do not mix have gradients of their own in that of the sum.
  private func squaredGradient(_ x: Tensor, _ judge: (Tensor) -> Tensor) -> Tensor {
    gradient(of: judge(x).sum(), withRespectTo: [x])[0].square().sum(axes: [1])
  }

  // MARK: Figures

  /// The figures of the game under a loss: what the training tells, and what a look measures on held-out data.
  package static func figures(_ loss: any AdversarialLoss) -> [Figure] {
    let labels = loss.atChanceLabels
    func line(_ value: Double?, _ label: String) -> Figure.Reference? { value.map { .line($0, label) } }
    var figures = [
      Figure(
        "d_loss", "D's loss", unit: .nats, chart: "losses", colour: .discriminator,
        reference: line(loss.atChance?.discriminator, labels.discriminator), cadence: .everyStep,
        sense: .lossOfDiscriminator,
        meaning: loss.isProbability
          ? "½(BCE on real + BCE on generated); log 2 at chance" : "what D makes smaller, without penalties"),
      Figure(
        "g_loss", "G's loss", unit: .nats, chart: "losses", colour: .generator,
        reference: line(loss.atChance?.generator, labels.generator), cadence: .everyStep, sense: .lossOfGenerator,
        meaning: "what G makes smaller"),
    ]
    guard loss.isProbability else { return figures }
    figures += [
      Figure(
        "d_real", "D(x)", cadence: .everyStep, sense: .scoreOnReal,
        meaning: "mean over real samples: how real D finds them, 0 to 1"),
      Figure("d_fake", "D(G(z))", cadence: .everyStep, sense: .scoreOnFake, meaning: "the same over generated samples"),
    ]
    return figures
  }
}
