// What can go wrong with an experiment through nobody's fault but the world's, in words for a person.

import Figures
import GenerativeModels
import RunFiles

package enum TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknownExperiment(String)
  /// A setting that the model does not have, or not so.
  case setting(experiment: String, KnobError)
  /// A batch that cannot be packed evenly.
  case packing(batch: Int, pack: Int)
  /// The model has nothing to sample from.
  case noSampler(experiment: String)
  /// The data cannot be had; the message is the reader's.
  case data(String)
  /// A run's own data are not where they were; the message is the reader's.
  case dataGone(folder: String, message: String)
  /// The experiment needs real images, and there are none.
  case noImages
  /// What was asked for can be had of pictures only, and the samples of this experiment are points.
  case notPictures(experiment: String)
  /// Too few samples show what was asked for.
  case noSuchSamples(Concept, found: Int, of: Int)
  /// A checkpoint cannot be gone on from; the message is its reader's.
  case checkpoint(RunFileError)
  /// A checkpoint is of another game, or of other rules than are asked for now.
  case otherConfiguration(path: String, differences: [RunConfiguration.Difference])
  /// Losses or weights are NaN or infinite.
  case diverged(Divergence)
  /// The trainer was asked for something before it had prepared.
  case notPrepared

  package var description: String {
    switch self {
    case .unknownExperiment(let name):
      "there is no experiment “\(name)”; there are \(Experiment.all.map(\.name).joined(separator: ", "))"
    case .setting(let name, let error): "\(name): \(error)"
    case .packing(let batch, let pack): "a batch of \(batch) cannot be packed by \(pack): choose a pack that divides it"
    case .noSampler(let name): "“\(name)” makes no samples, so nothing can be written: watch it with “gantui \(name)”"
    case .data(let message): message
    case .dataGone(let folder, let message):
      "the images that this run was trained on are no longer in \(folder): put them back, or name the folder where they are "
        + "now with --data (\(message))"
    case .noImages:
      "this experiment trains on MNIST: name the folder of its four files with --data or $GANTUI_DATA "
        + "(the experiment “digits” does without)"
    case .notPictures(let name):
      "samples of “\(name)” are points, not images; images are made by "
        + Experiment.all.filter { $0.imageSide != nil }.map(\.name).joined(separator: ", ")
    case .noSuchSamples(let concept, let found, let count):
      "there is no “\(concept)”: of \(count) generated samples \(found) are judged to be of class \(concept.label), and "
        + "\(LatentArithmetic.samplesPerConcept) are needed; train for more steps, or name another class"
    case .checkpoint(let error): error.description
    case .otherConfiguration(let path, let differences): Self.words(for: differences, path)
    case .diverged(let divergence): divergence.description
    case .notPrepared: "nothing has been trained yet: run the trainer first"
    }
  }
  private static func words(for differences: [RunConfiguration.Difference], _ path: String) -> String {
    let start = "\(path) is of another configuration (\(differences.map(\.description).joined(separator: "; "))): "
    guard differences.allSatisfy(\.mayDiffer) else {
      return start + "its weights do not fit; resume it as the experiment that it is of, or start a new run"
    }
    let keys = differences.map(\.key).joined(separator: ",")
    return start + "to resume it with the new settings, add --override \(keys)"
  }
}
