// A run's state as a safetensors file. Weights have the names of their layers, `generator.dense1.weight`, and the shapes that
// they are multiplied in; both moments of each are beside it, `first_moment.generator.dense1.weight`. Whole numbers and
// settings are text in the metadata.

import Datasets
import Figures
import GenerativeModels
import RunFiles

extension RunState {
  /// What the metadata call the format, and its version. `oldFormat` knew of two players only; `RunState+Old.swift` reads it.
  private static let format = "gantui-2"
  static let oldFormat = "gantui-1"
  static let formatKey = Key.format.rawValue
  static let settingPrefix = "setting."
  static let dataFolderKey = Key.dataFolder.rawValue

  private enum Key: String {
    case format, program, step, seconds, branch, renewals, cursor
    case noiseKey = "noise.key"
    case noiseCounter = "noise.counter"
    case updates
    case rateScale = "rate_scale"
    case optimiserUpdates = "optimiser.updates"
    /// The figures of the tensor `report`, in order.
    case told
    /// The figures whose histories are there, in order.
    case histories
    case dataFolder = "data.folder"
    case score
  }

  /// The keys of a draw: of the first one without a number.
  private static func dataKey(_ name: String, _ draw: Int) -> String {
    draw == 0 ? "data.\(name)" : "data.\(draw).\(name)"
  }

  // MARK: Out

  /// - Parameters:
  ///   - program: what writes it, for whoever wonders.
  ///   - score: how good the run was there, less being better; `nil` if nobody has looked.
  package func safetensors(program: String = Release.name, score: Double? = nil) -> Safetensors {
    var metadata = metadata(program)
    metadata[Key.score.rawValue] = score.map { "\($0)" }
    return Safetensors(metadata: metadata, tensors: weights + [reportTensor] + histories)
  }

  /// What the metadata of a checkpoint say of its score.
  package static func score(in metadata: [String: String]) -> Double? {
    metadata[Key.score.rawValue].flatMap(Double.init)
  }

  private func metadata(_ program: String) -> [String: String] {
    func words(_ values: [some CustomStringConvertible]) -> String { values.map(\.description).joined(separator: " ") }
    let values: [Key: String] = [
      .format: Self.format, .program: program, .step: "\(step)", .seconds: "\(seconds)", .branch: "\(branch)",
      .renewals: "\(renewals)", .cursor: "\(game.cursor)", .noiseKey: "\(game.noiseKey)",
      .noiseCounter: "\(game.noiseCounter)", .updates: words(game.updates), .rateScale: "\(game.rateScale)",
      .optimiserUpdates: words(game.contents.updates), .told: words(told.map(\.rawValue)),
      .histories: words(history.keys.map(\.rawValue)),
    ]
    var metadata = Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
    for (number, draw) in data.enumerated() {
      metadata[Self.dataKey("counter", number)] = "\(draw.counter)"
      metadata[Self.dataKey("epoch", number)] = draw.rows.map { "\($0.epoch)" }
      metadata[Self.dataKey("cursor", number)] = draw.rows.map { "\($0.cursor)" }
    }
    for entry in configuration.entries { metadata[Self.settingPrefix + entry.key] = entry.value }
    metadata[Self.dataFolderKey] = configuration.dataFolder
    return metadata
  }

  private var weights: [Safetensors.Tensor] {
    layout.slices.map { .init($0.name, $0.shape.extents, .float32(game.contents.values[$0.elements])) }
  }

  /// What the last moves told.
  private var reportTensor: Safetensors.Tensor { .init("report", [told.count], .float32(game.report[...])) }

  private var histories: [Safetensors.Tensor] {
    history.keys.flatMap { key in
      let (name, numbers) = (key.rawValue, (history[key] ?? MetricHistory()).numbers)
      let columns = MetricHistory.Numbers.columns
      return [
        Safetensors.Tensor(
          "history.\(name).buckets", [numbers.buckets.count / columns, columns], .float64(numbers.buckets)),
        Safetensors.Tensor("history.\(name).levels", [numbers.levels.count / 2, 2], .int64(numbers.levels)),
        Safetensors.Tensor("history.\(name).smoother", [2, 4], .float64(numbers.smoother)),
      ]
    }
  }

  // MARK: In

  /// - Parameters:
  ///   - file: read from `path`.
  ///   - layout: of the game that it is to be put into.
  ///   - told: the figures that it tells.
  ///   - kept: those of them whose histories are kept.
  ///   - draws: how many it draws.
  ///   - knobs: what may be set of it.
  package init(
    _ file: Safetensors, path: String, layout: Game.Layout, told: [Figure.Key], kept: [Figure.Key], draws: Int,
    knobs: [Knob]
  ) throws(RunFileError) {
    let reader = Reader(file: file, path: path)
    switch file.metadata[Self.formatKey] {
    case Self.format: break
    case Self.oldFormat:
      self = try RunState(
        reader.inNewForm(), path: path, layout: layout, told: told, kept: kept, draws: draws, knobs: knobs)
      return
    default:
      throw reader.broken(
        "its metadata do not say “format: \(Self.format)”: no checkpoint of this program, or of a later one")
    }
    func number<Number: LosslessStringConvertible & Comparable>(
      _ key: Key, _ range: ClosedRange<Number>
    ) throws(RunFileError) -> Number { try reader.number(key.rawValue, in: range) }
    game = Game.State(
      contents: try reader.contents(layout),
      noiseKey: try number(.noiseKey, 0...UInt64.max), noiseCounter: try reader.blocks(Key.noiseCounter.rawValue),
      step: try number(.step, RunLimits.counts), cursor: try number(.cursor, RunLimits.moves),
      report: try reader.report(told, of: reader.words(Key.told.rawValue).map(Figure.Key.init(rawValue:))),
      updates: try reader.counts(Key.updates.rawValue, layout.ranges.count),
      rateScale: try number(.rateScale, RunLimits.rateScale))
    self.told = told
    self.layout = layout
    configuration = try RunConfiguration(metadata: file.metadata, knobs: knobs, path: path)
    seconds = try number(.seconds, RunLimits.seconds)
    branch = try number(.branch, RunLimits.changes)
    renewals = try number(.renewals, RunLimits.changes)
    data = []
    for draw in 0..<draws {
      var state = Batches.State(counter: try reader.blocks(Self.dataKey("counter", draw)))
      if file.metadata[Self.dataKey("epoch", draw)] != nil {
        state.rows = MiniBatches.State(
          epoch: try reader.number(Self.dataKey("epoch", draw), in: RunLimits.counts),
          cursor: try reader.number(Self.dataKey("cursor", draw), in: RunLimits.counts))
      }
      data.append(state)
    }
    let (steps, known) = (game.step, Set(try reader.words(Key.histories.rawValue)))
    var histories: [MetricHistory] = []
    for key in kept {
      // A figure that the run did not have then begins unknown.
      var history = MetricHistory()
      if known.contains(key.rawValue) {
        history = try reader.history(key.rawValue, steps: steps)
      } else if steps > 0 {
        history.add(.unknown, steps: steps)
      }
      histories.append(history)
    }
    history = Histories(kept, histories, steps: steps)
  }

  /// Looks things up, and says what is missing.
  struct Reader {
    let file: Safetensors
    let path: String
    let tensors: [String: Safetensors.Tensor]

    init(file: Safetensors, path: String) {
      self.file = file
      self.path = path
      tensors = Dictionary(file.tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func broken(_ message: String) -> RunFileError {
      RunFileError.broken(path: path, reason: "\(message); take another checkpoint")
    }

    func text(_ key: String) throws(RunFileError) -> String {
      guard let text = file.metadata[key] else { throw broken("the metadata have no “\(key)”") }
      return text
    }

    func number<Number: LosslessStringConvertible & Comparable>(
      _ key: String, in range: ClosedRange<Number>
    ) throws(RunFileError) -> Number {
      let text = try text(key)
      guard let number = Number(text), range.contains(number) else { throw broken("\(OutOfRange(key, text, range))") }
      return number
    }

    /// A counter of random numbers.
    func blocks(_ key: String) throws(RunFileError) -> UInt64 { UInt64(try number(key, in: RunLimits.counts)) }

    func words(_ key: String) throws(RunFileError) -> [String] {
      try text(key).split(separator: " ").map(String.init)
    }

    func counts(_ key: String, _ count: Int) throws(RunFileError) -> [Int] {
      let counts = try words(key).compactMap { Int($0) }
      guard counts.count == count, counts.allSatisfy(RunLimits.counts.contains) else {
        let range = RunLimits.counts
        throw broken(
          "\(key): “\(try text(key))” are not \(count) numbers from \(range.lowerBound) to \(range.upperBound)")
      }
      return counts
    }

    /// What was told, in today's order; NaN for a figure that was not.
    func report(_ told: [Figure.Key], of then: [Figure.Key]) throws(RunFileError) -> [Float] {
      let values = try floats("report", [then.count])
      return told.map { key in then.firstIndex(of: key).map { values[$0] } ?? .nan }
    }

    func tensor(_ name: String, _ shape: [Int]) throws(RunFileError) -> Safetensors.Values {
      guard let tensor = tensors[name] else { throw broken("there is no tensor “\(name)”") }
      guard tensor.shape == shape else { throw broken("\(name): \(tensor.shape) instead of \(shape)") }
      return tensor.values
    }

    func floats(_ name: String, _ shape: [Int]) throws(RunFileError) -> [Float] {
      guard case .float32(let values) = try tensor(name, shape) else { throw broken("\(name): not F32") }
      return Array(values)
    }

    func contents(_ layout: Game.Layout) throws(RunFileError) -> Game.Contents {
      var values = [Float](repeating: 0, count: layout.count)
      for slice in layout.slices {
        guard case .float32(let numbers) = try tensor(slice.name, slice.shape.extents) else {
          throw broken("\(slice.name): not F32")
        }
        values.replaceSubrange(slice.elements, with: numbers)
      }
      return Game.Contents(values: values, updates: try counts(Key.optimiserUpdates.rawValue, layout.ranges.count))
    }

    func history(_ name: String, steps: Int) throws(RunFileError) -> MetricHistory {
      let start = "history.\(name)"
      let columns = MetricHistory.Numbers.columns
      let rows = (tensors["\(start).buckets"]?.shape.first ?? 0, tensors["\(start).levels"]?.shape.first ?? 0)
      guard case .float64(let buckets) = try tensor("\(start).buckets", [rows.0, columns]),
        case .int64(let levels) = try tensor("\(start).levels", [rows.1, 2]),
        case .float64(let smoother) = try tensor("\(start).smoother", [2, 4]),
        let history = MetricHistory(.init(buckets: buckets, levels: levels, smoother: smoother), steps: steps)
      else { throw broken("\(start): not the history of \(steps) steps") }
      return history
    }
  }
}
