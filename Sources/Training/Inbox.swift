// Where commands wait, in the order in which they were sent, until the trainer has finished the step it is in.

import Synchronization

/// A queue that anyone may put into and one task takes from. A busy taker looks in between two steps; an idle one sleeps
/// until the bell rings.
final class Inbox<Element: Sendable>: Sendable {
  private let waiting = Mutex<[Element]>([])
  private let bell: AsyncStream<Void>
  private let rope: AsyncStream<Void>.Continuation

  init() { (bell, rope) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  func put(_ element: Element) {
    waiting.withLock { $0.append(element) }
    ring()
  }

  /// Wakes the taker without a message.
  func ring() { rope.yield() }

  var isEmpty: Bool { waiting.withLock { $0.isEmpty } }

  /// All that wait, oldest first.
  func takeAll() -> [Element] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }

  /// Rings once for whatever came since it rang last; ends when the listening task is cancelled.
  func makeBell() -> AsyncStream<Void>.Iterator { bell.makeAsyncIterator() }
}
