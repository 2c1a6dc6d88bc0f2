// What a trainer tells the world: one value with everything that a screen, a log line or a file may want to show.
// A snapshot is taken between two updates, so that its numbers belong together.

/// What a single step does.
package enum Move: String, Hashable, Sendable {
  /// One player's half of a step of Algorithm 1.
  case discriminator, generator
  /// A whole step, where both players move at once.
  case both
}

/// What a trainer is doing.
package enum Phase: Hashable, Sendable {
  /// Data are being read or the programs compiled; there is no step yet.
  case preparing
  case running
  case paused
  /// It rests by itself: it has been at its floor for long.
  case resting
  /// The number of steps that was asked for is reached.
  case finished
  case stopped
  /// What went wrong, where, and how to mend it.
  case failed(TrainingError)

  /// Whether there will be no further step, unless somebody begins again.
  package var isOver: Bool {
    switch self {
    case .preparing, .running, .paused, .resting: false
    case .finished, .stopped, .failed: true
    }
  }
}

/// The figures of one moment, all of them from the same look at the players: from held-out data, and from samples of
/// noise that the training never meets. What does not apply to an experiment, or is no number, is `nil`.
///
/// Losses and divergences are in nats.
package struct MetricValues: Hashable, Sendable {
  /// ½(BCE on real + BCE on fake); log 2 at chance.
  package var discriminatorLoss: Double?
  /// What G minimises: −mean log D(G(z)), or the minimax game's mean log(1 − D(G(z))).
  package var generatorLoss: Double?
  /// Mean D(x) over real samples, in 0…1.
  package var meanReal: Double?
  /// Mean D(G(z)) over generated samples, in 0…1.
  package var meanFake: Double?
  /// V(D, G) = mean log D(x) + mean log(1 − D(G(z))); −log 4 at the equilibrium.
  package var value: Double?
  /// V(D*, G) for the generator's density now: 2·JSD − log 4.
  package var valueAtOptimum: Double?
  /// JSD(p_data ‖ p_g), estimated from samples; 0…log 2.
  package var jsd: Double?
  /// What the same estimator says of two real sample sets of the same size.
  package var jsdFloor: Double?
  /// KL(p_data ‖ p_g).
  package var klDataModel: Double?
  /// KL(p_g ‖ p_data).
  package var klModelData: Double?
  /// max(0, log 2 − ½(BCE + BCE)): a lower bound of the JSD.
  package var jsdBound: Double?
  /// The standard error of that bound.
  package var jsdBoundError: Double?
  /// Mean |D − D*| over the support of the data.
  package var discriminatorError: Double?
  /// Modes of the data to which at least a quarter of their share of the samples comes.
  package var modesCovered: Int?
  /// Modes of the data, where they are several.
  package var modes: Int?
  /// The share of the samples within three deviations of a mode, 0…1, where modes are several.
  package var highQualityShare: Double?

  package init() {}
}

/// The 1-D game: the paper's Figure 1 (Goodfellow et al. 2014) as numbers. All arrays but `map` have one entry a bin.
package struct DensityView: Hashable, Sendable {
  /// The visible range of x.
  package var range: ClosedRange<Double>
  /// The exact density of the data at the bins' centres.
  package var dataDensity: [Double]
  /// The histogram of generated samples, as a density.
  package var modelDensity: [Double]
  /// D(x) at the bins' centres.
  package var discriminator: [Double]
  /// The exact optimum D*(x) = p_data / (p_data + p_g); NaN where neither has mass.
  package var optimum: [Double]
  /// The generator's map: evenly spaced z of its support, and G(z) for each.
  package var map: [LatentPoint]
  /// The share of generated samples outside `range`.
  package var outside: Double

  package struct LatentPoint: Hashable, Sendable {
    package var z: Double
    package var x: Double
    package init(z: Double, x: Double) {
      self.z = z
      self.x = x
    }
  }

  package init(
    range: ClosedRange<Double>, dataDensity: [Double], modelDensity: [Double], discriminator: [Double],
    optimum: [Double], map: [LatentPoint], outside: Double
  ) {
    self.range = range
    self.dataDensity = dataDensity
    self.modelDensity = modelDensity
    self.discriminator = discriminator
    self.optimum = optimum
    self.map = map
    self.outside = outside
  }
}

/// The 2-D game: points, and D on a grid over the visible square.
package struct PointsView: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package var x: Float
    package var y: Float
    package init(x: Float, y: Float) {
      self.x = x
      self.y = y
    }
  }
  /// The visible range of both axes.
  package var range: ClosedRange<Double>
  package var real: [Point]
  package var fake: [Point]
  /// D at the centres of `gridSide * gridSide` squares, rows from the top (largest y) down.
  package var discriminator: [Float]
  package var gridSide: Int

  package init(
    range: ClosedRange<Double>, real: [Point], fake: [Point], discriminator: [Float], gridSide: Int
  ) {
    self.range = range
    self.real = real
    self.fake = fake
    self.discriminator = discriminator
    self.gridSide = gridSide
  }
}

/// Grey pictures: generated ones from a fixed z, and a few real ones to compare. Values in 0…1, 1 is ink.
package struct ImagesView: Hashable, Sendable {
  package var width: Int
  package var height: Int
  /// `[count, height, width]`, flat.
  package var fake: [Float]
  package var real: [Float]
  /// While the game rests.
  package var between: BetweenView?

  package init(width: Int, height: Int, fake: [Float], real: [Float], between: BetweenView? = nil) {
    self.width = width
    self.height = height
    self.fake = fake
    self.real = real
    self.between = between
  }

  package var fakeCount: Int { fake.count / max(1, width * height) }
  package var realCount: Int { real.count / max(1, width * height) }
}

/// Pictures on the ways between pairs of the z whose pictures are shown.
package struct BetweenView: Hashable, Sendable {
  package typealias Path = Interpolation.Path

  package var path: Path
  /// The shown picture that each row begins with; it ends with the one after it.
  package var starts: [Int]
  /// Pictures in a row, both ends among them.
  package var points: Int
  /// `[rows, points, height, width]`, flat.
  package var images: [Float]

  package init(path: Path, starts: [Int], points: Int, images: [Float]) {
    self.path = path
    self.starts = starts
    self.points = points
    self.images = images
  }
}

/// What an experiment shows of its samples.
package enum SamplesView: Hashable, Sendable {
  /// Before the first evaluation.
  case empty
  case density(DensityView)
  case points(PointsView)
  case images(ImagesView)
}

/// What an experiment is, for the panels' titles and for the log.
package struct ExperimentSummary: Hashable, Sendable {
  /// The name that commands take: `toy`, `gan/paper-mnist`.
  package var name: String
  /// One line for a person: what is learnt from what.
  package var title: String
  /// Where its data come from: `N(4, 0.5)`, `20000 built-in digits`, `MNIST at …`.
  package var data: String
  /// `non-saturating`, `minimax`.
  package var loss: String
  /// `alternating, k = 1`, `simultaneous`.
  package var updates: String
  package var seed: UInt64
  /// Of the factors of the training's products: `f32`, `split`, `bf16`.
  package var precision = "f32"
  /// Where images come from, as a run's settings have it.
  package var dataFolder: String?

  package init(
    name: String, title: String, data: String, loss: String, updates: String, seed: UInt64, dataFolder: String? = nil
  ) {
    self.name = name
    self.title = title
    self.data = data
    self.loss = loss
    self.updates = updates
    self.seed = seed
    self.dataFolder = dataFolder
  }
}

/// Where a run stands among the moments that are remembered of it.
package struct TimelineView: Hashable, Sendable {
  /// The steps of the moments, the oldest first.
  package var steps: [Int]
  /// The moment that it has been taken back to; `nil` while it is where it has got to by itself.
  package var position: Int?
  /// Which course it is on: 0 for the first.
  package var branch: Int

  package init(steps: [Int] = [], position: Int? = nil, branch: Int = 0) {
    self.steps = steps
    self.position = position
    self.branch = branch
  }
}

/// A course that was left for another one.
package struct AbandonedCourse: Hashable, Sendable {
  package var branch: Int
  /// The step from which on the other course differs.
  package var from: Int
  /// All its losses, those before that step included.
  package var history: LossHistory

  package init(branch: Int, from: Int, history: LossHistory) {
    self.branch = branch
    self.from = from
    self.history = history
  }
}

package struct Snapshot: Hashable, Sendable {
  package var experiment: ExperimentSummary
  package var phase: Phase
  /// Completed steps of Algorithm 1.
  package var step: Int
  /// What a single step would do next.
  package var next: Move
  /// Seconds spent training, pauses not counted.
  package var seconds: Double
  package var stepsPerSecond: Double
  /// The steps per second that it is slowed down to; `nil` at full speed.
  package var pace: Double?
  /// Whether that grows by itself, and the run rests at its floor.
  package var isAutomatic = false
  package var metrics: MetricValues
  /// The step that `metrics` are of, where that is not `step`.
  package var metricsStep: Int?
  /// The step that `samples` are of, where that is not `step`.
  package var samplesStep: Int?
  /// The losses of the training's batches, each before the update that it led to.
  package var history: LossHistory
  package var samples: SamplesView
  /// The moments that the run can be taken back to.
  package var timeline = TimelineView()
  /// Courses that the run took before it was taken back, the oldest first.
  package var abandoned: [AbandonedCourse] = []
  /// What the learning rates are multiplied by; 1 unless they were lowered.
  package var rateScale: Float = 1

  package init(experiment: ExperimentSummary) {
    self.experiment = experiment
    self.phase = .preparing
    self.step = 0
    self.next = .discriminator
    self.seconds = 0
    self.stepsPerSecond = 0
    self.metrics = MetricValues()
    self.history = LossHistory()
    self.samples = .empty
  }
}
