// What a model's `build` is handed: it declares networks, moves, their order and functions here, and a `Game` is made of
// that. A card that the build contradicts stops at once, with the names of the model and of the thing.

import Autograd
import Figures
import Glibc
import NeuralNetwork

package final class GameBuilder {
  package let card: Card
  package let settings: UsedSettings
  let figures: [Figure]
  /// The mean of each pixel over the training images, 0…1; empty where there are no images.
  package let pixelMeans: [Float]

  var networks = NetworkBuilder()
  private(set) var moves: [Move] = []
  private(set) var stages: [(start: Int, moves: [Int])] = []
  private(set) var functions: [String: Function] = [:]
  private(set) var sampler: Sampler?
  private(set) var judgedAtOnce = 1
  private(set) var multiplications: [String: [Int]] = [:]
  private(set) var descriptions: [(name: String, layers: String)] = []
  private var averages: [Parameter: Parameter] = [:]

  /// One column of the data, as wide as its rows are.
  private static func width(_ field: Field, _ card: Card) -> Int {
    switch field {
    case .sample: card.data.sampleSize
    case .label, .category: classes
    }
  }

  /// Digits have ten.
  package static let classes = 10

  init(_ card: Card, _ settings: KnobSettings, pixelMeans: [Float]) {
    self.card = card
    self.settings = UsedSettings(settings)
    figures = card.figures(settings)
    self.pixelMeans = pixelMeans
  }

  /// Features of a sample.
  package var sampleSize: Int { card.data.sampleSize }
  /// m of Algorithm 1.
  package var batchSize: Int { settings.batchSize }

  // MARK: Networks

  /// A network of one input, rows `[N, features]`.
  package func network(
    _ name: String, _ features: Int, _ body: @escaping (Signal) -> Signal
  ) -> Network<Signal> {
    network(name, inputs: [features]) { body($0[0]) }
  }

  /// A network of two inputs, rows: samples or noise, and what they are conditioned on.
  package func network(
    _ name: String, _ features: Int, given condition: Int, _ body: @escaping (Signal, Signal) -> Signal
  ) -> Network<Signal> {
    network(name, inputs: [features, condition]) { body($0[0], $0[1]) }
  }

  /// A network of any inputs and outputs, such as two heads on one trunk.
  package func network<Output>(
    _ name: String, inputs: [Int], _ body: @escaping ([Signal]) -> Output
  ) -> Network<Output> {
    let network = Network(name, inputs: inputs, in: &networks, body)
    multiplications[name] = network.multiplications
    descriptions.append((name, network.description))
    return network
  }

  /// A parameter of its own, where a model has no network to speak of.
  package func parameter(_ name: String, _ shape: Shape, _ initialiser: Initialiser) -> (Parameter, ParameterRange) {
    descriptions.append((name, "\(shape)"))
    return networks.network(name) { $0.add("value", shape, initialiser) }
  }

  /// A slice of the parameters' buffer that no optimiser moves: what moves hand to one another, or remember. It is part
  /// of every checkpoint and every remembered moment.
  package func memory(_ name: String, _ shape: Shape, _ initialiser: Initialiser) -> Parameter {
    networks.add("memory." + name, shape, initialiser, isTrained: false)
  }

  // MARK: Moves

  /// Records a move.
  @discardableResult
  package func move(_ name: String, _ record: (Move) -> Void) -> Int {
    let card = card
    let move = Move(name, card, figures, batchSize: batchSize) { Self.width($0, card) }
    record(move)
    moves.append(move)
    return moves.count - 1
  }

  /// The moves of a step, in order.
  ///
  /// - Parameter start: the step from which on they are; the last such order counts.
  package func order(from start: Int = 0, _ moves: [Int]) {
    guard !moves.isEmpty else { fatalError("\(card.name): a step of no moves") }
    stages.append((start, moves))
  }

  // MARK: Averages

  /// Keeps an exponential mean of a network's weights and statistics beside them, which follows in `move`:
  /// w̄ ← β·w̄ + (1 − β)·w with β = ½^(1/halfLife) (Yazici et al. 2019, "The unusual effectiveness of averaging in GAN
  /// training"). Functions read it in the place of the weights.
  ///
  /// - Parameter halfLife: steps.
  package func average<Output>(_ network: Network<Output>, halfLife: Int, in move: Int) {
    let beta = Float(exp2(-1 / Double(halfLife)))
    let graph = moves[move].graph
    for (parameter, average) in networks.addAverage(of: network.name) {
      averages[parameter] = average
      graph.assign(graph.parameter(average) * beta + graph.latest(parameter) * (1 - beta), to: average)
    }
  }

  // MARK: Functions

  /// A part of the model that can be called on rows of numbers: how to sample, what D says.
  ///
  /// - Parameters:
  ///   - inputs: features of each argument's rows.
  ///   - isOfAverage: whether averaged weights are read where there are any.
  package func function(
    _ name: String, _ inputs: [Int], isOfAverage: Bool = false, _ record: @escaping ([Tensor]) -> Tensor
  ) {
    functions[name] = Function(
      name: name, inputs: inputs, standIns: isOfAverage ? averages : [:], longest: longestRows(inputs), record: record)
  }

  /// How to sample: noise to samples in the data's units, by averaged weights where there are any.
  package func sampler(_ latent: Latent, _ generate: @escaping (Tensor) -> Tensor) {
    let units = card.units
    function(Sampler.function, [latent.size], isOfAverage: true) { units.outside(generate($0[0])) }
    sampler = Sampler(latent: latent, condition: nil)
  }

  /// How to sample of a class.
  package func sampler(
    _ latent: Latent, given condition: Sampler.Condition, _ generate: @escaping (Tensor, Tensor) -> Tensor
  ) {
    let units = card.units
    function(Sampler.function, [latent.size, condition.width], isOfAverage: true) {
      units.outside(generate($0[0], $0[1]))
    }
    sampler = Sampler(latent: latent, condition: condition)
  }

  /// What D says of samples in the data's units, a logit or a score each.
  ///
  /// - Parameter count: samples side by side that D sees at once.
  package func judge(packing count: Int = 1, _ judge: @escaping (Tensor) -> Tensor) {
    let units = card.units
    function(Game.judge, [count * sampleSize]) { judge(units.inside($0[0])) }
    judgedAtOnce = count
  }

  /// Rows of more are worked through in parts: at most so many, and of large samples fewer (128 pictures of 64×64, the
  /// batch of a step), so that a look takes no more memory than a step.
  private func longestRows(_ inputs: [Int]) -> Int {
    min(512, max(1, 512 * 1024 / max(1, sampleSize, inputs.max() ?? 1)))
  }
}

/// Settings that know which of them a build has looked at.
package final class UsedSettings {
  private let settings: KnobSettings
  private(set) var used: Set<String> = []

  init(_ settings: KnobSettings) { self.settings = settings }

  /// Knobs that are declared and not looked at.
  var unused: [String] { settings.knobs.map(\.key).filter { !used.contains($0) } }

  package func has(_ key: String) -> Bool { settings.has(key) }

  package func number(_ key: String) -> Double {
    used.insert(key)
    return settings.number(key)
  }

  package func count(_ key: String) -> Int {
    used.insert(key)
    return settings.count(key)
  }

  package func choice(_ key: String) -> String {
    used.insert(key)
    return settings.choice(key)
  }

  var batchSize: Int {
    used.insert("batch")
    return settings.batchSize
  }
}
