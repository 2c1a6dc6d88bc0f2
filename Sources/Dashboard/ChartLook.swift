// How charts are looked at: what keys can change about them without changing what is drawn. One look for all charts of all
// experiments, so that these stay comparable.

import TerminalUI
import Training

package struct ChartLook: Hashable, Sendable {
  /// Where windows end to be halved: a chart of fewer steps says nothing that the status does not.
  static let fewestSteps = 16

  /// The charts show the latest 1/2ⁿ of each run; 0 for the whole run.
  package var halvings = 0
  package var scale = Axis.Scale.linear
  /// An index into `Smoother.horizons`; `nil` for the means of what the training saw.
  package var smoothing: Int?
  /// While the scales are fixed: what they cover, by panel.
  package var fixedRanges: [PanelID: ClosedRange<Double>]?

  package init() {}

  /// The steps that a chart of a run shows.
  func window(of steps: Int) -> Int {
    halvings == 0 ? .max : max(Self.fewestSteps, steps >> min(halvings, Int.bitWidth - 1))
  }

  /// The same in as few characters as can be; the share last, away from the panel's number.
  var briefRemarks: String {
    var remarks: [String] = []
    if scale == .logarithmic { remarks.append("log") }
    if fixedRanges != nil { remarks.append("fixed") }
    if let smoothing {
      let horizon = Smoother.horizons[smoothing]
      remarks.append(horizon < 1_000 ? "~\(horizon)" : "~\(horizon / 1_000)k")
    }
    if halvings > 0 { remarks.append(share) }
    return remarks.joined(separator: " ")
  }

  /// The share of the run that is shown, as it is said: `1/8`.
  var share: String { "1/\(1 << min(halvings, 60))" }

  /// What differs from the plain look, for a panel's heading: a chart says how it was made.
  package var remarks: [String] {
    var remarks: [String] = []
    if halvings > 0 { remarks.append("last \(share)") }
    if scale == .logarithmic { remarks.append("log") }
    if fixedRanges != nil { remarks.append("fixed") }
    if let smoothing { remarks.append("smoothed \(Smoother.horizons[smoothing].grouped)") }
    return remarks
  }
}

extension State {
  /// The chart of a panel, if it is of one.
  func chart(of id: PanelID) -> FigureChart? {
    if case .chart(let index) = id.kind { FigureChart(of: self, id, chart: index) } else { nil }
  }

  /// The chart that keys seem to mean: the focused one, or the first.
  private var chartName: String {
    focused.map { $0.experiment.name(of: focus.kind.isChart ? focus.kind : .losses) } ?? "losses"
  }

  mutating func changeWindow(by halvings: Int) {
    let steps = focused.map { $0.history.steps > 0 ? $0.history.steps : $0.step } ?? 0
    guard chartLook.halvings + halvings >= 0 else {
      notice = Notice("\(chartName): this is the whole run")
      return
    }
    guard halvings < 0 || steps >> (chartLook.halvings + halvings) >= ChartLook.fewestSteps else {
      notice = Notice("\(chartName): there are too few steps for a shorter stretch")
      return
    }
    chartLook.halvings += halvings
    notice = Notice(
      chartLook.halvings == 0 ? "\(chartName): the whole run" : "\(chartName): the latest \(chartLook.share) of the run"
    )
  }

  mutating func toggleScale() {
    chartLook.scale = chartLook.scale == .linear ? .logarithmic : .linear
    if chartLook.fixedRanges != nil { fixRanges() }
    notice = Notice("\(chartName): \(chartLook.scale == .linear ? "linear" : "logarithmic") scale")
  }

  mutating func toggleFixedRange() {
    if chartLook.fixedRanges == nil {
      fixRanges()
      notice = Notice("\(chartName): the scale is fixed as it is; what leaves it is marked")
    } else {
      chartLook.fixedRanges = nil
      notice = Notice("\(chartName): the scale follows what is drawn")
    }
  }

  /// Fixes the scales at what they would be by themselves now.
  private mutating func fixRanges() {
    chartLook.fixedRanges = nil
    let ranges = allPanels.compactMap { id -> (PanelID, ClosedRange<Double>)? in
      guard let chart = chart(of: id), chart.emptiness == nil else { return nil }
      return (id, chart.chart(isTalkative: true).valueRange)
    }
    chartLook.fixedRanges = Dictionary(uniqueKeysWithValues: ranges)
  }

  mutating func changeSmoothing() {
    let next = (chartLook.smoothing ?? -1) + 1
    chartLook.smoothing = Smoother.horizons.indices.contains(next) ? next : nil
    notice = Notice(
      chartLook.smoothing.map {
        "\(chartName): smoothed over \(Smoother.horizons[$0].grouped) steps, from every single value; bias-corrected"
      } ?? "\(chartName): not smoothed")
  }

  // MARK: Crosshair

  mutating func toggleCrosshair() {
    guard crosshair == nil else {
      crosshair = nil
      return
    }
    guard focus.kind.isChart else {
      notice = Notice("the crosshair is for charts: focus their panel first")
      return
    }
    if !moveCrosshair(by: 0) {
      notice = Notice("there is \(chartName == "losses" ? "no loss" : "nothing") to read yet")
    }
  }

  /// Moves the crosshair by one column of the focused chart, or puts it at the latest step where there was none.
  ///
  /// - Returns: Whether there is a chart with something to read.
  mutating func moveCrosshair(by direction: Int) -> Bool {
    guard let chart = chart(of: focus), let panel = Layout(of: self).panels.first(where: { $0.id == focus }) else {
      return false
    }
    guard let step = chart.crosshair(movedBy: direction, in: Screen.inner(of: panel)) else { return false }
    crosshair = step
    return true
  }
}
