// The figures of an experiment: its phase and progress, what is measured, and what that says.

import TerminalUI
import Training

struct StatusPanel: Widget {
  var snapshot: Snapshot

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard !area.isEmpty else { return }
    let palette = context.palette
    var rest = area
    func takeRow() -> Rect {
      let (row, below) = rest.splitTop(1)
      rest = below
      return row
    }
    frame.write(heading(palette, width: area.width), in: takeRow())
    if case .failed(let message) = snapshot.phase {
      frame.write(paragraph: message, in: rest, style: palette[.text])
      return
    }
    frame.write(pace(palette, width: area.width), in: takeRow())

    let figures = snapshot.figures
    if let verdict = snapshot.verdict {
      let lines = verdict.text.wrapped(to: area.width).count
      if rest.height >= lines + 3 {
        let (upper, last) = rest.splitTop(rest.height - lines)
        rest = upper
        frame.write(paragraph: verdict.text, in: last, style: palette[verdict.role])
      }
    }
    let columns = area.width >= 56 && figures.count > rest.height ? 2 : 1
    let width = (area.width - 3 * (columns - 1)) / columns
    let isSpacious = area.width >= 72 && rest.height >= figures.count
    for (index, figure) in figures.prefix(rest.height * columns).enumerated() {
      let row = Rect(
        x: rest.x + index % columns * (width + 3), y: rest.y + index / columns, width: width, height: 1)
      frame.write(spans(figure, palette, width: width, withMeaning: isSpacious), in: row)
    }
  }

  private func heading(_ palette: Palette, width: Int) -> [Span] {
    var badge = palette[snapshot.phase.role]
    badge.attributes.insert(.bold)
    if snapshot.phase == .paused { badge.attributes.insert(.reverse) }
    let word = snapshot.phase == .paused ? " PAUSED " : snapshot.phase.word
    return [Span(word, style: badge), Span("  \(snapshot.progress)", style: palette[.text])]
  }

  /// How fast it goes; while it rests, what a single step would do.
  private func pace(_ palette: Palette, width: Int) -> [Span] {
    if snapshot.phase == .paused {
      return [
        Span("s steps ", style: palette[.dim]),
        Span(snapshot.next.letter, style: palette[snapshot.next == .discriminator ? .discriminator : .generator]),
        Span("'s half", style: palette[.dim]),
      ]
    }
    return [Span("\(snapshot.rate) · \(snapshot.duration)", style: palette[.dim])]
  }

  private static let labelWidth = 9

  private func spans(_ figure: Figure, _ palette: Palette, width: Int, withMeaning: Bool) -> [Span] {
    let padding = String(repeating: " ", count: max(1, Self.labelWidth + 1 - figure.label.unicodeScalars.count))
    var spans = [
      Span(figure.label + padding, style: palette[.dim]), Span(figure.value, style: palette[.text]),
    ]
    var used = spans.reduce(0) { $0 + $1.width }
    if !figure.aside.isEmpty, used + figure.aside.unicodeScalars.count + 3 <= width {
      spans.append(Span(" (\(figure.aside))", style: palette[.dim]))
      used += figure.aside.unicodeScalars.count + 3
    }
    if withMeaning {
      let gap = String(repeating: " ", count: max(2, 42 - used))
      spans.append(Span(gap + figure.meaning, style: palette[.dim]))
    }
    return spans
  }
}
