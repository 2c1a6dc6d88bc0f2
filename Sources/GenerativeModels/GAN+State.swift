// A game as a value: all that its next move depends on, and nothing else. Put back, it goes on number for number as it
// would have gone on, in this process or in another one of the same program, machine and number of threads.

import Autograd

extension GAN {
  package typealias Layout = ParameterLayout
  package typealias Contents = ParameterStore.Contents

  package struct State: Hashable, Sendable {
    /// Parameters, running statistics, moments, and the optimisers' counts of updates.
    package var contents: Contents
    /// The training's noise: a key, and runs so far.
    package var noiseKey: UInt64
    package var noiseCounter: UInt64
    package var turn: Turn
    package var report: Report
    /// Updates that the rates' courses have come to.
    package var discriminatorUpdates: Int
    package var generatorUpdates: Int
    package var rateScale: Float

    package init(
      contents: Contents, noiseKey: UInt64, noiseCounter: UInt64, turn: Turn, report: Report,
      discriminatorUpdates: Int, generatorUpdates: Int, rateScale: Float
    ) {
      self.contents = contents
      self.noiseKey = noiseKey
      self.noiseCounter = noiseCounter
      self.turn = turn
      self.report = report
      self.discriminatorUpdates = discriminatorUpdates
      self.generatorUpdates = generatorUpdates
      self.rateScale = rateScale
    }
  }

  /// Setting a state of another layout is a programmer's error.
  package var state: State {
    get {
      State(
        contents: store.contents, noiseKey: noise.key, noiseCounter: noise.counter, turn: turn, report: report,
        discriminatorUpdates: discriminatorUpdates, generatorUpdates: generatorUpdates, rateScale: rateScale)
    }
    set {
      store.contents = newValue.contents
      noise.key = newValue.noiseKey
      noise.counter = newValue.noiseCounter
      turn = newValue.turn
      report = newValue.report
      discriminatorUpdates = newValue.discriminatorUpdates
      generatorUpdates = newValue.generatorUpdates
      rateScale = newValue.rateScale
    }
  }

  /// From now on other noise, so that the same game takes another course.
  ///
  /// - Parameter branch: which of them; 0 is the seed's own.
  package func branchNoise(_ branch: Int, seed: UInt64) {
    // The golden ratio's 64 bits: multiples of it are as far apart as numbers can be (Knuth, TAOCP 3, §6.4).
    noise.key = seed &+ UInt64(branch) &* 0x9E37_79B9_7F4A_7C15
  }
}
