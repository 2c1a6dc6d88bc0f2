// The figures of an experiment: its phase and progress, what is measured, and what that says.

import TerminalUI
import Training

struct StatusPanel: Widget {
  var snapshot: Snapshot
  var keys: KeyMap
  /// What is said of a run that rests by itself.
  var restWords = ""

  private typealias Line = [Span]

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let palette = context.palette
    let (heading, rest) = area.splitTop(1)
    frame.write(self.heading(palette, width: heading.width), in: heading)
    switch snapshot.phase {
    case .failed(let error):
      frame.write(paragraph: error.description, in: rest, style: palette[.text])
    case .preparing:
      frame.write(paragraph: "preparing \(snapshot.experiment.data)", in: rest, style: palette[.dim])
    default:
      for (row, line) in lines(context, size: rest.size).enumerated() {
        frame.write(line, in: Rect(x: rest.x, y: rest.y + row, width: rest.width, height: 1))
      }
    }
  }

  /// Whether all of a failure's message has room beneath the heading of a panel with this area.
  static func holds(message: String, in area: Rect) -> Bool {
    let inner = Panel.inner(of: area)
    return message.wrapped(to: inner.width - 2).count < inner.height
  }

  private func heading(_ palette: Palette, width: Int) -> Line {
    let activity = snapshot.activity
    var badge = palette[activity.role]
    badge.attributes.insert(.bold)
    if snapshot.phase == .preparing { return [Span(activity.word, style: badge)] }
    if snapshot.phase == .paused { badge.attributes.insert(.reverse) }
    let word = snapshot.phase == .paused ? " PAUSED " : activity.word
    let forms = [snapshot.progress, snapshot.step.grouped].map {
      [Span(word, style: badge), Span("  \($0)", style: palette[.text])]
    }
    return forms[0].width <= width ? forms[0] : forms[1]
  }

  /// Pace, of which step figures are unless it is this one, figures, verdict; as many figures as there is room for, and
  /// air between them if some is left.
  private func lines(_ context: RenderContext, size: Size) -> [Line] {
    let palette = context.palette
    let verdict = size.height > 5 ? snapshot.verdict.map { [[Span($0.text, style: palette[$0.role])]] } ?? [] : []
    let age = snapshot.figuresAge.map { [[Span($0, style: palette[.dim])]] } ?? []
    // Whose figures they are comes before how fast it goes.
    let first = age.isEmpty || size.height > 2 ? pace(palette, width: size.width) + age : age
    let room = max(0, size.height - first.count - verdict.count)
    let figures = Array(figureLines(context, size: Size(width: size.width, height: room)).prefix(room))
    let spare = room - figures.count
    let blank: [Line] = [[]]
    return first + (spare > 1 ? blank : []) + figures + (spare > 0 ? blank : []) + verdict
  }

  /// How fast it goes; while it rests, what a single step would do.
  private func pace(_ palette: Palette, width: Int) -> [Line] {
    if snapshot.phase == .resting {
      return restWords.wrapped(to: width).map { [Span($0, style: palette[.text])] }
    }
    guard snapshot.phase == .paused else {
      let (rate, growth, duration) = (snapshot.rate, "speeding up", snapshot.duration)
      let isGrowing = snapshot.phase == .running && snapshot.isAutomatic && snapshot.isHeldBack
      let forms =
        isGrowing
        ? ["\(rate), \(growth) · \(duration)", "\(rate), \(growth)", "\(growth) · \(duration)", rate]
        : ["\(rate) · \(duration)"]
      let said = forms.first { $0.unicodeScalars.count <= width } ?? forms.last ?? ""
      return [[Span(said, style: palette[.dim])]]
    }
    let move = snapshot.next
    if move.isWholeStep { return [[Span("\(keys.name(.stepHalf)) makes a whole step", style: palette[.dim])]] }
    let role: Role = move.name == "D" ? .discriminator : move.name == "G" ? .generator : .text
    return [
      [
        Span("\(keys.name(.stepHalf)) steps ", style: palette[.dim]), Span(move.name, style: palette[role]),
        Span("'s half", style: palette[.dim]),
      ]
    ]
  }

  // MARK: Figures

  /// Columns before a figure's value, and before its meaning.
  private static let valueColumn = 9
  private static let meaningColumn = 48
  /// Columns that the longest meaning takes.
  private static let meaningWidth = 64

  /// The figures, then what does not change; with their meanings where there is room to learn.
  private func figureLines(_ context: RenderContext, size: Size) -> [Line] {
    let palette = context.palette
    let figures = snapshot.figures.map { figure in
      var figure = figure
      figure.label = context.text(figure.label)
      figure.forms = figure.forms.map { context.text($0) }
      figure.meaning = context.text(figure.meaning)
      return figure
    }
    let explains = size.width >= Self.meaningColumn + Self.meaningWidth && size.height >= figures.count
    let measured = figures.flatMap { figure in
      var lines = lines(of: figure, palette, width: size.width)
      if explains { lines[0].append(meaning(of: figure, after: lines[0].width, palette)) }
      return lines
    }
    let fixed = snapshot.facts.compactMap { fact -> Line? in
      var line = line(fact.label, fact.value, palette)
      // A number is better cut than left out; words that do not fit are better not said.
      guard line.width <= size.width else { return nil }
      if explains { line.append(meaning(of: fact, after: line.width, palette)) }
      return line
    }
    return measured + fixed
  }

  /// A figure and what to compare it with: on one line if that fits, else on two.
  private func lines(of figure: FigureLine, _ palette: Palette, width: Int) -> [Line] {
    // Rather out of line with the others than without an error.
    let forms = figure.forms.enumerated().flatMap { index, form in
      [line(figure.label, form, palette)] + (index > 0 ? [line(figure.label, form, palette, isTight: true)] : [])
    }
    let said = forms.first { $0.width <= width } ?? forms.last ?? []
    guard let reference = figure.reference else { return [said] }
    let aside = Span("  (\(reference.label) = \(reference.value))", style: palette[.dim])
    if said.width + aside.width <= width { return [said + [aside]] }
    return [said, line(" " + reference.label, reference.value, palette, role: .dim)]
  }

  private func line(
    _ label: String, _ value: String, _ palette: Palette, role: Role = .text, isTight: Bool = false
  ) -> Line {
    let gap = String(repeating: " ", count: isTight ? 1 : max(1, Self.valueColumn - label.unicodeScalars.count))
    return [Span(label + gap, style: palette[.dim]), Span(value, style: palette[role])]
  }

  private func meaning(of figure: FigureLine, after width: Int, _ palette: Palette) -> Span {
    let gap = String(repeating: " ", count: max(2, Self.meaningColumn - width))
    return Span(gap + figure.meaning, style: palette[.dim])
  }
}
