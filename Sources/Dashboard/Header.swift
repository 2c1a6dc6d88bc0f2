// The first line of the screen: the program, whether it rests, and each experiment with what it does and how far it is.

import TerminalUI
import Training

struct Header: Widget {
  var state: State
  /// How many experiments have a panel in sight.
  var shown: Int

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let palette = context.palette
    guard !area.isEmpty else { return }
    // The most talkative form that fits, if possible with a word about what is out of sight.
    let forms = Detail.allCases.map { line($0, palette) }
    for (forms, remark) in attempts(forms) {
      let words = remark.isEmpty ? [look(context)] : ["\(remark) · \(look(context))", remark]
      let reserved = remark.isEmpty ? 0 : Self.gap + remark.unicodeScalars.count + 1
      guard let spans = forms.first(where: { $0.width + reserved <= area.width }) else { continue }
      frame.write(spans, in: area)
      if let fit = words.first(where: { spans.width + Self.gap + $0.unicodeScalars.count + 1 <= area.width }) {
        frame.write("\(fit) ", in: area, style: palette[.dim], alignment: .right)
      }
      return
    }
    frame.write(firstFitting: focusedForms(palette), in: area)
  }

  /// The forms of the line, with what there is to say of experiments that are out of sight and of the key that leads there,
  /// in the order in which they are tried: whose phase it is comes first, then that there are others.
  private func attempts(_ forms: [[Span]]) -> [([[Span]], remark: String)] {
    guard isPartial else { return [(forms, "")] }
    let (count, key) = (state.snapshots.count, state.keys.name(.nextPanel))
    let remarks = ["\(shown) of \(count) shown, \(key) leads on", "\(shown) of \(count), \(key)"]
    let (withPhase, withStep) = (Array(forms[..<2]), Array(forms[2..<3]))
    return remarks.map { (withPhase, $0) } + remarks.map { (withStep, $0) } + [(forms, "")]
  }

  /// Where not even all names fit: whether the program rests, and the name of the focused one.
  private func focusedForms(_ palette: Palette) -> [[Span]] {
    let name = state.focused.map { [Span(" \($0.experiment.name) ", style: palette[.title])] } ?? []
    let badge = badge(palette)
    return [badge + [Span(" ", style: palette[.text])] + name, badge.isEmpty ? name : badge]
  }

  /// Columns between what is on the left and what is on the right.
  private static let gap = 2

  /// Whether experiments are out of sight although nobody asked for that.
  private var isPartial: Bool {
    let wanted = Set(state.panels.map(\.experiment)).count
    return shown < wanted && !state.isZoomed && state.preset != .one
  }

  /// The theme, and what the terminal leaves of it.
  private func look(_ context: RenderContext) -> String {
    switch context.capabilities.colours {
    case .monochrome: "mono"
    case .ansi16: "\(state.theme.name) (basic colours)"
    case .indexed256, .trueColour: state.theme.name
    }
  }

  private enum Detail: CaseIterable {
    case everything, phase, step, name
  }

  private func line(_ detail: Detail, _ palette: Palette) -> [Span] {
    var spans: [Span] = []
    if detail == .everything || detail == .phase {
      var brand = palette[.accent]
      brand.attributes.insert(.bold)
      spans.append(Span(" gantui", style: brand))
    }
    spans += badge(palette)
    if let words = state.replayWords, detail == .everything || detail == .phase {
      spans.append(Span(" \(words)", style: palette[.dim]))
    } else if mode != nil, detail == .everything, !state.isQuitting {
      let place = state.focused?.placeInThePast.map { "\($0), " } ?? ""
      let verb = place.isEmpty ? "resumes" : "goes on from here"
      spans.append(Span(" \(place)\(state.keys.name(.togglePause)) \(verb)", style: palette[.dim]))
    }
    for (index, snapshot) in state.snapshots.enumerated() {
      let isFocused = index == state.focus.experiment && state.snapshots.count > 1
      spans.append(Span(detail == .everything ? "   " : " ", style: palette[.text]))
      spans.append(Span(" \(snapshot.experiment.name) ", style: palette[isFocused ? .selection : .title]))
      spans += progress(of: snapshot, detail, palette)
    }
    return spans
  }

  private func badge(_ palette: Palette) -> [Span] {
    let modes = (state.isRecording ? [("REC", Role.bad)] : []) + (mode.map { [($0, Role.warn)] } ?? [])
    return modes.flatMap { mode, role in
      var style = palette[role]
      style.attributes.formUnion([.bold, .reverse])
      return [Span(" ", style: palette[.text]), Span(" \(mode) ", style: style)]
    }
  }

  private func progress(of snapshot: Snapshot, _ detail: Detail, _ palette: Palette) -> [Span] {
    let phase = Span(" \(snapshot.activity.word)", style: palette[snapshot.activity.role])
    // That all of them rest is said once, by the badge.
    let saysPhase = snapshot.phase != .paused || !state.isPaused
    switch detail {
    case .everything:
      return (saysPhase ? [phase] : []) + [Span(" \(snapshot.progressAndRate)", style: palette[.dim])]
    case .phase:
      return (saysPhase ? [phase] : []) + [Span(" \(snapshot.step.grouped)", style: palette[.dim])]
    case .step where snapshot.phase == .running && !snapshot.isHeldBack || !saysPhase:
      return [Span(" \(snapshot.step.grouped)", style: palette[.dim])]
    case .step: return [phase]
    case .name: return snapshot.phase.isFailure ? [phase] : []
    }
  }

  /// What is true of the whole program and has to be seen at once.
  private var mode: String? {
    if let replay = state.replay { return replay.isLive ? "LIVE REPLAY" : "REPLAY" }
    if state.isQuitting { return "STOPPING" }
    guard state.isPaused else { return nil }
    return state.focused?.timeline.position == nil ? "PAUSED" : "REWOUND"
  }
}

/// The panels of an experiment by name, where they are not all in sight.
struct Tabs: Widget {
  var state: State

  private typealias Tab = (kind: PanelID.Kind, label: String)

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let palette = context.palette
    let spans = tabs(width: area.width).flatMap { tab in
      [
        Span(" ", style: palette[.text]),
        Span(context.text(tab.label), style: palette[tab.kind == state.focus.kind ? .selection : .dim]),
      ]
    }
    frame.write(spans, in: area)
  }

  /// The panel whose name stands in a column.
  func kind(at x: Int, in area: Rect) -> PanelID.Kind? {
    var column = area.x
    for tab in tabs(width: area.width) {
      column += 1
      if (column..<(column + tab.label.unicodeScalars.count)).contains(x) { return tab.kind }
      column += tab.label.unicodeScalars.count
    }
    return nil
  }

  /// One for each panel, a blank before each, with air around the names where there is room for it. Where there is none for
  /// all of them, the first ones leave until the focused one is in sight.
  private func tabs(width: Int) -> [Tab] {
    let experiment = state.snapshots[state.focus.experiment].experiment
    let tabs = state.kinds(of: state.focus.experiment).map { Tab($0, experiment.name(of: $0)) }
    func columns(_ tabs: some Sequence<Tab>) -> Int { tabs.reduce(0) { $0 + $1.label.unicodeScalars.count + 1 } }
    let spacious = tabs.map { Tab($0.kind, " \($0.label) ") }
    if columns(spacious) <= width { return spacious }
    let focus = tabs.firstIndex { $0.kind == state.focus.kind } ?? 0
    let first = (0..<focus).first { columns(tabs[$0...focus]) <= width } ?? focus
    return Array(tabs[first...])
  }
}

/// The last line: what has just happened, else the keys.
struct Footer: Widget {
  var state: State

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let palette = context.palette
    if let notice = state.notice {
      let text = area.splitLeft(1).rest
      frame.write(paragraph: notice.text, in: text, style: palette[notice.isError ? .bad : .accent])
      return
    }
    if state.showsCosts, let costs = state.costs {
      frame.write(" \(context.text(costs.text))", in: area, style: palette[.dim])
      return
    }
    let hints = hints
    let margin = Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height)
    KeyHints(hints: hints, pinned: [state.keys.hint(for: [.help]), state.keys.hint(for: [.quit])].compactMap(\.self))
      .render(into: &frame, area: margin, context: context)
  }

  /// What keys do here and now: over what lies on the screen, or in the focused panel before everywhere.
  private var hints: [KeyHint] {
    switch state.overlay {
    case .help, .guide, .log:
      return [state.keys.hint(for: [.up, .down], label: "scroll"), state.keys.hint(for: [.back], label: "close")]
        .compactMap(\.self)
    case .confirmReset: return [state.keys.hint(for: [.back], label: "no reset")].compactMap(\.self)
    case .confirmWriting: return [state.keys.hint(for: [.back], label: "do not write")].compactMap(\.self)
    case .offerRecovery: return [state.keys.hint(for: [.back], label: "no")].compactMap(\.self)
    case nil: break
    }
    let isChart = state.focus.kind.isChart
    let isRead = isChart && (state.crosshair != nil || state.isZoomed)
    let reading = isRead ? state.keys.hint(for: [.left, .right], label: "read") : nil
    let leaving = state.crosshair == nil ? nil : state.keys.hint(for: [.back], label: "leave")
    let own = state.keys.bindings.filter { isChart && $0.group == .charts }
    let others = state.keys.bindings.filter { $0.group != .charts && $0.action != .help && $0.action != .quit }
    return [reading, leaving].compactMap(\.self) + (others.prefix(1) + own + others.dropFirst()).compactMap(hint(for:))
  }

  /// The hint of a key that has one and can do something now.
  private func hint(for binding: KeyBinding) -> KeyHint? {
    let action = binding.action
    return switch action {
    case .togglePause where state.replay != nil:
      state.keys.hint(for: [action], label: state.replay?.isPlaying == true ? "pause" : "play")
    case .slower where state.replay != nil: state.keys.hint(for: [.slower, .faster], label: "speed")
    case .earlier where state.replay != nil && state.crosshair == nil:
      state.keys.hint(for: [.left, .right], label: "moment")
    case .start where state.replay != nil: state.keys.hint(for: [.start, .end], label: "ends")
    case .faster, .stepHalf, .renewNoise, .reset: state.replay == nil ? sessionHint(for: action) : nil
    case .togglePause:
      state.keys.hint(for: [action], label: state.isPaused || state.focused?.phase == .resting ? "resume" : nil)
    case .rewind: state.replay == nil ? rewindHint : nil
    // Hinted at beside the pictures that they change.
    case .nextPair, .nextPath: nil
    case .changeImages: hasPictures ? state.keys.hint(for: [action]) : nil
    case .zoom: state.keys.hint(for: [action], label: state.isZoomed ? "unzoom" : nil)
    case .longerWindow where state.chartLook.halvings == 0: nil
    case .toggleScale: state.keys.hint(for: [action], label: state.chartLook.scale == .linear ? nil : "linear")
    case .toggleFixedRange:
      state.keys.hint(for: [action], label: state.chartLook.fixedRanges == nil ? nil : "autoscale")
    default: state.keys.hint(for: [action])
    }
  }

  private var hasPictures: Bool { state.focused?.hasPictures ?? false }

  /// Only while everything rests: whoever does not know it yet should not lose the present by accident.
  private var rewindHint: KeyHint? {
    guard state.isPaused, let timeline = state.focused?.timeline, timeline.steps.count > 1 else { return nil }
    return timeline.position == nil
      ? state.keys.hint(for: [.rewind]) : state.keys.hint(for: [.rewind, .forward], label: "time")
  }

  /// Of a key that steers a training.
  private func sessionHint(for action: Action) -> KeyHint? {
    let isOfUse =
      switch action {
      case .stepHalf: state.isPaused
      case .renewNoise: hasNoise
      case .faster: state.focused.map { $0.pace != nil || $0.phase == .resting } ?? false
      default: true
      }
    return isOfUse ? state.keys.hint(for: [action]) : nil
  }

  /// Whether the focused experiment shows samples that other noise would change.
  private var hasNoise: Bool {
    switch state.focused?.samples {
    case .points, .images, .grid: true
    case .density, .path, .empty, nil: false
    }
  }
}
