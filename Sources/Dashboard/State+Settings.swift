// Settings and the session: what a file says comes into force, and what the person has made of it by keys can be said again.

import TerminalUI
import Training

extension State {
  /// Puts in force what differs from other settings, which were in force before. What is said in neither stays as the keys
  /// have made it. Themes are the loop's business, for they come from files.
  package mutating func adopt(_ settings: Settings, insteadOf old: Settings) -> [Effect] {
    if settings.keys != old.keys { keys = settings.keys ?? .standard }
    return Setting.Name.allCases.filter { settings[$0] != old[$0] }
      .flatMap { adopt(settings[$0] ?? Setting($0).usual, as: $0) }
  }

  private mutating func adopt(_ value: TOMLValue, as name: Setting.Name) -> [Effect] {
    switch (name, value) {
    case (.images, .string(let text)):
      imageMode = ImageMode(rawValue: text)
    case (.layout, .string(let text)):
      show(Preset(rawValue: text) ?? preset)
    case (.hide, .array):
      hide((value.strings ?? []).compactMap { PanelName($0) })
    case (.smoothing, .integer(let steps)):
      chartLook.smoothing = Smoother.horizons.firstIndex(of: steps)
    case (.window, .integer(let share)):
      chartLook.halvings = share.trailingZeroBitCount
    case (.scale, .string(let text)):
      chartLook.scale = text == "log" ? .logarithmic : .linear
      chartLook.fixedRanges = nil
    case (.mouse, .boolean(let hears)):
      hearsMouse = hears
      return [.hearMouse(hears)]
    case (.pace, _):
      var settings = Settings()
      settings[.pace] = value
      return snapshots.indices.map { wish(settings.pace ?? .automatic, for: $0) }
    default: break
    }
    return []
  }

  /// What the person has made of the view, in all that settings can say of it. A pace is theirs only where all experiments
  /// have the same.
  ///
  /// - Parameter theme: how a file calls the theme that is shown.
  package func settings(theme: String) -> Settings {
    var settings = Settings()
    settings.say(.theme, theme)
    settings.say(.images, imageMode?.rawValue ?? "auto")
    settings.say(.layout, preset.rawValue)
    settings[.hide] = .array(hiddenNames.map { .string($0.text) })
    settings.say(.smoothing, chartLook.smoothing.map { Smoother.horizons[$0] } ?? 0)
    settings.say(.window, 1 << min(chartLook.halvings, Setting.mostHalvings))
    settings.say(.scale, chartLook.scale == .logarithmic ? "log" : "linear")
    settings[.mouse] = .boolean(hearsMouse)
    let paces = Set(snapshots.indices.map(wantedPace(of:)))
    if paces.count == 1, let pace = paces.first { settings.say(pace) }
    return settings
  }

  /// Of what is hidden of all experiments, the kind says enough.
  private var hiddenNames: [PanelName] {
    let names = allPanels.map { panelName(of: $0) }
    let kinds = names.reduce(into: [String]()) { if !$0.contains($1.kind) { $0.append($1.kind) } }
    return kinds.flatMap { kind -> [PanelName] in
      let panels = allPanels.filter { panelName(of: $0).kind == kind }
      let gone = panels.filter(hidden.contains)
      return gone.count == panels.count ? [PanelName(kind: kind)] : gone.map { panelName(of: $0) }
    }
  }

  private func panelName(of panel: PanelID) -> PanelName {
    let experiment = snapshots[panel.experiment].experiment
    return PanelName(kind: experiment.name(of: panel.kind), of: experiment.name)
  }

  private mutating func hide(_ names: [PanelName]) {
    hidden = []
    let wanted = panels.filter { id in
      let name = panelName(of: id)
      return !names.contains(name) && !names.contains(PanelName(kind: name.kind))
    }
    // One panel has to stay.
    guard let first = wanted.first else { return }
    hidden = Set(panels).subtracting(wanted)
    if !wanted.contains(focus) { focus = first }
  }
}
