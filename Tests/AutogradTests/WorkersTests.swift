// The team of threads that runs programs, where something goes wrong on one of them.

import CKernels
import Glibc
import Testing

@Suite("The team of threads")
struct WorkersTests {
  @Test("a helper that runs out of stack can still be handled")
  func overflow() async {
    await #expect(processExitsWith: .exitCode(7)) {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in _exit(7) }
      action.sa_flags = SA_ONSTACK
      sigaction(SIGSEGV, &action, nil)
      let team = ck_workers_create(2)
      ck_workers_run(team, { _, thread, _ in if thread == 1 { exit(WorkersTests.depth(below: 0)) } }, nil)
    }
  }

  /// Calls itself until there is no stack left.
  private static func depth(below level: Int32) -> Int32 { level < .max ? depth(below: level + 1) - 1 : level }
}
