// Looking at a model: how far its samples are from the data, how far D from its best answer, and what there is to show. A
// model says in its `look` what of this applies to it.

import Autograd
import Datasets
import Figures
import Glibc
import Metrics

/// Everything that looking needs and that stays the same throughout a run, prepared once.
package final class Gallery {
  /// Samples that divergences and modes are estimated from.
  static let samples = 8192
  /// Samples of either kind that D is shown: where networks are small, and where they are not. The bound from so many
  /// has a standard error of about 0.002 and 0.01 nats (measured); a look at images costs about as much as a step.
  static let heldOutPoints = 4096
  package static let heldOutImages = 512

  let data: TrainingData
  let heldOut: [Float]
  let line: LineMeasure?
  let plane: PlaneMeasure?
  var losses: [Int: HeldOutLosses] = [:]
  /// Made when first asked for, which takes a moment.
  private(set) lazy var judge: ImageJudge? = {
    guard case .images(let table) = data else { return nil }
    return ImageJudge(table.images, enlargedBy: table.enlargement)
  }()

  package init(_ data: TrainingData, seed: UInt64) {
    self.data = data
    switch data {
    case .line(let density):
      heldOut = data.heldOut(count: Self.heldOutPoints, seed: seed)
      line = LineMeasure(density, seed: seed)
      plane = nil
    case .plane(let density):
      heldOut = data.heldOut(count: Self.heldOutPoints, seed: seed)
      line = nil
      plane = PlaneMeasure(density, real: heldOut)
    case .images, .none:
      heldOut = data.heldOut(count: Self.heldOutImages, seed: seed)
      line = nil
      plane = nil
    }
  }
}

/// One look. It moves no weight and takes no random number from the training.
package struct Look {
  package let game: Game
  package let gallery: Gallery
  package let seed: UInt64
  /// The stream of the noise of what is drawn as single samples; figures are always of the same noise.
  let shown: UInt64
  /// Which ways between samples are shown; `nil` while the game is running.
  let walk: Walk?
  /// Whether there is time for what takes seconds: at the end of a run, or when it is saved.
  package let isThorough: Bool
  /// Whether only pictures are wanted, which cost little without figures.
  package let isForPictures: Bool

  package private(set) var readings = Readings()
  package private(set) var exhibits: [Exhibit] = []
  /// The samples that figures are measured from.
  private var measured: [Float]?

  package init(
    at game: Game, in gallery: Gallery, seed: UInt64, shown: UInt64 = Stream.shownNoise, walk: Walk? = nil,
    isThorough: Bool = false, isForPictures: Bool = false
  ) {
    self.game = game
    self.gallery = gallery
    self.seed = seed
    self.shown = shown
    self.walk = walk
    self.isThorough = isThorough
    self.isForPictures = isForPictures
  }

  package var settings: KnobSettings { game.settings }
  package var data: TrainingData { gallery.data }

  // MARK: For a model

  /// Notes a figure. One that is no finite number, because the networks' are none, is left out.
  package mutating func note(_ key: Figure.Key, _ value: Double?) {
    guard game.figures.contains(where: { $0.key == key }) else {
      fatalError("\(game.card.name): looks at “\(key.rawValue)”, which its card does not declare")
    }
    readings[key] = value
  }

  /// Shows something.
  package mutating func show(_ key: String, _ content: Exhibit.Content) {
    guard let declared = game.card.exhibits.first(where: { $0.key == key }) else {
      fatalError("\(game.card.name): shows “\(key)”, which its card does not declare")
    }
    exhibits.append(Exhibit(key, title: declared.title, content))
  }

  /// Samples of the noise that figures are measured with, `[N, sampleSize]`: as many as `measuredCount`.
  package mutating func measuredSamples() -> [Float] {
    if let measured { return measured }
    let count: Int
    if case .images = data { count = Gallery.heldOutImages } else { count = Gallery.samples }
    let samples = samples(count, Stream.measuredNoise)
    measured = samples
    return samples
  }

  /// The noise of the first of them.
  package func measuredNoise(_ count: Int) -> [LatentVector] {
    game.latentVectors(count: count, seed: seed, stream: Stream.measuredNoise)
  }

  /// Samples to be drawn, as the person has last asked for new ones.
  package func shownSamples(_ count: Int) -> [Float] { samples(count, shown) }

  /// Noise of what is shown, vector by vector.
  package func shownLatent(_ count: Int) -> [LatentVector] {
    game.latentVectors(count: count, seed: seed, stream: shown)
  }

  private func samples(_ count: Int, _ stream: UInt64) -> [Float] {
    game.sample(latent: game.latent(count: count, seed: seed, stream: stream))
  }

  /// How far the samples are from the data; less is better. On a line it is the divergence, in the plane the modes that
  /// are missed and the share of samples that hit none, and of images what the paper's table 1 has: the negative
  /// log-likelihood of held-out data by Parzen windows, in nats.
  package mutating func distanceToData() -> Double? {
    switch data {
    case .none: return nil
    case .images:
      let window = ParzenWindow(centres: measuredSamples(), dimension: game.card.data.sampleSize)
      return -window.estimate(of: gallery.heldOut, width: Self.parzenWidth).mean
    case .line, .plane:
      samples()
      if case .line = data { return readings["jsd"] }
      guard let modes = readings["modes"], let covered = readings["modes_covered"],
        let share = readings["high_quality_share"]
      else { return nil }
      return modes - covered + 1 - share
    }
  }

  /// σ of the windows: of those that the paper's code tries, near the one that it finds for MNIST.
  private static let parzenWidth = 0.2

  /// A judge of classes that knows some of the images that are trained on; `nil` where there are none.
  package var judge: ImageJudge? { gallery.judge }

  /// Notes what the training told last of the figures that this look has not measured itself.
  package mutating func noteTold() {
    for (key, value) in zip(game.told, game.report) where readings[key] == nil { readings[key] = Double(value) }
  }

  // MARK: The game

  /// Whether D says of a single sample how real it is.
  var isDProbability: Bool {
    settings.has("loss") && AdversarialLosses.named(settings.choice("loss")).isProbability && game.judgedAtOnce == 1
      && game.has(Game.judge)
  }

  /// The game's own figures, on data that D has not been trained on: an overfit D would inflate the bound.
  package mutating func adversarial(_ loss: any AdversarialLoss) {
    guard !isForPictures else { return }
    let pack = game.judgedAtOnce * game.card.data.sampleSize
    let samples = measuredSamples()
    let count = min(gallery.heldOut.count, samples.count) / pack * pack
    guard count > 0 else { return }
    let real = game.judge(pack == game.card.data.sampleSize ? gallery.heldOut : Array(gallery.heldOut.prefix(count)))
    let fake = game.judge(Array(samples.prefix(count)))
    guard loss.isProbability else {
      let losses =
        gallery.losses[min(real.count, fake.count)] ?? HeldOutLosses(loss, count: min(real.count, fake.count))
      gallery.losses[min(real.count, fake.count)] = losses
      let values = losses(real, fake)
      note("d_loss", values.discriminator)
      note("g_loss", values.generator)
      return
    }
    let value = GameValue(realLogits: real, fakeLogits: fake)
    note("d_loss", value.discriminatorLoss)
    note("g_loss", loss is MinimaxLoss ? value.minimaxLoss : value.nonSaturatingLoss)
    note("d_real", value.meanReal)
    note("d_fake", value.meanFake)
    guard game.judgedAtOnce == 1 else { return }
    note("value", value.value)
    note("jsd_bound", value.divergenceBound)
    note("jsd_bound_error", value.divergenceBoundError)
  }

  // MARK: Samples

  /// The samples themselves, and what is known of them exactly.
  package mutating func samples() {
    switch data {
    case .line:
      guard let line = gallery.line else { return }
      line.measure(&self, measuredSamples())
    case .plane:
      guard let plane = gallery.plane else { return }
      plane.measure(&self, measuredSamples(), shown: shownSamples(PlaneMeasure.shownPoints))
    case .images(let table):
      let z = shownLatent(PictureMeasure.shownFakes)
      show("samples", PictureMeasure.view(table, gallery, game.sample(at: z), between: walk?.between(z, game)))
    case .none: break
    }
  }

  /// How the modes of the data are met; of a single one there is nothing to say.
  mutating func note(coverageOf modes: [TargetMode], by samples: [Float]) {
    guard modes.count > 1 else { return }
    let coverage = ModeCoverage(of: samples, modes: modes)
    note("modes_covered", Double(coverage.covered))
    note("modes", Double(modes.count))
    note("high_quality_share", coverage.highQualityShare)
    note("modes_kl", coverage.divergence)
  }
}

/// A loss on held-out outputs of D, compiled for so many of them.
struct HeldOutLosses {
  private let real: Tensor
  private let fake: Tensor
  private let outputs: (discriminator: Tensor, generator: Tensor)
  private let program: Program

  init(_ loss: any AdversarialLoss, count: Int) {
    let graph = Graph()
    real = graph.input("real", [count, 1])
    fake = graph.input("fake", [count, 1])
    outputs = (
      loss.discriminator(real: real, fake: fake) * loss.toldShare, loss.generator(fake: fake, real: real)
    )
    program = Program(
      graph, outputs: [outputs.discriminator, outputs.generator], parameters: ParameterStore(ParameterLayout()),
      random: RandomSource(key: 0), workers: Workers(threads: 1))
  }

  func callAsFunction(_ real: [Float], _ fake: [Float]) -> (discriminator: Double, generator: Double) {
    let count = self.real.shape.count
    program.write(Array(real.prefix(count)), to: self.real)
    program.write(Array(fake.prefix(count)), to: self.fake)
    program.run()
    return (Double(program.scalar(outputs.discriminator)), Double(program.scalar(outputs.generator)))
  }
}
