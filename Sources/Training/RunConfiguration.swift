// What decides how a run goes, as pairs of words: saved with its state, shown to people, and compared before a run is
// resumed, for a state put into another game would train on, and lie.

import Figures
import RunFiles

package struct RunConfiguration: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// The name that `--override` takes.
    package let key: String
    package let value: String
    /// Whether a person may resume with another value: the state fits all the same.
    package let mayDiffer: Bool
  }

  package private(set) var entries: [Entry]
  /// Where images come from, from the root on, to be found again there; empty for the built-in digits, `nil` where there
  /// are no images, or nobody knows. Images are known again by themselves: the same in another folder are the same.
  package var dataFolder: String?

  /// What every run has.
  private static let common = ["experiment", "seed", "threads", "precision", "data"]
  /// Knobs that decide the shapes of networks.
  private static let shaping = ["latent", "pack"]

  /// Whether a person may resume with another value of a setting: the state fits all the same.
  package static func mayDiffer(_ key: String) -> Bool {
    !(["experiment", "generator", "discriminator"] + shaping).contains(key)
  }

  package init(
    _ experiment: Experiment, _ options: TrainingOptions, _ settings: KnobSettings, data: String, dataFolder: String?,
    networks: [(name: String, layers: String)]
  ) {
    self.dataFolder = dataFolder
    entries = [
      Entry(key: "experiment", value: experiment.name, mayDiffer: false),
      Entry(key: "seed", value: "\(options.seed)", mayDiffer: true),
      Entry(key: "threads", value: "\(options.threads)", mayDiffer: true),
      Entry(key: "precision", value: options.precision.here.rawValue, mayDiffer: true),
      Entry(key: "data", value: data, mayDiffer: true),
    ]
    entries += settings.knobs.map { knob in
      Entry(key: knob.key, value: settings.value(knob.key).description, mayDiffer: !Self.shaping.contains(knob.key))
    }
    entries += networks.map { Entry(key: $0.name, value: $0.layers, mayDiffer: false) }
  }

  /// The settings of a checkpoint, as far as they are known here. One of an older version does not say all of them, and
  /// says others in other words: what it does not say is not compared.
  ///
  /// - Parameter path: where the metadata were read.
  package init(metadata: [String: String], knobs: [Knob], path: String) throws(RunFileError) {
    dataFolder = metadata[RunState.dataFolderKey]
    let isOld = metadata[RunState.formatKey] == RunState.oldFormat
    let knobKeys = knobs.map(\.key)
    let known = isOld ? Self.common + ["loss", "order", "k", "batch", "latent"] : Self.common + knobKeys
    entries = known.compactMap { key in
      metadata[RunState.settingPrefix + key].map { text in
        let value = isOld && key == "experiment" ? Self.nameToday(text) : text
        return Entry(key: key, value: value, mayDiffer: key != "experiment" && !Self.shaping.contains(key))
      }
    }
    do {
      try check("seed", 0...UInt64.max)
      try check("threads", RunLimits.threads)
    } catch {
      throw RunFileError.broken(path: path, reason: "\(error); take another checkpoint")
    }
    for knob in knobs {
      guard let text = self[knob.key], knob.value(text) == nil else { continue }
      throw RunFileError.broken(
        path: path,
        reason: "\(RunState.settingPrefix)\(knob.key): “\(text)” is not one of \(knob.domain); take another checkpoint")
    }
    guard !isOld else { return }
    for (name, value) in metadata where name.hasPrefix(RunState.settingPrefix) {
      let key = String(name.dropFirst(RunState.settingPrefix.count))
      if !known.contains(key) { entries.append(Entry(key: key, value: value, mayDiffer: false)) }
    }
  }

  /// What an experiment of the first format is called now: `ring` has another recipe since.
  private static func nameToday(_ name: String) -> String { name == "ring" ? "ring/naive" : name }

  private func check<Number: LosslessStringConvertible & Comparable>(
    _ key: String, _ range: ClosedRange<Number>
  ) throws(OutOfRange) {
    guard let text = self[key] else { return }
    guard let number = Number(text), range.contains(number) else {
      throw OutOfRange(RunState.settingPrefix + key, text, range)
    }
  }

  package subscript(key: String) -> String? { entries.first { $0.key == key }?.value }

  /// A line for each, in order.
  package var toml: String {
    entries.map { "\($0.key.contains("/") ? Self.quoted($0.key) : $0.key) = \(Self.literal($0.value))\n" }.joined()
      + (dataFolder.map { "\(Self.dataFolderKey) = \(Self.quoted($0))\n" } ?? "")
  }

  private static func literal(_ value: String) -> String { UInt64(value) == nil ? quoted(value) : value }

  /// In the run's settings.
  package static let dataFolderKey = "data_folder"

  /// A basic string (TOML 1.0).
  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\0"..."\u{1F}", "\u{7F}": "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }

  /// A setting that is not what it was.
  package struct Difference: Hashable, Sendable, CustomStringConvertible {
    package var key: String
    package var then: String
    package var now: String
    package var mayDiffer: Bool

    package var description: String { "\(key): \(then) then, \(now) now" }
  }

  /// What differs now, of what this one says.
  package func differences(now: RunConfiguration) -> [Difference] {
    // Which experiment it is says the rest; the others in the order of the newer one.
    let keys = now.entries.map(\.key)
    let sorted = entries.sorted { (keys.firstIndex(of: $0.key) ?? .max) < (keys.firstIndex(of: $1.key) ?? .max) }
    return sorted.compactMap { entry in
      let value = now[entry.key] ?? "unknown"
      return value == entry.value
        ? nil : Difference(key: entry.key, then: entry.value, now: value, mayDiffer: entry.mayDiffer)
    }
  }
}
