// What happens when something happens on the screen of curves. Keys mean what they mean in the live view; those that steer
// a training are not there, for nobody can steer what another program trains.

import TerminalUI
import Training

extension CurvesState {
  /// Whether nothing more will come, which a run that is watched never says.
  package var isQuitting: Bool { false }

  package mutating func receive(_ runs: [WatchedRun]) {
    for run in runs {
      let before = self.runs.first { $0.name == run.name }
      if before == nil { note("found: \(run.name)") }
      if run.damages > before?.damages ?? 0 {
        let parts = run.damages == 1 ? "1 part of its files is" : "\(run.damages.grouped) parts of its files are"
        note("\(run.name): \(parts) damaged, and left out")
      }
      if let old = before?.step, run.step.map({ $0 < old }) ?? true { note("\(run.name): starts again") }
    }
    take(runs)
  }

  package mutating func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return press(key)
    case .mouse(let mouse): return point(mouse)
    case .resize(let size): self.size = size
    case .wake, .timeout, .ground: break
    case .printed(let lines): for line in lines { note("printed: \(line)") }
    case .resumed: return [.repaint]
    case .terminate(let signal): return [.leave(.terminated(signal: signal))]
    case .hangUp: return [.leave(.hungUp)]
    }
    return []
  }

  /// What concerns curves, keys and the mouse.
  package mutating func adopt(_ settings: Settings, insteadOf old: Settings) -> [Effect] {
    if settings.keys != old.keys { keys = (settings.keys ?? .standard).ofCurves }
    var effects: [Effect] = []
    for name in Setting.Name.allCases where settings[name] != old[name] {
      switch (name, settings[name] ?? Setting(name).usual) {
      case (.images, .string(let text)): imageMode = ImageMode(rawValue: text)
      case (.smoothing, .integer(let steps)): look.smoothing = Smoother.horizons.firstIndex(of: steps)
      case (.scale, .string(let text)): look.scale = text == "log" ? .logarithmic : .linear
      case (.window, .integer(let share)): look.halvings = min(share.trailingZeroBitCount, CurvesLook.mostHalvings)
      case (.mouse, .boolean(let hears)):
        hearsMouse = hears
        effects.append(.hearMouse(hears))
      default: break
      }
    }
    return effects
  }

  package func settings(theme: String) -> Settings {
    var settings = Settings()
    settings.say(.theme, theme)
    settings.say(.images, imageMode?.rawValue ?? "auto")
    settings.say(.smoothing, look.smoothing.map { Smoother.horizons[$0] } ?? 0)
    settings.say(.window, 1 << min(look.halvings, Setting.mostHalvings))
    settings.say(.scale, look.scale == .logarithmic ? "log" : "linear")
    settings[.mouse] = .boolean(hearsMouse)
    return settings
  }

  package mutating func say(_ notice: Notice) {
    self.notice = notice
    note(notice.text)
  }

  private mutating func note(_ text: String) { log.add(text, at: elapsed) }

  // MARK: Keys

  /// The keys, to lie over the screen.
  var help: HelpOverlay {
    var help = keys.help
    help.hint = "\(keys.name(.help)) closes"
    return help
  }

  private mutating func press(_ key: Key) -> [Effect] {
    notice = nil
    switch overlay {
    case .help(let offset):
      if let moved = help.offset(after: key, of: keys, from: offset, in: Layout.overlay(on: size)) {
        overlay = .help(offset: moved)
        return []
      }
    case .log(let distance):
      let (pane, area) = (logPane, EventLog.area(on: size))
      let last = pane.largestOffset(in: area)
      if let moved = pane.offset(after: key, of: keys, from: last - distance, in: area) {
        overlay = .log(fromEnd: last - moved)
        return []
      }
    case .confirmWriting where keys.action(for: key) != .quit:
      overlay = nil
      return [.character("y"), .character("Y")].contains(key) ? [.writeSettings] : []
    case .guide, .confirmReset, .confirmWriting, .offerRecovery, nil: break
    }
    return keys.action(for: key).map { perform($0) } ?? []
  }

  private mutating func perform(_ action: Action) -> [Effect] {
    let staysOpen: Set<Action> = [.quit, .repaint, .suspend]
    if overlay != nil, !staysOpen.contains(action) {
      let isLog = if case .log = overlay { true } else { false }
      if !isLog || action == .log || action == .back {
        overlay = nil
        return []
      }
    }
    switch action {
    case .nextPanel: moveFocus(by: 1)
    case .previousPanel: moveFocus(by: -1)
    case .left: moveSideways(.left)
    case .down: moveFocus(.down)
    case .up: moveFocus(.up)
    case .right: moveSideways(.right)
    case .zoom: isZoomed = focus != nil && !isZoomed
    case .back: goBack()
    case .shorterWindow: changeWindow(by: 1)
    case .longerWindow: changeWindow(by: -1)
    case .toggleScale: toggleScale()
    case .toggleFixedRange: toggleFixedRange()
    case .changeSmoothing: changeSmoothing()
    case .toggleCrosshair: toggleCrosshair()
    case .nextTheme: changeTheme(by: 1)
    case .previousTheme: changeTheme(by: -1)
    case .changeImages: changeImages()
    case .screenshot: return [.writeScreenshot]
    case .record: return [.toggleRecording]
    case .help: overlay = .help(offset: 0)
    case .log: overlay = .log(fromEnd: 0)
    case .copyFigures: return copyFigures()
    case .toggleMouse: return toggleMouse()
    case .toggleCosts: showsCosts.toggle()
    case .reload: return [.reload]
    case .writeSettings: askBeforeWriting()
    case .repaint: return [.repaint]
    case .suspend: return [.suspend]
    case .quit: return [.leave(.quit)]
    default: break  // Steers a training; no key leads here.
    }
    return []
  }

  private mutating func goBack() {
    if crosshair != nil { crosshair = nil } else { isZoomed = false }
  }

  // MARK: Focus

  private mutating func moveFocus(by offset: Int) {
    guard let index = focus.flatMap({ panels.firstIndex(of: $0) }) else { return }
    focus = panels[(index + offset + panels.count) % panels.count]
  }

  /// Sideways a crosshair that is in sight moves, and so it does in a zoomed chart, which has no neighbours.
  private mutating func moveSideways(_ direction: Direction) {
    if crosshair != nil || isZoomed, moveCrosshair(by: direction == .left ? -1 : 1) { return }
    moveFocus(direction)
  }

  /// To the neighbour on the screen; where there is none, to the previous or the next panel.
  private mutating func moveFocus(_ direction: Direction) {
    if let focus, let neighbour = CurvesLayout(of: self).neighbour(of: focus, direction) {
      self.focus = neighbour
    } else {
      moveFocus(by: direction == .left || direction == .up ? -1 : 1)
    }
  }

  // MARK: Mouse and clipboard

  private mutating func point(_ mouse: MouseEvent) -> [Effect] {
    switch mouse.kind {
    case .wheelUp: return press(.up)
    case .wheelDown: return press(.down)
    case .press where overlay == nil:
      let panel = CurvesLayout(of: self).panels.first { $0.area.contains(x: mouse.x, y: mouse.y) }
      if let panel, panel.id == focus { isZoomed.toggle() } else if let panel { focus = panel.id }
    case .press: break
    }
    return []
  }

  /// The latest of every figure, one a line.
  private mutating func copyFigures() -> [Effect] {
    let rows = runs.flatMap { run in
      run.figures.sorted { $0.key < $1.key }.map { tag, history in
        "\(run.name)\t\(tag)\t\(NumberLabel.step(history.stretches.last?.steps.upperBound ?? 0))\t\(history.latest)\n"
      }
    }
    notice = Notice("the latest figures are copied, if your terminal lets programs copy (OSC 52)")
    return [.copy(rows.joined())]
  }
}
