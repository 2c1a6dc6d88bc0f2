// Values that were written down now and then, as a chart draws them: in columns of equal width. Each column takes what falls
// into it, and where nothing does, the line goes straight from the value before to the value after.

import TerminalUI
import Training

extension FigureHistory {
  /// More than any screen has dots in a row.
  static let mostColumns = 480

  /// The column that a step falls into.
  static func column(of step: Double, in steps: ClosedRange<Double>, columns: Int = mostColumns) -> Int {
    // Halves, because the distance between two steps may be more than the greatest number.
    let extent = steps.upperBound / 2 - steps.lowerBound / 2
    guard extent > 0 else { return 0 }
    let share = (step / 2 - steps.lowerBound / 2) / extent
    return min(columns - 1, Int(min(max(0, share), 1) * Double(columns)))
  }

  /// - Parameters:
  ///   - smoothing: an index into `Smoother.horizons`; `nil` for the means.
  ///   - hasExtent: whether there is a band from the least to the greatest.
  func spread(
    over steps: ClosedRange<Double>, columns: Int = mostColumns, smoothing: Int? = nil, hasExtent: Bool
  ) -> [SeriesChart.Bucket] {
    let nothing = SeriesChart.Bucket(minimum: .infinity, mean: .nan, maximum: -.infinity, count: 0)
    var buckets = [SeriesChart.Bucket](repeating: nothing, count: columns)
    var previous: (column: Int, line: Double)?
    /// Merges what falls into the same column.
    var open: (column: Int, values: MetricBucket)?
    func close() {
      guard let (column, values) = open else { return }
      let line = smoothing.map { Double(values.smoothed[$0]) }
      buckets[column] = SeriesChart.Bucket(
        minimum: hasExtent ? Double(values.minimum) : .infinity, mean: values.mean,
        maximum: hasExtent ? Double(values.maximum) : -.infinity, count: values.count, broken: values.broken > 0,
        smoothed: line)
      let height = values.count > 0 ? line ?? values.mean : .nan
      if let previous, previous.line.isFinite, height.isFinite {
        for between in (previous.column + 1)..<max(column, previous.column + 1) {
          let share = Double(between - previous.column) / Double(column - previous.column)
          buckets[between] = SeriesChart.Bucket(
            minimum: .infinity, mean: previous.line + (height - previous.line) * share, maximum: -.infinity)
        }
      }
      previous = (column, height)
    }
    for stretch in stretches where stretch.steps.upperBound >= steps.lowerBound {
      let column = Self.column(of: stretch.steps.upperBound, in: steps, columns: columns)
      if open?.column == column {
        open?.values.merge(stretch.values)
      } else {
        close()
        open = (column, stretch.values)
      }
    }
    close()
    return buckets
  }
}
