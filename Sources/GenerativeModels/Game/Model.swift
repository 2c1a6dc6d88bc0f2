// A model is one file: its card (what it is, what it is trained on, what it measures and lets one choose), `build` (its
// networks, equations, order and samplers), and `look` (what it shows). Everything else in the program reads what that file
// declares.

import Datasets
import Figures
import NeuralNetwork

/// A generative model that can be trained by name.
package protocol Model: Sendable {
  var card: Card { get }

  /// Declares networks, moves, their order, and how to sample.
  func build(_ game: GameBuilder)

  /// Measures and shows the model as it is now. Nothing here moves a weight or takes a random number from the training.
  func look(_ look: inout Look)

  /// How far the samples are from the data; less is better. By it the best checkpoint is kept. It may take a second.
  func score(_ look: inout Look) -> Double?
}

extension Model {
  package var name: String { card.name }

  /// By the figures that a look finds: what a card names as its best, or nothing.
  package func score(_ look: inout Look) -> Double? {
    self.look(&look)
    guard let best = card.best, let value = look.readings[best.key] else { return nil }
    return best.isLess ? value : -value
  }
}

/// What a model is, for everybody who does not train it.
package struct Card: Sendable {
  /// The name that commands take: `toy`, `gan/paper-mnist`.
  package var name: String
  /// One line for a person: what is learnt from what.
  package var title: String
  /// Whose idea it is: authors, year, where to find it.
  package var paper: String
  package var data: DataSource
  /// What is drawn together, batch by batch. Two draws are two orders: unpaired data.
  package var draws: [Draw]
  /// The numbers inside the networks, for data that come and samples that go in their own units.
  package var units: Units
  package var knobs: [Knob]
  /// In the order in which they are said. KnobSettings decide: D(x) means nothing under a loss whose D is no probability.
  package var figures: @Sendable (KnobSettings) -> [Figure]
  /// What `look` shows, by key, with titles.
  package var exhibits: [(key: String, title: String)]
  /// The figure that the best checkpoint is chosen by, and whether less of it is better.
  package var best: (key: Figure.Key, isLess: Bool)?
  /// What it claims.
  package var proofs: [Proof]

  package init(
    name: String, title: String, paper: String, data: DataSource, draws: [Draw] = [Draw(.sample)], units: Units = .raw,
    knobs: [Knob], exhibits: [(key: String, title: String)] = [("samples", "samples")],
    best: (key: Figure.Key, isLess: Bool)? = nil, proofs: [Proof] = [],
    figures: @escaping @Sendable (KnobSettings) -> [Figure]
  ) {
    self.name = name
    self.title = title
    self.paper = paper
    self.data = data
    self.draws = draws
    self.units = units
    self.knobs = knobs
    self.figures = figures
    self.exhibits = exhibits
    self.best = best
    self.proofs = proofs
  }
}

/// What a model is trained on.
package enum DataSource: Hashable, Sendable {
  /// Figure 1 of the paper of 2014: numbers of a known density.
  case line(Density1D)
  /// Points of a known density in the plane.
  case plane(Density2D)
  /// Images: MNIST where it is found, else built-in digits, which both are 28×28; enlarged where `side` asks for more
  /// pixels in each direction.
  case digits(side: Int)
  /// Pictures of a size and so many channels, for measuring speed.
  case pictures(side: Int, channels: Int)
  /// 28×28 images of MNIST and nothing else. The last `heldOut` of its training images are not trained on; where it is 0,
  /// the test images are what is held out.
  case mnist(heldOut: Int)
  /// Nothing: a game that is known by its equations.
  case none

  /// Pixels of an image in each direction; `nil` where samples are no images.
  package var imageSide: Int? {
    switch self {
    case .line, .plane, .none: nil
    case .digits(let side), .pictures(let side, _): side
    case .mnist: 28
    }
  }

  /// Features of a sample.
  package var sampleSize: Int {
    switch self {
    case .line: 1
    case .plane: 2
    case .digits(let side): side * side
    case .pictures(let side, let channels): side * side * channels
    case .mnist: 784
    case .none: 0
    }
  }

  /// For a person who has not got the data yet.
  package var description: String {
    switch self {
    case .line(let density): density.description
    case .plane(let density): density.description
    case .digits: "digits"
    case .pictures: "pictures"
    case .mnist: "MNIST"
    case .none: "none"
    }
  }
}

/// A column of the data.
package enum Field: Hashable, Sendable {
  /// Rows `[m, sampleSize]`, in the data's units.
  case sample
  /// The class of each, one-hot: `[m, 10]`.
  case label
  /// One of ten at random, whatever the data are, one-hot: `[m, 10]`. In a draw of its own.
  case category
}

/// Columns of the data that are drawn together, row by row.
package struct Draw: Hashable, Sendable {
  package let fields: [Field]
  package init(_ fields: Field...) { self.fields = fields }
}

/// The numbers inside the networks, for data that come and samples that go in their own units.
package enum Units: Hashable, Sendable {
  /// As they are: points on a line or in a plane.
  case raw
  /// `(x − centre) / scale` inside: data that would lie where fresh networks are flat.
  case standardised(centre: Float, scale: Float)
  /// Images in 0…1, for a network that ends in a sigmoid.
  case unit
  /// Images in 0…1 outside, −1…1 inside, for a network that ends in tanh.
  case symmetric
}
