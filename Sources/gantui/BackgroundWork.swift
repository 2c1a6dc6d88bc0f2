// How a synchronous command waits for training, and for the signals that end it early. The main thread has nothing
// else to do meanwhile, so it takes signals as values with sigwait(3): no handler runs anywhere.

import Glibc
import Training

enum BackgroundWork {
  /// Runs `work` to its end on other threads.
  ///
  /// The first SIGINT, SIGTERM or SIGHUP cancels the task and lets it come to its end; the second ends the process at
  /// once. A signal that the parent has this process ignore (`nohup`) stays ignored.
  ///
  /// - Returns: the signal that cancelled the work, if one did.
  static func run(_ work: @escaping @Sendable () async throws -> Void) throws -> Int32? {
    try SystemLimits.check()
    var awaited = sigset_t()
    sigemptyset(&awaited)
    for signal in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signal) { sigaddset(&awaited, signal) }
    sigaddset(&awaited, finished)
    // Threads inherit this, so that no other one takes the signals; there are no others yet.
    pthread_sigmask(SIG_BLOCK, &awaited, nil)

    let result = Latest<Result<Void, any Error>>(wake: { kill(getpid(), finished) })
    let task = Task.detached {
      do {
        try await work()
        result.publish(.success(()))
      } catch {
        result.publish(.failure(error))
      }
    }
    var interruption: Int32?
    while true {
      var signal: Int32 = 0
      sigwait(&awaited, &signal)
      if signal == finished, let result = result.take() {
        try result.get()
        return interruption
      }
      guard signal != finished else { continue }
      if interruption != nil { _exit(128 + signal) }
      interruption = signal
      task.cancel()
    }
  }

  /// What this process sends itself when the work is done.
  private static let finished = SIGUSR1

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    // SIG_IGN is the address 1, which Swift does not import as a comparable value.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
