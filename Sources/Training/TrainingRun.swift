// One experiment under way, without threads, clocks or messages: data, model, figures. The trainer's pure core.

import Figures
import GenerativeModels
import RunFiles

/// Not `Sendable`: it lives in its trainer.
final class TrainingRun {
  let experiment: Experiment
  let options: TrainingOptions
  let settings: KnobSettings
  let dataName: String
  let game: Game
  let data: TrainingData
  private let gallery: Gallery
  private let batches: Batches
  /// The told figures whose every step is kept: those that are drawn. Where they are among what is told.
  private let keptPlaces: [Int]

  private(set) var history: Histories
  /// The runs of the figures that are measured at looks.
  private(set) var looked: [Figure.Key: FigureHistory] = [:]
  private(set) var readings = Readings()
  /// Figures that are measured rarely, as they last were.
  private var rareReadings = Readings()
  private(set) var exhibits: [Exhibit] = []
  /// The steps at which figures were measured and samples drawn.
  private(set) var readingsStep = 0
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
    settings = try experiment.settings(options)
    var pixelMeans: [Float] = []
    switch experiment.card.data {
    case .line(let density): data = .line(density)
    case .plane(let density): data = .plane(density)
    case .digits, .mnist, .pictures:
      let table = try ImageTable.find(experiment.card.data, options)
      data = .images(table)
      pixelMeans = table.means
    case .none: data = .none
    }
    if case .images(let table) = data { dataName = table.name } else { dataName = experiment.card.data.description }
    let game = Game(
      experiment.model, settings: settings, pixelMeans: pixelMeans, seed: options.seed, threads: options.threads,
      precision: options.precision)
    self.game = game
    batches = Batches(data, experiment.card.draws, batchSize: settings.batchSize, seed: options.seed)
    gallery = Gallery(data, seed: options.seed)
    let kept = game.figures.filter { $0.chart != nil }.compactMap { game.told.firstIndex(of: $0.key) }
    keptPlaces = kept
    history = Histories(kept.map { game.told[$0] })
  }

  var summary: ExperimentSummary {
    var pictures: String?
    if case .images(let table) = data { pictures = table.otherName }
    var summary = experiment.summary(settings, options, data: dataName, pictures: pictures)
    summary.dataFolder = dataFolder
    return summary
  }

  private var dataFolder: String? { if case .images(let table) = data { table.folder } else { nil } }

  /// Completed steps.
  var step: Int { game.step }
  /// Whether a step has begun and is not complete.
  var isWithinStep: Bool { game.cursor > 0 }
  var next: NextMove { NextMove(name: game.nextMove, isWholeStep: game.isOneMove) }

  // MARK: Moving

  /// The next move of a step.
  func advance() {
    game.advance(batches)
    guard game.cursor == 0 else { return }
    history.add(game.report, at: keptPlaces)
    if !game.report.allSatisfy(\.isFinite) { examine() }
  }

  /// Looks for what is no finite number. A loss that is none shows at once; a weight would show in the next losses.
  func examine() {
    guard divergence == nil else { return }
    let losses = game.figures.filter { figure in
      guard step > 0, let place = game.told.firstIndex(of: figure.key) else { return false }
      return !game.report[place].isFinite
    }
    let tensor = game.store.firstBrokenSlice?.name
    if !losses.isEmpty || tensor != nil {
      divergence = Divergence(step: step, losses: losses.map(\.shortName), tensor: tensor)
    }
  }

  /// One step, or what is left of it.
  func advanceToNextStep() {
    repeat { advance() } while game.cursor > 0
  }

  /// Back to step 0: the same run again, number for number.
  func reset() {
    game.reset(seed: options.seed)
    batches.state = Batches(data, experiment.card.draws, batchSize: settings.batchSize, seed: options.seed).state
    history = Histories(history.keys)
    looked = [:]
    forgetLook()
    divergence = nil
    branch = 0
  }

  private func forgetLook() {
    (readings, rareReadings) = (Readings(), Readings())
    exhibits = []
  }

  // MARK: States

  var configuration: RunConfiguration {
    let data: String
    if case .images(let table) = self.data { data = table.fingerprint } else { data = dataName }
    return RunConfiguration(
      experiment, options, settings, data: data, dataFolder: dataFolder, networks: game.networks)
  }

  /// Everything at this moment.
  ///
  /// - Parameter seconds: spent training so far.
  func state(seconds: Double) -> RunState {
    RunState(
      configuration: configuration, game: game.state, told: game.told, layout: game.store.layout,
      data: batches.state, seconds: seconds, history: history, branch: branch, renewals: renewals)
  }

  /// Goes to a moment of this run, or of one whose state fits.
  func restore(_ state: RunState) {
    game.state = state.game
    batches.state = state.data
    history = state.history
    branch = state.branch
    renewals = state.renewals
    forgetLook()
    divergence = nil
  }

  /// From here on another way than the one that was taken from here before.
  ///
  /// - Parameters:
  ///   - number: which branch; 0 is the first.
  ///   - rateFactor: what the learning rates are multiplied by.
  func branch(_ number: Int, rateFactor: Float = 1) {
    branch = number
    game.branchNoise(number, seed: options.seed)
    game.rateScale *= rateFactor
  }

  var rateScale: Float { game.rateScale }

  /// Goes to where a checkpoint was made.
  func resume(_ checkpoint: Resumption) throws(TrainingError) -> RunState {
    let then: RunConfiguration
    do throws(RunFileError) {
      then = try RunConfiguration(metadata: checkpoint.file.metadata, knobs: settings.knobs, path: checkpoint.path)
    } catch {
      throw .checkpoint(error)
    }
    let refused = then.differences(now: configuration).filter {
      !$0.mayDiffer || !checkpoint.overrides.contains($0.key)
    }
    guard refused.isEmpty else { throw .otherConfiguration(path: checkpoint.path, differences: refused) }
    do throws(RunFileError) {
      let state = try RunState(
        checkpoint.file, path: checkpoint.path, layout: game.store.layout, told: game.told, kept: history.keys,
        draws: experiment.card.draws.count, knobs: settings.knobs)
      let moves = game.moves(inStep: state.step)
      guard state.game.cursor < moves else {
        throw RunFileError.broken(
          path: checkpoint.path,
          reason: "cursor: “\(state.game.cursor)” is not a number from 0 to \(moves - 1); take another checkpoint")
      }
      restore(state)
      return state
    } catch {
      throw .checkpoint(error)
    }
  }

  // MARK: Looking

  private func look(walk: Walk? = nil, isThorough: Bool = false, isForPictures: Bool = false) -> Look {
    Look(
      at: game, in: gallery, seed: options.seed, shown: Stream.shownNoise + UInt64(renewals), walk: walk,
      isThorough: isThorough, isForPictures: isForPictures)
  }

  /// Looks at the model as it is now; while the game rests, at what is between samples as well.
  ///
  /// - Parameter isThorough: whether figures that take seconds are measured, too.
  func evaluate(isResting: Bool, isThorough: Bool = false) {
    var look = look(walk: isResting ? walk : nil, isThorough: isThorough)
    experiment.model.look(&look)
    readings = rareReadings
    readings.merge(look.readings)
    exhibits = look.exhibits
    (readingsStep, samplesStep) = (step, step)
    for figure in game.figures where figure.cadence != .everyStep {
      if let value = look.readings[figure.key] { note(figure, value) }
    }
  }

  /// Whether pictures can be drawn without measuring.
  var hasPictures: Bool { if case .images = data { true } else { false } }

  /// Draws pictures of the players as they are now, and leaves the figures as they were.
  func redraw() {
    var look = look(isForPictures: true)
    experiment.model.look(&look)
    exhibits = look.exhibits
    samplesStep = step
  }

  /// Other noise for the points or images that are shown; what is measured has its own.
  func renewNoise() { renewals += 1 }

  /// Another way between samples that are shown.
  func changeWalk(_ change: (inout Walk) -> Void) { change(&walk) }

  /// How far the samples are from the data, by the measure that the model has; less is better.
  func score() -> Double? {
    var look = Look(at: game, in: gallery, seed: options.seed, isThorough: true)
    let score = experiment.model.score(&look)
    // What is measured only now is news.
    for figure in game.figures where figure.cadence == .rarely {
      if let value = look.readings[figure.key] { note(figure, value) }
    }
    return score
  }

  private func note(_ figure: Figure, _ value: Double) {
    readings[figure.key] = value
    if figure.cadence == .rarely { rareReadings[figure.key] = value }
    if figure.chart != nil { looked[figure.key, default: FigureHistory()].add(value, at: Double(step)) }
  }
}

extension Figure {
  /// As it is said when it has gone wrong: `D`, of `D's loss`.
  fileprivate var shortName: String { label.hasSuffix("'s loss") ? String(label.dropLast(7)) : label }
}
