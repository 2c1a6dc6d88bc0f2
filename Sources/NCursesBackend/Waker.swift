// How other threads, and signal handlers, get the loop's attention: a byte in a pipe that the loop waits on.

import Glibc
import Synchronization

/// A pipe of which neither end ever blocks. Closed when nobody holds it any more, so that a late wake is harmless.
final class AttentionPipe: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() throws(BackendError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .lastFailure(of: "pipe") }
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Takes out all bytes that are there.
  func drain() -> [UInt8] {
    var drained: [UInt8] = []
    while true {
      let bytes = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
        count = max(0, read(readEnd, buffer.baseAddress, buffer.count))
      }
      if bytes.isEmpty { return drained }
      drained += bytes
    }
  }
}

/// Wakes the loop; any number of wakes before the loop looks are one.
final class Waker: Sendable {
  private let pipe: AttentionPipe
  private let isAwake = Atomic(false)

  init() throws(BackendError) {
    pipe = try AttentionPipe()
  }

  var descriptor: Int32 { pipe.readEnd }

  func wake() {
    guard !isAwake.exchange(true, ordering: .sequentiallyConsistent) else { return }
    var byte: UInt8 = 0
    // The pipe holds at most this one byte, so that there is always room.
    _ = write(pipe.writeEnd, &byte, 1)
  }

  /// Makes the next `wake` count again. What was published before a wake that is swallowed here is seen by the loop,
  /// which looks afterwards.
  func reset() {
    _ = pipe.drain()
    isAwake.store(false, ordering: .sequentiallyConsistent)
  }
}

extension BackendError {
  /// The error of the system call that failed just now.
  static func lastFailure(of call: String) -> BackendError {
    .system(call: call, reason: String(cString: strerror(errno)))
  }
}

extension ContinuousClock.Instant? {
  /// From now until this deadline, rounded up, as `poll` wants it; −1 for none.
  var millisecondsLeft: Int32 {
    guard let self else { return -1 }
    let (seconds, attoseconds) = ContinuousClock.now.duration(to: self).components
    guard seconds > 0 || attoseconds > 0 else { return 0 }
    // The caller waits again, so that an hour is as good as for ever.
    return Int32(min(seconds, 3600)) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
