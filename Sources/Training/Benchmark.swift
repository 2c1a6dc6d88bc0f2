// Steps per second on the networks of `Workloads.swift`: warm up, time windows of about half a second, take the
// median, since a machine that is shared has bad moments but no good ones.

import Datasets
import GenerativeModels

/// Something to be timed.
package struct Workload: Sendable {
  package let name: String
  let model: GAN
  /// Samples in the table that batches are drawn from: as many as MNIST has unless told.
  package var rows = 60_000

  package static let all = [
    Workload(name: "toy1d", model: .toy1DWorkload),
    Workload(name: "mnist-mlp", model: .mnistMLPWorkload),
    Workload(name: "dcgan28", model: .dcgan28Workload),
    Workload(name: "dcgan64", model: .dcgan64Workload, rows: 4096),
  ]
}

package struct Benchmark {
  package struct Result: Hashable, Sendable {
    /// Steps per second of each window.
    package let windows: [Double]

    /// The upper one of two in the middle; NaN without windows.
    package var median: Double { windows.isEmpty ? .nan : windows.sorted()[windows.count / 2] }
  }

  /// Floating-point operations per second that one core could do in single precision if it only multiplied and added.
  package static func peak(clock: TrainingClock = .monotonic) -> Double { Game.peak(clock: clock.now) }

  /// What a kind of instruction takes.
  package typealias Share = Game.Profile.Share

  /// Seconds.
  private static let window = 0.5
  /// A calibration shorter than this says little about a window.
  private static let calibration = 0.2

  private let game: Game
  private let clock: TrainingClock
  private let data: WorkloadData

  package init(
    _ workload: Workload, threads: Int, precision: Game.Precision = .f32, clock: TrainingClock = .monotonic
  ) {
    game = Game(workload.model, seed: 1, threads: threads, precision: precision)
    data = WorkloadData(game, rows: workload.rows)
    self.clock = clock
  }

  /// Floating-point operations of one step, as counted when libraries are compared.
  package var operationsPerStep: Double { game.operationsPerStep }

  /// Times at least one window, and begins no other after so many seconds.
  package func run(seconds: Double) -> Result {
    func time(steps: Int) -> Double {
      let begin = clock.now()
      for _ in 0..<steps { game.finishStep(data) }
      return clock.now() - begin
    }
    var steps = 1
    var elapsed = time(steps: steps)
    while elapsed < Self.calibration {
      steps *= 2
      elapsed = time(steps: steps)
    }
    let perWindow = max(1, Int((Double(steps) * Self.window / elapsed).rounded()))
    var windows: [Double] = []
    let begin = clock.now()
    repeat { windows.append(Double(perWindow) / time(steps: perWindow)) } while clock.now() - begin < seconds
    return Result(windows: windows)
  }

  /// Where the time of so many steps goes, the largest share first. Timing every instruction costs a little itself.
  package func profile(steps: Int) -> [Share] {
    let profile = Game.Profile(clock: clock.now)
    game.finishStep(data)
    game.time(with: profile)
    for _ in 0..<steps { game.finishStep(data) }
    game.time(with: nil)
    return profile.sorted
  }
}

/// Data that cost about what real ones cost: fresh numbers of N(4, 0.5) on the line, else rows of a table of bytes, made
/// −1…1, in the order of a new permutation in each pass.
private final class WorkloadData: BatchSource {
  private let table: [UInt8]
  private let width: Int
  private var order: MiniBatches
  private var random = CounterRandom(seed: 1)
  private var batch: [Float]

  init(_ game: Game, rows: Int) {
    width = game.card.data.sampleSize
    batch = Array(repeating: 0, count: game.settings.count("batch") * width)
    order = MiniBatches(count: rows, seed: 1)
    table = width > 1 ? (0..<rows * width).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) } : []
  }

  func values(_ draw: Int, _ field: Int) -> [Float] { batch }

  func advance(_ draw: Int) {
    guard width > 1 else {
      random.fillNormals(&batch, mean: 4, deviation: 0.5)
      return
    }
    for start in stride(from: 0, to: batch.count, by: width) {
      let row = order.nextRow() * width
      for column in 0..<width { batch[start + column] = Float(table[row + column]) / 127.5 - 1 }
    }
  }
}
