// A game as a value: all that its next move depends on, and nothing else. Put back, it continues number for number as it
// would have, in this process or in another one of the same program, machine and number of threads.

import Autograd

extension Game {
  package struct State: Hashable, Sendable {
    /// Parameters, running statistics, moments, and the optimisers' counts of updates.
    package var contents: Contents
    /// The training's noise: a key, and runs so far.
    package var noiseKey: UInt64
    package var noiseCounter: UInt64
    package var step: Int
    package var cursor: Int
    package var report: [Float]
    /// Updates of each network, which learning-rate schedules go by.
    package var updates: [Int]
    package var rateScale: Float

    package init(
      contents: Contents, noiseKey: UInt64, noiseCounter: UInt64, step: Int, cursor: Int, report: [Float],
      updates: [Int], rateScale: Float
    ) {
      self.contents = contents
      self.noiseKey = noiseKey
      self.noiseCounter = noiseCounter
      self.step = step
      self.cursor = cursor
      self.report = report
      self.updates = updates
      self.rateScale = rateScale
    }

    // NaN of a report that has not been told yet is equal to itself here: states are compared by their bits.
    package static func == (a: State, b: State) -> Bool {
      a.contents == b.contents && a.noiseKey == b.noiseKey && a.noiseCounter == b.noiseCounter && a.step == b.step
        && a.cursor == b.cursor && a.report.map(\.bitPattern) == b.report.map(\.bitPattern) && a.updates == b.updates
        && a.rateScale == b.rateScale
    }
  }

  /// Setting a state of another layout is a programmer's error.
  package var state: State {
    get {
      State(
        contents: store.contents, noiseKey: noise.key, noiseCounter: noise.counter, step: step, cursor: cursor,
        report: report, updates: updates, rateScale: rateScale)
    }
    set {
      precondition(
        newValue.report.count == report.count && newValue.updates.count == updates.count, "Game: a state of another one"
      )
      store.contents = newValue.contents
      noise.key = newValue.noiseKey
      noise.counter = newValue.noiseCounter
      step = newValue.step
      cursor = newValue.cursor
      report = newValue.report
      updates = newValue.updates
      rateScale = newValue.rateScale
    }
  }

  /// From now on other noise, so that the same game takes another way.
  ///
  /// - Parameter branch: which of them; 0 is the seed's own.
  package func branchNoise(_ branch: Int, seed: UInt64) {
    // The golden ratio's 64 bits: multiples of it are as far apart as numbers can be (Knuth, TAOCP 3, §6.4).
    noise.key = seed &+ UInt64(branch) &* 0x9E37_79B9_7F4A_7C15
  }
}
