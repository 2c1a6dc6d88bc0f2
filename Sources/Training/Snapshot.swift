// What a trainer tells the world: one value with everything that a screen, a log line or a file may want to show.
// A snapshot is taken between two updates, so that its numbers belong together.

import Figures

/// What a single step does.
package struct NextMove: Hashable, Sendable {
  /// As the model calls it: `D`, `G`.
  package var name: String
  /// Whether a step is made of this one move.
  package var isWholeStep: Bool

  package init(name: String = "", isWholeStep: Bool = false) {
    self.name = name
    self.isWholeStep = isWholeStep
  }
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

/// What an experiment is, for the panels' titles and for the log.
package struct ExperimentSummary: Hashable, Sendable {
  /// The name that commands take: `toy`, `gan/paper-mnist`.
  package var name: String
  /// One line for a person: what is learnt from what.
  package var title: String
  /// Where its data come from: `N(4, 0.5)`, `20000 built-in digits`, `MNIST at …`.
  package var data: String
  /// `non-saturating`, `minimax`; empty where there is no such game.
  package var loss: String
  /// `alternating, k = 1`, `simultaneous`.
  package var updates: String
  package var seed: UInt64
  /// What it measures, in the order in which it is said.
  package var figures: [Figure] = []
  /// What it shows, before anything is seen of it.
  package var exhibits = [Exhibit("samples", title: "samples", .empty)]
  /// Settings that are not what the model has: `r1=1`.
  package var changes: [String] = []
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

  /// The names of its charts: those that its figures are drawn in, in order.
  package var charts: [String] {
    figures.reduce(into: []) { charts, figure in
      if let chart = figure.chart, !charts.contains(chart) { charts.append(chart) }
    }
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
  package var history: Histories

  package init(branch: Int, from: Int, history: Histories) {
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
  package var next: NextMove
  /// Seconds spent training, pauses not counted.
  package var seconds: Double
  package var stepsPerSecond: Double
  /// The steps per second that it is slowed down to; `nil` at full speed.
  package var pace: Double?
  /// Whether that grows by itself, and the run rests at its floor.
  package var isAutomatic = false
  /// The figures of one look, from held-out data and from samples of noise that the training never meets.
  package var readings: Readings
  /// The step that `readings` are of, where that is not `step`.
  package var readingsStep: Int?
  /// The step that `exhibits` are of, where that is not `step`.
  package var samplesStep: Int?
  /// What the training told of its batches at every step, each before the update that it led to.
  package var history: Histories
  /// The figures of all looks.
  package var looked: [Figure.Key: FigureHistory] = [:]
  /// What the model shows, as its card declares it; empty before the first look.
  package var exhibits: [Exhibit]
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
    self.next = NextMove()
    self.seconds = 0
    self.stepsPerSecond = 0
    self.readings = Readings()
    self.history = Histories()
    self.exhibits = []
  }

  /// What is shown of one of the experiment's exhibits.
  package func content(ofExhibit index: Int) -> Exhibit.Content {
    guard experiment.exhibits.indices.contains(index) else { return .empty }
    return exhibits.first { $0.key == experiment.exhibits[index].key }?.content ?? .empty
  }
}
