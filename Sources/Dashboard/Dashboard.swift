// The loop: the thin shell around the pure core. It runs on the main thread, waits for whatever comes first, lets the
// state say what follows, does that, and shows a frame. Training never waits for it, and it never waits for training.

import TerminalUI
import Training

package struct Dashboard<Shown: DashboardState> {
  /// At most 30 frames a second, and none while nothing changes.
  static var frameInterval: Duration { .milliseconds(33) }
  /// An answer to a key does not wait for that long: together with the drawing, it is there within 20 ms. But only the
  /// first one: keys that come faster than frames were pasted, or are held down.
  static var answerInterval: Duration { .milliseconds(8) }
  /// Over a network, at most 10 a second that nobody has asked for.
  static var remoteFrameInterval: Duration { .milliseconds(100) }
  /// How long trainers may take to come to an end after `q`, before the screen is left without them. A step of the
  /// largest network that is watched here takes less (measured: 160 ms).
  static var patience: Duration { .seconds(1) }

  private let source: DashboardSource<Shown>
  private let device: any TerminalDevice
  let files: any FileCreating
  var options: FileOptions
  var settings: SettingsFile
  let now: () -> ContinuousClock.Instant
  var state: Shown
  private var context: RenderContext
  /// `nil` if it has changed since.
  var shownTheme: Int?
  var themeFile: ThemeFile?
  /// When the file is due to be looked at.
  var nextLook: ContinuousClock.Instant
  private var shown: Frame?
  private let start: ContinuousClock.Instant
  private var lastFrame: ContinuousClock.Instant
  /// What the screen does not show yet.
  private var unseen = Unseen.answer
  /// Whether the last frame was an answer.
  private var hasAnswered = false
  private var meter = FrameMeter()
  var recording: Recording?
  private var deadlineOfQuitting: ContinuousClock.Instant?

  private enum Unseen: Comparable {
    case nothing
    /// From outside, such as a trainer's.
    case news
    /// To what the person has done.
    case answer
  }

  /// - Parameters:
  ///   - state: What is shown first; its first theme is.
  ///   - files: Where screenshots and recordings go.
  ///   - settings: As read; what they say of the view is in force from the first frame on.
  ///   - themeFile: Where the first theme comes from; read again when it changes.
  ///   - notice: Said at the foot of the first frame, such as a warning about a file.
  package init(
    showing state: Shown, of source: DashboardSource<Shown>, device: any TerminalDevice, themeFile: ThemeFile? = nil,
    notice: Notice? = nil, settings: SettingsFile = SettingsFile(),
    files: any FileCreating = FileFolder(), options: FileOptions = FileOptions(),
    now: @escaping () -> ContinuousClock.Instant = { .now }
  ) {
    self.state = state
    self.source = source
    self.device = device
    self.files = files
    self.options = options
    self.settings = settings
    self.now = now
    self.themeFile = themeFile
    nextLook = now() + Self.lookInterval
    self.state.terminal = device.capabilities
    self.state.settingsPath = settings.path
    if let notice { self.state.say(notice) }
    shownTheme = state.themeIndex
    context = Self.context(state.theme, device.capabilities)
    start = now()
    lastFrame = start - Self.frameInterval
    adopt(settings.settings, insteadOf: Settings())
  }

  /// Shows what there is until the person leaves, the process is asked to end, or the terminal is gone. Trainers have then
  /// been told to stop. The device stays open: closing it is the business of whoever opened it.
  package mutating func run() -> Outcome {
    defer { if recording != nil { stopRecording() } }
    while true {
      if let due = nextFrame, now() >= due { draw() }
      let events = device.waitForEvents(until: deadline)
      let awake = now()
      state.elapsed = awake - start
      var effects: [Effect] = []
      for event in events {
        if event.mayChangeScreen { unseen = .answer }
        if case .resize = event { shown = nil }
        if case .ground = event {
          state.terminal = device.capabilities
          shownTheme = nil
        }
        effects += state.update(event)
      }
      if let following = source.takeNews(&state) {
        unseen = max(unseen, .news)
        effects += following
      }
      if let end = state.noticeEnd, end <= state.elapsed {
        state.notice = nil
        unseen = max(unseen, .news)
      }
      meter.updated(in: now() - awake)
      lookAtThemeFile()
      for effect in effects {
        if let outcome = perform(effect) { return outcome }
      }
      if state.isQuitting {
        let deadline = deadlineOfQuitting ?? now() + Self.patience
        deadlineOfQuitting = deadline
        if now() >= deadline { return .quit }
      }
    }
  }

  /// The loop wakes up by itself only to draw what is waiting to be drawn, to look at files, to take a notice away, or to
  /// leave.
  private var deadline: ContinuousClock.Instant? {
    let end = state.isQuitting ? deadlineOfQuitting : nil
    let news = source.nextNews(state).map { start + $0 }
    let notice = state.noticeEnd.map { start + $0 }
    return [nextFrame, end, themeFile == nil ? nil : nextLook, news, notice].compactMap(\.self).min()
  }

  /// When the next frame may be drawn, if there is anything to draw.
  private var nextFrame: ContinuousClock.Instant? {
    switch unseen {
    case .nothing: nil
    case .news where device.capabilities.isRemote: lastFrame + Self.remoteFrameInterval
    case .news: lastFrame + Self.frameInterval
    case .answer: lastFrame + (hasAnswered ? Self.frameInterval : Self.answerInterval)
    }
  }

  /// Shows the screen as it is now. `run` does so by itself; before it, this puts up the first frame while nothing
  /// competes for the processor.
  package mutating func draw() {
    if state.themeIndex != shownTheme {
      shownTheme = state.themeIndex
      context = Self.context(state.theme, device.capabilities)
    }
    let (begin, bytes) = (now(), device.bytesWritten)
    if state.showsCosts { state.costs = meter.costs(at: begin) }
    let frame = state.frame(in: context)
    let rendered = now()
    let isShown = frame == shown || device.present(frame)
    shown = isShown ? frame : nil
    hasAnswered = unseen == .answer
    unseen = isShown ? .nothing : .answer
    lastFrame = now()
    record(frame)
    meter.drew(
      at: lastFrame, bytes: device.bytesWritten - bytes, render: rendered - begin, output: lastFrame - rendered)
  }

  /// Does what an update asked for; the outcome if that was to leave.
  mutating func perform(_ effect: Effect) -> Outcome? {
    switch effect {
    case .send(let command, let experiment):
      source.send(command, experiment)
    case .writeScreenshot:
      say(writeScreenshot())
    case .toggleRecording:
      if recording == nil { startRecording() } else { stopRecording() }
    case .copy(let text):
      device.copy(text)
    case .hearMouse(let hears):
      device.hearsMouse = hears
    case .writeSettings:
      say(writeSettings())
    case .reload:
      reload()
    case .repaint:
      repaint()
    case .suspend:
      device.suspend()
      repaint()
    case .leave(let outcome):
      return outcome
    }
    return nil
  }

  private mutating func repaint() {
    _ = state.update(.resize(device.size))
    device.invalidate()
    shown = nil
    unseen = .answer
  }

  /// Says something at the foot of the screen, and in the log.
  package mutating func say(_ notice: Notice) {
    state.say(notice)
    unseen = .answer
  }

  private func writeScreenshot() -> Notice {
    guard let name = state.fileName else { return Notice("there is nothing to take a screenshot of", isError: true) }
    do {
      let file = try files.create(name, ending: options.screenshots.rawValue)
      try file.append(state.screenshot(options.screenshots, for: device.capabilities))
      note(.screenshot(path: file.path))
      return Notice("screenshot: \(file.path)")
    } catch {
      return Notice("no screenshot: \(error)", isError: true)
    }
  }

  /// Has what is shown take note of something that happens beside it.
  func note(_ event: RunEvent) { source.note(event) }

  private static func context(_ theme: Theme, _ capabilities: Capabilities) -> RenderContext {
    RenderContext(palette: theme.palette(for: capabilities), capabilities: capabilities)
  }
}

extension Event {
  /// A wake or a timeout changes nothing by itself; what it announces does.
  fileprivate var mayChangeScreen: Bool { self != .wake && self != .timeout }
}
