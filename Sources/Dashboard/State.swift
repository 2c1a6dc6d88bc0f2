// All that the screen depends on, as one value. `State+Update.swift` changes it, `Screen.swift` draws it.

import TerminalUI
import Training

/// A panel: one aspect of one experiment.
package struct PanelID: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// One of the things that the model shows.
    case exhibit(Int)
    /// One of the charts of its figures.
    case chart(Int)
    case status

    /// What it shows first: its samples, for most models.
    package static let samples = exhibit(0)
    /// The first chart: the losses, for most models.
    package static let losses = chart(0)

    package var isExhibit: Bool { if case .exhibit = self { true } else { false } }
    package var isChart: Bool { if case .chart = self { true } else { false } }
  }

  /// An index into `State.snapshots`.
  package var experiment: Int
  package var kind: Kind

  package init(experiment: Int, kind: Kind) {
    self.experiment = experiment
    self.kind = kind
  }
}

extension ExperimentSummary {
  /// All panels that there are of it: what it shows, the charts of its figures, and what they are now.
  package var kinds: [PanelID.Kind] {
    exhibits.indices.map(PanelID.Kind.exhibit) + charts.indices.map(PanelID.Kind.chart) + [.status]
  }

  /// How a panel is called, in a word or two.
  package func name(of kind: PanelID.Kind) -> String {
    switch kind {
    case .exhibit(let index): exhibits.indices.contains(index) ? exhibits[index].key : "samples"
    case .chart(let index): charts.indices.contains(index) ? charts[index] : "chart"
    case .status: "status"
    }
  }
}

/// Which panels are wanted. How many of them fit is the layout's business.
package enum Preset: String, Hashable, Sendable, CaseIterable {
  case all, samples, losses
  /// Everything of the focused experiment.
  case one = "one experiment"

  /// All exhibits, all charts, or everything.
  func contains(_ kind: PanelID.Kind) -> Bool {
    switch self {
    case .all, .one: true
    case .samples: kind.isExhibit
    case .losses: kind.isChart
    }
  }
}

/// A line for the person at the foot of the screen, until the next key, or until it has been there for long enough.
package struct Notice: Hashable, Sendable {
  package var text: String
  package var isError: Bool

  /// How long it takes the place of the hints. What went wrong takes longer to read, and stands in the log besides.
  package var duration: Duration { isError ? .seconds(10) : .seconds(3) }

  package init(_ text: String, isError: Bool = false) {
    self.text = text
    self.isError = isError
  }
}

package enum Overlay: Hashable, Sendable {
  /// The keys, from so many lines down.
  case help(offset: Int)
  /// What is drawn and measured, likewise.
  case guide(offset: Int)
  case confirmReset
  case confirmWriting
  /// Of an experiment whose numbers have ended.
  case offerRecovery(experiment: Int)
  /// The log, scrolled back by so many rows.
  case log(fromEnd: Int)
}

/// A move that is due, and the step before it: done when either has changed.
package struct AwaitedMove: Hashable, Sendable {
  package var move: NextMove
  package var step: Int

  init(of snapshot: Snapshot) {
    move = snapshot.next
    step = snapshot.step
  }
}

package struct State: Hashable, Sendable {
  package var size: Size
  /// What keys do, and are said to do.
  package var keys = KeyMap.standard
  /// The latest of each experiment, in the order of the command line.
  package var snapshots: [Snapshot]
  package var themes: [Theme]
  /// An index into `themes`.
  package var themeIndex = 0
  package var preset = Preset.all
  /// Panels of the preset that nobody wants to see now; never all of them.
  package var hidden: Set<PanelID> = []
  package var focus = PanelID(experiment: 0, kind: .samples) {
    didSet { if focus != oldValue { crosshair = nil } }
  }
  package var isZoomed = false
  package var chartLook = ChartLook()
  /// What the terminal can show, for choices among what it can.
  package var terminal = Capabilities(colours: .trueColour, glyphs: .braille)
  /// How pictures are to be drawn; `nil` for what is usual on the terminal.
  package var imageMode: ImageMode?
  /// Where settings are written to; `nil` if there is no place for them.
  package var settingsPath: String?
  /// The step that the crosshair of the focused chart stands on.
  package var crosshair: Int?
  package var overlay: Overlay?
  /// Where it is in a run that has been written down; `nil` in a session.
  package var replay: Replay?
  package var notice: Notice? {
    didSet { noticeEnd = notice.map { elapsed + $0.duration } }
  }
  package private(set) var noticeEnd: Duration?
  package var log = EventLog()
  /// Whether the mouse is this program's; else text can be selected with it.
  package var hearsMouse = false
  /// Whether all frames go to a file as well.
  package var isRecording = false
  /// Whether the costs of frames stand where hints usually do.
  package var showsCosts = false
  /// Of the frames before the one that is to be drawn, while they are shown.
  package var costs: FrameCosts?
  /// Since the dashboard was started, as the loop says it; what is noted down gets it.
  package var elapsed = Duration.zero
  /// The person wants everything to rest; the trainers follow within a burst.
  package var isPaused = false
  /// The end was asked for; the trainers are coming to it.
  package var isQuitting = false
  /// The single steps that were asked for and have not been seen done yet, by experiment.
  package var awaitedMoves: [Int: AwaitedMove] = [:]
  /// Paces that were asked for and are not kept yet, by experiment.
  package var wantedPaces: [Int: Pace] = [:]
  /// Steps per second of the experiments that have been seen at full speed.
  package var fullSpeeds: [Int: Double] = [:]

  package init(experiments: [ExperimentSummary], themes: [Theme], size: Size) {
    self.size = size
    self.snapshots = experiments.map(Snapshot.init(experiment:))
    self.themes = themes
  }

  /// A still picture of snapshots, as a screenshot without a terminal shows it.
  package init(snapshots: [Snapshot], theme: Theme, size: Size) {
    self.init(experiments: snapshots.map(\.experiment), themes: [theme], size: size)
    self.snapshots = snapshots
  }

  package var theme: Theme { themes.indices.contains(themeIndex) ? themes[themeIndex] : .standard }

  /// The experiment that keys for one experiment mean; `nil` only where there is none at all.
  package var focused: Snapshot? { snapshots.indices.contains(focus.experiment) ? snapshots[focus.experiment] : nil }

  /// All panels of the preset but the hidden ones, in the order of the Tab key.
  package var panels: [PanelID] {
    snapshots.indices.flatMap { experiment in kinds(of: experiment).map { PanelID(experiment: experiment, kind: $0) } }
  }

  /// What is wanted of an experiment.
  func kinds(of experiment: Int) -> [PanelID.Kind] {
    snapshots[experiment].experiment.kinds.filter {
      preset.contains($0) && !hidden.contains(PanelID(experiment: experiment, kind: $0))
    }
  }

  /// All panels that there are, in the order of their numbers.
  var allPanels: [PanelID] {
    snapshots.indices.flatMap { experiment in
      snapshots[experiment].experiment.kinds.map { PanelID(experiment: experiment, kind: $0) }
    }
  }

  /// Which of the keys hides and shows a panel, counted from 1.
  func number(of panel: PanelID) -> Int { (allPanels.firstIndex(of: panel) ?? -1) + 1 }

  /// How a panel is called: `losses of toy`.
  func name(of panel: PanelID) -> String {
    let experiment = snapshots[panel.experiment].experiment
    return "\(experiment.name(of: panel.kind)) of \(experiment.name)"
  }

  /// Why experiments have failed that have.
  var failures: [TrainingError] {
    snapshots.compactMap { snapshot in
      if case .failed(let error) = snapshot.phase { error } else { nil }
    }
  }

  /// Whether nothing will come from any trainer any more.
  package var isOver: Bool { snapshots.allSatisfy(\.phase.isOver) }
}

extension Phase {
  var isFailure: Bool { if case .failed = self { true } else { false } }
}
