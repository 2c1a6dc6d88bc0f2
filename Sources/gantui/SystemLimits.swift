// Whether the system grants what a session takes: threads and descriptors. libdispatch waits for ever for a thread that is
// refused (`ulimit -u`), and ends the process where it gets no descriptor (`ulimit -n`); so they are asked for first.

import Glibc

/// The system refused what it normally grants.
struct SystemError: Error, CustomStringConvertible {
  let description: String
}

enum SystemLimits {
  /// - Parameter experiments: how many train at the same time.
  static func check(for experiments: Int = 1) throws(SystemError) {
    // The terminal's, libdispatch's own, and those of data and settings; then the files of each run.
    try checkDescriptors(24 + 5 * experiments)
    // The shared pool's; a trainer and a writer each; libdispatch's own.
    try checkThreads(Cores.allowed + 2 * experiments + 2)
  }

  private static func checkDescriptors(_ wanted: Int) throws(SystemError) {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    while opened.count < wanted {
      let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw refusal(of: "open files", wanted, granted: opened.count, errno, limit: "ulimit -n")
      }
      opened.append(descriptor)
    }
  }

  private static func checkThreads(_ wanted: Int) throws(SystemError) {
    let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    pthread_mutex_init(gate, nil)
    pthread_mutex_lock(gate)
    var threads: [pthread_t] = []
    var failure: Int32 = 0
    while threads.count < wanted && failure == 0 {
      var thread = pthread_t()
      failure = pthread_create(&thread, nil, Self.passThrough, gate)
      if failure == 0 { threads.append(thread) }
    }
    // They are all there at once until here.
    pthread_mutex_unlock(gate)
    for thread in threads { pthread_join(thread, nil) }
    pthread_mutex_destroy(gate)
    gate.deallocate()
    guard failure == 0 else {
      throw refusal(of: "threads", wanted, granted: threads.count, failure, limit: "ulimit -u")
    }
  }

  private static let passThrough: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { gate in
    guard let gate = gate?.assumingMemoryBound(to: pthread_mutex_t.self) else { return nil }
    pthread_mutex_lock(gate)
    pthread_mutex_unlock(gate)
    return nil
  }

  private static func refusal(
    of what: String, _ wanted: Int, granted: Int, _ code: Int32, limit: String
  ) -> SystemError {
    SystemError(
      description: """
        this takes \(wanted) \(what), and the system grants \(granted): \(String(cString: strerror(code))); raise the limit \
        (\(limit)), or end other programs
        """)
  }
}
