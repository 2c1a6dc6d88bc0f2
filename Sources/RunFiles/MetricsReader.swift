// Lines of JSON that anybody's training writes: every number of an object is a figure of its key, at the step that the line
// itself names. gantui's own lines, `gantui train --json` and a run's log, are among them.

package struct MetricsReader: Sendable {
  /// Keys for where a line belongs, the first that is there counts; a line without any is at its own number.
  package static let stepKeys = ["step", "global_step", "iteration", "epoch"]

  private var splitter = LineSplitter()
  private var lines = 0
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

  private func observations(in object: JSONObject) -> [Observation] {
    // Of our own lines, those that begin and end a run have no figures.
    if let event = object.text("event"), Self.eventsWithoutFigures.contains(event) { return [] }
    let stepKey = Self.stepKeys.first { object.number($0)?.isFinite == true }
    let step = stepKey.flatMap(object.number) ?? Double(lines)
    return object.members.keys.sorted().compactMap { key in
      guard key != stepKey, let number = object.number(key) else { return nil }
      return Observation(tag: key, step: step, .number(number))
    }
  }

  private static let eventsWithoutFigures: Set = ["start", "end"]
}
