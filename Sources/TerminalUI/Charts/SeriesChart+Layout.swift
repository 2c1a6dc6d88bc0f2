// Where the parts of a series chart go, and how buckets become columns.

extension SeriesChart {
  /// Which furniture an area has room for, and what is left for the plot. The plot comes first, then the values at the
  /// line ends, then the steps below, then the scale on the left.
  struct Layout {
    let plot: Rect
    let yAxis: Axis
    let hasLeft: Bool
    let hasBottom: Bool
    let hasEnds: Bool

    init(of chart: SeriesChart, in area: Rect) {
      yAxis = Axis(chart.valueRange)
      hasEnds = area.width >= 18
      hasBottom = area.height >= 5
      hasLeft = area.width >= 32 && area.height >= 3
      let height = area.height - (hasBottom ? 2 : 0)
      let ends = chart.ends(yAxis: yAxis, palette: Palette(styles: [:], imageStops: [], heatStops: [], isDark: true))
      let right = hasEnds ? 1 + min(area.width / 3, ends.map { $0.text.unicodeScalars.count }.max() ?? 0) : 0
      let labels = yAxis.ticks(rows: height).map { $0.label.unicodeScalars.count }.max() ?? 0
      let left = hasLeft ? min(8, labels) + 1 : 0
      plot = Rect(x: area.x + left, y: area.y, width: area.width - left - right, height: height)
    }
  }

  /// Everything that is drawn is inside, with a little air; a loss that comes near 0 is shown from 0.
  private var valueRange: ClosedRange<Double> {
    let seen = series.flatMap(\.buckets).flatMap { [$0.minimum, $0.mean, $0.maximum] }
    let values = (seen + references.map(\.value)).filter(\.isFinite)
    guard let lowest = values.min(), let highest = values.max() else { return 0...1 }
    let air = (highest - lowest) * 0.04
    let startsAtZero = lowest >= 0 && lowest < highest * 0.4
    return (startsAtZero ? 0 : lowest - air)...(highest + air)
  }
}

extension SeriesChart.Bucket {
  /// Whether there is a band to draw.
  var hasExtent: Bool { minimum.isFinite && maximum.isFinite }

  /// At most `count` buckets, neighbours merged: the minimum of the minima, the mean of the means, the maximum of the
  /// maxima of what is finite.
  static func merged(_ buckets: [Self], to count: Int) -> [Self] {
    guard count > 0 else { return [] }
    guard buckets.count > count else { return buckets }
    return (0..<count).map { index in
      merged(buckets[(index * buckets.count / count)..<((index + 1) * buckets.count / count)])
    }
  }

  private static func merged(_ buckets: ArraySlice<Self>) -> Self {
    let means = buckets.map(\.mean).filter(\.isFinite)
    return Self(
      minimum: buckets.map(\.minimum).filter(\.isFinite).min() ?? .nan,
      mean: means.isEmpty ? .nan : means.reduce(0, +) / Double(means.count),
      maximum: buckets.map(\.maximum).filter(\.isFinite).max() ?? .nan,
      broken: buckets.contains(where: \.broken))
  }

  /// Exactly `count` buckets: neighbours merged where they are many, repeated where they are few.
  static func spread(_ buckets: [Self], over count: Int) -> [Self] {
    guard !buckets.isEmpty, buckets.count < count else { return merged(buckets, to: count) }
    return (0..<count).map { column in
      buckets[Int((Double(column) / Double(max(1, count - 1)) * Double(buckets.count - 1)).rounded())]
    }
  }

  /// Where a bucket is along the axis, 0…1: in its share of the columns where buckets are many; where they are few, they
  /// reach from end to end.
  static func position(of index: Int, among count: Int, over columns: Int) -> Double {
    guard count < columns else { return (Double(index) + 0.5) / Double(count) }
    return count > 1 ? Double(index) / Double(count - 1) : 0
  }
}
