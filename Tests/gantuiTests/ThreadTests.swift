// Which thread comes first while both cores train.

import Glibc
import Testing

@Suite struct ThreadTests {
  @Test("Threads that train step aside for the one that answers keys")
  func priorities() throws {
    let screen = try Screen(80, 24, "(echo $BASHPID > pid; exec $gantui toy --threads 2)")
    try screen.wait(for: "RUNNING")
    let process = try screen.process()
    let threads = try Running("/bin/sh", ["-c", "cat /proc/\(process)/task/*/stat"], environment: Program.environment)
      .finish().lines.map(Thread.init)
    let main = try #require(threads.first { $0.number == process })
    // The one that trains, and the one that helps it.
    #expect(threads.count { $0.niceness == min(19, main.niceness + 5) } >= 2)
    try screen.press("q")
    try screen.waitForEnd(of: process)
  }

  /// A line of /proc/…/stat (proc(5)): number, name in brackets, and seventeen fields up to the niceness.
  private struct Thread {
    let number: pid_t
    let niceness: Int32

    init(_ line: String) {
      number = line.split(separator: " ").first.flatMap { pid_t($0) } ?? 0
      niceness = line.split(separator: ")").last.flatMap { Int32($0.split(separator: " ")[16]) } ?? 0
    }
  }
}
