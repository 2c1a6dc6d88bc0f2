// A mailbox with one slot, between someone who produces faster than anyone can look and someone who wants only the newest.

import Synchronization

/// The newest value that was published and not yet taken. Neither side ever waits for the other.
package final class Latest<Value: Sendable>: Sendable {
  private let slot = Mutex<Value?>(nil)
  private let wake: @Sendable () -> Void

  /// - Parameter wake: called, on the publisher's thread, when a value lands in an empty slot; not when it replaces
  ///   one that nobody has fetched, for then the call has already been made.
  package init(wake: @escaping @Sendable () -> Void = {}) { self.wake = wake }

  package func publish(_ value: Value) {
    let wasEmpty = slot.withLock { slot in
      defer { slot = value }
      return slot == nil
    }
    if wasEmpty { wake() }
  }

  /// Empties the slot.
  package func take() -> Value? {
    slot.withLock { slot in
      defer { slot = nil }
      return slot
    }
  }
}
