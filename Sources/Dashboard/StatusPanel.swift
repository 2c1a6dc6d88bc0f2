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
    frame.write(heading(palette), in: takeRow())
    if case .failed(let message) = snapshot.phase {
      frame.write(paragraph: message, in: rest, style: palette[.text])
      return
    }
    if snapshot.phase == .preparing {
      frame.write(paragraph: "preparing \(snapshot.experiment.data)", in: rest, style: palette[.dim])
      return
    }
    frame.write(pace(palette), in: takeRow())
    let verdict = snapshot.verdict.map { [Span($0.text, style: palette[$0.role])] }
    let room = rest.height - (verdict != nil && rest.height > 4 ? 1 : 0)
    var rows = Array(rows(palette, area: Size(width: rest.width, height: room)).prefix(room))
    // What the figures say stands apart from them, where there is a row for that.
    if let verdict, room < rest.height { rows += (rows.count + 1 < rest.height ? [[]] : []) + [verdict] }
    if rows.count < rest.height - 2 { rest = rest.splitTop(1).rest }
    for (index, row) in rows.enumerated() {
      frame.write(row, in: Rect(x: rest.x, y: rest.y + index, width: rest.width, height: 1))
    }
  }

  private static let labelWidth = 8
  /// Columns before a figure's meaning.
  private static let meaningColumn = 46

  /// The figures, and where rows are left, what does not change.
  private func rows(_ palette: Palette, area: Size) -> [[Span]] {
    func row(_ label: String, _ value: String, isReference: Bool = false) -> [Span] {
      let padding = String(repeating: " ", count: max(1, Self.labelWidth + 1 - label.unicodeScalars.count))
      return [
        Span(label + padding, style: palette[.dim]), Span(value, style: palette[isReference ? .dim : .text]),
      ]
    }
    func width(_ row: [Span]) -> Int { row.reduce(0) { $0 + $1.width } }
    let figures = snapshot.figures
    let explains = area.width >= Self.meaningColumn + 60 && area.height >= figures.count
    var rows: [[Span]] = []
    for figure in figures + snapshot.facts {
      var line = row(figure.label, figure.value)
      var below: [Span]?
      if let reference = figure.reference {
        let aside = Span("  \(reference.label) \(reference.value)", style: palette[.dim])
        if width(line) + aside.width <= area.width {
          line.append(aside)
        } else {
          below = row(" " + reference.label, reference.value, isReference: true)
        }
      }
      if explains {
        let gap = String(repeating: " ", count: max(2, Self.meaningColumn - width(line)))
        line.append(Span(gap + figure.meaning, style: palette[.dim]))
      }
      // A number may be cut, since it is the point; a fact that does not fit is better not said.
      if figures.contains(figure) || width(line) <= area.width { rows.append(line) }
      if let below { rows.append(below) }
    }
    return rows
  }

  private func heading(_ palette: Palette) -> [Span] {
    var badge = palette[snapshot.phase.role]
    badge.attributes.insert(.bold)
    if snapshot.phase == .paused { badge.attributes.insert(.reverse) }
    let word = snapshot.phase == .paused ? " PAUSED " : snapshot.phase.word
    let hasSteps = snapshot.phase != .preparing
    return [Span(word, style: badge)] + (hasSteps ? [Span("  \(snapshot.progress)", style: palette[.text])] : [])
  }

  /// How fast it goes; while it rests, what a single step would do.
  private func pace(_ palette: Palette) -> [Span] {
    if snapshot.phase == .paused {
      return [
        Span("s steps ", style: palette[.dim]),
        Span(snapshot.next.letter, style: palette[snapshot.next == .discriminator ? .discriminator : .generator]),
        Span("'s half", style: palette[.dim]),
      ]
    }
    return [Span("\(snapshot.rate) · \(snapshot.duration)", style: palette[.dim])]
  }
}
