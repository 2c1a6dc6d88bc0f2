// A thread's worth of room for one trainer. Swift's shared pool has as many threads as there are cores, two of them
// on a small machine: a loop that computes for minutes would starve everything else that runs there.

import Dispatch

/// Runs an actor's jobs one after another on a dispatch queue of its own.
final class TrainerExecutor: SerialExecutor {
  private let queue: DispatchQueue
  private let prepareThread: @Sendable () -> Void

  /// - Parameter prepareThread: called on the thread before each job, for the queue may have come to another one.
  init(name: String, prepareThread: @escaping @Sendable () -> Void) {
    queue = DispatchQueue(label: "gantui.trainer." + name, qos: .userInitiated)
    self.prepareThread = prepareThread
  }

  func enqueue(_ job: consuming ExecutorJob) {
    // A job may be moved to the queue only in its unowned form; it runs exactly once.
    let job = UnownedJob(job)
    queue.async {
      self.prepareThread()
      job.runSynchronously(on: self.asUnownedSerialExecutor())
    }
  }
}
