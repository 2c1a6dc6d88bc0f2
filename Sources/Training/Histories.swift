// The whole run of every figure that the training tells at each step, as charts show it.

import Figures

package struct Histories: Hashable, Sendable {
  /// In the order in which they are told.
  package let keys: [Figure.Key]
  /// Steps recorded.
  package private(set) var steps = 0
  private var histories: [MetricHistory]

  package init(_ keys: [Figure.Key] = []) {
    self.keys = keys
    histories = Array(repeating: MetricHistory(), count: keys.count)
  }

  init(_ keys: [Figure.Key], _ histories: [MetricHistory], steps: Int) {
    self.keys = keys
    self.histories = histories
    self.steps = steps
  }

  /// Bytes of what came after so many steps.
  func size(since step: Int) -> Int { histories.reduce(0) { $0 + $1.size(since: step) } }

  package subscript(key: Figure.Key) -> MetricHistory? { keys.firstIndex(of: key).map { histories[$0] } }

  /// Records the next step.
  ///
  /// - Parameters:
  ///   - values: everything that is told.
  ///   - places: where in it each of `keys` is.
  package mutating func add(_ values: [Float], at places: [Int]) {
    for index in histories.indices { histories[index].add(values[places[index]]) }
    steps += 1
  }

  /// Records the next step by its values, in the order of the keys.
  package mutating func add(_ values: [Float]) { add(values, at: Array(keys.indices)) }

  /// Records many steps at once, of which no more is known than these.
  package mutating func add(_ buckets: [MetricBucket], steps count: Int) {
    for (index, bucket) in zip(histories.indices, buckets) { histories[index].add(bucket, steps: count) }
    steps += count
  }

  /// Whether a value of the last step, or of the last 512th of the run, was no finite number.
  package var isBrokenLately: Bool {
    histories.contains { $0.latest(max(1, $0.steps / 512)).buckets.contains { $0.broken > 0 } }
  }
}
