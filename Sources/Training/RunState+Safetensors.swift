// A run's state as a safetensors file. Weights have the names of their layers, `generator.dense1.weight`, and the shapes that
// they are multiplied in; both moments of each are beside it, `first_moment.generator.dense1.weight`. Whole numbers and
// settings are text in the metadata.

import Datasets
import GenerativeModels
import RunFiles

extension RunState {
  /// What the metadata call the format, and its version.
  private static let format = "gantui-1"
  fileprivate static let settingPrefix = "setting."

  fileprivate enum Key: String {
    case format, program, step, seconds, branch, renewals, turn
    case noiseKey = "noise.key"
    case noiseCounter = "noise.counter"
    case discriminatorUpdates = "discriminator.updates"
    case generatorUpdates = "generator.updates"
    case rateScale = "rate_scale"
    case optimiserUpdates = "optimiser.updates"
    case dataCounter = "data.counter"
    case dataEpoch = "data.epoch"
    case dataCursor = "data.cursor"
    case dataFolder = "data.folder"
    case score
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
    var values: [Key: String] = [
      .format: Self.format, .program: program, .step: "\(step)", .seconds: "\(seconds)", .branch: "\(branch)",
      .renewals: "\(renewals)", .turn: game.turn.rawValue, .noiseKey: "\(game.noiseKey)",
      .noiseCounter: "\(game.noiseCounter)", .discriminatorUpdates: "\(game.discriminatorUpdates)",
      .generatorUpdates: "\(game.generatorUpdates)", .rateScale: "\(game.rateScale)",
      .optimiserUpdates: game.contents.updates.map(String.init).joined(separator: " "),
      .dataCounter: "\(data.counter)",
    ]
    values[.dataEpoch] = data.rows.map { "\($0.epoch)" }
    values[.dataCursor] = data.rows.map { "\($0.cursor)" }
    values[.dataFolder] = configuration.dataFolder
    let settings = configuration.values.map { (Self.settingPrefix + $0.key.rawValue, $0.value) }
    return Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) } + settings)
  }

  private var weights: [Safetensors.Tensor] {
    layout.slices.map { .init($0.name, $0.shape.extents, .float32(game.contents.values[$0.elements])) }
  }

  /// `[4]`: what the last updates saw.
  private var reportTensor: Safetensors.Tensor {
    let report = game.report
    return .init(
      "report", [4],
      .float32([report.discriminatorLoss, report.generatorLoss, report.meanReal, report.meanFake]))
  }

  private var histories: [Safetensors.Tensor] {
    [("discriminator", history.discriminator), ("generator", history.generator)].flatMap { name, history in
      let numbers = history.numbers
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
  package init(_ file: Safetensors, path: String, layout: GAN.Layout) throws(RunFileError) {
    let reader = Reader(file: file, path: path)
    guard file.metadata[Key.format.rawValue] == Self.format else {
      throw reader.broken(
        "its metadata do not say “format: \(Self.format)”: no checkpoint of this program, or of a later one")
    }
    guard let turn = GAN.Turn(rawValue: try reader.text(Key.turn.rawValue)) else {
      throw reader.broken("turn: neither D's nor G's nor both's")
    }
    let report = try reader.floats("report", [4])
    game = GAN.State(
      contents: try reader.contents(layout, updates: reader.text(Key.optimiserUpdates.rawValue)),
      noiseKey: try reader.number(.noiseKey, in: 0...UInt64.max), noiseCounter: try reader.blocks(.noiseCounter),
      turn: turn,
      report: GAN.Report(
        discriminatorLoss: report[0], generatorLoss: report[1], meanReal: report[2], meanFake: report[3]),
      discriminatorUpdates: try reader.number(.discriminatorUpdates, in: RunLimits.counts),
      generatorUpdates: try reader.number(.generatorUpdates, in: RunLimits.counts),
      rateScale: try reader.number(.rateScale, in: RunLimits.rateScale))
    self.layout = layout
    configuration = try RunConfiguration(metadata: file.metadata, path: path)
    step = try reader.number(.step, in: RunLimits.counts)
    seconds = try reader.number(.seconds, in: RunLimits.seconds)
    branch = try reader.number(.branch, in: RunLimits.changes)
    renewals = try reader.number(.renewals, in: RunLimits.changes)
    data = RealData.State(counter: try reader.blocks(.dataCounter), rows: nil)
    if file.metadata[Key.dataEpoch.rawValue] != nil {
      data.rows = MiniBatches.State(
        epoch: try reader.number(.dataEpoch, in: RunLimits.counts),
        cursor: try reader.number(.dataCursor, in: RunLimits.counts))
    }
    history = LossHistory(
      discriminator: try reader.history("discriminator", steps: step),
      generator: try reader.history("generator", steps: step))
  }

  /// Looks things up, and says what is missing.
  private struct Reader {
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
      _ key: Key, in range: ClosedRange<Number>
    ) throws(RunFileError) -> Number {
      let text = try text(key.rawValue)
      guard let number = Number(text), range.contains(number) else {
        throw broken("\(OutOfRange(key.rawValue, text, range))")
      }
      return number
    }

    /// A counter of random numbers.
    func blocks(_ key: Key) throws(RunFileError) -> UInt64 { UInt64(try number(key, in: RunLimits.counts)) }

    func tensor(_ name: String, _ shape: [Int]) throws(RunFileError) -> Safetensors.Values {
      guard let tensor = tensors[name] else { throw broken("there is no tensor “\(name)”") }
      guard tensor.shape == shape else { throw broken("\(name): \(tensor.shape) instead of \(shape)") }
      return tensor.values
    }

    func floats(_ name: String, _ shape: [Int]) throws(RunFileError) -> [Float] {
      guard case .float32(let values) = try tensor(name, shape) else { throw broken("\(name): not F32") }
      return Array(values)
    }

    func contents(_ layout: GAN.Layout, updates: String) throws(RunFileError) -> GAN.Contents {
      var values = [Float](repeating: 0, count: layout.count)
      for slice in layout.slices {
        guard case .float32(let numbers) = try tensor(slice.name, slice.shape.extents) else {
          throw broken("\(slice.name): not F32")
        }
        values.replaceSubrange(slice.elements, with: numbers)
      }
      let counts = updates.split(separator: " ").compactMap { Int($0) }
      guard counts.count == layout.ranges.count, counts.allSatisfy(RunLimits.counts.contains) else {
        let range = RunLimits.counts
        throw broken(
          "\(Key.optimiserUpdates.rawValue): “\(updates)” are not \(layout.ranges.count) numbers from "
            + "\(range.lowerBound) to \(range.upperBound)")
      }
      return GAN.Contents(values: values, updates: counts)
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

extension RunConfiguration {
  /// The settings of a checkpoint, as far as they are known here.
  ///
  /// - Parameter path: where the metadata were read.
  package init(metadata: [String: String], path: String) throws(RunFileError) {
    values = Dictionary(
      uniqueKeysWithValues: Key.allCases.compactMap { key in
        metadata[RunState.settingPrefix + key.rawValue].map { (key, $0) }
      })
    dataFolder = metadata[RunState.Key.dataFolder.rawValue]
    do {
      try check(.seed, 0...UInt64.max)
      try check(.threads, RunLimits.threads)
      try check(.k, RunLimits.discriminatorSteps)
    } catch {
      throw RunFileError.broken(path: path, reason: "\(error); take another checkpoint")
    }
  }

  private func check<Number: LosslessStringConvertible & Comparable>(
    _ key: Key, _ range: ClosedRange<Number>
  ) throws(OutOfRange) {
    guard let text = values[key] else { return }
    guard let number = Number(text), range.contains(number) else {
      throw OutOfRange(RunState.settingPrefix + key.rawValue, text, range)
    }
  }
}
