// How a network that is written as Swift finds its layers. The body of a network is run once to make its layers, and again
// for every graph that it is recorded on; the tape holds the layers in the order of the body.

import Autograd

/// The layers of one network, in the order in which its body asks for them.
package final class Tape {
  /// One layer, and what there is to say about it.
  private struct Entry {
    /// Kind and settings: `dense 32`.
    let description: String
    let layer: any Layer
    /// For one sample.
    let multiplications: Int
  }

  package let name: String
  /// What the body is being recorded for.
  private(set) var mode = Mode.training
  private var entries: [Entry] = []
  private var cursor = 0
  /// Parameters by kind, which number their names: `dense1.weight`, `dense2.weight`.
  private var counts: [String: Int] = [:]
  /// There the first time through, when layers are made.
  private var builder: NetworkBuilder?

  init(_ name: String) { self.name = name }

  /// Runs the body for the first time, on a graph that is thrown away.
  func make<Output>(in builder: inout NetworkBuilder, _ body: () -> Output) {
    self.builder = builder
    _ = body()
    guard let result = self.builder else { fatalError("network \(name): made twice") }
    builder = result
    self.builder = nil
  }

  /// Runs the body again, with the layers that there are.
  func record<Output>(for mode: Mode, _ body: () -> Output) -> Output {
    self.mode = mode
    cursor = 0
    defer {
      if cursor != entries.count {
        fatalError("network \(name): this time it stopped before “\(entries[cursor].description)”")
      }
    }
    return body()
  }

  /// The next layer of the body.
  ///
  /// - Parameters:
  ///   - description: kind and settings, by which a body that takes another way is found out.
  ///   - kind: what the names of its parameters begin with; `nil` for a layer without parameters.
  ///   - multiplications: that it needs for one sample.
  func layer(
    _ description: String, kind: String? = nil, multiplications: Int = 0,
    _ make: (_ name: String, inout NetworkBuilder) -> any Layer
  ) -> any Layer {
    if builder == nil {
      guard cursor < entries.count, entries[cursor].description == description else {
        let then = cursor < entries.count ? "“\(entries[cursor].description)”" : "the end"
        fatalError("network \(name): layer \(cursor + 1) was \(then) and is “\(description)” now")
      }
      cursor += 1
      return entries[cursor - 1].layer
    }
    var layerName = ""
    if let kind {
      counts[kind, default: 0] += 1
      layerName = "\(kind)\(counts[kind, default: 1])"
    }
    guard var builder else { fatalError("network \(name): no builder") }
    let layer = make(layerName, &builder)
    self.builder = builder
    entries.append(Entry(description: description, layer: layer, multiplications: multiplications))
    return layer
  }

  /// The layers in short words: `dense 256, batch norm, leaky relu 0.2`.
  var description: String { entries.map(\.description).joined(separator: ", ") }

  /// Whether what a sample becomes depends on the other samples of its batch.
  var mixesSamples: Bool { entries.contains { $0.layer is BatchNorm } }

  /// Multiplications of each layer with weights, for one sample.
  var multiplications: [Int] { entries.map(\.multiplications).filter { $0 > 0 } }
}
