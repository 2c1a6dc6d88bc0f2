// The real side of the game: batches without end, in an order that the seed decides.

import Datasets

/// What an experiment learns from, ready to be drawn from.
struct RealData {
  enum Source {
    case line(Density1D)
    case plane(Density2D)
    case images(ImageTable)
  }

  let source: Source
  private var random: CounterRandom
  private var rows: MiniBatches?
  private var batch: [Float]
  private var labels: [UInt8]

  init(_ source: Source, batchSize: Int, sampleSize: Int, seed: UInt64) {
    self.source = source
    var width = sampleSize
    if case .images(let table) = source {
      width = table.images.pixelsPerImage
      rows = MiniBatches(count: table.images.count, seed: seed, stream: Stream.batches)
    }
    self.batch = Array(repeating: 0, count: batchSize * width)
    self.labels = Array(repeating: 0, count: batchSize)
    self.random = CounterRandom(seed: seed, stream: Stream.batches)
  }

  /// Where in the data a run is.
  struct State: Hashable, Sendable {
    /// Blocks drawn, where data are made up as they are needed.
    var counter: UInt64
    /// Where they are images.
    var rows: MiniBatches.State?
  }

  var state: State {
    get { State(counter: random.counter, rows: rows?.state) }
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

  /// The next batch, `[batchSize, sampleSize]`. Images come in passes, each in another order, and in 0…1.
  mutating func next() -> [Float] {
    switch source {
    case .line(let density): density.fill(&batch, using: &random)
    case .plane(let density): density.fill(&batch, using: &random)
    case .images(let table):
      rows?.fill(&batch, labels: &labels, from: table.images, scaledTo: .unit)
      return table.enlarged(batch)
    }
    return batch
  }

  /// Samples that the training never draws, always the same: for measuring, and to be shown.
  func heldOut(count: Int, seed: UInt64) -> [Float] {
    var random = CounterRandom(seed: seed, stream: Stream.heldOut)
    switch source {
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
    }
  }
}

/// One seed serves many purposes; each has a sequence of its own.
///
/// All of them are parts of one long counter: the engine's upper half is the number of its run, 0 for what is drawn
/// outside a program, and its lower half begins with a stream of 32 bits, the first of which are the initialisers'.
enum Stream {
  // Of the data's generator, whose streams are the upper half: larger than any number of runs.
  static let batches: UInt64 = 1 << 48
  static let heldOut: UInt64 = 2 << 48
  static let floor: UInt64 = 3 << 48
  /// Of pictures among rows, where chance is compared with.
  static let deals: UInt64 = 4 << 48
  /// Around the result of latent arithmetic.
  static let neighbourhood: UInt64 = 5 << 48

  // Of the engine: larger than any number of parameters, and apart for as many renewals as anybody asks for.
  /// Noise that figures are measured with.
  static let measuredNoise: UInt64 = 1 << 16
  /// Noise for samples that go into files.
  static let savedNoise: UInt64 = 2 << 16
  /// Noise to be looked at; each renewal takes the next.
  static let shownNoise: UInt64 = 1 << 24
}
