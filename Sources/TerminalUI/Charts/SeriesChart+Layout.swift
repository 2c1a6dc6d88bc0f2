// Where the parts of a series chart go, and how buckets become columns.

extension SeriesChart {
  /// Which furniture an area has room for, and what is left for the plot. The plot comes first, then the values at the
  /// line ends, then the steps below, then the scale on the left.
  struct Layout {
    let plot: Rect
    let hasLeft: Bool
    let hasBottom: Bool
    let hasEnds: Bool

    init(in area: Rect, yAxis: Axis, ends: [LineEnd]) {
      hasEnds = area.width >= 18
      hasBottom = area.height >= 5
      hasLeft = area.width >= 21 && area.height >= 3
      let height = area.height - (hasBottom ? 2 : 0)
      let right = hasEnds ? 1 + min(area.width / 3, ends.map { $0.text.unicodeScalars.count }.max() ?? 0) : 0
      let labels = yAxis.ticks(rows: height).map { $0.label.unicodeScalars.count }.max() ?? 0
      let left = hasLeft ? min(8, labels) + 1 : 0
      plot = Rect(x: area.x + left, y: area.y, width: area.width - left - right, height: height)
    }
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
    var (lowest, highest) = (Double.infinity, -Double.infinity)
    var (sum, count) = (0.0, 0)
    var broken = false
    for bucket in buckets {
      if bucket.minimum.isFinite { lowest = min(lowest, bucket.minimum) }
      if bucket.maximum.isFinite { highest = max(highest, bucket.maximum) }
      if bucket.mean.isFinite {
        sum += bucket.mean
        count += 1
      }
      broken = broken || bucket.broken
    }
    return Self(minimum: lowest, mean: count == 0 ? .nan : sum / Double(count), maximum: highest, broken: broken)
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
