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
  private let gan: GAN
  private let source: RealData.Source
  private let evaluator: Evaluator
  private var data: RealData

  /// Completed steps of Algorithm 1.
  private(set) var step = 0
  private(set) var history = LossHistory()
  private(set) var evaluation = Evaluation(view: .empty)
  /// The training's figures since they were last read, and what they were then.
  private var seen = Means()
  private var training = MetricValues()
  private var brokenSteps = 0
  private var noise = Stream.shownNoise

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
    gan = GAN(configuration, seed: options.seed, threads: options.threads)
    data = RealData(
      source, batchSize: configuration.batchSize, sampleSize: configuration.sampleSize, seed: options.seed)
    evaluator = Evaluator(data, seed: options.seed)
  }

  var summary: ExperimentSummary {
    ExperimentSummary(
      name: experiment.name, title: experiment.title, data: dataName, loss: gan.configuration.generatorLoss.rawValue,
      updates: gan.configuration.updates, seed: options.seed)
  }

  var next: Player { gan.turn == .generator ? .generator : .discriminator }

  /// Whether the losses have been broken for so long that they will not mend.
  var hasDiverged: Bool { brokenSteps >= Self.brokenStepsAllowed }

  // MARK: Moving

  /// One half of a step, or a whole one where both players move at once.
  func advance() {
    gan.advance { data.next() }
    guard gan.turn != .generator else { return }
    let report = gan.report
    step += 1
    history.add(discriminator: report.discriminatorLoss, generator: report.generatorLoss)
    seen.add(report)
    brokenSteps = report.discriminatorLoss.isFinite && report.generatorLoss.isFinite ? 0 : brokenSteps + 1
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
    seen = Means()
    training = MetricValues()
    brokenSteps = 0
  }

  // MARK: Looking

  /// Looks at the players as they are now.
  func evaluate() { evaluation = evaluator.evaluate(gan, seed: options.seed, stream: noise) }

  /// Other noise for everything that is shown.
  func renewNoise() { noise += 1 }

  /// The figures now: those of the last evaluation, and the training's means since the last call, or the last such
  /// means where there was no step since.
  func takeMetrics() -> MetricValues {
    if !seen.isEmpty { seen.move(to: &training) }
    var metrics = evaluation.metrics
    metrics.discriminatorLoss = training.discriminatorLoss
    metrics.generatorLoss = training.generatorLoss
    metrics.meanReal = training.meanReal
    metrics.meanFake = training.meanFake
    metrics.value = training.value
    return metrics
  }

  func sample(count: Int) -> SampleSet {
    let values = gan.sample(latent: gan.latent(count: count, seed: options.seed, stream: Stream.savedNoise))
    return switch source {
    case .line: SampleSet(shape: [count], values: values)
    case .plane: SampleSet(shape: [count, 2], values: values)
    case .images(let table): SampleSet(shape: [count, table.images.height, table.images.width], values: values)
    }
  }
}

/// Means of the reports of several steps: one batch alone is mostly noise.
private struct Means {
  private var sums = (discriminatorLoss: 0.0, generatorLoss: 0.0, meanReal: 0.0, meanFake: 0.0)
  private var count = 0

  mutating func add(_ report: GAN.Report) {
    sums.discriminatorLoss += Double(report.discriminatorLoss)
    sums.generatorLoss += Double(report.generatorLoss)
    sums.meanReal += Double(report.meanReal)
    sums.meanFake += Double(report.meanFake)
    count += 1
  }

  /// Writes the means, and V = −2 · ½(BCE + BCE), and begins anew; what is no number is left out.
  mutating func move(to metrics: inout MetricValues) {
    let count = Double(self.count)
    func mean(_ sum: Double) -> Double? { sum.isFinite ? sum / count : nil }
    metrics.discriminatorLoss = mean(sums.discriminatorLoss)
    metrics.generatorLoss = mean(sums.generatorLoss)
    metrics.meanReal = mean(sums.meanReal)
    metrics.meanFake = mean(sums.meanFake)
    metrics.value = metrics.discriminatorLoss.map { -2 * $0 }
    self = Means()
  }

  var isEmpty: Bool { count == 0 }
}
