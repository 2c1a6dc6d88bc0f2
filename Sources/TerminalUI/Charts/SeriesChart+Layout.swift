// Where the parts of a series chart go, and how buckets become columns.

extension SeriesChart {
  /// Which furniture an area has room for, and what is left for the plot. The plot comes first, then the values at the
  /// line ends, then the steps below, then the scale on the left.
  struct Layout {
    let plot: Rect
    let hasLeft: Bool
    let hasBottom: Bool
    let hasEnds: Bool
    /// Of the vertical axis.
    let ticks: [Axis.Tick]

    /// The row for what is read at the crosshair, where there is one and rows are not too few, and the rest.
    static func split(_ area: Rect, hasReading: Bool) -> (reading: Rect, rest: Rect) {
      let (reading, rest) = area.splitTop(hasReading && area.height >= 3 ? 1 : 0)
      return (reading, rest)
    }

    init(in area: Rect, yAxis: Axis, unit: String, ends: [LineEnd]) {
      hasEnds = area.width >= 18
      hasBottom = area.height >= 5
      hasLeft = area.width >= 21 && area.height >= 3
      let height = area.height - (hasBottom ? 2 : 0)
      let right = hasEnds ? 1 + min(area.width / 3, ends.map { $0.text.unicodeScalars.count }.max() ?? 0) : 0
      ticks = yAxis.ticks(rows: height)
      var labels = ticks.map { $0.label.unicodeScalars.count }.max() ?? 0
      // A column for the sake of the unit is worth it where columns are not that few.
      if hasBottom, area.width >= 28 { labels = max(labels, unit.unicodeScalars.count) }
      let left = hasLeft ? min(8, labels) + 1 : 0
      plot = Rect(x: area.x + left, y: area.y, width: area.width - left - right, height: height)
    }
  }
}

extension SeriesChart.Bucket {
  /// Whether there is a band to draw.
  var hasExtent: Bool { minimum.isFinite && maximum.isFinite }

  /// At most `count` buckets, neighbours merged: the minimum of the minima, the mean of all values, the maximum of the
  /// maxima of what is finite, and the latest smoothed value.
  package static func merged(_ buckets: [Self], to count: Int) -> [Self] {
    guard count > 0 else { return [] }
    guard buckets.count > count else { return buckets }
    return (0..<count).map { index in
      merged(buckets[(index * buckets.count / count)..<((index + 1) * buckets.count / count)])
    }
  }

  private static func merged(_ buckets: ArraySlice<Self>) -> Self {
    var (lowest, highest) = (Double.infinity, -Double.infinity)
    var (sum, count) = (0.0, 0)
    var broken = false
    var smoothed: Double?
    for bucket in buckets {
      if bucket.minimum.isFinite { lowest = min(lowest, bucket.minimum) }
      if bucket.maximum.isFinite { highest = max(highest, bucket.maximum) }
      if bucket.mean.isFinite {
        sum += bucket.mean * Double(bucket.count)
        count += bucket.count
        smoothed = bucket.smoothed
      }
      broken = broken || bucket.broken
    }
    return Self(
      minimum: lowest, mean: count == 0 ? .nan : sum / Double(count), maximum: highest, count: count, broken: broken,
      smoothed: smoothed)
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

  /// The column of the screen that a bucket falls into.
  static func column(of index: Int, among count: Int, in plot: Rect) -> Int {
    plot.x + Axis.cell(of: position(of: index, among: count, over: plot.width), among: plot.width)
  }
}
