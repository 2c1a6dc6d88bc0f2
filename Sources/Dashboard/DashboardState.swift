// What the loop needs of what it shows: a pure value that events change and that frames are drawn of. The live view of
// trainers is one, the curves of runs that are only watched are another.

import TerminalUI
import Training

package protocol DashboardState {
  var size: Size { get }
  var theme: Theme { get }
  /// What the theme keys step through.
  var themes: [Theme] { get set }
  /// An index into `themes`.
  var themeIndex: Int { get set }
  /// What the terminal can show, for choices among what it can.
  var terminal: Capabilities { get set }
  /// How pictures are to be drawn; `nil` for what is usual on the terminal.
  var imageMode: ImageMode? { get set }
  /// Where settings can be written; `nil` for nowhere.
  var settingsPath: String? { get set }
  /// What lies over the panels.
  var overlay: Overlay? { get set }
  /// A line for the person at the foot of the screen, until the next key or its end.
  var notice: Notice? { get set }
  /// When the hints return to the foot of the screen, in the time of `elapsed`; `nil` while there is no notice.
  var noticeEnd: Duration? { get }
  /// Since the dashboard was started, as the loop says it.
  var elapsed: Duration { get set }
  /// Whether the costs of frames are to be shown, and what they are.
  var showsCosts: Bool { get }
  var costs: FrameCosts? { get set }
  /// Whether the mouse is this program's; else text can be selected with it.
  var hearsMouse: Bool { get set }
  /// Whether all frames go to a file as well.
  var isRecording: Bool { get set }
  /// Whether the end was asked for, and others are coming to it.
  var isQuitting: Bool { get }
  /// `gantui: toy, digits`
  var title: String { get }
  /// Of files that show the screen as it is now, without an ending; `nil` while there is nothing to show.
  var fileName: String? { get }

  mutating func update(_ event: Event) -> [Effect]
  /// Says something at the foot of the screen, and in the log.
  mutating func say(_ notice: Notice)
  /// Puts in force what differs from other settings, which were in force before.
  mutating func adopt(_ settings: Settings, insteadOf old: Settings) -> [Effect]
  /// What the person has made of the view, in all that settings can say of it.
  ///
  /// - Parameter theme: how a file calls the theme that is shown.
  func settings(theme: String) -> Settings
  /// The whole screen. Total: every size gives a frame of that size.
  func frame(in context: RenderContext) -> Frame
}

extension DashboardState {
  /// The whole screen, for a terminal of these capabilities.
  package func frame(for capabilities: Capabilities) -> Frame {
    frame(in: RenderContext(palette: theme.palette(for: capabilities), capabilities: capabilities))
  }

  /// The whole screen as text. It is drawn as for a terminal without colours: what only colours tell apart, such as the
  /// greys of a picture, would be lost.
  package func text(for capabilities: Capabilities) -> String {
    frame(for: Capabilities(colours: .monochrome, glyphs: capabilities.glyphs)).text
  }

  /// The screen as a file, for a terminal of these capabilities.
  package func screenshot(_ format: ScreenshotFormat, for capabilities: Capabilities) -> String {
    switch format {
    case .txt: text(for: capabilities)
    case .ansi: frame(for: capabilities).ansi
    case .svg: frame(for: capabilities).svg(on: theme.page, title: title)
    case .html: frame(for: capabilities).html(on: theme.page, title: title)
    }
  }
}

extension DashboardState {
  mutating func changeTheme(by offset: Int) {
    guard !themes.isEmpty else { return }
    themeIndex = (themeIndex + offset + themes.count) % themes.count
    notice = Notice("theme: \(theme.name)")
  }

  /// Shows a newer form of the theme that stands first.
  package mutating func replaceFirstTheme(by theme: Theme) {
    guard !themes.isEmpty else { return }
    themes[0] = theme
    themeIndex = 0
  }

  mutating func toggleMouse() -> [Effect] {
    hearsMouse.toggle()
    notice = Notice(
      hearsMouse
        ? "mouse: a click focuses, a second one zooms, the wheel scrolls; text is selected with Shift held"
        : "mouse: left to the terminal")
    return [.hearMouse(hearsMouse)]
  }

  mutating func askBeforeWriting() {
    guard settingsPath != nil else {
      notice = Notice(SettingsError.noPlace.description, isError: true)
      return
    }
    overlay = .confirmWriting
  }

  /// Draws pictures in the next way of those that the terminal has.
  mutating func changeImages() {
    let palette = theme.palette(for: terminal)
    let usual = ImageMode.usual(with: terminal, palette)
    let small = ImageMode.usualWhereSmall(with: terminal, palette)
    // What nobody has chosen comes first, and not a second time under its own name.
    let others = ImageMode.allCases.filter { $0 != usual || small != usual }
    let choices = [nil] + others.filter { $0.isPossible(with: terminal, palette) }
    let shown = choices.firstIndex(of: imageMode) ?? 0
    imageMode = choices[(shown + 1) % choices.count]
    let name = imageMode?.name ?? (small == usual ? usual.name : "\(usual.name), small ones \(small.name)")
    notice = Notice("pictures: \(name)")
  }
}

extension Dialog {
  /// - Parameter path: where settings are to be written.
  static func writing(to path: String?) -> Dialog {
    Dialog(
      question: "Write what has changed to \(path ?? "")?", brief: "Write?",
      answers: [KeyHint(key: "y", label: "yes"), KeyHint(key: "n", label: "no")])
  }
}

extension State: DashboardState {
  package mutating func update(_ event: Event) -> [Effect] { update(.event(event)) }

  package mutating func say(_ notice: Notice) { _ = update(.notice(notice)) }

  package var title: String { "gantui: " + snapshots.map(\.experiment.name).joined(separator: ", ").harmlessLine }

  package var fileName: String? { focused?.screenshotName }
}

/// What reaches the loop from outside without being asked for, and what it can ask for there.
package struct DashboardSource<Shown> {
  /// Takes what has come since the last call into the state, and says what follows; `nil` if nothing has come.
  package let takeNews: (inout Shown) -> [Effect]?
  /// Hands a command to the trainer of an experiment, where there are trainers.
  let send: (Command, Int) -> Void
  /// Takes note of what happens beside the training, where that is written down.
  let note: (RunEvent) -> Void
  /// When to take news even if nobody says that there are any, in time since the start; `nil` for not at all.
  let nextNews: (Shown) -> Duration?

  package init(
    takeNews: @escaping (inout Shown) -> [Effect]?, send: @escaping (Command, Int) -> Void = { _, _ in },
    note: @escaping (RunEvent) -> Void = { _ in }, nextNews: @escaping (Shown) -> Duration? = { _ in nil }
  ) {
    self.takeNews = takeNews
    self.send = send
    self.note = note
    self.nextNews = nextNews
  }
}

extension Dashboard where Shown == State {
  /// The live view. The parameters are those of the other initialiser.
  package init(
    experiments: [LiveExperiment], device: any TerminalDevice, themes: [Theme], themeFile: ThemeFile? = nil,
    notice: Notice? = nil, settings: SettingsFile = SettingsFile(), files: any FileCreating = FileFolder(),
    options: FileOptions = FileOptions(), now: @escaping () -> ContinuousClock.Instant = { .now }
  ) {
    let source = DashboardSource<State>(
      takeNews: { state in
        var effects: [Effect]?
        for (index, experiment) in experiments.enumerated() {
          guard let snapshot = experiment.latest() else { continue }
          effects = (effects ?? []) + state.update(.snapshot(snapshot, experiment: index))
        }
        for remark in experiments.flatMap({ $0.remarks() }) {
          state.say(Notice(remark, isError: true))
          effects = effects ?? []
        }
        return effects
      }, send: { command, experiment in experiments[experiment].send(command) },
      note: { event in for experiment in experiments { experiment.note(event) } })
    self.init(
      showing: State(experiments: experiments.map(\.summary), themes: themes, size: device.size), of: source,
      device: device, themeFile: themeFile, notice: notice, settings: settings, files: files, options: options, now: now
    )
  }

  /// What was on the screen before it was left, as files have it.
  package var lastScreen: [(ending: String, text: String)] {
    var state = state
    state.isQuitting = false
    return [ScreenshotFormat.txt, .ansi].map { ($0.rawValue, state.screenshot($0, for: state.terminal)) }
  }
}
