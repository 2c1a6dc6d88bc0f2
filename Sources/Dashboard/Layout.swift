// Where everything goes, for every size of the screen: from both experiments with all their panels, over one experiment,
// two panels, one panel with tabs, down to a few figures without any border. There is no size that is refused.

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
    guard screen.width >= 26, screen.height >= 8, !state.snapshots.isEmpty else {
      digest = screen
      return
    }
    let body: Rect
    (header, body) = screen.splitTop(1)
    var area: Rect
    (area, footer) = body.splitTop(body.height - 1)
    panels = Self.panels(of: state, in: area)
    if panels.count == 1, state.preset.kinds.count > 1 {
      (tabs, area) = area.splitTop(1)
      panels = Self.panels(of: state, in: area)
    }
  }

  /// The panel that lies nearest in a direction and overlaps in the other one.
  package func neighbour(of id: PanelID, _ direction: Direction) -> PanelID? {
    guard let from = panels.first(where: { $0.id == id })?.area else { return nil }
    let candidates = panels.filter { $0.id != id }.compactMap { panel -> (id: PanelID, distance: Int)? in
      let to = panel.area
      let isBeside = to.y < from.maxY && from.y < to.maxY
      let isAbove = to.x < from.maxX && from.x < to.maxX
      let distance =
        switch direction {
        case .left: isBeside ? from.x - to.maxX : -1
        case .right: isBeside ? to.x - from.maxX : -1
        case .up: isAbove ? from.y - to.maxY : -1
        case .down: isAbove ? to.y - from.maxY : -1
        }
      return distance >= 0 ? (panel.id, distance) : nil
    }
    return candidates.min { $0.distance < $1.distance }?.id
  }

  // MARK: Panels

  private static func panels(of state: State, in area: Rect) -> [Placement] {
    if state.isZoomed { return [Placement(id: state.focus, area: area)] }
    let kinds = state.preset.kinds
    if kinds.count == 1 { return gallery(of: kinds[0], state: state, in: area) }

    let count = state.snapshots.count
    let abreast = state.preset == .one || area.height < 30 ? 1 : max(1, min(count, area.width / 50))
    guard abreast > 1 else { return arrange(state.focus.experiment, focus: state.focus, in: area) }
    // Of more experiments than fit, a stretch that the focus is in.
    let first = min(max(0, state.focus.experiment - abreast + 1), count - abreast)
    let experiments = Array(first..<(first + abreast))
    return zip(experiments, columns(of: experiments, state: state, in: area)).flatMap { experiment, column in
      arrange(experiment, focus: state.focus, in: column)
    }
  }

  /// Columns of equal width, but for two: pictures come in fixed sizes, so a few columns more for them, taken from a
  /// neighbour without pictures, may make room for another one in each row.
  private static func columns(of experiments: [Int], state: State, in area: Rect) -> [Rect] {
    let count = experiments.count
    var widths = (0..<count).map { area.width * ($0 + 1) / count - area.width * $0 / count }
    if count == 2 {
      let wanted = zip(experiments, widths).map { state.snapshots[$0].samples.wantedWidth(near: $1) }
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

  /// The same panel of all experiments: beside one another, else below one another, else the focused one.
  private static func gallery(of kind: PanelID.Kind, state: State, in area: Rect) -> [Placement] {
    let count = state.snapshots.count
    func placements(_ areas: [Rect]) -> [Placement] {
      areas.enumerated().map { Placement(id: PanelID(experiment: $0.offset, kind: kind), area: $0.element) }
    }
    if area.width / count >= 40 {
      return placements(columns(of: Array(0..<count), state: state, in: area))
    }
    if area.height / count >= 8 {
      return placements(
        (0..<count).map { index in
          let (top, bottom) = (area.height * index / count, area.height * (index + 1) / count)
          return Rect(x: area.x, y: area.y + top, width: area.width, height: bottom - top)
        })
    }
    return [Placement(id: PanelID(experiment: state.focus.experiment, kind: kind), area: area)]
  }

  /// The panels of one experiment, as many as make sense in an area.
  private static func arrange(_ experiment: Int, focus: PanelID, in area: Rect) -> [Placement] {
    func place(_ kind: PanelID.Kind, _ area: Rect) -> Placement {
      Placement(id: PanelID(experiment: experiment, kind: kind), area: area)
    }
    if area.width >= 72, area.height >= 14, area.width >= 2 * area.height + 20 {
      // Wide: the samples have the left, the rest shares the right.
      let (left, right) = area.splitLeft(area.width - min(max(area.width * 2 / 5, 30), 56))
      let (top, bottom) = right.splitTop(right.height - min(right.height / 2, 12))
      return [place(.samples, left), place(.losses, top), place(.status, bottom)]
    }
    if area.width >= 50, area.height >= 22 {
      let (top, strip) = area.splitTop(area.height - min(max(area.height / 3, 11), 14))
      let (left, right) = strip.splitLeft(strip.width - min(max(strip.width * 9 / 20, 25), 40))
      return [place(.samples, top), place(.losses, left), place(.status, right)]
    }
    if area.width >= 26, area.height >= 26 {
      let (top, rest) = area.splitTop(area.height - 18)
      let (middle, bottom) = rest.splitTop(9)
      return [place(.samples, top), place(.losses, middle), place(.status, bottom)]
    }
    if area.width >= 56, area.height >= 8 {
      let (left, right) = area.splitLeft(area.width * 11 / 20)
      return [place(.samples, left), place(focus.kind == .status ? .status : .losses, right)]
    }
    return [place(focus.kind, area)]
  }
}

extension SamplesView {
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
