// What a person decides about a run, whatever the experiment.

import GenerativeModels
import Glibc

package struct TrainingOptions: Hashable, Sendable {
  package typealias Precision = Game.Precision

  /// Decides first weights, noise, and the order of the data.
  package var seed: UInt64
  /// At most so many threads work on a step; small networks use one.
  package var threads: Int
  /// Of the factors of the training's products.
  package var precision: Precision
  /// Settings of the model that a person wants otherwise, in the order in which they were said.
  package var changes: [SettingChange]
  /// The folder that a person named for real images; without it those of `environment` are tried.
  package var dataDirectory: String?
  /// Whether it is a run that has named that folder: the images that it was trained on have been there.
  package var isDirectoryOfRun: Bool
  /// The process's environment, as far as it says where data are.
  package var environment: [String: String]

  package init(
    seed: UInt64 = 1, threads: Int = 1, precision: Precision = .f32, changes: [SettingChange] = [],
    dataDirectory: String? = nil, isDirectoryOfRun: Bool = false,
    environment: [String: String] = [:]
  ) {
    self.seed = seed
    self.threads = threads
    self.precision = precision
    self.changes = changes
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

/// `--set key=value`, as it was said.
package struct SettingChange: Hashable, Sendable {
  package let key: String
  package let value: String

  package init(_ key: String, _ value: String) {
    self.key = key
    self.value = value
  }
}
