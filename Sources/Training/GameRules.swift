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

  func apply(to configuration: GANConfiguration) -> GANConfiguration {
    var result = configuration
    result.generatorLoss = loss ?? configuration.generatorLoss
    result.order = order ?? configuration.order
    result.discriminatorSteps = discriminatorSteps ?? configuration.discriminatorSteps
    return result
  }
}
