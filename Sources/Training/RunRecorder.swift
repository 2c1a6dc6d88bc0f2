// Between a trainer, which must not wait for a disk, and the files of its run: what there is to write is handed over and
// written on a thread of its own.

import Dispatch
import RunFiles
import Synchronization

package final class RunRecorder: Sendable {
  private enum Item: Sendable {
    case snapshot(Snapshot)
    case event(RunEvent)
    case checkpoint(RunState, score: Double?)
  }

  /// When the run was saved, in seconds of its training.
  private struct Saving {
    var begin: Double?
    var last: Double?
    var lastStep: Int?
    /// A state waits for the disk: another one would have to be held in memory as well.
    var isPending = false
  }

  /// What may wait for a slow disk: beyond it, of moments that follow one another only the latest is kept.
  private static let mostWaiting = 100

  private let cadence: LogCadence
  private let checkpoints: CheckpointCadence
  private let saving = Mutex(Saving())
  private let now: @Sendable () -> Moment
  private let wake: @Sendable () -> Void
  private let saved: @Sendable (RunFolder, _ step: Int) -> Void
  private let queue: DispatchQueue
  private let waiting = Mutex<[(Item, Moment)]>([])
  /// For the queue alone.
  private let writer: Mutex<RunWriter>
  private let remarks = Mutex<[String]>([])
  /// Told of every end that a run has come to.
  private let end = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - events: where to write event files for TensorBoard as well; `nil` for nowhere.
  ///   - now: calendar time.
  ///   - wake: called, on the recorder's thread, when there are remarks to be fetched.
  ///   - saved: called there when a checkpoint is written.
  package init(
    _ experiment: Experiment, options: TrainingOptions, place: RunPlace, cadence: LogCadence = .metrics,
    checkpoints: CheckpointCadence = CheckpointCadence(), events: EventFilePlace? = nil,
    now: @escaping @Sendable () -> Moment = { .now }, wake: @escaping @Sendable () -> Void = {},
    saved: @escaping @Sendable (RunFolder, _ step: Int) -> Void = { _, _ in }
  ) {
    self.cadence = cadence
    self.checkpoints = checkpoints
    self.now = now
    self.wake = wake
    self.saved = saved
    queue = DispatchQueue(label: "gantui.recorder." + experiment.name, qos: .utility)
    writer = Mutex(RunWriter(experiment, options, place, cadence, checkpoints, events))
  }

  // MARK: For the trainer

  /// Whether a step is to be looked at because of its number, whenever it comes.
  package func wants(step: Int) -> Bool { cadence.includes(step: step) || checkpoints.includes(step: step) }

  /// Takes note of a moment. What is due of it is written soon; never waits.
  package func saw(_ snapshot: Snapshot) {
    let time = now()
    waiting.withLock { waiting in
      if waiting.count >= Self.mostWaiting, case .snapshot(let last)? = waiting.last?.0, last.phase == snapshot.phase {
        waiting.removeLast()
      }
      waiting.append((.snapshot(snapshot), time))
    }
    queue.async { self.write() }
  }

  /// Takes note of an event. Never waits.
  package func note(_ event: RunEvent) {
    let time = now()
    waiting.withLock { $0.append((.event(event), time)) }
    queue.async { self.write() }
  }

  /// Whether the run is to be saved at this step.
  package func wantsCheckpoint(step: Int, seconds: Double) -> Bool {
    saving.withLock { saving in
      // The run has gone back in time, and has not been saved since.
      if let last = saving.last, seconds < last { saving = Saving(isPending: saving.isPending) }
      let begin = saving.begin ?? seconds
      saving.begin = begin
      guard !saving.isPending, step != saving.lastStep else { return false }
      return checkpoints.isDue(step: step, seconds: seconds, begin: begin, last: saving.last)
    }
  }

  /// Saves a moment, which must be sound. Never waits.
  ///
  /// - Parameter score: how good it is, less being better; `nil` if that is not known.
  package func keep(_ state: RunState, score: Double?) {
    let time = now()
    saving.withLock { saving in
      saving.last = state.seconds
      saving.lastStep = state.step
      saving.isPending = true
    }
    waiting.withLock { $0.append((.checkpoint(state, score: score), time)) }
    queue.async { self.write() }
  }

  // MARK: For whoever started it

  /// Where the run is; `nil` before its first step, and where nothing can be written.
  package var folder: RunFolder? { writer.withLock { $0.folder } }

  /// What a person has to be told of since the last call.
  package func takeRemarks() -> [String] {
    remarks.withLock { remarks in
      defer { remarks = [] }
      return remarks
    }
  }

  /// Writes what is left, once the run has come to its end or time is over.
  ///
  /// - Parameters:
  ///   - screen: the last one, by the ending of its file.
  ///   - runPatience: seconds to wait at the most for the end of the run.
  ///   - diskPatience: and then for the disk.
  /// - Returns: whether all of it has been written.
  @discardableResult
  package func close(
    screen: [(ending: String, text: String)] = [], runPatience: Double, diskPatience: Double
  ) -> Bool {
    _ = end.wait(timeout: .now() + runPatience)
    let isWritten = DispatchSemaphore(value: 0)
    queue.async {
      self.write()
      let time = self.now()
      self.writer.withLock { $0.close(screen: screen, at: time) }
      self.hear()
      isWritten.signal()
    }
    guard isWritten.wait(timeout: .now() + diskPatience) == .success else {
      remarks.withLock { $0.append("the end of this run is not saved: the disk takes too long") }
      return false
    }
    return writer.withLock { $0.isWhole }
  }

  private func write() {
    let items = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for (item, time) in items {
      switch item {
      case .snapshot(let snapshot):
        writer.withLock { $0.write(snapshot, at: time) }
        if snapshot.phase.isOver { end.signal() }
      case .event(let event): writer.withLock { $0.write(event, at: time) }
      case .checkpoint(let state, let score):
        let folder = writer.withLock { $0.keep(state, score: score, at: time) }
        saving.withLock { $0.isPending = false }
        if let folder { saved(folder, state.step) }
      }
    }
    hear()
  }

  private func hear() {
    let new = writer.withLock { $0.takeRemarks() }
    guard !new.isEmpty else { return }
    remarks.withLock { $0 += new }
    wake()
  }
}
