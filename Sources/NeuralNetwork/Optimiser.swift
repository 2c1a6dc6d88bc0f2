// How a player's parameters follow their gradient, and how the rate changes on the way.

import Autograd
import Glibc

/// A number that changes with the updates done.
package enum RateSchedule: Hashable, Sendable {
  case constant(Float)
  /// `initial · factor^updates`, never below `floor`.
  case geometric(initial: Float, factor: Double, floor: Float)
  /// `from` for the first `after` updates, then in a straight line over `updates` updates to `to`, then constant.
  case linear(from: Float, to: Float, after: Int = 0, updates: Int)

  /// The value for the update after `updates` others.
  package func value(after updates: Int) -> Float {
    switch self {
    case .constant(let value): return value
    case .geometric(let initial, let factor, let floor):
      return max(floor, Float(Double(initial) * power(factor, updates)))
    case .linear(let from, let to, let start, let length):
      let share = length <= 0 ? 1 : min(1, Float(max(0, updates - start)) / Float(length))
      return from + (to - from) * share
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, factor, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return result
  }
}

package enum Optimiser: Hashable, Sendable {
  /// Kingma & Ba 2015. Epsilon 1e-8 is the paper's.
  case adam(rate: RateSchedule, beta1: Float, beta2: Float, epsilon: Float = 1e-8)
  /// Stochastic gradient descent with momentum, pylearn2's form: the rate is part of the velocity.
  case momentum(rate: RateSchedule, momentum: RateSchedule)

  /// The same with a rate that halves every `updates` updates, down to a hundredth of what it is at first; 0: as it is.
  package func halving(every updates: Int) -> Optimiser {
    guard updates > 0 else { return self }
    func schedule(_ rate: RateSchedule) -> RateSchedule {
      let initial = rate.value(after: 0)
      return .geometric(initial: initial, factor: pow(0.5, 1 / Double(updates)), floor: initial / 100)
    }
    return switch self {
    case .adam(let rate, let beta1, let beta2, let epsilon):
      .adam(rate: schedule(rate), beta1: beta1, beta2: beta2, epsilon: epsilon)
    case .momentum(let rate, let momentum): .momentum(rate: schedule(rate), momentum: momentum)
    }
  }

  /// Records the step over `range` that lowers `loss`, and returns what feeds it its rates.
  package func record(_ range: ParameterRange, minimising loss: Tensor) -> RecordedOptimiser {
    let graph = loss.graph
    switch self {
    case .adam(let schedule, let beta1, let beta2, let epsilon):
      let rate = RecordedOptimiser.Input(schedule, "\(range.name).rate", graph)
      graph.update(
        range, by: .adam(beta1: beta1, beta2: beta2, epsilon: epsilon), minimising: loss, rate: rate.tensor)
      return RecordedOptimiser(rate: rate, momentum: nil)
    case .momentum(let schedule, let momentumSchedule):
      let rate = RecordedOptimiser.Input(schedule, "\(range.name).rate", graph)
      let momentum = RecordedOptimiser.Input(momentumSchedule, "\(range.name).momentum", graph)
      graph.update(range, by: .momentum, minimising: loss, rate: rate.tensor, momentum: momentum.tensor)
      return RecordedOptimiser(rate: rate, momentum: momentum)
    }
  }
}

/// The inputs of a recorded optimiser, which are written before each run.
package struct RecordedOptimiser {
  struct Input {
    let schedule: RateSchedule
    let tensor: Tensor

    init(_ schedule: RateSchedule, _ name: String, _ graph: Graph) {
      self.schedule = schedule
      self.tensor = graph.input(name, .scalar)
    }
  }

  let rate: Input
  let momentum: Input?

  /// Sets rate and momentum for the update after `updates` others.
  ///
  /// - Parameter scale: what the rate is multiplied by: 1, unless a person has lowered it.
  package func prepare(_ program: Program, after updates: Int, scale: Float = 1) {
    program.write(rate.schedule.value(after: updates) * scale, to: rate.tensor)
    if let momentum { program.write(momentum.schedule.value(after: updates), to: momentum.tensor) }
  }
}

extension Optimiser: CustomStringConvertible {
  package var description: String {
    switch self {
    case .adam(let rate, let beta1, let beta2, let epsilon):
      "adam, rate \(rate), betas \(beta1) and \(beta2), epsilon \(epsilon)"
    case .momentum(let rate, let momentum): "momentum \(momentum), rate \(rate)"
    }
  }
}

extension RateSchedule: CustomStringConvertible {
  package var description: String {
    switch self {
    case .constant(let value): "\(value)"
    case .geometric(let initial, let factor, let floor): "\(initial) times \(factor) an update down to \(floor)"
    case .linear(let from, let to, let start, let length): "\(from) to \(to) over \(length) updates after \(start)"
    }
  }
}
