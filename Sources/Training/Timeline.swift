// Moments of a run that it can be taken back to. There is room for so many; those that have to go leave the rest ever
// further apart the older they are, as memories do: the last seconds can be gone through one by one, the first hour in a
// few leaps.

/// Moments in their order, and where among them the run stands.
package struct Timeline<Moment: Sendable>: Sendable {
  package struct Entry: Sendable {
    /// On any scale that grows with the run, such as its steps.
    package var time: Double
    package var moment: Moment
  }

  /// Moments that there is room for, at least 2.
  package let capacity: Int
  /// The oldest first.
  package private(set) var entries: [Entry] = []
  /// The entry that the run has been taken back to; `nil` while it is where it has got to by itself.
  package private(set) var position: Int?

  package init(capacity: Int) { self.capacity = max(2, capacity) }

  package var last: Entry? { entries.last }

  /// Remembers where the run has got to.
  package mutating func add(_ moment: Moment, at time: Double) {
    precondition(position == nil, "Timeline: a run that was taken back has to be left or continued first")
    entries.append(Entry(time: time, moment: moment))
    if entries.count > capacity { thin() }
  }

  /// One moment further back; `nil` where there is none.
  package mutating func back() -> Moment? {
    let next = (position ?? entries.count) - 1
    guard entries.indices.contains(next) else { return nil }
    position = next
    return entries[next].moment
  }

  /// One moment further on; `nil` at the last one.
  package mutating func forward() -> Moment? {
    guard let position, position + 1 < entries.count else { return nil }
    self.position = position + 1
    return entries[position + 1].moment
  }

  /// From here on the run makes its way anew: what came after is forgotten.
  package mutating func branch() {
    guard let position else { return }
    entries.removeSubrange((position + 1)...)
    self.position = nil
  }

  /// Where the run stands is where it has got to, as is the case at the last moment.
  package mutating func arrive() { position = nil }

  package mutating func clear() {
    entries = []
    position = nil
  }

  /// Removes the moment that is missed least: whose neighbours are close to each other compared with their age. The first
  /// and the last stay.
  package mutating func thin() {
    guard position == nil, entries.count > 2, let now = entries.last?.time else { return }
    func gap(around index: Int) -> Double {
      (entries[index + 1].time - entries[index - 1].time) / max(now - entries[index].time, .leastNormalMagnitude)
    }
    let inner = 1..<entries.count - 1
    if let spare = inner.min(by: { gap(around: $0) < gap(around: $1) }) { entries.remove(at: spare) }
  }
}
