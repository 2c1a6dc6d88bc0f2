// The catalogue: every game that can be started by name.

import Datasets
import GenerativeModels

/// A game to be played: which networks, on which data, under which name.
package struct Experiment: Sendable, Identifiable {
  /// What is to be learnt, which also decides what can be measured and shown.
  package enum Subject: Hashable, Sendable {
    /// Figure 1 of the paper: densities, D and D*, divergences.
    case line(Density1D)
    /// Points in the plane, modes covered.
    case plane(Density2D)
    /// Images: MNIST where it is found, else built-in digits, which both are 28×28; enlarged where `side` asks for more
    /// pixels in each direction.
    case digits(side: Int)
    /// 28×28 images of MNIST and nothing else. The last `heldOut` of its training images are not trained on; where
    /// it is 0, the test images are what is held out.
    case mnist(heldOut: Int)

    /// Pixels of an image in each direction; `nil` where samples are points.
    package var imageSide: Int? {
      switch self {
      case .line, .plane: nil
      case .digits(let side): side
      case .mnist: 28
      }
    }
  }

  /// The name that commands take.
  package let name: String
  /// One line for a person: what is learnt from what.
  package let title: String
  package let subject: Subject
  /// The settings, given the mean of each pixel over the training images (empty where there are no images).
  package let configuration: @Sendable (_ pixelMeans: [Float]) -> GANConfiguration

  package var id: String { name }

  package init(
    name: String, title: String, subject: Subject, configuration: @escaping @Sendable ([Float]) -> GANConfiguration
  ) {
    self.name = name
    self.title = title
    self.subject = subject
    self.configuration = configuration
  }

  package static let all: [Experiment] = [
    Experiment(name: "toy", title: "a Gaussian from a line of noise", subject: .line(.toy)) { _ in .toy },
    Experiment(name: "toy-mixture", title: "three Gaussians from a line of noise", subject: .line(.toyMixture)) { _ in
      .toyMixture
    },
    Experiment(name: "ring", title: "eight Gaussians on a circle", subject: .plane(.ring)) { _ in .ring },
    Experiment(name: "digits", title: "handwritten digits", subject: .digits(side: 28)) { _ in .digits },
    Experiment(name: "dcgan", title: "handwritten digits, by convolutions", subject: .digits(side: 28)) { _ in .dcgan },
    Experiment(name: "dcgan/paper", title: "64×64 digits, as in the paper of 2016", subject: .digits(side: 64)) { _ in
      .dcganPaper(channels: 1)
    },
    Experiment(
      name: "gan/paper-mnist", title: "MNIST as in the paper of 2014", subject: .mnist(heldOut: 10_000),
      configuration: GANConfiguration.paperMNIST),
    Experiment(name: "gan/tutorial-mnist", title: "MNIST as in most tutorials", subject: .mnist(heldOut: 0)) { _ in
      .tutorialMNIST
    },
  ]

  package static func named(_ name: String) throws(TrainingError) -> Experiment {
    guard let experiment = all.first(where: { $0.name == name }) else { throw .unknownExperiment(name) }
    return experiment
  }

  /// What is known before the data are there.
  package func summary(_ options: TrainingOptions) -> ExperimentSummary {
    let configuration = options.rules.apply(to: configuration([]))
    let data =
      switch subject {
      case .line(let density): density.description
      case .plane(let density): density.description
      case .digits: "digits"
      case .mnist: "MNIST"
      }
    var summary = ExperimentSummary(
      name: name, title: title, data: data, loss: configuration.generatorLoss.rawValue,
      updates: configuration.updates, seed: options.seed)
    summary.precision = options.precision.here.rawValue
    return summary
  }

  /// The title where the pictures are none of the digits that it speaks of: their name takes the place of these.
  func title(ofPicturesCalled name: String) -> String {
    let digits = ["handwritten digits", "digits", "MNIST"].first { title.contains($0) }
    return digits.map { title.replacing($0, with: name) } ?? title
  }
}
