// A move is a recorded part of a step: what of the batch goes in, which networks it trains, and which figures it tells.

import Autograd
import Figures
import NeuralNetwork

/// One move, while it is recorded. Made by `GameBuilder.move`.
package final class Move {
  package struct Input {
    let draw: Int
    let field: Int
    let tensor: Tensor
  }

  /// What a person reads: `D`, `G`.
  package let name: String
  package let graph = Graph()
  /// m of Algorithm 1.
  package let batchSize: Int

  private let card: Card
  private let figures: [Figure]
  private let fieldWidth: (Field) -> Int
  /// What the batch fills before each run, and the draws that are drawn anew for it.
  private(set) var inputs: [Input] = []
  private(set) var draws: [Int] = []
  private(set) var optimisers: [(network: Int, recorded: RecordedOptimiser)] = []
  private(set) var told: [(key: Figure.Key, tensor: Tensor)] = []

  init(
    _ name: String, _ card: Card, _ figures: [Figure], batchSize: Int, fieldWidth: @escaping (Field) -> Int
  ) {
    self.name = name
    self.card = card
    self.figures = figures
    self.batchSize = batchSize
    self.fieldWidth = fieldWidth
  }

  // MARK: What goes in

  /// A column of the next batch, `[m, width]`, samples in the networks' units.
  package func take(_ field: Field) -> Tensor {
    guard let draw = card.draws.firstIndex(where: { $0.fields.contains(field) }),
      let place = card.draws[draw].fields.firstIndex(of: field)
    else { fatalError("\(card.name), move \(name): its card draws no \(field)") }
    let tensor: Tensor
    if let known = inputs.first(where: { $0.draw == draw && $0.field == place }) {
      tensor = known.tensor
    } else {
      tensor = graph.input("\(field)", [batchSize, fieldWidth(field)])
      inputs.append(Input(draw: draw, field: place, tensor: tensor))
      if !draws.contains(draw) { draws.append(draw) }
    }
    return field == .sample ? card.units.inside(tensor) : tensor
  }

  /// Noise, `[m, latent.size]`: fresh in every run.
  package func noise(_ latent: Latent) -> Tensor {
    graph.random(latent.prior.distribution, [batchSize, latent.size])
  }

  /// Numbers of N(0, 1), `[m, features]`.
  package func normal(_ features: Int) -> Tensor {
    graph.random(.normal(mean: 0, deviation: 1), [batchSize, features])
  }

  /// What a memory holds before the move.
  package func recall(_ memory: Parameter) -> Tensor { graph.parameter(memory) }

  // MARK: What comes of it

  /// Has a memory hold a value after the move.
  package func keep(_ value: Tensor, in memory: Parameter) { graph.assign(value, to: memory) }

  /// Trains networks: their weights follow the gradient of `loss`, a scalar. Others stay as they are.
  package func minimise(_ loss: Tensor, _ networks: ParameterRange..., by optimiser: Optimiser) {
    for network in networks {
      optimisers.append((network.number, optimiser.record(network, minimising: loss)))
    }
  }

  /// Tells a figure, a scalar: kept for every step.
  package func tell(_ key: Figure.Key, _ value: Tensor) {
    guard figures.contains(where: { $0.key == key && $0.cadence == .everyStep }) else {
      fatalError("\(card.name), move \(name): tells “\(key.rawValue)”, which its card does not declare for every step")
    }
    guard !told.contains(where: { $0.key == key }) else {
      fatalError("\(card.name), move \(name): tells “\(key.rawValue)” twice")
    }
    told.append((key, value))
  }
}
