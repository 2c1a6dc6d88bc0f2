// The most important figures as plain lines, on a screen too small for panels: down to a single word, and to a sign where
// there is no room for that.

import TerminalUI
import Training

struct Digest: Widget {
  var state: State

  private typealias Line = [Span]

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard !area.isEmpty, let snapshot = state.focused else { return }
    let palette = context.palette
    let step = Span(snapshot.progress, style: palette[.text])
    let briefStep = Span(snapshot.step.grouped, style: palette[.text])
    let space = Span(" ", style: palette[.text])
    let phases = phases(of: snapshot, palette)
    if area.height == 1 {
      frame.write(firstFitting: [phases[0] + [space, step], phases[0] + [space, briefStep]] + phases, in: area)
      return
    }
    let (first, rest) = area.splitTop(1)
    frame.write(firstFitting: phases, in: first)
    let (told, figures) = rest.splitTop(told(rest, snapshot, palette, into: &frame))
    guard told.isEmpty || !snapshot.phase.isFailure else { return }
    var lines = [[[step], [briefStep]]]
    if let step = snapshot.readingsStep {
      lines.append(["figures of step \(step.grouped)", "of \(step.grouped)"].map { [Span($0, style: palette[.dim])] })
    }
    lines += snapshot.figures.map { figure in
      figure.forms.map { form in
        [
          Span("\(context.text(figure.label)) ", style: palette[.dim]), Span(context.text(form), style: palette[.text]),
        ]
      }
    }
    // What fits in no form is left out, and the next line has its row.
    let fitting = lines.compactMap { forms in forms.first { $0.width <= area.width } }
    for (row, line) in fitting.prefix(figures.height).enumerated() {
      frame.write(line, in: Rect(x: figures.x, y: figures.y + row, width: figures.width, height: 1))
    }
  }

  /// What the experiment does, in ever less room.
  private func phases(of snapshot: Snapshot, _ palette: Palette) -> [Line] {
    let style = palette[snapshot.activity.role]
    let name = Span(" \(snapshot.experiment.name)", style: palette[.title])
    let words = [snapshot.activity.word, snapshot.phase.word].map { Span($0, style: style) }
    return [[words[0], name], [words[1], name], [words[0]], [words[1]], [Span(snapshot.phase.sign, style: style)]]
  }

  /// Writes a failure or a notice, and returns the rows that it takes.
  private func told(_ area: Rect, _ snapshot: Snapshot, _ palette: Palette, into frame: inout Frame) -> Int {
    if case .failed(let error) = snapshot.phase {
      frame.write(paragraph: error.description, in: area, style: palette[.text])
      return area.height
    }
    guard let notice = state.notice else { return 0 }
    let rows = min(area.height, notice.text.wrapped(to: area.width).count, 2)
    frame.write(paragraph: notice.text, in: area.splitTop(rows).top, style: palette[notice.isError ? .bad : .accent])
    return rows
  }
}

extension Phase {
  /// Where there is no room for a word.
  fileprivate var sign: String {
    switch self {
    case .preparing: "·"
    case .running: "▶"
    case .paused, .resting: "‖"
    case .finished, .stopped: "■"
    case .failed: "×"
    }
  }
}
