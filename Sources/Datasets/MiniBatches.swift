// Passes over a data set in random order, each row once a pass. The order of a pass is a function of the seed and of its
// number, so the state is two integers and a run goes on exactly where it was saved.

/// Hands out rows in random order, pass after pass.
package struct MiniBatches: Hashable, Sendable {
  /// Where in the data a run is.
  package struct State: Hashable, Codable, Sendable {
    /// Passes completed.
    package var epoch = 0
    /// Rows handed out in this pass.
    package var cursor = 0

    package init(epoch: Int = 0, cursor: Int = 0) {
      self.epoch = epoch
      self.cursor = cursor
    }
  }

  package let count: Int
  package let seed: UInt64
  package let stream: UInt64
  package private(set) var state: State
  private var order: [Int32]

  /// - Parameters:
  ///   - count: rows of the data set.
  ///   - stream: which stream of `seed` the order is drawn from.
  ///   - state: where to go on.
  package init(count: Int, seed: UInt64, stream: UInt64 = 0, state: State = State()) {
    precondition(count > 0, "MiniBatches: no rows to choose from")
    self.count = count
    self.seed = seed
    self.stream = stream
    self.state = state
    order = Self.order(of: count, seed: seed, stream: stream, epoch: state.epoch)
  }

  private static func order(of count: Int, seed: UInt64, stream: UInt64, epoch: Int) -> [Int32] {
    // A permutation of 2³¹ rows takes fewer than 2⁴⁰ blocks, so that passes do not overlap.
    var random = CounterRandom(seed: seed, stream: stream, counter: UInt64(epoch) << 40)
    return random.permutation(of: count)
  }

  /// The next row. After the last one of a pass the next pass begins, also within a batch.
  package mutating func nextRow() -> Int {
    if state.cursor == count {
      state = State(epoch: state.epoch + 1)
      order = Self.order(of: count, seed: seed, stream: stream, epoch: state.epoch)
    }
    defer { state.cursor += 1 }
    return Int(order[state.cursor])
  }

  /// Overwrites `batch`, `[N, height, width]`, with the next N pictures, and `labels`, `[N]`, with their classes.
  package mutating func fill(
    _ batch: inout [Float], labels: inout [UInt8], from images: LabelledImages, scaledTo range: PixelRange
  ) {
    precondition(
      images.count == count && batch.count == labels.count * images.pixelsPerImage,
      "MiniBatches.fill: \(batch.count) floats for \(labels.count) of \(images.count) pictures")
    var span = batch.mutableSpan
    for position in labels.indices {
      let row = nextRow()
      images.copy(row, to: &span, at: position, scaledTo: range)
      labels[position] = images.labels[row]
    }
  }
}
