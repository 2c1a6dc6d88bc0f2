// One experiment under way, without threads, clocks or messages: data, players, figures. The trainer's pure core.

import Datasets
import GenerativeModels

/// Not `Sendable`: it lives in its trainer.
final class TrainingRun {
  /// Steps in a row whose losses are no numbers before a run is given up.
  private static let brokenStepsAllowed = 100

  let experiment: Experiment
  let options: TrainingOptions
  let dataName: String
  let gan: GAN
  let source: RealData.Source
  private let evaluator: Evaluator
  private var data: RealData

  /// Completed steps of Algorithm 1.
  private(set) var step = 0
  private(set) var history = LossHistory()
  private(set) var evaluation = Evaluation(view: .empty)
  /// The first of the latest steps whose losses are no numbers; `nil` while they are.
  private(set) var brokenSince: Int?
  private var noise = Stream.shownNoise
  private var walk = Walk()

  /// Reads or makes the data and compiles the programs.
  init(_ experiment: Experiment, _ options: TrainingOptions) throws(TrainingError) {
    self.experiment = experiment
    self.options = options
    var pixelMeans: [Float] = []
    switch experiment.subject {
    case .line(let density):
      source = .line(density)
      dataName = density.description
    case .plane(let density):
      source = .plane(density)
      dataName = density.description
    case .digits, .mnist:
      let table = try ImageTable.find(experiment.subject, options)
      source = .images(table)
      dataName = table.name
      pixelMeans = table.means
    }
    let configuration = options.rules.apply(to: experiment.configuration(pixelMeans))
    gan = GAN(configuration, seed: options.seed, threads: options.threads, precision: options.precision)
    data = RealData(
      source, batchSize: configuration.batchSize, sampleSize: configuration.sampleSize, seed: options.seed)
    evaluator = Evaluator(data, seed: options.seed)
  }

  var summary: ExperimentSummary {
    ExperimentSummary(
      name: experiment.name, title: experiment.title, data: dataName, loss: gan.configuration.generatorLoss.rawValue,
      updates: gan.configuration.updates, seed: options.seed)
  }

  var next: Move {
    switch gan.turn {
    case .discriminator: .discriminator
    case .generator: .generator
    case .both: .both
    }
  }

  /// Whether the losses have been broken for so long that they will not mend.
  var hasDiverged: Bool { brokenSince.map { step - $0 + 1 >= Self.brokenStepsAllowed } ?? false }

  // MARK: Moving

  /// One half of a step, or a whole one where both players move at once.
  func advance() {
    gan.advance { data.next() }
    guard gan.turn != .generator else { return }
    let report = gan.report
    step += 1
    history.add(discriminator: report.discriminatorLoss, generator: report.generatorLoss)
    let isSound = report.discriminatorLoss.isFinite && report.generatorLoss.isFinite
    brokenSince = isSound ? nil : brokenSince ?? step
  }

  /// One step of Algorithm 1, or what is left of it.
  func advanceToNextStep() {
    repeat { advance() } while gan.turn == .generator
  }

  /// Back to step 0: the same course again, number for number.
  func reset() {
    gan.reset(seed: options.seed)
    let configuration = gan.configuration
    data = RealData(
      source, batchSize: configuration.batchSize, sampleSize: configuration.sampleSize, seed: options.seed)
    step = 0
    history = LossHistory()
    evaluation = Evaluation(view: .empty)
    brokenSince = nil
  }

  // MARK: Looking

  /// Looks at the players as they are now; while the game rests, at what is between samples as well.
  func evaluate(isResting: Bool) {
    evaluation = evaluator.evaluate(gan, seed: options.seed, shown: noise, walk: isResting ? walk : nil)
  }

  /// Other noise for the points or images that are shown; what is measured has its own.
  func renewNoise() { noise += 1 }

  /// Another way between samples that are shown.
  func changeWalk(_ change: (inout Walk) -> Void) { change(&walk) }

  /// Which classes G makes, of the noise that figures are measured with; `nil` where there are no images.
  func classCoverage() -> ClassCoverage? {
    guard case .images(let table) = source else { return nil }
    let noise = gan.latent(count: Evaluator.heldOutImages, seed: options.seed, stream: Stream.measuredNoise)
    return ClassCoverage(of: gan.sample(latent: noise), among: table.images, enlargedBy: table.enlargement)
  }

  func sample(count: Int) -> SampleSet {
    let values = gan.sample(latent: gan.latent(count: count, seed: options.seed, stream: Stream.savedNoise))
    return switch source {
    case .line: SampleSet(shape: [count], values: values)
    case .plane: SampleSet(shape: [count, 2], values: values)
    case .images(let table): SampleSet(shape: [count, table.height, table.width], values: values)
    }
  }
}
