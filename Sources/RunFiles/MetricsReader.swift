// Lines of JSON that anybody's training writes: every number of an object is a figure of its key, at the step that the line
// itself names. gantui's own lines, `gantui train --json` and a run's journal, are among them.

package struct MetricsReader: Sendable {
  /// Keys for where a line belongs, the first that is there counts; a line without any is at its own number.
  package static let stepKeys = ["step", "global_step", "iteration", "epoch"]

  private var splitter = LineSplitter()
  private var lines = 0
  /// Whether the lines are gantui's own, of which most are no figures.
  private var isOwn = false
  /// Lines that were not empty, and no objects.
  private var garbage = 0

  package init() {}

  package var damages: Int { garbage + splitter.skipped }

  package mutating func observations(in bytes: [UInt8]) -> [Observation] {
    splitter.add(bytes).flatMap { line -> [Observation] in
      lines += 1
      guard line.contains(where: { $0 > 0x20 }) else { return [] }
      guard let object = JSONObject(lenient: line) else {
        garbage += 1
        return []
      }
      return observations(in: object)
    }
  }

  private mutating func observations(in object: JSONObject) -> [Observation] {
    let event = object.text("event")
    isOwn = isOwn || event == "start" && object.text("experiment") != nil
    if isOwn, event != "metrics" { return [] }
    let stepKey = Self.stepKeys.first { object.number($0)?.isFinite == true }
    let step = stepKey.flatMap(object.number) ?? Double(lines)
    return object.members.keys.sorted().compactMap { key in
      guard key != stepKey, !isOwn || !Self.notes.contains(key), let number = object.number(key) else { return nil }
      return Observation(tag: key, step: step, .number(number))
    }
  }

  /// Numbers of our own lines that are no figures, or those of others once more.
  private static let notes: Set = [
    "seconds", "since", "pace", "d_train_min", "d_train_max", "d_train_broken", "g_train_min", "g_train_max",
    "g_train_broken",
  ]
}
