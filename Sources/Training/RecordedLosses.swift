// The losses of a run up to any of its records. Most records follow the one before them; one after a reset, or after the
// run was taken back, follows an earlier one, and what was between is not part of its course. Every so many records the
// whole history is kept, so that none has to be put together from the beginning.

struct RecordedLosses: Sendable {
  /// Records between two histories that are kept.
  private static let interval = 128

  /// The record that each one goes on from; −1 for none.
  private var parents: [Int] = []
  private var kept: [Int: LossHistory] = [:]
  /// Of the last record.
  private var latest = LossHistory()

  /// Takes in the last of the records.
  mutating func add(_ record: RunRecord, among records: [RunRecord]) {
    let index = parents.count
    let isNext = index > 0 && records[index - 1].step == record.since
    let parent = isNext ? index - 1 : records[..<index].lastIndex { $0.step <= record.since && $0.step > 0 } ?? -1
    parents.append(record.since == 0 ? -1 : parent)
    if parents[index] != index - 1 { latest = parents[index] < 0 ? LossHistory() : history(at: parent, among: records) }
    latest.add(record)
    if index % Self.interval == 0 { kept[index] = latest }
  }

  func history(at index: Int, among records: [RunRecord]) -> LossHistory {
    var (way, place) = ([Int](), index)
    while place >= 0, kept[place] == nil {
      way.append(place)
      place = parents[place]
    }
    return way.reversed().reduce(into: kept[place] ?? LossHistory()) { $0.add(records[$1]) }
  }
}

extension LossHistory {
  fileprivate mutating func add(_ record: RunRecord) {
    let gap = record.since - steps
    if gap > 0 { add(discriminator: .unknown, generator: .unknown, steps: gap) }
    add(
      discriminator: record.discriminator ?? .unknown, generator: record.generator ?? .unknown,
      steps: record.step - steps)
  }
}
