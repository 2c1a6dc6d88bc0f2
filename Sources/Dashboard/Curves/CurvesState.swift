// All that the screen of curves depends on: the figures and pictures of runs that are only watched, whoever trains them.
// `CurvesState+Update.swift` changes it, `CurvesScreen.swift` draws it.

import TerminalUI

/// A panel: a figure over the steps, or the latest pictures, of all runs that have such.
package struct CurvesPanel: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case figure, picture
  }

  package var kind: Kind
  package var tag: String

  package init(_ kind: Kind, _ tag: String) {
    self.kind = kind
    self.tag = tag
  }

  /// Losses come first, then pictures, then all other figures, and last those that hardly move; each kind by its tags.
  fileprivate var rank: Int {
    switch kind {
    case .figure: tag.lowercased().contains("loss") ? 0 : Self.minor.contains(tag) ? 3 : 2
    case .picture: 1
    }
  }

  /// Whether it is what a person looks at first.
  var isLeading: Bool { rank < 2 }

  /// What it is called: of gantui's own figures the words that the live view has for them, of others the tag.
  var name: String { kind == .figure ? Self.names[tag] ?? tag : tag }

  private static let names = [
    "d_loss": "D's loss, held out", "g_loss": "G's loss, held out", "d_train_mean": "D's loss, in training",
    "g_train_mean": "G's loss, in training", "d_real": "D(x)", "d_fake": "D(G(z))", "value": "V",
    "value_at_optimum": "V at D*", "jsd": "JSD", "jsd_floor": "JSD: floor", "jsd_bound": "JSD ≥",
    "jsd_bound_error": "JSD ≥: its error", "kl": "KL(p‖g)", "kl_reverse": "KL(g‖p)", "d_error": "|D − D*|",
    "modes_covered": "modes that G covers", "modes": "modes of the data",
    "high_quality_share": "share of G(z) at modes", "steps_per_second": "steps/s",
  ]
  /// Figures to compare others with, which are nearly constant, and the speed.
  private static let minor: Set = ["jsd_floor", "jsd_bound_error", "modes", "steps_per_second"]
}

package struct CurvesState: Hashable, Sendable {
  package var size: Size
  /// What is looked at, as the person has named it.
  package let subject: String
  /// Of what is looked at, paths that were not there at the start.
  package var missing: [String] = []
  /// In the order in which they were found, which decides their letters and looks.
  package private(set) var runs: [WatchedRun] = []
  /// In the order of the Tab key.
  package private(set) var panels: [CurvesPanel] = []
  /// `nil` where there is no panel.
  package var focus: CurvesPanel? {
    didSet { if focus != oldValue { crosshair = nil } }
  }
  package var isZoomed = false
  package var look = CurvesLook()
  /// The step that the crosshair of the focused chart stands on.
  package var crosshair: Double?
  package var keys: KeyMap
  package var themes: [Theme]
  /// An index into `themes`.
  package var themeIndex = 0
  package var terminal = Capabilities(colours: .trueColour, glyphs: .braille)
  package var imageMode: ImageMode?
  package var settingsPath: String?
  /// `.help`, `.log` or `.confirmWriting`; there is nothing to be reset, and nothing to explain but keys.
  package var overlay: Overlay?
  package var notice: Notice? {
    didSet { noticeEnd = notice.map { elapsed + $0.duration } }
  }
  package private(set) var noticeEnd: Duration?
  package var log = EventLog()
  package var hearsMouse = false
  package var isRecording = false
  package var showsCosts = false
  package var costs: FrameCosts?
  package var elapsed = Duration.zero

  package init(subject: String, runs: [WatchedRun] = [], themes: [Theme], size: Size, keys: KeyMap = .standard) {
    self.subject = subject
    self.themes = themes
    self.size = size
    self.keys = keys.ofCurves
    take(runs)
  }

  package var theme: Theme { themes.indices.contains(themeIndex) ? themes[themeIndex] : .standard }

  /// Puts newer forms of the runs in the place of the old ones.
  mutating func take(_ runs: [WatchedRun]) {
    self.runs = runs
    let found = runs.flatMap { run in
      run.figures.keys.map { CurvesPanel(.figure, $0) } + run.samples.keys.map { CurvesPanel(.picture, $0) }
    }
    panels = Set(found).sorted { ($0.rank, $0.tag) < ($1.rank, $1.tag) }
    if focus.map({ !panels.contains($0) }) ?? true { focus = panels.first }
    if panels.isEmpty { isZoomed = false }
  }

  /// The runs that have something to show in a panel, by their indices.
  func runs(in panel: CurvesPanel) -> [Int] {
    runs.indices.filter { index in
      switch panel.kind {
      case .figure: runs[index].figures[panel.tag] != nil
      case .picture: runs[index].samples[panel.tag] != nil
      }
    }
  }

  /// The steps that the chart of a figure shows: those of all runs that have it; `nil` where none has.
  func steps(of tag: String) -> ClosedRange<Double>? {
    let stretches = runs.compactMap { $0.figures[tag]?.stretches }
    guard let first = stretches.compactMap({ $0.first?.steps.lowerBound }).min(),
      let last = stretches.compactMap({ $0.last?.steps.upperBound }).max()
    else { return nil }
    return look.window(of: first...last)
  }
}

/// How a run is told apart from the others: by letter, by line and by colour.
struct RunLook: Hashable, Sendable {
  let letter: Unicode.Scalar
  let role: Role
  let stroke: PlotCanvas.Stroke

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars)
  /// Those of a theme's colours that its author has chosen to be told apart.
  private static let roles: [Role] = [.discriminator, .generator, .dataDensity, .optimum]
  private static let strokes: [PlotCanvas.Stroke] = [.solid, .dotted, .dashed, .thin]

  /// Letters repeat after 26 runs; of these, nobody tells lines apart by eye.
  init(of index: Int) {
    letter = Self.letters[index % Self.letters.count]
    role = Self.roles[index % Self.roles.count]
    // Where colours repeat, lines do not.
    stroke = Self.strokes[(index + index / Self.roles.count) % Self.strokes.count]
  }
}
