// Where everything goes, for every size of the screen: from both experiments with all their panels, over one experiment,
// two panels, one panel with tabs, down to a few figures without any border. There is no size that is refused.

import Figures
import TerminalUI
import Training

package enum Direction: Hashable, Sendable {
  case left, down, up, right
}

package struct Layout: Hashable, Sendable {
  package struct Placement: Hashable, Sendable {
    package var id: PanelID
    package var area: Rect
  }

  /// The experiments, what they do, and how far they are; empty where there is only room for the digest.
  package private(set) var header = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The panels of the focused experiment by name, where they are not all in sight.
  package private(set) var tabs = Rect(x: 0, y: 0, width: 0, height: 0)
  package private(set) var footer = Rect(x: 0, y: 0, width: 0, height: 0)
  package private(set) var panels: [Placement] = []
  /// A few figures as text, where there is no room for a panel.
  package private(set) var digest = Rect(x: 0, y: 0, width: 0, height: 0)

  package init(of state: State) {
    let screen = Rect(state.size)
    guard Self.hasPanels(screen), !state.snapshots.isEmpty else {
      digest = screen
      return
    }
    let body: Rect
    (header, body) = screen.splitTop(1)
    var area: Rect
    (area, footer) = body.splitTop(body.height - 1)
    panels = Self.panels(of: state, in: area)
    let wanted = state.kinds(of: state.focus.experiment)
    if panels.filter({ $0.id.experiment == state.focus.experiment }).count < wanted.count, wanted.count > 1 {
      (tabs, area) = area.splitTop(1)
      panels = Self.panels(of: state, in: area)
    }
  }

  /// Where something may lie over the screen: what it says of itself, and how to leave it, stays in sight above and below.
  package static func overlay(on screen: Size) -> Rect {
    let screen = Rect(screen)
    return hasPanels(screen) ? Rect(x: 0, y: 1, width: screen.width, height: screen.height - 2) : screen
  }

  static func hasPanels(_ screen: Rect) -> Bool { screen.width >= 26 && screen.height >= 8 }

  /// The panel that lies nearest in a direction and overlaps in the other one.
  package func neighbour(of id: PanelID, _ direction: Direction) -> PanelID? {
    guard let from = panels.first(where: { $0.id == id })?.area else { return nil }
    return from.nearest(among: panels.map(\.area), direction).map { panels[$0].id }
  }

  // MARK: Panels

  private static func panels(of state: State, in area: Rect) -> [Placement] {
    if state.isZoomed { return [Placement(id: state.focus, area: area)] }
    if state.preset == .samples || state.preset == .losses { return gallery(of: state, in: area) }

    let shown = state.snapshots.indices.filter { !state.kinds(of: $0).isEmpty }
    let abreast = state.preset == .one || area.height < 30 ? 1 : columns(for: shown.count, width: area.width)
    guard abreast > 1, let place = shown.firstIndex(of: state.focus.experiment) else {
      return arrange(state.focus.experiment, of: state, in: area)
    }
    // Of more experiments than fit, a stretch that the focus is in.
    let first = min(max(0, place - abreast + 1), shown.count - abreast)
    let experiments = Array(shown[first..<(first + abreast)])
    return zip(experiments, columns(of: experiments, state: state, in: area)).flatMap { experiment, column in
      arrange(experiment, of: state, in: column)
    }
  }

  /// How many experiments stand beside one another: all of them, as long as each has the columns for its panels below one
  /// another; else as many as have room enough to be read with ease.
  private static func columns(for experiments: Int, width: Int) -> Int {
    let (ample, least) = (50, 38)
    return width / least >= experiments ? max(1, experiments) : max(1, width / ample)
  }

  /// Columns of equal width, but for two: pictures come in fixed sizes, so a few columns more for them, taken from a
  /// neighbour without pictures, may make room for another one in each row.
  private static func columns(of experiments: [Int], state: State, in area: Rect) -> [Rect] {
    let count = experiments.count
    var widths = (0..<count).map { area.width * ($0 + 1) / count - area.width * $0 / count }
    if count == 2 {
      let wanted = zip(experiments, widths).map { state.snapshots[$0].content(ofExhibit: 0).wantedWidth(near: $1) }
      let missing = [wanted[0] - widths[0], wanted[1] - widths[1]]
      if missing[0] > 0, missing[1] == 0 { widths = [wanted[0], area.width - wanted[0]] }
      if missing[1] > 0, missing[0] == 0 { widths = [area.width - wanted[1], wanted[1]] }
    }
    var rest = area
    return widths.map { width in
      let column: Rect
      (column, rest) = rest.splitLeft(width)
      return column
    }
  }

  /// The exhibits, or the charts, of all experiments: beside one another, else below one another, else in rows, else the
  /// focused one.
  private static func gallery(of state: State, in area: Rect) -> [Placement] {
    let panels = state.panels
    let count = max(1, panels.count)
    func placements(_ areas: [Rect]) -> [Placement] { zip(panels, areas).map { Placement(id: $0, area: $1) } }
    let experiments = panels.map(\.experiment)
    if area.width / count >= 40, Set(experiments).count == count {
      return placements(columns(of: experiments, state: state, in: area))
    }
    let across = area.width / count >= 40 ? count : area.height / count >= 8 ? 1 : max(1, area.width / 40)
    if area.height / ((count + across - 1) / across) >= 8 { return placements(grid(of: count, across, in: area)) }
    return [Placement(id: state.focus, area: area)]
  }

  /// So many areas, in rows of so many; those of a last row that is not full are wider.
  private static func grid(of count: Int, _ across: Int, in area: Rect) -> [Rect] {
    let rows = (count + across - 1) / across
    return (0..<count).map { index in
      let row = index / across
      let inRow = min(across, count - row * across)
      let (left, right) = (area.width * (index % across) / inRow, area.width * (index % across + 1) / inRow)
      let (top, bottom) = (area.height * row / rows, area.height * (row + 1) / rows)
      return Rect(x: area.x + left, y: area.y + top, width: right - left, height: bottom - top)
    }
  }

  /// The panels of one experiment, as many as make sense in an area. Exhibits, charts and the status have a part of it each;
  /// what has no room in its part is reached by its tab.
  private static func arrange(_ experiment: Int, of state: State, in area: Rect) -> [Placement] {
    let kinds = state.kinds(of: experiment)
    let parts = [kinds.filter(\.isExhibit), kinds.filter(\.isChart), kinds.filter { $0 == .status }]
      .filter { !$0.isEmpty }
    // Where they are not all in sight: the part with the focused one, or the first.
    let front = parts.firstIndex { $0.contains(state.focus.kind) } ?? 0
    let areas: [(part: Int, area: Rect)]
    switch parts.count {
    case 0: return [Placement(id: PanelID(experiment: experiment, kind: .status), area: area)]
    case 3: areas = arrangeAll(front: front, in: area)
    case 2:
      let halves = halves(of: area, isTextBeside: parts[1] == [.status])
      areas = halves.isEmpty ? [(front, area)] : [(0, halves[0]), (1, halves[1])]
    default: areas = [(front, area)]
    }
    return areas.flatMap { place in
      share(place.area, among: parts[place.part], focus: state.focus.kind).map {
        Placement(id: PanelID(experiment: experiment, kind: $0), area: $1)
      }
    }
  }

  /// As many panels of a sort as can be read in an area, the focused one among them; the first one in any case.
  private static func share(_ area: Rect, among kinds: [PanelID.Kind], focus: PanelID.Kind) -> [(PanelID.Kind, Rect)] {
    let least = kinds[0].isExhibit ? Size(width: 30, height: 12) : Size(width: 28, height: 10)
    for count in stride(from: kinds.count, to: 1, by: -1) {
      // Curves and pictures in rows are wider than high: below one another where there is a choice.
      let across = (1...count).first { across in
        area.width / across >= least.width && area.height / ((count + across - 1) / across) >= least.height
      }
      guard let across else { continue }
      let first = max(0, (kinds.firstIndex(of: focus) ?? 0) - count + 1)
      return Array(zip(kinds[first..<first + count], grid(of: count, across, in: area)))
    }
    return [(kinds.first { $0 == focus } ?? kinds[0], area)]
  }

  /// Places for exhibits, charts and status: 0, 1 and 2.
  private static func arrangeAll(front: Int, in area: Rect) -> [(part: Int, area: Rect)] {
    if area.width >= 72, area.height >= 14, area.width >= 2 * area.height + 20 {
      // Wide: the exhibits have the left, the rest shares the right.
      let (left, right) = area.splitLeft(area.width - min(max(area.width * 2 / 5, 30), 56))
      let (top, bottom) = right.splitTop(right.height - min(right.height / 2, 12))
      return [(0, left), (1, top), (2, bottom)]
    }
    if area.width >= 50, area.height >= 22 {
      let (top, strip) = area.splitTop(area.height - min(max(area.height / 3, 11), max(14, area.height / 4)))
      let (left, right) = strip.splitLeft(strip.width - min(max(strip.width * 9 / 20, 25), 40))
      return [(0, top), (1, left), (2, right)]
    }
    if area.width >= 26, area.height >= 26 {
      let (top, rest) = area.splitTop(area.height - 18)
      let (middle, bottom) = rest.splitTop(9)
      return [(0, top), (1, middle), (2, bottom)]
    }
    if area.width >= 56, area.height >= 8 {
      let (left, right) = area.splitLeft(area.width * 11 / 20)
      return [(0, left), (front == 2 ? 2 : 1, right)]
    }
    return [(front, area)]
  }

  /// Two areas, beside or below one another, the first a little larger; none where neither makes sense. Text has no use
  /// for more columns than its lines are long.
  private static func halves(of area: Rect, isTextBeside: Bool) -> [Rect] {
    if area.width >= 56, area.height >= 8, area.width >= 2 * area.height {
      let width = area.width * 9 / 20
      let (left, right) = area.splitLeft(area.width - (isTextBeside ? min(width, 40) : width))
      return [left, right]
    }
    if area.width >= 26, area.height >= 18 {
      let height = area.height * 9 / 20
      let (top, bottom) = area.splitTop(area.height - (isTextBeside ? min(height, 14) : height))
      return [top, bottom]
    }
    return []
  }
}

extension Exhibit.Content {
  /// The width of a panel, a little more than `width` at the most, that wastes no column; `width` itself for samples
  /// that come in any size.
  fileprivate func wantedWidth(near width: Int) -> Int {
    guard case .images(let images) = self else { return width }
    // Pictures at their least size and a column apart, within a border of one column at each side.
    let pitch = ImageGrid.leastColumns(of: Size(width: images.width, height: images.height)) + 1
    let count = (width + pitch / 4) / pitch
    return max(width, count * pitch + 1)
  }
}

extension Rect {
  /// Of several areas the nearest one in a direction that overlaps this one in the other.
  func nearest(among areas: [Rect], _ direction: Direction) -> Int? {
    let distances = areas.enumerated().compactMap { index, to -> (index: Int, distance: Int)? in
      guard to != self else { return nil }
      let isBeside = to.y < maxY && y < to.maxY
      let isAbove = to.x < maxX && x < to.maxX
      let distance =
        switch direction {
        case .left: isBeside ? x - to.maxX : -1
        case .right: isBeside ? to.x - maxX : -1
        case .up: isAbove ? y - to.maxY : -1
        case .down: isAbove ? to.y - maxY : -1
        }
      return distance >= 0 ? (index, distance) : nil
    }
    return distances.min { $0.distance < $1.distance }?.index
  }
}
