// What lies over everything else: a list to read, such as the help, and a question to answer.

/// Lines of two columns in a panel that can be scrolled.
package struct HelpOverlay: Widget {
  /// A heading, or a key with what it does.
  package enum Line: Hashable, Sendable {
    case heading(String)
    case entry(key: String, text: String)
    case blank
  }

  package var title: String
  package var lines: [Line]
  /// The first line that is shown; one too large is taken for the largest that makes sense.
  package var offset: Int

  package init(title: String, lines: [Line], offset: Int) {
    self.title = title
    self.lines = lines
    self.offset = offset
  }

  /// The largest offset that makes sense in an area: the last line is then at the bottom.
  package static func largestOffset(lines: Int, in area: Rect) -> Int { max(0, lines - visibleRows(in: area)) }

  private static func visibleRows(in area: Rect) -> Int { max(0, area.height - 2) }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let keyWidth = lines.map(\.keyWidth).max() ?? 0
    let textWidth = lines.map(\.textWidth).max() ?? 0
    let width = min(area.width, max(keyWidth + 2 + textWidth + 4, title.unicodeScalars.count + 6))
    let height = min(area.height, lines.count + 2)
    let box = area.centred(width: width, height: height)
    frame.fill(box, with: Cell(style: context.palette[.text]))

    let last = Self.largestOffset(lines: lines.count, in: area)
    let offset = min(max(0, offset), last)
    let note = last == 0 ? "" : "\(offset + 1)–\(offset + Self.visibleRows(in: area)) of \(lines.count), ↑↓ scroll"
    Panel(title: title, note: note, isFocused: true).render(into: &frame, area: box, context: context)

    var rows = Rect(x: box.x + 2, y: box.y + 1, width: box.width - 4, height: box.height - 2)
    for line in lines.dropFirst(offset).prefix(rows.height) {
      let (row, rest) = rows.splitTop(1)
      rows = rest
      switch line {
      case .blank: break
      case .heading(let text): frame.write(text, in: row, style: context.palette[.title])
      case .entry(let key, let text):
        let columns = row.splitLeft(keyWidth + 2)
        frame.write(key, in: columns.left.splitLeft(keyWidth).left, style: context.palette[.key])
        frame.write(text, in: columns.rest, style: context.palette[.text])
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
  package var answers: [KeyHint]

  package init(question: String, answers: [KeyHint]) {
    self.question = question
    self.answers = answers
  }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    let answersWidth = answers.reduce(0) { $0 + $1.width + 2 }
    let wanted = max(question.unicodeScalars.count, answersWidth) + 6
    let lines = question.wrapped(to: min(area.width, wanted) - 4)
    let box = area.centred(width: min(area.width, wanted), height: min(area.height, lines.count + 4))
    frame.fill(box, with: Cell(style: context.palette[.text]))
    guard box.height >= 4, box.width >= 8 else {
      // No room for a border: the question still has to be answered.
      frame.write("\(question) \(answers.map(\.key).joined(separator: "/"))", in: box, style: context.palette[.title])
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
