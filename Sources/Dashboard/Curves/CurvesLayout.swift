// Where the panels of the curves go, for every size of the screen: as many as fit beside and below one another, else a page
// of them with the focused one on it, down to a few figures as text. There is no size that is refused.

import TerminalUI

package struct CurvesLayout: Hashable, Sendable {
  package struct Placement: Hashable, Sendable {
    package var id: CurvesPanel
    package var area: Rect

    /// What is left of it for a chart, with a column of air at each side.
    var inner: Rect {
      let inner = Panel.inner(of: area)
      return Rect(x: inner.x + 1, y: inner.y, width: inner.width - 2, height: inner.height)
    }
  }

  package private(set) var header = Rect(x: 0, y: 0, width: 0, height: 0)
  /// Which run is which; empty where there is but one.
  package private(set) var legend = Rect(x: 0, y: 0, width: 0, height: 0)
  package private(set) var footer = Rect(x: 0, y: 0, width: 0, height: 0)
  package private(set) var panels: [Placement] = []
  /// Text instead of panels: figures where there is no room for more, or that there is nothing yet.
  package private(set) var text = Rect(x: 0, y: 0, width: 0, height: 0)

  /// A chart with its axes and border; legible, no more.
  private static let least = Size(width: 34, height: 8)
  /// What a chart would rather have.
  private static let comfortable = Size(width: 46, height: 11)

  package init(of state: CurvesState) {
    let screen = Rect(state.size)
    guard Layout.hasPanels(screen) else {
      text = screen
      return
    }
    var body: Rect
    (header, body) = screen.splitTop(1)
    (legend, body) = body.splitTop(state.runs.count > 1 ? 1 : 0)
    (body, footer) = body.splitTop(body.height - 1)
    guard let focus = state.focus else {
      text = body
      return
    }
    let wanted = state.isZoomed ? [focus] : state.panels
    panels = Self.page(of: wanted, with: focus, in: body)
  }

  /// The panel that lies nearest in a direction and overlaps in the other one.
  func neighbour(of id: CurvesPanel, _ direction: Direction) -> CurvesPanel? {
    guard let index = panels.firstIndex(where: { $0.id == id }) else { return nil }
    return panels[index].area.nearest(among: panels.map(\.area), direction).map { panels[$0].id }
  }

  /// Rows from which on losses and pictures have more of them than the rest.
  private static let roomy = 28
  /// Panels that are one after another worth the same.
  private static let few = 4

  private static func page(of panels: [CurvesPanel], with focus: CurvesPanel, in area: Rect) -> [Placement] {
    let leading = panels.prefix { $0.isLeading }
    let across = area.width / max(1, leading.count)
    guard panels.count > few, !leading.isEmpty, leading.count < panels.count, across >= least.width,
      area.height >= roomy
    else {
      return evenPage(of: panels, with: focus, in: area)
    }
    // What is looked at first has a row of its own; below it are as many others as are legible.
    let (top, bottom) = area.splitTop(area.height * 11 / 20)
    let most = (bottom.width / least.width) * (bottom.height / least.height)
    let below = panels.dropFirst(leading.count).prefix(most)
    guard leading.contains(focus) || below.contains(focus) else {
      return evenPage(of: Array(panels.dropFirst(leading.count + most)), with: focus, in: area)
    }
    let areas = row(of: leading.count, in: top) + grid(of: below.count, in: bottom)
    return zip(leading + below, areas).map { Placement(id: $0, area: $1) }
  }

  private static func evenPage(of panels: [CurvesPanel], with focus: CurvesPanel, in area: Rect) -> [Placement] {
    // All of them where they are legible; else as many to a page as are comfortable.
    let most = max(1, area.width / least.width) * max(1, area.height / least.height)
    let onPage =
      panels.count <= most
      ? panels.count : max(1, area.width / comfortable.width) * max(1, area.height / comfortable.height)
    let index = panels.firstIndex(of: focus) ?? 0
    let page = Array(panels.dropFirst(index / onPage * onPage).prefix(onPage))
    return zip(page, grid(of: page.count, in: area)).map { Placement(id: $0, area: $1) }
  }

  private static func row(of count: Int, in area: Rect) -> [Rect] {
    (0..<count).map { column in
      let (left, right) = (area.width * column / count, area.width * (column + 1) / count)
      return Rect(x: area.x + left, y: area.y, width: right - left, height: area.height)
    }
  }

  /// So many areas in rows, of which the last may have fewer but wider ones; charts are best three times as wide as high.
  private static func grid(of count: Int, in area: Rect) -> [Rect] {
    let choices = (1...count).filter { area.width / $0 >= least.width || $0 == 1 }
    func misfit(_ across: Int) -> Double {
      let down = (count + across - 1) / across
      let shape = Double(area.width * down) / Double(max(1, across * area.height))
      let isTooLow = area.height / down < least.height
      return abs(shape / 3.2 - 1) + (isTooLow ? 100 : 0) + Double(across * down - count) * 0.2
    }
    let across = choices.min { misfit($0) < misfit($1) } ?? 1
    let down = (count + across - 1) / across
    return (0..<count).map { index in
      let row = index / across
      let inRow = min(across, count - row * across)
      let column = index % across
      let (left, right) = (area.width * column / inRow, area.width * (column + 1) / inRow)
      let (top, bottom) = (area.height * row / down, area.height * (row + 1) / down)
      return Rect(x: area.x + left, y: area.y + top, width: right - left, height: bottom - top)
    }
  }
}
