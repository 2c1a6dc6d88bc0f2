// The mouse, which is only listened to when somebody wants that, since it selects text otherwise; and the clipboard.

import TerminalUI
import Training

extension State {
  /// Rows that a notch of the wheel scrolls.
  private static let notch = 3

  mutating func point(_ mouse: MouseEvent) -> [Effect] {
    switch (mouse.kind, overlay) {
    case (.wheelUp, .some(let overlay)) where overlay.scrolls: scroll(.up)
    case (.wheelDown, .some(let overlay)) where overlay.scrolls: scroll(.down)
    case (.press, .help), (.press, .guide): overlay = nil
    case (.press, .log) where logArea.contains(x: mouse.x, y: mouse.y): break
    case (.press, nil), (.press, .log): press(x: mouse.x, y: mouse.y)
    default: break
    }
    return []
  }

  private mutating func scroll(_ key: Key) {
    for _ in 0..<Self.notch { _ = press(key) }
  }

  private mutating func press(x: Int, y: Int) {
    let layout = Layout(of: self)
    if let panel = layout.panels.first(where: { $0.area.contains(x: x, y: y) }) {
      if panel.id == focus { isZoomed.toggle() } else { focus = panel.id }
    } else if layout.tabs.contains(x: x, y: y), let kind = Tabs(state: self).kind(at: x, in: layout.tabs) {
      focus.kind = kind
    }
  }

  /// The focused experiment's figures, one a line, as spreadsheets and notes take them.
  mutating func copyFigures() -> [Effect] {
    guard let snapshot = focused else { return [] }
    var rows = [("experiment", snapshot.experiment.name), ("step", "\(snapshot.step)"), ("speed", snapshot.rate)]
    for figure in snapshot.figures {
      rows.append((figure.label, figure.value))
      if let reference = figure.reference { rows.append((reference.label, reference.value)) }
    }
    notice = Notice(
      "the figures of \(snapshot.experiment.name) are copied, if your terminal lets programs copy (OSC 52)")
    return [.copy(rows.map { "\($0.0)\t\($0.1)\n" }.joined())]
  }
}

extension Overlay {
  /// Whether it is there to be read, not answered.
  fileprivate var scrolls: Bool {
    switch self {
    case .help, .guide, .log: true
    case .confirmReset, .confirmWriting, .offerRecovery: false
    }
  }
}
