// What keys do to the screen alone: which panels are in sight and have the focus, and how they look. No trainer hears of
// any of it.

import TerminalUI
import Training

extension State {
  mutating func goBack() {
    if overlay != nil {
      overlay = nil
    } else if crosshair != nil {
      crosshair = nil
    } else if isZoomed {
      isZoomed = false
    } else {
      preset = .all
      hidden = []
    }
  }

  mutating func togglePanel(number: Int) {
    let all = allPanels
    guard all.indices.contains(number - 1) else {
      notice = Notice("there is no panel \(number); there are \(all.count)")
      return
    }
    let id = all[number - 1]
    let name = name(of: id)
    guard preset.contains(id.kind) else {
      let next = "\(keys.name(.nextPreset)) leads to the next layout"
      notice = Notice("not part of the layout “\(preset.rawValue)”: \(name); \(next)")
      return
    }
    if hidden.remove(id) != nil {
      focus = id
      notice = Notice("shown again: \(name)")
    } else if panels.count > 1 {
      // Where the focus was, the next panel has it.
      if focus == id {
        moveFocus(by: 1)
        isZoomed = false
      }
      hidden.insert(id)
      let key = keys.name(ofPanel: number)
      notice = Notice("hidden: \(name), shown again by \(key), or all by \(keys.name(.back))")
    } else {
      notice = Notice("the last panel stays: \(name)")
    }
  }

  mutating func changePreset(by offset: Int) {
    // A layout without any panel is passed over.
    let kinds = allPanels.map(\.kind)
    let presets = Preset.allCases.filter { $0 == preset || kinds.contains(where: $0.contains) }
    show(presets.element(after: preset, by: offset) ?? .all)
    notice = Notice("layout: \(preset.rawValue)")
  }

  mutating func show(_ preset: Preset) {
    self.preset = preset
    hidden = []
    isZoomed = false
    if panels.isEmpty { self.preset = .all }
    keepFocus()
  }

  /// Moves the focus to a panel that there is: of the same experiment, if it has one.
  mutating func keepFocus() {
    let panels = panels
    guard !panels.contains(focus) else { return }
    focus = panels.first { $0.experiment == focus.experiment } ?? panels.first ?? focus
  }

  /// Forgets what was said of panels that there are no more, as in a replay of a run that has begun anew.
  mutating func keepPanels() {
    hidden.formIntersection(allPanels)
    if panels.isEmpty { (preset, hidden) = (.all, []) }
    keepFocus()
  }

  mutating func moveFocus(by offset: Int) {
    focus = panels.element(after: focus, by: offset) ?? focus
  }

  /// Sideways a crosshair that is in sight moves, and so it does in a zoomed chart, which has no neighbours.
  mutating func moveSideways(_ direction: Direction) {
    if crosshair != nil || isZoomed, moveCrosshair(by: direction == .left ? -1 : 1) { return }
    moveFocus(direction)
  }

  /// To the neighbour on the screen; where there is none in sight, sideways means the previous or next panel.
  mutating func moveFocus(_ direction: Direction) {
    if let neighbour = Layout(of: self).neighbour(of: focus, direction) {
      focus = neighbour
    } else if Layout(of: self).panels.count <= 1 {
      moveFocus(by: direction == .left || direction == .up ? -1 : 1)
    }
  }

  mutating func changeImagesIfThereAreAny() {
    guard snapshots.contains(where: \.hasPictures) else {
      notice = Notice("there are no pictures to draw in another way; “digits” has some")
      return
    }
    changeImages()
  }
}

extension Array where Element: Equatable {
  /// The element so many places after another one, round and round; the first where that one is not there.
  func element(after element: Element, by offset: Int) -> Element? {
    guard let index = firstIndex(of: element) else { return first }
    return self[(index + offset + count) % count]
  }
}
