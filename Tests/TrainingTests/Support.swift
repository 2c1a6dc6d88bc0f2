// A world for trainers in which time passes only when they look at the clock.

import Figures
import GenerativeModels
import NeuralNetwork
import Synchronization
import TestSupport
import Training

/// A clock that moves on by a fixed amount each time it is read, and can do something at a given reading. Whoever sleeps
/// by it wakes at once, so much later.
final class SteppingClock: Sendable {
  private let readings = Mutex(0)
  private let slept = Mutex(0.0)
  private let tick: Double
  private let event: Mutex<(at: Int, action: @Sendable () -> Void)?> = Mutex(nil)

  init(tick: Double = 0.001) { self.tick = tick }

  /// How often the clock has been read.
  var count: Int { readings.withLock { $0 } }

  /// Calls `action` from the reading with number `reading`, on the trainer's own thread.
  func at(reading: Int, _ action: @escaping @Sendable () -> Void) { event.withLock { $0 = (reading, action) } }

  var clock: TrainingClock {
    TrainingClock(
      now: { [self] in
        let reading = readings.withLock { count in
          count += 1
          return count
        }
        let due = event.withLock { event -> (@Sendable () -> Void)? in
          guard let planned = event, reading >= planned.at else { return nil }
          event = nil
          return planned.action
        }
        due?()
        return Double(reading) * tick + slept.withLock { $0 }
      }, sleep: { [self] seconds in slept.withLock { $0 += seconds } })
  }
}

/// A trainer at work, and every snapshot that is fetched from it as soon as it is there.
struct Rehearsal {
  let trainer: Trainer
  let task: Task<Void, Never>
  private let calls: AsyncStream<Void>

  init(
    _ experiment: Experiment, seed: UInt64 = 1, stepLimit: Int? = nil, clock: TrainingClock = SteppingClock().clock,
    options: TrainingOptions? = nil, patience: FloorWatch = FloorWatch(), budget: MomentBudget = MomentBudget(),
    recorder: RunRecorder? = nil,
    before: (Trainer) -> Void = { _ in }
  ) {
    let (calls, bell) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.calls = calls
    let trainer = Trainer(
      experiment, options: options ?? TrainingOptions(seed: seed), stepLimit: stepLimit, patience: patience,
      budget: budget,
      clock: clock, recorder: recorder, wake: { bell.yield() })
    before(trainer)
    self.trainer = trainer
    task = Task { await trainer.run() }
  }

  /// The first snapshot from now on that fits; it must be one that stays, for those in between may be missed.
  func first(where fits: (Snapshot) -> Bool) async -> Snapshot {
    for await _ in calls {
      if let snapshot = trainer.snapshots.take(), fits(snapshot) { return snapshot }
    }
    fatalError("the trainer's bell was destroyed")
  }

  func stop() async {
    trainer.send(.stop)
    await task.value
  }
}

extension Experiment {
  static func test(_ name: String) -> Experiment {
    guard let experiment = all.first(where: { $0.name == name }) else { fatalError("no experiment \(name)") }
    return experiment
  }
}

/// Snapshots that a report hands over, in order.
final class Reports: Sendable {
  private let list = Mutex<[Snapshot]>([])
  func add(_ snapshot: Snapshot) { list.withLock { $0.append(snapshot) } }
  var all: [Snapshot] { list.withLock { $0 } }
}

extension Folder {
  /// Noise in MNIST's form, for the experiments that want such files, and options that name them.
  func writeImages(count: Int) -> TrainingOptions {
    func idx(_ extents: [UInt32], _ count: Int) -> [UInt8] {
      var random = SplitMix(state: 7)
      let sizes = extents.flatMap { extent in (0..<4).reversed().map { UInt8(truncatingIfNeeded: extent >> (8 * $0)) } }
      return [0, 0, 8, UInt8(extents.count)] + sizes
        + (0..<count).map { _ in UInt8(random.next() % (extents.count == 1 ? 10 : 256)) }
    }
    for (name, count) in [("train", count), ("t10k", 20)] {
      write("\(name)-images-idx3-ubyte", idx([UInt32(count), 28, 28], count * 784))
      write("\(name)-labels-idx1-ubyte", idx([UInt32(count)], count))
    }
    return TrainingOptions(seed: 3, dataDirectory: path)
  }
}

extension Snapshot {
  /// What the model shows first: its samples.
  var samples: Exhibit.Content {
    get { exhibits.first?.content ?? .empty }
    set { exhibits = [Exhibit("samples", title: "samples", newValue)] }
  }
}

extension Experiment {
  /// The toy under another name, with another optimiser for D, or for both.
  static func toy(
    named name: String, both: Bool = false, _ optimiser: @escaping @Sendable (Float) -> Optimiser
  ) -> Experiment {
    var gan = GAN.toy
    gan.name = name
    gan.discriminatorOptimiser = optimiser
    if both { gan.generatorOptimiser = optimiser }
    return Experiment(gan)
  }
}
