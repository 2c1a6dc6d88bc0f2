// What a model that is conditioned on classes is asked for: `--class 3`, `--class all`.

import ArgumentParser
import GenerativeModels
import Training

enum ClassChoice: Hashable, ExpressibleByArgument {
  case one(Int)
  /// One after the other.
  case all

  init?(argument: String) {
    if argument == "all" {
      self = .all
    } else if let label = Int(argument) {
      self = .one(label)
    } else {
      return nil
    }
  }

  /// Refuses it where the model knows no classes, or not this one.
  func check(for experiment: Experiment, _ sampler: Sampler) throws {
    guard case .classes(let count)? = sampler.condition else {
      let others = Experiment.all.filter { $0.classCount != nil }.map(\.name).joined(separator: ", ")
      throw ValidationError(
        "“\(experiment.name)” cannot be asked for a class: it is not conditioned on classes; leave out --class, or take "
          + others)
    }
    if case .one(let label) = self, !(0..<count).contains(label) {
      throw ValidationError("--class must be a class from 0 to \(count - 1), or all, not \(label)")
    }
  }

  /// The class of each sample; `nil` for a model that knows none.
  func labels(count: Int, _ sampler: Sampler) -> [Int]? {
    guard case .classes(let classes)? = sampler.condition else { return nil }
    return switch self {
    case .one(let label): Array(repeating: label, count: count)
    case .all: (0..<count).map { $0 % classes }
    }
  }
}

extension Experiment {
  /// Classes that samples can be asked for; `nil` where they cannot.
  var classCount: Int? {
    if case .classes(let count)? = sampler?.condition { count } else { nil }
  }

  /// How samples come about. Refuses a model that makes none.
  func samplerToUse() throws -> Sampler {
    guard let sampler else { throw ValidationError("\(TrainingError.noSampler(experiment: name))") }
    return sampler
  }
}

extension SampleSet {
  /// Images `[K, height, width]` in rows of so many, the last of which white paper fills up.
  fileprivate func inRows(of columns: Int) -> SampleSet {
    let rows = (shape[0] + columns - 1) / columns
    let missing = (rows * columns - shape[0]) * shape[1] * shape[2]
    return SampleSet(
      shape: [rows, columns, shape[1], shape[2]], values: values + [Float](repeating: 0, count: missing))
  }

  /// In rows of so many, or as it is.
  func laidOut(columns: Int?) -> SampleSet { columns.map(inRows) ?? self }
}
