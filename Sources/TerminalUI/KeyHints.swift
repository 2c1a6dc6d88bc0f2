// The line at the foot of the screen that says which keys do what.

/// A key and what it does now, in a word or two.
package struct KeyHint: Hashable, Sendable {
  package var key: String
  package var label: String

  package init(key: String, label: String) {
    self.key = key
    self.label = label
  }

  var width: Int { key.unicodeScalars.count + 1 + label.unicodeScalars.count }
}

package struct KeyHints: Widget {
  /// Shown from the left, as many as there is room for.
  package var hints: [KeyHint]
  /// Shown at the right before all others: how to get help and how to get out.
  package var pinned: [KeyHint]

  package init(hints: [KeyHint], pinned: [KeyHint] = []) {
    self.hints = hints
    self.pinned = pinned
  }

  /// Columns between hints; one where that keeps all of them in sight.
  private static let gap = 2

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard !area.isEmpty else { return }
    let row = area.splitTop(1).top
    var pinned = pinned
    while let first = pinned.first, Self.width(of: pinned) > row.width {
      // The last one is the most important: how to get out.
      pinned.removeFirst()
      if pinned.isEmpty, first.width <= row.width { pinned = [first] }
    }
    let pinnedWidth = Self.width(of: pinned)
    let right = row.splitLeft(row.width - pinnedWidth)
    frame.write(spans(pinned, gap: Self.gap, context.palette), in: right.rest)

    let room = right.left.width - (pinned.isEmpty ? 0 : Self.gap)
    let gap = Self.width(of: hints, gap: 1) <= room && Self.width(of: hints) > room ? 1 : Self.gap
    var shown: [KeyHint] = []
    for hint in hints where Self.width(of: shown + [hint], gap: gap) <= room { shown.append(hint) }
    frame.write(spans(shown, gap: gap, context.palette), in: right.left)
  }

  private static func width(of hints: [KeyHint], gap: Int = gap) -> Int {
    hints.reduce(0) { $0 + $1.width } + gap * max(0, hints.count - 1)
  }

  private func spans(_ hints: [KeyHint], gap: Int, _ palette: Palette) -> [Span] {
    hints.enumerated().flatMap { index, hint in
      [
        Span(index == 0 ? "" : String(repeating: " ", count: gap), style: palette[.dim]),
        Span(hint.key, style: palette[.key]),
        Span(" \(hint.label)", style: palette[.dim]),
      ]
    }
  }
}
