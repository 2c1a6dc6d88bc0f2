// What decides the course of a run, as pairs of words: saved with its state, shown to people, and compared before a run is
// gone on with, for a state put into another game would go on, and lie.

import GenerativeModels

package struct RunConfiguration: Hashable, Sendable {
  /// By the name that `--override` takes.
  package enum Key: String, Hashable, Sendable, CaseIterable {
    case experiment, seed, threads, precision, loss, order, k, data
    case batch, latent, prior, range
    case discriminatorLoss = "d_loss"
    case generator, discriminator
    case generatorOptimiser = "g_optimiser"
    case discriminatorOptimiser = "d_optimiser"

    /// Whether a person may go on with another value: the state fits all the same.
    package var mayDiffer: Bool {
      switch self {
      case .experiment, .latent, .generator, .discriminator: false
      default: true
      }
    }
  }

  package var values: [Key: String]
  /// Where images come from, from the root on, to be found again there; empty for the built-in digits, `nil` where there
  /// are no images, or nobody knows. Images are known again by themselves: the same in another folder are the same.
  package var dataFolder: String?

  package init(values: [Key: String]) { self.values = values }

  package init(
    _ experiment: Experiment, _ options: TrainingOptions, _ game: GANConfiguration, data: String, dataFolder: String?
  ) {
    self.dataFolder = dataFolder
    values = [
      .experiment: experiment.name, .seed: "\(options.seed)", .threads: "\(options.threads)",
      .precision: options.precision.here.rawValue, .loss: game.generatorLoss.rawValue, .order: game.order.rawValue,
      .k: "\(game.discriminatorSteps)", .data: data, .batch: "\(game.batchSize)", .latent: "\(game.latentSize)",
      .prior: "\(game.prior)", .range: "\(game.dataRange)", .discriminatorLoss: "\(game.discriminatorLoss)",
      .generator: "\(game.generator)", .discriminator: "\(game.discriminator)",
      .generatorOptimiser: "\(game.generatorOptimiser)", .discriminatorOptimiser: "\(game.discriminatorOptimiser)",
    ]
  }

  /// A line for each, in the order of the keys.
  package var toml: String {
    Key.allCases.compactMap { key in
      values[key].map { value in "\(key.rawValue) = \(UInt64(value) == nil ? Self.quoted(value) : value)\n" }
    }.joined() + (dataFolder.map { "\(Self.dataFolderKey) = \(Self.quoted($0))\n" } ?? "")
  }

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
    package var key: Key
    package var then: String
    package var now: String

    package var description: String { "\(key.rawValue): \(then) then, \(now) now" }
  }

  /// What differs now, in the order of the keys.
  package func differences(now: RunConfiguration) -> [Difference] {
    Key.allCases.compactMap { key in
      let (then, now) = (values[key] ?? "unknown", now.values[key] ?? "unknown")
      return then == now ? nil : Difference(key: key, then: then, now: now)
    }
  }
}
