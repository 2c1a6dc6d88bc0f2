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

  /// The same line without a band.
  var withoutExtent: Self {
    var bucket = self
    (bucket.minimum, bucket.maximum) = (.infinity, -.infinity)
    return bucket
  }

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
    var (mean, weight, count) = (0.0, 0.0, 0)
    var broken = false
    var smoothed: Double?
    for bucket in buckets {
      if bucket.minimum.isFinite { lowest = min(lowest, bucket.minimum) }
      if bucket.maximum.isFinite { highest = max(highest, bucket.maximum) }
      if bucket.mean.isFinite {
        // The sum of extreme means would overflow.
        weight += Double(bucket.count)
        let share = Double(bucket.count) / max(1, weight)
        mean = mean * (1 - share) + bucket.mean * share
        count = Int(clamping: Int128(count) + Int128(bucket.count))
        smoothed = bucket.smoothed
      }
      broken = broken || bucket.broken
    }
    return Self(
      minimum: lowest, mean: count == 0 ? .nan : mean, maximum: highest, count: count, broken: broken,
      smoothed: smoothed)
  }

  /// The same with sloping bands: where several neighbours have one and the same extent, no more is known of them than
  /// of all together, and it passes evenly from the middle of one such stretch to that of the next.
  static func graded(_ buckets: [Self]) -> [Self] {
    var stretches: [Range<Int>] = []
    for index in buckets.indices {
      if let last = stretches.last, buckets[last.lowerBound].hasExtent(of: buckets[index]) {
        stretches[stretches.count - 1] = last.lowerBound..<index + 1
      } else {
        stretches.append(index..<index + 1)
      }
    }
    func middle(_ stretch: Range<Int>) -> Double { Double(stretch.lowerBound + stretch.upperBound - 1) / 2 }
    var graded = buckets
    for (place, stretch) in stretches.enumerated() where stretch.count > 2 && buckets[stretch.lowerBound].hasExtent {
      for index in stretch {
        let other = place + (Double(index) < middle(stretch) ? -1 : 1)
        guard stretches.indices.contains(other), buckets[stretches[other].lowerBound].hasExtent else { continue }
        let (from, to) = (buckets[index], buckets[stretches[other].lowerBound])
        let share = (Double(index) - middle(stretch)) / (middle(stretches[other]) - middle(stretch))
        graded[index].minimum = from.minimum * (1 - share) + to.minimum * share
        graded[index].maximum = from.maximum * (1 - share) + to.maximum * share
      }
    }
    return graded
  }

  private func hasExtent(of other: Self) -> Bool { minimum == other.minimum && maximum == other.maximum }

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
