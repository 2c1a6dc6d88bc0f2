// The course of a run in lines of words, for those who listen to it, and for pipes.

import Training

extension RunCourse {
  /// Moments that are told of at the most, besides what happened.
  private static let moments = 20

  /// What it is, what happened to it, and how its figures went.
  package var story: [String] {
    let chosen = Set(
      records.indices.isEmpty
        ? [] : (1...Self.moments).map { (records.count - 1) * $0 / Self.moments })
    var lines: [(time: Double, text: String)] = chosen.sorted().map { (elapsed[$0], snapshot(at: $0).sentence) }
    // A stable order: what happened at the same time as a moment comes after it.
    for event in events { lines.append((event.elapsed, event.text)) }
    let told = lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map { "\(Snapshot.words(forSeconds: $0.element.time)) \($0.element.text)" }
    let damage = garbage > 0 ? ["\(garbage) lines of \(folder.metrics) cannot be read"] : []
    return [Snapshot(experiment: experiment).introduction] + told + damage + (isRunning ? ["it still goes on"] : [])
  }
}
