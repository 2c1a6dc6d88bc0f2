// A model at play: its moves, compiled into one workspace, in the order that the model declared. It knows no paper.
//
// Every move is recorded and compiled once; noise is drawn inside it; a step over the list of moves allocates nothing.

import Autograd
import Figures
import NeuralNetwork

/// Where a game's batches come from.
package protocol BatchSource: AnyObject {
  /// Draws the next batch of the card's draw of that number.
  func advance(_ draw: Int)
  /// A column of the batch that was drawn last, `[m, width]`, in the data's units.
  func values(_ draw: Int, _ field: Int) -> [Float]
}

/// A model's networks, their parameters, and whose move it is. Not `Sendable`: it lives where it is trained.
package final class Game {
  package typealias Precision = Autograd.Precision
  package typealias Profile = Autograd.Profile
  package typealias Layout = ParameterLayout
  package typealias Contents = ParameterStore.Contents

  /// The name of the function that says what D thinks of samples.
  static let judge = "judge"

  package let card: Card
  package let settings: KnobSettings
  /// What the model measures under these settings.
  package let figures: [Figure]
  /// Parameters, running statistics and moments of all networks, and where each network's lie.
  package let store: ParameterStore
  /// The networks and their layers in short words, in the order in which they were made.
  package let networks: [(name: String, layers: String)]
  package let sampler: Sampler?
  /// Samples side by side that D sees at once.
  package let judgedAtOnce: Int
  /// What the moves tell, in the order in which they were recorded; by index while a step runs.
  package let told: [Figure.Key]

  /// The last value of each figure that is told, before what it was told of changed anything; NaN before there is one.
  package internal(set) var report: [Float]
  /// Completed steps.
  package internal(set) var step = 0
  /// The place of the next move in the queue of the step.
  package internal(set) var cursor = 0
  /// Updates of each network.
  package internal(set) var updates: [Int]
  /// What all learning rates are multiplied by.
  package var rateScale: Float = 1

  let noise: RandomSource
  private let workers: Workers
  /// What moves and functions compute in, one at a time.
  private let workspace: Workspace
  private let functions: [String: Function]
  private var compiled: [String: [Int: Function.Compiled]] = [:]
  private let builder: NetworkBuilder
  private let moves: [CompiledMove]
  private let stages: [(start: Int, moves: [Int])]
  private let multiplications: [String: [Int]]

  /// Builds and compiles everything that a step needs.
  ///
  /// - Parameters:
  ///   - settings: of the model's knobs; where they were declared unless told.
  ///   - pixelMeans: the mean of each pixel over the training images, 0…1; empty where there are none.
  ///   - seed: decides the first weights and all noise of the training.
  ///   - threads: at most so many work on a step; small networks use one.
  ///   - precision: of the factors of the training's products; samples and judgements are always single precision.
  package init(
    _ model: any Model, settings: KnobSettings? = nil, pixelMeans: [Float] = [], seed: UInt64, threads: Int = 1,
    precision: Precision = .f32
  ) {
    let card = model.card
    let settings = settings ?? KnobSettings(card.knobs)
    let parts = GameBuilder(card, settings, pixelMeans: pixelMeans)
    model.build(parts)
    guard let first = parts.stages.first, first.start == 0 else {
      fatalError("\(card.name): its build declares no order of moves from step 0 on")
    }
    if let unused = parts.settings.unused.first {
      fatalError("\(card.name): the knob “\(unused)” is declared, and its build does not use it")
    }
    self.card = card
    self.settings = settings
    figures = parts.figures
    builder = parts.networks
    networks = parts.descriptions
    sampler = parts.sampler
    judgedAtOnce = parts.judgedAtOnce
    functions = parts.functions
    stages = parts.stages
    multiplications = parts.multiplications

    var told: [Figure.Key] = []
    for key in parts.moves.flatMap({ $0.told.map(\.key) }) where !told.contains(key) { told.append(key) }
    self.told = told
    report = Array(repeating: .nan, count: told.count)

    let (store, noise, workers) = (
      parts.networks.makeStore(seed: seed), RandomSource(key: seed), Workers(threads: threads)
    )
    self.store = store
    self.noise = noise
    self.workers = workers
    updates = Array(repeating: 0, count: store.layout.ranges.count)
    let plans = parts.moves.map { move in
      ProgramPlan(
        move.graph, outputs: move.told.map(\.tensor), parameters: store, workers: workers, precision: precision)
    }
    let workspace = Workspace(for: plans)
    self.workspace = workspace
    moves = zip(parts.moves, plans).map { move, plan in
      CompiledMove(move, Program(plan, in: workspace, random: noise), told: told)
    }
  }

  // MARK: Moving

  /// Makes the next move.
  package func advance(_ batches: some BatchSource) {
    let queue = queue
    let move = moves[queue[cursor]]
    for draw in move.draws { batches.advance(draw) }
    for input in move.inputs { move.program.write(batches.values(input.draw, input.field), to: input.tensor) }
    for optimiser in move.optimisers {
      optimiser.recorded.prepare(move.program, after: updates[optimiser.network], scale: rateScale)
    }
    move.program.run()
    for output in move.outputs { report[output.index] = move.program.scalar(output.tensor) }
    for optimiser in move.optimisers { updates[optimiser.network] += 1 }
    cursor += 1
    if cursor == queue.count {
      cursor = 0
      step += 1
    }
  }

  /// One step, or what is left of it.
  package func finishStep(_ batches: some BatchSource) {
    repeat { advance(batches) } while cursor > 0
  }

  /// The moves of the step that is under way.
  private var queue: [Int] { queue(ofStep: step) }

  private func queue(ofStep step: Int) -> [Int] {
    // The last stage that has begun: there are one or two.
    var current = stages[0].moves
    for stage in stages where stage.start <= step { current = stage.moves }
    return current
  }

  /// How many moves a step is made of.
  package func moves(inStep step: Int) -> Int { queue(ofStep: step).count }

  /// What the next move is called: `D`, `G`.
  package var nextMove: String { moves[queue[cursor]].name }

  /// Whether a step is made of one move only.
  package var isOneMove: Bool { queue.count == 1 }

  /// Back to the state after `init`, with another seed or the same.
  package func reset(seed: UInt64) {
    builder.initialise(store, seed: seed)
    noise.key = seed
    noise.counter = 0
    for index in updates.indices { updates[index] = 0 }
    for index in report.indices { report[index] = .nan }
    rateScale = 1
    (step, cursor) = (0, 0)
  }

  // MARK: Calling

  /// Calls a function of the model on rows.
  ///
  /// - Parameter arguments: rows of each argument, flat, as many of each.
  package func call(_ name: String, _ arguments: [[Float]]) -> [Float] {
    guard let function = functions[name] else { fatalError("\(card.name): there is no function “\(name)”") }
    guard let first = arguments.first, arguments.count == function.inputs.count else {
      fatalError("\(card.name): “\(name)” takes \(function.inputs.count) arguments, not \(arguments.count)")
    }
    let count = first.count / function.inputs[0]
    for (rows, width) in zip(arguments, function.inputs) where rows.count != count * width {
      fatalError("\(card.name): “\(name)”: \(rows.count) numbers are not \(count) rows of \(width)")
    }
    guard count > 0 else { return [] }
    let part = min(count, function.longest)
    let program = compiled[name]?[part] ?? Function.Compiled(function, rows: part, store, workers, workspace)
    compiled[name, default: [:]][part] = program
    return program(arguments)
  }

  /// What a memory holds.
  package func memory(_ name: String) -> [Float] {
    guard let memory = store.layout.parameters.first(where: { $0.name == "memory." + name }) else {
      fatalError("\(card.name): there is no memory “\(name)”")
    }
    return store[memory]
  }

  /// A model's parameter that is one number; see `GameBuilder.parameter`.
  package func value(of parameter: String) -> Float {
    guard let slice = store.layout.parameters.first(where: { $0.name == parameter + ".value" }) else {
      fatalError("\(card.name): there is no parameter “\(parameter)”")
    }
    return store[slice][0]
  }

  package func has(_ function: String) -> Bool { functions[function] != nil }

  /// Lets the training's instructions be timed, or, with `nil`, no longer.
  package func time(with profile: Profile?) {
    for move in moves { move.program.profile = profile }
  }

  /// Multiplications of each layer with weights of a network, for one sample.
  package func multiplications(of network: String) -> [Int] { multiplications[network] ?? [] }

  /// Floating-point operations per second that one core could do in single precision if it only multiplied and added.
  package static func peak(clock: () -> Double) -> Double { peakOperationsPerSecond(clock: clock) }
}

/// A move that is ready to run.
private struct CompiledMove {
  let name: String
  let program: Program
  let draws: [Int]
  let inputs: [Move.Input]
  let optimisers: [(network: Int, recorded: RecordedOptimiser)]
  let outputs: [(index: Int, tensor: Tensor)]

  init(_ move: Move, _ program: Program, told: [Figure.Key]) {
    name = move.name
    self.program = program
    draws = move.draws
    inputs = move.inputs
    optimisers = move.optimisers
    outputs = move.told.compactMap { key, tensor in told.firstIndex(of: key).map { ($0, tensor) } }
  }
}
