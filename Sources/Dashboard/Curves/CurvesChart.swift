// The chart of one figure: the curves of all runs that have it, over the same steps.

import TerminalUI
import Training

struct CurvesChart {
  private let tag: String
  private let steps: ClosedRange<Double>
  private let curves: [Curve]
  private let look: CurvesLook
  /// The step that the crosshair stands on; `nil` where it is not.
  private let crosshair: Double?
  /// Whether there is but one run, which needs no letter.
  private let isAlone: Bool

  private struct Curve {
    var look: RunLook
    var history: FigureHistory
    var buckets: [SeriesChart.Bucket]
  }

  /// Runs from which on bands would cover one another.
  private static let mostBands = 2

  init(of state: CurvesState, tag: String) {
    self.tag = tag
    look = state.look
    isAlone = state.runs.count == 1
    let steps = state.steps(of: tag) ?? 0...1
    self.steps = steps
    crosshair = state.focus == CurvesPanel(.figure, tag) ? state.crosshair : nil
    let indices = state.runs(in: CurvesPanel(.figure, tag))
    curves = indices.compactMap { index in
      state.runs[index].figures[tag].map { history in
        let spread = history.spread(
          over: steps, smoothing: state.look.smoothing, hasExtent: indices.count <= Self.mostBands)
        return Curve(look: RunLook(of: index), history: history, buckets: spread)
      }
    }
  }

  var chart: SeriesChart {
    var chart = SeriesChart(
      series: curves.map { curve in
        .init(
          role: curve.look.role, label: isAlone ? "" : String(Character(curve.look.letter)), buckets: curve.buckets,
          stroke: curve.look.stroke, marker: isAlone ? nil : curve.look.letter)
      }, xRange: steps, xLabel: "steps", scale: look.scale, fixedRange: look.fixedRanges?[tag])
    if let crosshair { chart.crosshair = .init(bucket: column(of: crosshair), readings: readings(at: crosshair)) }
    return chart
  }

  private func column(of step: Double) -> Int { FigureHistory.column(of: step, in: steps) }

  // MARK: Crosshair

  /// The step where the crosshair is after moving by so many columns of the screen, −1, 0 or 1.
  func step(movedBy direction: Int, in area: Rect) -> Double? {
    guard let crosshair else { return nil }
    let beside = chart.bucketsBeside(column(of: crosshair), in: area)
    let wanted = direction < 0 ? beside.lowerBound - 1 : direction > 0 ? beside.upperBound : column(of: crosshair)
    guard (0..<FigureHistory.mostColumns).contains(wanted) else { return crosshair }
    guard wanted < FigureHistory.mostColumns - 1 else { return steps.upperBound }
    let share = (Double(wanted) + 0.5) / Double(FigureHistory.mostColumns)
    return steps.lowerBound * (1 - share) + steps.upperBound * share
  }

  /// What each run had last written down there, in ever fewer words.
  private func readings(at step: Double) -> [[SeriesChart.Piece]] {
    let known = curves.compactMap { curve -> (RunLook, FigureHistory.Stretch)? in
      curve.history.stretches.last { column(of: $0.steps.lowerBound) <= column(of: step) }.map { (curve.look, $0) }
    }
    func line(_ place: String, _ words: (FigureHistory.Stretch) -> String) -> [SeriesChart.Piece] {
      [.init(place, .text)]
        + known.map { look, stretch in
          let name = isAlone ? "" : "\(look.letter) "
          return .init("  \(name)\(words(stretch))", stretch.values.count == 0 ? .bad : look.role)
        }
    }
    let reached = known.map(\.1.steps.upperBound)
    let latest = reached.max() ?? step
    let place = "step \(NumberLabel.step(latest))"
    return [
      line(place) { stretch in
        let own = stretch.steps.upperBound
        return exact(stretch.values) + (own == latest ? "" : " at \(NumberLabel.step(own))")
      },
      line(place) { exact($0.values) }, line(place) { NumberLabel.short($0.values.mean) },
      line(NumberLabel.step(latest)) { NumberLabel.short($0.values.mean) },
      line("") { NumberLabel.short($0.values.mean) },
    ]
  }

  private func exact(_ values: MetricBucket) -> String {
    values.count == 0 ? "not finite" : "\(Float(values.mean))".replacing("-", with: "−")
  }
}

extension NumberLabel {
  /// `12,000`; of an epoch between two, `2.50`.
  static func step(_ step: Double) -> String {
    step == step.rounded() && step.magnitude < 1e15 ? Int(step).grouped : short(step)
  }
}
