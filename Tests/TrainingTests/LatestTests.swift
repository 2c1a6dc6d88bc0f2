// The mailbox between a trainer and whoever watches it.

import Synchronization
import Testing
import Training

@Suite("A mailbox with one slot")
struct LatestTests {
  @Test("The latest value wins, and can be taken once")
  func latestWins() {
    let latest = Latest<Int>()
    #expect(latest.take() == nil)
    latest.publish(1)
    latest.publish(2)
    #expect(latest.take() == 2)
    #expect(latest.take() == nil)
  }

  @Test("The watcher is woken once for each value that it could fetch")
  func wakes() {
    let wakes = Mutex(0)
    let latest = Latest<Int> { wakes.withLock { $0 += 1 } }
    for value in 0..<5 { latest.publish(value) }
    #expect(wakes.withLock { $0 } == 1)
    _ = latest.take()
    latest.publish(5)
    #expect(wakes.withLock { $0 } == 2)
  }
}
