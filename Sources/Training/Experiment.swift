// The catalogue, as those see it who start experiments by name.

import Figures
import GenerativeModels

/// A model to be trained, under its name.
package struct Experiment: Sendable, Identifiable {
  package let model: any Model
  package let card: Card

  package init(_ model: any Model) {
    self.model = model
    card = model.card
  }

  /// The name that commands take.
  package var name: String { card.name }
  /// One line for a person: what is learnt from what.
  package var title: String { card.title }
  package var id: String { name }
  /// Pixels of an image in each direction; `nil` where samples are no images.
  package var imageSide: Int? { card.data.imageSide }

  /// How samples come about; `nil` where there are none. Known without training.
  package var sampler: Sampler? { model.sampler() }

  package static let all = Catalogue.all.map(Experiment.init)

  package static func named(_ name: String) throws(TrainingError) -> Experiment {
    guard let experiment = all.first(where: { $0.name == name }) else { throw .unknownExperiment(name) }
    return experiment
  }

  /// The model's knobs, where a person wants them.
  package func settings(_ options: TrainingOptions) throws(TrainingError) -> KnobSettings {
    var settings = KnobSettings(card.knobs)
    for change in options.changes {
      do throws(KnobError) {
        try settings.set(change.key, to: change.value)
      } catch {
        throw .setting(experiment: name, error)
      }
    }
    guard !settings.has("pack") || settings.batchSize.isMultiple(of: settings.count("pack")) else {
      throw .packing(batch: settings.batchSize, pack: settings.count("pack"))
    }
    return settings
  }

  /// What is known before the data are there.
  package func summary(_ options: TrainingOptions) -> ExperimentSummary {
    // Settings that are refused are told when the training is prepared.
    summary(
      (try? settings(options)) ?? KnobSettings(card.knobs), options, data: card.data.description)
  }

  /// - Parameter pictures: what they are called where they are none of the digits that the title speaks of.
  func summary(
    _ settings: KnobSettings, _ options: TrainingOptions, data: String, pictures: String? = nil
  ) -> ExperimentSummary {
    var summary = ExperimentSummary(
      name: name, title: pictures.map(title(ofPicturesCalled:)) ?? title, data: data,
      loss: settings.has("loss") ? settings.choice("loss") : "", updates: settings.updates, seed: options.seed)
    summary.precision = options.precision.here.rawValue
    summary.figures = card.figures(settings)
    summary.exhibits = card.exhibits.map { Exhibit($0.key, title: $0.title, .empty) }
    summary.changes = settings.changed.map { "\($0.key)=\($0.value)" }
    return summary
  }

  private func title(ofPicturesCalled name: String) -> String {
    let digits = ["handwritten digits", "digits", "MNIST"].first { title.contains($0) }
    return digits.map { title.replacing($0, with: name) } ?? title
  }
}

extension KnobSettings {
  /// `alternating, k = 1`, for a person; empty where there is nothing to alternate.
  fileprivate var updates: String {
    guard has("order") else { return "" }
    return choice("order") == GAN.Order.alternating.rawValue ? "alternating, k = \(count("k"))" : choice("order")
  }
}
