// The real side of a model: batches without end, in an order that the seed decides.

import Datasets

/// What a model learns from, ready to be drawn from.
package enum TrainingData {
  case line(Density1D)
  case plane(Density2D)
  case images(ImageTable)
  case none

  /// Features of a sample as the networks take it.
  var sampleSize: Int {
    switch self {
    case .line: 1
    case .plane: 2
    case .images(let table): table.width * table.height
    case .none: 0
    }
  }

  /// Samples that the training never draws, always the same: for measuring, and to be shown.
  package func heldOut(count: Int, seed: UInt64) -> [Float] {
    var random = CounterRandom(seed: seed, stream: Stream.heldOut)
    switch self {
    case .line(let density):
      var samples = [Float](repeating: 0, count: count)
      density.fill(&samples, using: &random)
      return samples
    case .plane(let density):
      var samples = [Float](repeating: 0, count: 2 * count)
      density.fill(&samples, using: &random)
      return samples
    case .images(let table):
      return table.enlarged(table.heldOut[0..<min(count, table.heldOut.count)].floats(scaledTo: .unit))
    case .none: return []
    }
  }
}

/// The batches of a model's draws, each in an order of its own.
package final class Batches: BatchSource {
  /// Where in the data a draw is.
  package struct State: Hashable, Sendable {
    /// Blocks drawn, where data are made up as they are needed.
    package var counter: UInt64
    /// Where they are images.
    package var rows: MiniBatches.State?

    package init(counter: UInt64, rows: MiniBatches.State? = nil) {
      self.counter = counter
      self.rows = rows
    }
  }

  private var draws: [DrawnColumns]

  package init(_ data: TrainingData, _ draws: [Draw], batchSize: Int, seed: UInt64) {
    self.draws = draws.enumerated().map { number, draw in
      DrawnColumns(data, draw, batchSize: batchSize, seed: seed, stream: Stream.batches + UInt64(number))
    }
  }

  package func advance(_ draw: Int) { draws[draw].advance() }
  package func values(_ draw: Int, _ field: Int) -> [Float] { draws[draw].columns[field] }

  /// One for each draw.
  package var state: [State] {
    get { draws.map(\.state) }
    set { for (index, state) in zip(draws.indices, newValue) { draws[index].state = state } }
  }
}

/// The columns of one draw, filled in place.
private struct DrawnColumns {
  private let data: TrainingData
  private let fields: [Field]
  private(set) var columns: [[Float]]
  private var random: CounterRandom
  private var rows: MiniBatches?
  private var labels: [UInt8]
  /// Pictures as the table has them, where the networks take larger ones.
  private var small: [Float] = []
  private var scratch: [Float] = []

  init(_ data: TrainingData, _ draw: Draw, batchSize: Int, seed: UInt64, stream: UInt64) {
    self.data = data
    fields = draw.fields
    columns = draw.fields.map { field in
      let width =
        switch field {
        case .sample: data.sampleSize
        case .label, .category: GameBuilder.classes
        }
      return [Float](repeating: 0, count: batchSize * width)
    }
    random = CounterRandom(seed: seed, stream: stream)
    labels = Array(repeating: 0, count: batchSize)
    guard case .images(let table) = data, fields.contains(.sample) else { return }
    rows = MiniBatches(count: table.images.count, seed: seed, stream: stream)
    if table.enlargement != nil { small = Array(repeating: 0, count: batchSize * table.images.pixelsPerImage) }
  }

  var state: Batches.State {
    get { Batches.State(counter: random.counter, rows: rows?.state) }
    set {
      random = CounterRandom(seed: random.seed, stream: random.stream, counter: newValue.counter)
      rows = rows.map { rows in
        var state = newValue.rows ?? rows.state
        // Of fewer images than there were, a pass may be over already.
        state.cursor = min(state.cursor, rows.count)
        return MiniBatches(count: rows.count, seed: rows.seed, stream: rows.stream, state: state)
      }
    }
  }

  /// The next batch. Images come in passes, each in another order, and in 0…1.
  mutating func advance() {
    if fields == [.category] { return drawCategories() }
    guard let sample = fields.firstIndex(of: .sample) else { fatalError("a draw without samples") }
    switch data {
    case .line(let density): density.fill(&columns[sample], using: &random)
    case .plane(let density): density.fill(&columns[sample], using: &random)
    case .images(let table):
      if let enlargement = table.enlargement {
        rows?.fill(&small, labels: &labels, from: table.images, scaledTo: .unit)
        enlargement.enlarge(small, into: &columns[sample], scratch: &scratch)
      } else {
        rows?.fill(&columns[sample], labels: &labels, from: table.images, scaledTo: .unit)
      }
      if let label = fields.firstIndex(of: .label) { Self.write(labels, into: &columns[label]) }
    case .none: break
    }
  }

  private mutating func drawCategories() {
    for row in labels.indices { labels[row] = UInt8(random.integer(below: GameBuilder.classes)) }
    Self.write(labels, into: &columns[0])
  }

  /// One-hot, in place.
  private static func write(_ labels: [UInt8], into column: inout [Float]) {
    for index in column.indices { column[index] = 0 }
    for (row, label) in labels.enumerated() { column[row * GameBuilder.classes + Int(label)] = 1 }
  }
}
