// What a run told up to any of its records. Most records follow the one before them; one after a reset, or after the
// run was taken back, follows an earlier one, and what was between is not part of its course. Every so many records the
// whole history is kept, so that none has to be put together from the beginning.

import Figures

struct RecordedHistories: Sendable {
  /// Records between two histories that are kept.
  private static let interval = 128

  /// The record that each one goes on from; −1 for none.
  private var parents: [Int] = []
  /// Of a record that goes on from between two others: the later one, which tells of the steps before it; −1 for none.
  private var around: [Int] = []
  private var kept: [Int: Histories] = [:]
  /// Of the last record.
  private var latest: Histories
  /// Before the first.
  private let nothing: Histories

  /// - Parameter keys: of the figures that are kept.
  init(_ keys: [Figure.Key] = []) {
    nothing = Histories(keys)
    latest = nothing
  }

  /// Takes in the last of the records.
  mutating func add(_ record: RunRecord, among records: [RunRecord]) {
    let index = parents.count
    let isNext = index > 0 && records[index - 1].step == record.since
    let parent = isNext ? index - 1 : records[..<index].lastIndex { $0.step <= record.since && $0.step > 0 } ?? -1
    parents.append(record.since == 0 ? -1 : parent)
    let start = parents[index] < 0 ? 0 : records[parents[index]].step
    let other = start < record.since ? records[..<index].lastIndex { $0.since == start && $0.step > record.since } : nil
    around.append(other ?? -1)
    if parents[index] != index - 1 { latest = parents[index] < 0 ? nothing : history(at: parent, among: records) }
    latest.add(record, around: around[index] < 0 ? nil : records[around[index]])
    if index % Self.interval == 0 { kept[index] = latest }
  }

  func history(at index: Int, among records: [RunRecord]) -> Histories {
    var (way, place) = ([Int](), index)
    while place >= 0, kept[place] == nil {
      way.append(place)
      place = parents[place]
    }
    return way.reversed().reduce(into: kept[place] ?? nothing) {
      $0.add(records[$1], around: around[$1] < 0 ? nil : records[around[$1]])
    }
  }
}

extension Histories {
  /// - Parameter around: a record of the steps before this one and of some that were left.
  fileprivate mutating func add(_ record: RunRecord, around: RunRecord?) {
    let gap = record.since - steps
    if gap > 0, let around, around.since == steps {
      let length = around.step - steps
      add(keys.map { (around.told[$0] ?? .unknown).share(of: 0..<gap, among: length) }, steps: gap)
    } else if gap > 0 {
      add(keys.map { _ in .unknown }, steps: gap)
    }
    add(keys.map { record.told[$0] ?? .unknown }, steps: record.step - steps)
  }
}
