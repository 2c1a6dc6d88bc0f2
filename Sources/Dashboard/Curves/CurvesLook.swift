// How curves are looked at, and the keys that change it: the same as those of the loss chart.

import TerminalUI
import Training

package struct CurvesLook: Hashable, Sendable {
  /// The charts show the latest 1/2ⁿ of the steps; 0 for all.
  package var halvings = 0
  package var scale = Axis.Scale.linear
  /// An index into `Smoother.horizons`; `nil` for the means of what was written.
  package var smoothing: Int?
  /// While the scales are fixed: what they cover, by tag.
  package var fixedRanges: [String: ClosedRange<Double>]?

  /// Shorter windows than this show nothing but lines from point to point.
  static let mostHalvings = 20

  package init() {}

  func window(of steps: ClosedRange<Double>) -> ClosedRange<Double> {
    // Each bound by itself, because their distance may be more than the greatest number.
    let share = 1 / Double(1 << halvings)
    return min(steps.upperBound * (1 - share) + steps.lowerBound * share, steps.upperBound)...steps.upperBound
  }

  /// What differs from the plain look, for a panel's heading.
  var remarks: [String] {
    var remarks: [String] = []
    if halvings > 0 { remarks.append("last 1/\(1 << halvings)") }
    if scale == .logarithmic { remarks.append("log") }
    if fixedRanges != nil { remarks.append("fixed") }
    if let smoothing { remarks.append("smoothed \(Smoother.horizons[smoothing].grouped)") }
    return remarks
  }
}

extension CurvesState {
  mutating func changeWindow(by halvings: Int) {
    guard (0...CurvesLook.mostHalvings).contains(look.halvings + halvings) else {
      notice = Notice(halvings < 0 ? "these are all steps" : "there is no shorter stretch")
      return
    }
    look.halvings += halvings
    if let focus, let place = crosshair, steps(of: focus.tag)?.contains(place) != true { crosshair = nil }
    notice = Notice(look.halvings == 0 ? "all steps" : "the latest 1/\(1 << look.halvings) of the steps")
  }

  mutating func toggleScale() {
    look.scale = look.scale == .linear ? .logarithmic : .linear
    if look.fixedRanges != nil { fixRanges() }
    notice = Notice("\(look.scale == .linear ? "linear" : "logarithmic") scale")
  }

  mutating func toggleFixedRange() {
    if look.fixedRanges == nil {
      fixRanges()
      notice = Notice("the scales are fixed as they are; what leaves them is marked")
    } else {
      look.fixedRanges = nil
      notice = Notice("the scales follow the figures")
    }
  }

  private mutating func fixRanges() {
    look.fixedRanges = nil
    let ranges = panels.filter { $0.kind == .figure }.map { panel in
      (panel.tag, CurvesChart(of: self, tag: panel.tag).chart.valueRange)
    }
    look.fixedRanges = Dictionary(uniqueKeysWithValues: ranges)
  }

  mutating func changeSmoothing() {
    let next = (look.smoothing ?? -1) + 1
    look.smoothing = Smoother.horizons.indices.contains(next) ? next : nil
    notice = Notice(
      look.smoothing.map { "smoothed over \(Smoother.horizons[$0].grouped) values; bias-corrected" } ?? "not smoothed")
  }

  // MARK: Crosshair

  mutating func toggleCrosshair() {
    if crosshair != nil {
      crosshair = nil
    } else if focus?.kind != .figure {
      notice = Notice("the crosshair is for curves: focus their panel first")
    } else {
      _ = moveCrosshair(by: 0)
    }
  }

  /// Moves the crosshair by one column of the focused chart, or puts it at the latest step where there was none.
  ///
  /// - Returns: Whether there is a chart with something to read.
  mutating func moveCrosshair(by direction: Int) -> Bool {
    guard let focus, focus.kind == .figure,
      let panel = CurvesLayout(of: self).panels.first(where: { $0.id == focus }), let steps = steps(of: focus.tag)
    else { return false }
    let chart = CurvesChart(of: self, tag: focus.tag)
    crosshair = crosshair == nil ? steps.upperBound : chart.step(movedBy: direction, in: panel.inner)
    return true
  }
}
