// Samples counted into equal bins of a range, with one more bin on either side, so that no sample is lost and the shares
// add up to 1. Equal edges make finding a bin one multiplication.

/// Where the bins lie.
package struct Binning: Hashable, Sendable {
  package let range: ClosedRange<Double>
  /// Bins inside the range; there are two more, for what lies below and above.
  package let bins: Int

  package init(range: ClosedRange<Double>, bins: Int) {
    precondition(bins > 0 && range.lowerBound < range.upperBound, "Binning: no bins in \(bins) bins of \(range)")
    self.range = range
    self.bins = bins
  }

  package var width: Double { (range.upperBound - range.lowerBound) / Double(bins) }

  /// The centres of the bins inside the range.
  package var centres: [Double] { (0..<bins).map { range.lowerBound + (Double($0) + 0.5) * width } }

  /// The exact masses of all `bins + 2` bins under a distribution, given its cumulative function.
  package func masses(cumulative: (Double) -> Double) -> [Double] {
    let edges = (0...bins).map { cumulative(range.lowerBound + Double($0) * width) }
    // The shares of a mixture may add up to a rounding error more than 1.
    return [edges[0]] + (0..<bins).map { edges[$0 + 1] - edges[$0] } + [max(0, 1 - edges[bins])]
  }
}

/// How many samples fell into each bin.
package struct Histogram: Hashable, Sendable {
  package let binning: Binning
  /// `bins + 2` counts; the first and the last are those below and above the range.
  package private(set) var counts: [Int32]
  /// Finite samples counted.
  package let total: Int

  /// Counts `samples`; a NaN is no sample.
  package init(of samples: [Float], in binning: Binning) {
    var counts = [Int32](repeating: 0, count: binning.bins + 2)
    let start = Float(binning.range.lowerBound)
    let scale = Float(1 / binning.width)
    let last = Float(binning.bins)
    var missing = 0
    for sample in samples {
      let position = (sample - start) * scale
      if position >= 0, position < last {
        counts[Int(position) + 1] += 1
      } else if position < 0 {
        counts[0] += 1
      } else if position >= last {
        counts[binning.bins + 1] += 1
      } else {
        missing += 1
      }
    }
    self.binning = binning
    self.counts = counts
    self.total = samples.count - missing
  }

  /// The share of the samples in each of the `bins + 2` bins; zeros where there are no samples.
  package var shares: [Double] {
    counts.map { total == 0 ? 0 : Double($0) / Double(total) }
  }

  /// The samples' density in the bins inside the range, per unit of x.
  package var density: [Double] { shares[1...binning.bins].map { $0 / binning.width } }

  /// The share of the samples outside the range.
  package var outside: Double { shares[0] + shares[binning.bins + 1] }
}
