// What lies over everything else: a list to read, such as the help, and a question to answer.

/// Lines of two columns in a panel that can be scrolled. What is too long for its line goes on below.
package struct HelpOverlay: Widget {
  package enum Line: Hashable, Sendable {
    case blank
    case heading(String)
    /// A key, or several, with what it does.
    case entry(key: String, text: String)
  }

  package var title: String
  /// Said after the title where there is room: which key leads on.
  package var hint: String
  package var lines: [Line]
  /// The first row that is shown; one too large is taken for the largest that makes sense.
  package var offset: Int
  /// Whether it takes all of its area, however little there is to read, so that lines may come and go.
  package var fillsArea: Bool

  package init(title: String, hint: String = "", lines: [Line], offset: Int = 0, fillsArea: Bool = false) {
    self.title = title
    self.hint = hint
    self.lines = lines
    self.offset = offset
    self.fillsArea = fillsArea
  }

  /// Rows that are in sight at once.
  package func visibleRows(in area: Rect) -> Int { max(0, area.height - 2) }

  /// The largest offset that makes sense in an area: the last row is then at the bottom.
  package func largestOffset(in area: Rect) -> Int { max(0, rows(in: area).count - visibleRows(in: area)) }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let rows = rows(in: area)
    let visible = visibleRows(in: area)
    let height = fillsArea ? area.height : min(area.height, rows.count + 2)
    let box = area.centred(width: boxWidth(in: area), height: height)
    frame.fill(box, with: Cell(style: context.palette[.text]))

    let offset = min(max(0, offset), largestOffset(in: area))
    let note = rows.count <= visible ? "" : "\(offset + 1)–\(offset + visible) of \(rows.count), ↑↓ scroll"
    let headings = [(hint.isEmpty ? title : "\(title) (\(hint))", note), (title, note), (title, ""), ("", "")]
      .map { Panel(title: $0, note: $1, isFocused: true) }
    (headings.first { $0.isWhole(in: box) } ?? headings[3]).render(into: &frame, area: box, context: context)
    for (index, row) in rows.dropFirst(offset).prefix(visible).enumerated() {
      let place = Rect(x: box.x + 2, y: box.y + 1 + index, width: box.width - 4, height: 1)
      let (left, right) = place.splitLeft(row.isHeading ? place.width : keyWidth + Self.gap)
      frame.write(row.left, in: left, style: context.palette[row.isHeading ? .title : .key])
      frame.write(row.right, in: right, style: context.palette[.text])
    }
  }

  // MARK: Rows

  /// A line, or what follows of it, as it stands on the screen.
  private struct Row {
    var left = ""
    var right = ""
    var isHeading = false
  }

  private static let gap = 2

  private var keyWidth: Int { lines.map(\.keyWidth).max() ?? 0 }

  private func boxWidth(in area: Rect) -> Int {
    guard !fillsArea else { return area.width }
    let widest = lines.map { $0.keyWidth == 0 ? $0.textWidth : keyWidth + Self.gap + $0.textWidth }.max() ?? 0
    return min(area.width, max(widest + 4, title.unicodeScalars.count + hint.unicodeScalars.count + 9))
  }

  private func rows(in area: Rect) -> [Row] {
    let textWidth = boxWidth(in: area) - 4 - keyWidth - Self.gap
    return lines.flatMap { line -> [Row] in
      switch line {
      case .blank: return [Row()]
      case .heading(let text): return text.wrapped(to: boxWidth(in: area) - 4).map { Row(left: $0, isHeading: true) }
      case .entry(let key, let text):
        let pieces = text.wrapped(to: max(1, textWidth))
        return pieces.enumerated().map { Row(left: $0.offset == 0 ? key : "", right: $0.element) }
      }
    }
  }
}

extension HelpOverlay.Line {
  fileprivate var keyWidth: Int { if case .entry(let key, _) = self { key.unicodeScalars.count } else { 0 } }
  fileprivate var textWidth: Int {
    switch self {
    case .entry(_, let text), .heading(let text): text.unicodeScalars.count
    case .blank: 0
    }
  }
}

/// A question in the middle of the screen, with the keys that answer it.
package struct Dialog: Widget {
  package var question: String
  /// The question in a word, where there is no room for all of it.
  package var brief: String
  package var answers: [KeyHint]

  package init(question: String, brief: String, answers: [KeyHint]) {
    self.question = question
    self.brief = brief
    self.answers = answers
  }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let answersWidth = answers.reduce(0) { $0 + $1.width + 2 }
    let wanted = max(question.unicodeScalars.count, answersWidth) + 6
    let lines = question.wrapped(to: min(area.width, wanted) - 4)
    let box = area.centred(width: min(area.width, wanted), height: min(area.height, lines.count + 4))
    frame.fill(box, with: Cell(style: context.palette[.text]))
    let keys = answers.map(\.key).joined(separator: "/")
    guard box.height >= lines.count + 3, lines.joined(separator: " ") == question, box.width >= keys.count + 6 else {
      // No room for a border: the question still has to be answered.
      let forms = ["\(question) \(keys)", "\(brief) \(keys)", keys].map { [Span($0, style: context.palette[.title])] }
      frame.write(firstFitting: forms, in: box)
      return
    }
    Panel(title: "", isFocused: true).render(into: &frame, area: box, context: context)
    let inner = Rect(x: box.x + 2, y: box.y + 1, width: box.width - 4, height: box.height - 2)
    frame.write(
      paragraph: question, in: inner.splitTop(max(1, inner.height - 1)).top, style: context.palette[.title],
      alignment: .centre)
    KeyHints(hints: answers).render(
      into: &frame,
      area: Rect(x: inner.x, y: inner.maxY - 1, width: inner.width, height: 1)
        .centred(width: min(inner.width, answersWidth - 2), height: 1),
      context: context)
  }
}

extension Rect {
  /// An area of this size in the middle of this one; it may be larger only if it is asked for.
  package func centred(width: Int, height: Int) -> Rect {
    Rect(x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
  }
}
