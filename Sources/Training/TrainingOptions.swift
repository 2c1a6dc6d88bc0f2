// What a person decides about a run, whatever the experiment.

import GenerativeModels
import Glibc

package struct TrainingOptions: Hashable, Sendable {
  package typealias Precision = GAN.Precision

  /// Decides first weights, noise, and the order of the data.
  package var seed: UInt64
  /// At most so many threads work on a step; small networks use one.
  package var threads: Int
  /// Of the factors of the training's products.
  package var precision: Precision
  /// What of the game is other than the experiment has it.
  package var rules: GameRules
  /// The folder that a person named for real images; without it those of `environment` are tried.
  package var dataDirectory: String?
  /// Whether it is a run that has named that folder: the images that it was trained on have been there.
  package var isDirectoryOfRun: Bool
  /// The process's environment, as far as it says where data are.
  package var environment: [String: String]

  package init(
    seed: UInt64 = 1, threads: Int = 1, precision: Precision = .f32, rules: GameRules = GameRules(),
    dataDirectory: String? = nil, isDirectoryOfRun: Bool = false,
    environment: [String: String] = [:]
  ) {
    self.seed = seed
    self.threads = threads
    self.precision = precision
    self.rules = rules
    self.dataDirectory = dataDirectory
    self.isDirectoryOfRun = isDirectoryOfRun
    self.environment = environment
  }

  /// The variables of this process that say where data are.
  package static func dataEnvironment() -> [String: String] {
    var environment: [String: String] = [:]
    for name in ["GANTUI_DATA", "XDG_DATA_HOME", "HOME"] {
      // The pointer is read before anything could change the environment.
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    return environment
  }
}
