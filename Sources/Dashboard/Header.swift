// The first line of the screen: the program, whether it rests, and each experiment with what it does and how far it is.

import TerminalUI
import Training

struct Header: Widget {
  var state: State

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let palette = context.palette
    guard !area.isEmpty else { return }
    // The most talkative form that fits.
    for detail in Detail.allCases {
      let spans = line(detail, palette)
      guard spans.width <= area.width || detail == .name else { continue }
      frame.write(spans, in: area)
      let theme = "\(state.theme.name) "
      if spans.width + theme.unicodeScalars.count + 3 <= area.width {
        frame.write(theme, in: area, style: palette[.dim], alignment: .right)
      }
      return
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
    if let mode {
      var style = palette[.warn]
      style.attributes.formUnion([.bold, .reverse])
      spans += [Span(" ", style: palette[.text]), Span(" \(mode) ", style: style)]
      if detail == .everything, !state.isQuitting { spans.append(Span(" Space resumes", style: palette[.dim])) }
    }
    for (index, snapshot) in state.snapshots.enumerated() {
      let isFocused = index == state.focus.experiment && state.snapshots.count > 1
      spans.append(Span(detail == .everything ? "   " : " ", style: palette[.text]))
      spans.append(Span(" \(snapshot.experiment.name) ", style: palette[isFocused ? .selection : .title]))
      spans += progress(of: snapshot, detail, palette)
    }
    return spans
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
    case .step where snapshot.phase == .running && snapshot.pace == nil || !saysPhase:
      return [Span(" \(snapshot.step.grouped)", style: palette[.dim])]
    case .step: return [phase]
    case .name: return []
    }
  }

  /// What is true of the whole program and has to be seen at once.
  private var mode: String? {
    if state.isQuitting { return "STOPPING" }
    return state.isPaused ? "PAUSED" : nil
  }
}

/// The panels by name, where only one of them is in sight.
struct Tabs: Widget {
  var state: State

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let palette = context.palette
    let spans = state.preset.kinds.flatMap { kind in
      [
        Span(" ", style: palette[.text]),
        Span(" \(kind.rawValue) ", style: palette[kind == state.focus.kind ? .selection : .dim]),
      ]
    }
    frame.write(spans, in: area)
  }
}

/// The last line: what has just happened, else the keys.
struct Footer: Widget {
  var state: State

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let palette = context.palette
    if let notice = state.notice {
      frame.write(" \(notice.text)", in: area, style: palette[notice.isError ? .bad : .accent])
      return
    }
    let actions = KeyMap.bindings.map(\.action).filter { $0 != .help && $0 != .quit }
    let hints = actions.compactMap { action in
      switch action {
      case .togglePause: KeyMap.hint(for: action, label: state.isPaused ? "resume" : nil)
      case .stepHalf: state.isPaused ? KeyMap.hint(for: action) : nil
      case .faster: state.focused?.pace == nil ? nil : KeyMap.hint(for: action)
      case .zoom: KeyMap.hint(for: action, label: state.isZoomed ? "unzoom" : nil)
      default: KeyMap.hint(for: action)
      }
    }
    let margin = Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height)
    KeyHints(hints: hints, pinned: [KeyMap.hint(for: .help), KeyMap.hint(for: .quit)].compactMap(\.self))
      .render(into: &frame, area: margin, context: context)
  }
}
