// One experiment under way, without threads, clocks or messages: data, players, figures. The trainer's pure core.

import Datasets
import GenerativeModels
import RunFiles

/// Not `Sendable`: it lives in its trainer.
final class TrainingRun {
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
  /// The steps at which figures were measured and samples drawn.
  private(set) var metricsStep = 0
  private(set) var samplesStep = 0
  /// What has gone wrong, as soon as it has.
  private(set) var divergence: Divergence?
  /// How often other noise was asked for.
  private var renewals = 0
  /// How often the run has been taken back and continued on other noise.
  private(set) var branch = 0
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
    var summary = ExperimentSummary(
      name: experiment.name, title: title, data: dataName, loss: gan.configuration.generatorLoss.rawValue,
      updates: gan.configuration.updates, seed: options.seed, dataFolder: dataFolder)
    summary.precision = options.precision.here.rawValue
    return summary
  }

  /// The experiment's, where the pictures are the digits that it speaks of.
  private var title: String {
    guard case .images(let table) = source, let name = table.otherName else { return experiment.title }
    return experiment.title(ofPicturesCalled: name)
  }

  private var dataFolder: String? { if case .images(let table) = source { table.folder } else { nil } }

  var next: Move {
    switch gan.turn {
    case .discriminator: .discriminator
    case .generator: .generator
    case .both: .both
    }
  }

  // MARK: Moving

  /// One half of a step, or a whole one where both players move at once.
  func advance() {
    gan.advance { data.next() }
    guard gan.turn != .generator else { return }
    let report = gan.report
    step += 1
    history.add(discriminator: report.discriminatorLoss, generator: report.generatorLoss)
    if !report.discriminatorLoss.isFinite || !report.generatorLoss.isFinite { examine() }
  }

  /// Looks for what is no finite number. A loss that is none shows at once; a weight would show in the next losses.
  func examine() {
    guard divergence == nil else { return }
    let losses = [("D", gan.report.discriminatorLoss), ("G", gan.report.generatorLoss)]
      .filter { step > 0 && !$0.1.isFinite }.map(\.0)
    let tensor = gan.store.firstBrokenSlice?.name
    if !losses.isEmpty || tensor != nil { divergence = Divergence(step: step, losses: losses, tensor: tensor) }
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
    divergence = nil
    branch = 0
  }

  // MARK: States

  var configuration: RunConfiguration {
    let data =
      switch source {
      case .line(let density): density.description
      case .plane(let density): density.description
      case .images(let table): table.fingerprint
      }
    return RunConfiguration(experiment, options, gan.configuration, data: data, dataFolder: dataFolder)
  }

  /// Everything at this moment.
  ///
  /// - Parameter seconds: spent training so far.
  func state(seconds: Double) -> RunState {
    RunState(
      configuration: configuration, game: gan.state, layout: gan.store.layout, data: data.state, step: step,
      seconds: seconds, history: history, branch: branch, renewals: renewals)
  }

  /// Goes to a moment of this run, or of one whose state fits.
  func restore(_ state: RunState) {
    gan.state = state.game
    data.state = state.data
    step = state.step
    history = state.history
    branch = state.branch
    renewals = state.renewals
    evaluation = Evaluation(view: .empty)
    divergence = nil
  }

  /// From here on another course than the one that was taken from here before.
  ///
  /// - Parameters:
  ///   - number: which course; 0 is the first.
  ///   - rateFactor: what the learning rates are multiplied by.
  func branch(_ number: Int, rateFactor: Float = 1) {
    branch = number
    gan.branchNoise(number, seed: options.seed)
    gan.rateScale *= rateFactor
  }

  var rateScale: Float { gan.rateScale }

  /// Goes to where a checkpoint was made.
  func resume(_ checkpoint: Resumption) throws(TrainingError) -> RunState {
    let then: RunConfiguration
    do throws(RunFileError) {
      then = try RunConfiguration(metadata: checkpoint.file.metadata, path: checkpoint.path)
    } catch {
      throw .checkpoint(error)
    }
    let refused = then.differences(now: configuration).filter {
      !($0.key.mayDiffer && checkpoint.overrides.contains($0.key))
    }
    guard refused.isEmpty else { throw .otherConfiguration(path: checkpoint.path, differences: refused) }
    do throws(RunFileError) {
      let state = try RunState(checkpoint.file, path: checkpoint.path, layout: gan.store.layout)
      restore(state)
      return state
    } catch {
      throw .checkpoint(error)
    }
  }

  // MARK: Looking

  /// Looks at the players as they are now; while the game rests, at what is between samples as well.
  func evaluate(isResting: Bool) {
    evaluation = evaluator.evaluate(
      gan, seed: options.seed, shown: shownNoise, walk: isResting ? walk : nil)
    (metricsStep, samplesStep) = (step, step)
  }

  /// Whether pictures can be drawn without measuring.
  var hasPictures: Bool { if case .images = source { true } else { false } }

  /// Draws pictures of the players as they are now, and leaves the figures as they were.
  func redraw() {
    guard let view = evaluator.pictures(of: gan, seed: options.seed, shown: shownNoise) else { return }
    evaluation.view = view
    samplesStep = step
  }

  private var shownNoise: UInt64 { Stream.shownNoise + UInt64(renewals) }

  /// Other noise for the points or images that are shown; what is measured has its own.
  func renewNoise() { renewals += 1 }

  /// Another way between samples that are shown.
  func changeWalk(_ change: (inout Walk) -> Void) { change(&walk) }

  /// Which classes G makes, of the noise that figures are measured with; `nil` where there are no images.
  func classCoverage() -> ClassCoverage? {
    guard case .images(let table) = source else { return nil }
    let noise = gan.latent(count: Evaluator.heldOutImages, seed: options.seed, stream: Stream.measuredNoise)
    return ClassCoverage(of: gan.sample(latent: noise), among: table.images, enlargedBy: table.enlargement)
  }

  /// How far the samples are from the data, by the measure that the experiment has; less is better. On a line it is the
  /// divergence, in the plane the modes that are missed and the share of samples that hit none, and of images what the
  /// paper's table 1 has: the negative log-likelihood of held-out data by Parzen windows, in nats.
  func score() -> Double? {
    if case .images = source { return evaluator.negativeLogLikelihood(under: gan, seed: options.seed) }
    let metrics = evaluator.evaluate(gan, seed: options.seed, shown: Stream.shownNoise, walk: nil).metrics
    if case .line = source { return metrics.jsd }
    guard let modes = metrics.modes, let covered = metrics.modesCovered, let share = metrics.highQualityShare else {
      return nil
    }
    return Double(modes - covered) + 1 - share
  }

  /// The noise of the samples that go into files, `[count, latentSize]`.
  func savedNoise(count: Int) -> SampleSet {
    SampleSet(
      shape: [count, gan.configuration.latentSize],
      values: gan.latent(count: count, seed: options.seed, stream: Stream.savedNoise))
  }

  func sample(count: Int) -> SampleSet {
    let values = gan.sample(latent: savedNoise(count: count).values)
    return switch source {
    case .line: SampleSet(shape: [count], values: values)
    case .plane: SampleSet(shape: [count, 2], values: values)
    case .images(let table): SampleSet(shape: [count, table.height, table.width], values: values)
    }
  }
}
