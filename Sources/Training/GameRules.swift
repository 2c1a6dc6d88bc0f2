// Where a person departs from an experiment's own rules of the game: its losses, its order of moves, its k.

import GenerativeModels

package struct GameRules: Hashable, Sendable {
  package typealias Loss = GANConfiguration.GeneratorLoss
  package typealias Order = GANConfiguration.UpdateOrder

  /// What G minimises; `nil` leaves it to the experiment, as do the others.
  package var loss: Loss?
  package var order: Order?
  /// k of Algorithm 1: updates of D before each of G, in alternating order.
  package var discriminatorSteps: Int?

  package init(loss: Loss? = nil, order: Order? = nil, discriminatorSteps: Int? = nil) {
    self.loss = loss
    self.order = order
    self.discriminatorSteps = discriminatorSteps
  }

  /// Who moves when in an experiment that is played by these rules.
  package func order(of experiment: Experiment) -> Order { apply(to: experiment.configuration([])).order }

  fileprivate static let usual = Dictionary(
    uniqueKeysWithValues: Experiment.all.map { ($0.name, $0.summary(TrainingOptions())) })

  func apply(to configuration: GANConfiguration) -> GANConfiguration {
    var result = configuration
    result.generatorLoss = loss ?? configuration.generatorLoss
    result.order = order ?? configuration.order
    result.discriminatorSteps = discriminatorSteps ?? configuration.discriminatorSteps
    return result
  }
}

extension ExperimentSummary {
  /// What differs from the experiment's own rules, in ever fewer letters: `minimax, k = 5`, then `minimax k=5`. Empty where
  /// nothing does, or where the experiment is none of the catalogue's.
  package var departures: [String] {
    guard let usual = GameRules.usual[name], !loss.isEmpty else { return [] }
    var (said, brief) = ([String](), [String]())
    if loss != usual.loss {
      said.append(loss)
      brief.append(loss == GameRules.Loss.nonSaturating.rawValue ? "non-sat." : loss)
    }
    if updates != usual.updates {
      // Where the order is the usual one, k is what differs.
      let order = GameRules.Order.alternating.rawValue + ", "
      let isK = updates.hasPrefix(order) && usual.updates.hasPrefix(order)
      let words = isK ? String(updates.dropFirst(order.count)) : updates
      said.append(words)
      let isSimultaneous = updates == GameRules.Order.simultaneous.rawValue
      brief.append(
        isSimultaneous ? "simult." : words.replacing("alternating, ", with: "alt. ").replacing(" = ", with: "="))
    }
    if precision != usual.precision {
      said.append(precision)
      brief.append(precision)
    }
    guard !said.isEmpty else { return [] }
    return [said.joined(separator: ", "), brief.joined(separator: " ")]
  }
}
