// From the state of the curves to a frame. The terminal, files and tests all see what this draws.

import TerminalUI

extension CurvesState: DashboardState {
  package func frame(in context: RenderContext) -> Frame {
    let context = RenderContext(palette: context.palette, capabilities: context.capabilities, images: imageMode)
    var frame = Frame(size: size, filledWith: Cell(style: context.palette[.background]))
    let layout = CurvesLayout(of: self)
    drawHeader(layout, into: &frame, context: context)
    drawLegend(into: &frame, area: layout.legend, context: context)
    for panel in layout.panels { draw(panel, into: &frame, context: context) }
    drawText(into: &frame, area: layout.text, hasFrame: !layout.header.isEmpty, context: context)
    drawFooter(into: &frame, area: layout.footer, context: context)
    drawOverlay(into: &frame, context: context)
    if context.capabilities.glyphs == .ascii { frame.foldToASCII() }
    return frame
  }

  package var title: String { "gantui: \(subject.harmlessLine)" }

  /// `gantui-curves-12000`
  package var fileName: String? {
    runs.compactMap(\.step).max().map { "gantui-curves-\(Int(exactly: $0.rounded()) ?? 0)" }
  }

  // MARK: Around the panels

  /// Columns that what is watched is never shortened to less than.
  private static let leastSubject = 16
  /// Columns that a remark at the right takes: `12 of 500 panels`.
  private static let remarkRoom = 22

  /// What is watched, and how far it is; at the right what of it is in sight.
  private func drawHeader(_ layout: CurvesLayout, into frame: inout Frame, context: RenderContext) {
    guard !layout.header.isEmpty else { return }
    let palette = context.palette
    var brand = palette[.accent]
    brand.attributes.insert(.bold)
    var spans = [Span(" gantui ", style: brand)]
    if isRecording {
      var style = palette[.bad]
      style.attributes.formUnion([.bold, .reverse])
      spans += [Span(" REC ", style: style), Span(" ", style: palette[.text])]
    }
    let step = runs.compactMap(\.step).max().map { " step \(NumberLabel.step($0))" } ?? ""
    let progress = Span(step + (runs.count > 1 ? " · \(runs.count) runs" : ""), style: palette[.dim])
    func named(_ width: Int) -> [Span] {
      spans + [Span(" \(context.text(subject, width: width)) ", style: palette[.title])]
    }
    // Of long paths, as much as leaves room for how far it is.
    let room = max(Self.leastSubject, layout.header.width - spans.width - progress.width - Self.remarkRoom)
    let forms = [named(room) + [progress], named(Self.leastSubject), Array(named(Self.leastSubject).dropFirst())]
    let hidden = panels.count - layout.panels.count
    let remark = hidden > 0 && !isZoomed ? "\(layout.panels.count) of \(panels.count) panels" : ""
    for remark in [remark, ""] {
      let reserved = remark.isEmpty ? 0 : remark.unicodeScalars.count + 3
      guard let form = forms.first(where: { $0.width + reserved <= layout.header.width }) else { continue }
      frame.write(form, in: layout.header)
      frame.write("\(context.text(remark)) ", in: layout.header, style: palette[.dim], alignment: .right)
      return
    }
    frame.write(forms[2], in: layout.header)
  }

  /// Each run's letter with its name, in its colour: whole names, else the ends of them, else as many as there is room for.
  private func drawLegend(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard !area.isEmpty, !runs.isEmpty else { return }
    func entry(_ index: Int, _ name: String) -> [Span] {
      let look = RunLook(of: index)
      var letter = context.palette[look.role]
      letter.attributes.insert(.bold)
      return [Span(" \(look.letter)", style: letter), Span(" \(name) ", style: context.palette[.text])]
    }
    let names = runs.map { context.text($0.name) }
    let room = max(3, area.width / runs.count - 4)
    let short = names.map { $0.unicodeScalars.count <= room ? $0 : context.text("…") + $0.suffix(room - 1) }
    for names in [names, short] {
      let spans = names.enumerated().flatMap { entry($0.offset, $0.element) }
      if spans.width <= area.width {
        frame.write(spans, in: area)
        return
      }
    }
    var spans: [Span] = []
    for (index, name) in short.enumerated() {
      let next = spans + entry(index, name)
      guard next.width + 9 <= area.width else { break }
      spans = next
    }
    let rest = runs.count - spans.count / 2
    frame.write(spans + [Span(" and \(rest)", style: context.palette[.dim])], in: area)
  }

  private func drawFooter(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard !area.isEmpty else { return }
    let palette = context.palette
    if let notice {
      frame.write(
        paragraph: notice.text, in: area.splitLeft(1).rest, style: palette[notice.isError ? .bad : .accent])
    } else if showsCosts, let costs {
      frame.write(" \(context.text(costs.text))", in: area, style: palette[.dim])
    } else {
      let margin = Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height)
      KeyHints(hints: hints, pinned: [keys.hint(for: [.help]), keys.hint(for: [.quit])].compactMap(\.self))
        .render(into: &frame, area: margin, context: context)
    }
  }

  /// What keys do here and now.
  private var hints: [KeyHint] {
    switch overlay {
    case .confirmWriting: return [keys.hint(for: [.back], label: "do not write")].compactMap(\.self)
    case .help, .log, .guide, .confirmReset, .offerRecovery:
      return [keys.hint(for: [.up, .down], label: "scroll"), keys.hint(for: [.back], label: "close")].compactMap(\.self)
    case nil: break
    }
    let isChart = focus?.kind == .figure
    let reading =
      isChart && (crosshair != nil || isZoomed) ? keys.hint(for: [.left, .right], label: "read") : nil
    let leaving = crosshair == nil ? nil : keys.hint(for: [.back], label: "leave")
    let others = keys.bindings.filter { $0.action != .help && $0.action != .quit }.compactMap { binding -> KeyHint? in
      switch binding.action {
      case .zoom: keys.hint(for: [.zoom], label: isZoomed ? "unzoom" : nil)
      case .longerWindow where look.halvings == 0: nil
      case .toggleScale: keys.hint(for: [.toggleScale], label: look.scale == .linear ? nil : "linear")
      case .toggleFixedRange: keys.hint(for: [.toggleFixedRange], label: look.fixedRanges == nil ? nil : "autoscale")
      default: keys.hint(for: [binding.action])
      }
    }
    return [reading, leaving].compactMap(\.self) + others
  }

  // MARK: Panels

  private func draw(_ panel: CurvesLayout.Placement, into frame: inout Frame, context: RenderContext) {
    let tag = context.text(panel.id.name)
    let note = panel.id.kind == .figure ? look.remarks.joined(separator: " · ") : ""
    let isFocused = panel.id == focus
    let forms = [note, ""].map { Panel(title: tag, note: $0, isFocused: isFocused) }
    (forms.first { $0.isWhole(in: panel.area) } ?? forms[1]).render(into: &frame, area: panel.area, context: context)
    switch panel.id.kind {
    case .figure:
      CurvesChart(of: self, tag: panel.id.tag).chart.render(into: &frame, area: panel.inner, context: context)
    case .picture:
      RunPictures(
        samples: runs(in: panel.id).compactMap { index in
          runs[index].samples[panel.id.tag].map { (index, $0) }
        }, isAlone: runs.count == 1
      ).render(into: &frame, area: panel.inner, context: context)
    }
  }

  /// What is waited for while there is nothing to be seen.
  private var waiting: String {
    guard missing.isEmpty else {
      return "waiting for \(missing.joined(separator: " and ")): there is no such file or folder yet"
    }
    return "no files of figures yet: \(subject). Waiting for event files of TensorBoard, .ndjson and .jsonl"
  }

  /// What there is to say where there are no panels: the latest figures, or that there are none yet.
  private func drawText(into frame: inout Frame, area: Rect, hasFrame: Bool, context: RenderContext) {
    guard !area.isEmpty else { return }
    let palette = context.palette
    guard !panels.isEmpty else {
      let text = runs.isEmpty ? waiting : "no figures yet: \(subject)"
      let lines = context.text(text).wrapped(to: area.width - 2)
      let box = area.centred(width: area.width - 2, height: min(area.height, max(1, lines.count)))
      frame.write(paragraph: context.text(text), in: box, style: palette[.dim], alignment: .centre)
      return
    }
    let lines = panels.filter { $0.kind == .figure }.flatMap { panel in
      runs(in: panel).map { index -> [[Span]] in
        let value = runs[index].figures[panel.tag]?.latest ?? .nan
        let name = runs.count > 1 ? "\(RunLook(of: index).letter) " : ""
        let number = Span(NumberLabel.short(value), style: palette[RunLook(of: index).role])
        let tag = panel.name.split(separator: "/").last.map(String.init) ?? panel.name
        return [
          [Span("\(name)\(context.text(panel.name)) ", style: palette[.dim]), number],
          [Span("\(name)\(context.text(tag)) ", style: palette[.dim]), number], [number],
        ]
      }
    }
    for (row, forms) in lines.prefix(area.height).enumerated() {
      frame.write(firstFitting: forms, in: Rect(x: area.x, y: area.y + row, width: area.width, height: 1))
    }
  }

  private func drawOverlay(into frame: inout Frame, context: RenderContext) {
    switch overlay {
    case .help(let offset):
      var help = help
      help.offset = offset
      help.render(into: &frame, area: Layout.overlay(on: size), context: context)
    case .log(let distance):
      let area = EventLog.area(on: size)
      var log = logPane
      log.offset = log.largestOffset(in: area) - distance
      log.render(into: &frame, area: area, context: context)
    case .confirmWriting:
      Dialog.writing(to: settingsPath).render(into: &frame, area: Layout.overlay(on: size), context: context)
    case .guide, .confirmReset, .offerRecovery, nil: break
    }
  }

  var logPane: HelpOverlay { log.pane(keys) }
}
