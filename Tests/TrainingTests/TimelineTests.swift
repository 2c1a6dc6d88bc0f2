// Which moments are kept, and how one walks among them.

import Testing
import Training

@Suite("A timeline")
struct TimelineTests {
  private func timeline(_ steps: ClosedRange<Int>, capacity: Int) -> Timeline<Int> {
    var timeline = Timeline<Int>(capacity: capacity)
    for step in steps { timeline.add(step, at: Double(step)) }
    return timeline
  }

  @Test("keeps no more than there is room for: the first, the latest, and ever fewer with age", arguments: [8, 20, 64])
  func thinning(capacity: Int) {
    let kept = timeline(0...10_000, capacity: capacity).entries.map(\.moment)
    #expect(kept.count == capacity)
    #expect(kept.first == 0)
    #expect(kept.suffix(2) == [9_999, 10_000])
    // Between two neighbours less is missing than the older one's age; of the two latest, that is all there is.
    let gaps = zip(kept.dropFirst(), kept).dropLast().map { Double($0 - $1) / Double(10_000 - $1) }
    #expect((gaps.max() ?? 1) <= [8: 0.9, 20: 0.6, 64: 0.5][capacity, default: 0])
  }

  @Test("is walked back to its beginning and forward to its end")
  func walking() {
    var timeline = timeline(1...3, capacity: 8)
    #expect(timeline.position == nil)
    #expect([timeline.back(), timeline.back(), timeline.back(), timeline.back()] == [3, 2, 1, nil])
    #expect(timeline.position == 0)
    #expect([timeline.forward(), timeline.forward(), timeline.forward()] == [2, 3, nil])
    timeline.arrive()
    #expect(timeline.position == nil && timeline.forward() == nil)
  }

  @Test("forgets what came after the moment from which a run goes on differently")
  func branching() {
    var timeline = timeline(1...5, capacity: 8)
    _ = (timeline.back(), timeline.back(), timeline.back())
    timeline.branch()
    #expect(timeline.entries.map(\.moment) == [1, 2, 3])
    timeline.add(9, at: 4)
    #expect(timeline.back() == 9)
  }
}
