// From state to frame. The terminal, `gantui screenshot` and the tests all see what this function draws.

import TerminalUI
import Training

extension State {
  package func frame(in context: RenderContext) -> Frame {
    let context = RenderContext(palette: context.palette, capabilities: context.capabilities, images: imageMode)
    var frame = Frame(size: size, filledWith: Cell(style: context.palette[.background]))
    let layout = Layout(of: self)
    Header(state: self, shown: Set(layout.panels.map(\.id.experiment)).count).render(
      into: &frame, area: layout.header, context: context)
    if !layout.tabs.isEmpty { Tabs(state: self).render(into: &frame, area: layout.tabs, context: context) }
    for panel in layout.panels { draw(panel, of: layout, into: &frame, context: context) }
    if !layout.footer.isEmpty { Footer(state: self).render(into: &frame, area: layout.footer, context: context) }
    Digest(state: self).render(into: &frame, area: layout.digest, context: context)
    draw(overlay, into: &frame, context: context)
    // The widgets choose good characters themselves; this catches what comes from outside.
    if context.capabilities.glyphs == .ascii { frame.foldToASCII() }
    return frame
  }

  private func draw(
    _ panel: Layout.Placement, of layout: Layout, into frame: inout Frame, context: RenderContext
  ) {
    guard snapshots.indices.contains(panel.id.experiment) else { return }
    let snapshot = snapshots[panel.id.experiment]
    let forms = [keys.name(ofPanel: number(of: panel.id)), ""].flatMap { key in
      headings(of: panel.id, snapshot, context.images, in: layout).map {
        Panel(key: key, title: $0.title, note: $0.note, isFocused: panel.id == focus)
      }
    }
    (forms.first { $0.isWhole(in: panel.area) } ?? forms.last)?
      .render(into: &frame, area: panel.area, context: context)
    var inner = Panel.inner(of: panel.area)
    if case .failed(let error) = snapshot.phase, tellsFailure(panel, error.description, of: layout) {
      let message = error.description
      let rows = min(inner.height, message.wrapped(to: inner.width).count)
      let text: Rect
      (inner, text) = inner.splitTop(inner.height - rows)
      frame.write(paragraph: message, in: text, style: context.palette[.bad])
    }
    let aired = Screen.aired(inner)
    switch panel.id.kind {
    case .exhibit(let index):
      SamplesPanel(
        snapshot: snapshot, content: snapshot.content(ofExhibit: index), keys: keys, isZoomed: isZoomed
      ).render(into: &frame, area: inner, context: context)
    case .chart(let index):
      ChartPanel(figures: FigureChart(of: self, panel.id, chart: index))
        .render(into: &frame, area: aired, context: context)
    case .status:
      StatusPanel(snapshot: snapshot, keys: keys, restWords: restWords(of: panel.id.experiment))
        .render(into: &frame, area: aired, context: context)
    }
  }

  /// Whether a panel has to say, beneath what it shows, why its experiment failed: the first one in sight, where
  /// neither the status nor the place of the samples has the whole message.
  private func tellsFailure(_ panel: Layout.Placement, _ message: String, of layout: Layout) -> Bool {
    let panels = layout.panels.filter { $0.id.experiment == panel.id.experiment }
    let isTold = panels.contains { other in
      switch other.id.kind {
      case .exhibit(let index): snapshots[other.id.experiment].content(ofExhibit: index) == .empty
      case .status: StatusPanel.holds(message: message, in: other.area)
      case .chart: false
      }
    }
    return !isTold && panel == panels.first
  }

  /// What a panel is called, in full and then in fewer words. What it shows comes before whose it is: that the panels
  /// around it say as well.
  private func headings(
    of id: PanelID, _ snapshot: Snapshot, _ images: ImageMode, in layout: Layout
  ) -> [(title: String, note: String)] {
    let (experiment, name) = (snapshot.experiment, snapshot.experiment.name)
    let departures = tellsRules(id, of: layout) ? experiment.departures : []
    switch id.kind {
    case .exhibit(let index):
      let exhibit = experiment.exhibits[index]
      let title = index == 0 ? "\(name): \(experiment.title)" : "\(name): \(exhibit.title)"
      let titles = [title, "\(name): \(exhibit.key)", exhibit.key]
      guard case .images = snapshot.content(ofExhibit: index) else {
        // Pictures have a label of their own for this.
        let age = snapshot.samplesStep.map { "step \($0.grouped)" } ?? ""
        let notes = (departures.isEmpty ? [""] : departures).map { [$0, age].joinedByDots }
        let whole = index == 0 ? [departures.first ?? "", experiment.knownData, age].joinedByDots : notes[0]
        return titles.prefix(age.isEmpty ? 1 : 2).map { ($0, whole) } + notes.map { (title, $0) }
          + titles.dropFirst().flatMap { title in notes.map { (title, $0) } }
          + (index == 0 ? [(notes.last ?? "", "")] : [])
      }
      // Which pictures they are is always said: nobody tells MNIST from the built-in digits by eye.
      let mode = imageMode == nil ? "" : images.name
      let notes = experiment.dataForms.map { [mode, departures.first ?? "", $0].joinedByDots }
      let brief = [mode, departures.last ?? "", experiment.dataForms.last ?? ""].joinedByDots
      let briefest = [departures.last ?? "", mode].joinedByDots
      return titles.flatMap { title in (notes + [brief]).map { (title, $0) } }
        + [(exhibit.key, briefest), (briefest.isEmpty ? exhibit.key : briefest, "")]
    case .chart(let index):
      let rules = snapshot.branchWords.map { ([$0] + departures.prefix(1)).joined(separator: ", ") }
      let usual = index == 0 ? [experiment.loss, experiment.updates].filter { !$0.isEmpty } : []
      let notes = [rules ?? usual.joined(separator: ", ")] + (departures.isEmpty ? [""] : departures)
      let (look, brief) = (chartLook.remarks.joined(separator: " · "), chartLook.briefRemarks)
      let chart = experiment.name(of: id.kind)
      let titles = ["\(name): \(chart)", chart]
      let briefest = [departures.last ?? "", brief].filter { !$0.isEmpty }.joined(separator: " ")
      return titles.flatMap { title in notes.map { (title, [look, $0].joinedByDots) } }
        + [(chart, briefest), (briefest.isEmpty ? chart : briefest, "")]
    case .status:
      let seed = "seed \(experiment.seed)"
      let notes = departures.map { [$0, seed].joinedByDots } + (departures.isEmpty ? [seed] : departures)
      return [("\(name): status", notes[0])] + notes.map { ("status", $0) } + [(departures.last ?? "status", "")]
    }
  }

  /// Whether a panel says by which rules its experiment is played, where these are not its own: the first chart, or else
  /// the first one in sight.
  private func tellsRules(_ id: PanelID, of layout: Layout) -> Bool {
    let panels = layout.panels.map(\.id).filter { $0.experiment == id.experiment }
    return id == panels.first { $0.kind.isChart } ?? panels.first
  }

  private func draw(_ overlay: Overlay?, into frame: inout Frame, context: RenderContext) {
    switch overlay {
    case .help(let offset):
      var help = keys.help
      help.offset = offset
      help.render(into: &frame, area: Layout.overlay(on: size), context: context)
    case .guide(let offset):
      var guide = Guide.help(keys, of: focused)
      guide.offset = offset
      guide.lines = guide.lines.map { line in
        guard case .entry(let key, let text) = line else { return line }
        return .entry(key: context.text(key), text: context.text(text))
      }
      guide.render(into: &frame, area: Layout.overlay(on: size), context: context)
    case .confirmReset:
      let name = focused?.experiment.name ?? ""
      let all = snapshots.count > 1 ? [KeyHint(key: "a", label: "all experiments")] : []
      Dialog(
        question: "Reset \(name) to step 0?", brief: "Reset?",
        answers: [KeyHint(key: "y", label: "yes")] + all + [KeyHint(key: "n", label: "no")]
      ).render(into: &frame, area: Layout.overlay(on: size), context: context)
    case .confirmWriting:
      Dialog.writing(to: settingsPath).render(into: &frame, area: Layout.overlay(on: size), context: context)
    case .offerRecovery(let experiment):
      recoveryDialog(of: experiment)?.render(into: &frame, area: Layout.overlay(on: size), context: context)
    case .log(let distance):
      var log = logPane
      log.offset = log.largestOffset(in: logArea) - distance
      log.render(into: &frame, area: logArea, context: context)
    case nil: break
    }
  }
}

extension ExperimentSummary {
  /// What its data are called, in ever fewer words: `MNIST at /data/mnist`, `MNIST`; `20000 built-in digits`, `built-in`.
  fileprivate var dataForms: [String] {
    let name = data.split(separator: " ").prefix { $0 != "at" }.joined(separator: " ")
    let uncounted = name.split(separator: " ").drop { Int($0) != nil }
    let forms = [data, name, uncounted.joined(separator: " ")]
    return forms + (uncounted.first == "built-in" ? ["built-in"] : [])
  }
}

extension [String] {
  /// What there is to say of several things, beside one another.
  fileprivate var joinedByDots: String { filter { !$0.isEmpty }.joined(separator: " · ") }
}

/// Where things are within the parts of the layout.
enum Screen {
  /// What is left of a panel for a chart or for text.
  static func inner(of panel: Layout.Placement) -> Rect { aired(Panel.inner(of: panel.area)) }

  /// A column of air at each side.
  fileprivate static func aired(_ area: Rect) -> Rect {
    Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height)
  }
}
