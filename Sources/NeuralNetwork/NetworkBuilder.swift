// Where layers register their parameters: explicitly, by name, in the order of creation. No reflection.

import Autograd

package struct NetworkBuilder {
  private struct Registration {
    let parameter: Parameter
    let initialiser: Initialiser
    let fan: (in: Int, out: Int)
  }

  /// An average, and what it is the average of.
  private struct Average {
    let parameter: Parameter
    let source: Parameter
  }

  private var layout = ParameterLayout()
  private var registrations: [Registration] = []
  private var averages: [Average] = []
  private var scope = ""

  package init() {}

  /// Adds a parameter under the current player's name.
  ///
  /// - Parameters:
  ///   - fan: the inputs and outputs that it connects, for initialisers that ask.
  ///   - isTrained: false for a running statistic.
  package mutating func add(
    _ name: String, _ shape: Shape, _ initialiser: Initialiser, fan: (in: Int, out: Int) = (1, 1),
    isTrained: Bool = true
  ) -> Parameter {
    let parameter = layout.add(scope + name, shape, isTrained: isTrained)
    registrations.append(Registration(parameter: parameter, initialiser: initialiser, fan: fan))
    return parameter
  }

  /// Builds one network. What it trains becomes a range of its own, for its optimiser; the names of its parameters begin
  /// with `name` and a dot.
  package mutating func network<Network>(
    _ name: String, _ build: (inout NetworkBuilder) -> Network
  ) -> (network: Network, range: ParameterRange) {
    let start = layout.count
    scope = name + "."
    let network = build(&self)
    scope = ""
    return (network, layout.makeRange(name, since: start))
  }

  /// Adds a slice beside each parameter and statistic of a network, which begins with the same values: `average.` and
  /// its name.
  package mutating func addAverage(of network: String) -> [(parameter: Parameter, average: Parameter)] {
    layout.parameters.filter { $0.name.hasPrefix(network + ".") }.map { parameter in
      let average = layout.add("average." + parameter.name, parameter.shape, isTrained: false)
      averages.append(Average(parameter: average, source: parameter))
      return (parameter, average)
    }
  }

  /// The flat buffer of everything that was registered, with its first values.
  package func makeStore(seed: UInt64) -> ParameterStore {
    let store = ParameterStore(layout)
    initialise(store, seed: seed)
    return store
  }

  /// Puts a store back to where `makeStore(seed:)` left it: weights, statistics, moments and counters.
  package func initialise(_ store: ParameterStore, seed: UInt64) {
    store.clear()
    for (stream, registration) in registrations.enumerated() {
      let parameter = registration.parameter
      store[parameter] = registration.initialiser.numbers(
        count: parameter.shape.count, fan: registration.fan, key: seed, stream: UInt64(stream))
    }
    for average in averages { store[average.parameter] = store[average.source] }
  }
}
