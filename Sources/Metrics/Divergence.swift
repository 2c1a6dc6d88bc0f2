// How far apart two distributions over the same bins are, in nats. Kullback and Leibler (1951); Lin, "Divergence measures
// based on the Shannon entropy" (IEEE Transactions on Information Theory 37, 1991).

import Glibc

/// Divergences between two lists of masses, each adding up to 1.
package enum Divergence {
  /// KL(p ‖ q) = Σ p log(p/q): 0 where p = q, infinite where p has mass and q has none.
  package static func kullbackLeibler(_ p: [Double], _ q: [Double]) -> Double {
    precondition(p.count == q.count, "Divergence: \(p.count) bins against \(q.count)")
    var sum = 0.0
    for index in p.indices where p[index] > 0 { sum += p[index] * log(p[index] / q[index]) }
    return sum
  }

  /// JSD(p ‖ q) = ½ KL(p ‖ m) + ½ KL(q ‖ m) with m = ½(p + q): 0 where p = q, log 2 where they share nothing.
  package static func jensenShannon(_ p: [Double], _ q: [Double]) -> Double {
    let middle = zip(p, q).map { ($0 + $1) / 2 }
    return (kullbackLeibler(p, middle) + kullbackLeibler(q, middle)) / 2
  }

  /// KL(p ‖ (1 − share)·q + share·p), the skew divergence of Lee, "On the effectiveness of the skew divergence for
  /// statistical language analysis" (AISTATS 2001): at most KL(p ‖ q), at most −log share, hence always finite.
  package static func skew(_ p: [Double], _ q: [Double], share: Double) -> Double {
    kullbackLeibler(p, zip(p, q).map { share * $0 + (1 - share) * $1 })
  }
}

/// Estimates how far samples are from a density that is known exactly.
///
/// The samples are counted into bins; the masses of the same bins under the data are exact, from their cumulative
/// function, so that half of the usual noise is not there at all. What remains:
///
/// - *Noise.* With N samples a perfect generator does not score 0 but about (K − 1)/(8N) nats of JSD, K being the bins that
///   hold a noticeable part of the data (½(K − 1)/N for KL): the second-order term of the divergence is a χ² statistic.
///   `noiseFloor` measures it with real samples instead of trusting the formula, which fails for bins of few samples.
/// - *Resolution.* Differences within a bin are not seen (binning can only lower a divergence). Bins of a fifth of the
///   data's deviation lose about 1 % of it.
/// - *Empty bins.* KL(data ‖ samples) of plain shares is infinite as soon as a bin is empty: an empty bin counts as half
///   a sample here, the pseudo-count of Krichevsky and Trofimov (1981). KL(samples ‖ data) is infinite if a sample lies
///   where the data cannot: the data are skewed by a share of 1/(N + 1), as if one sample of N + 1 were one of them.
///   So no estimate exceeds about log N nats, and N samples could not support a larger claim.
package struct DivergenceEstimator: Hashable, Sendable {
  package let binning: Binning
  /// Exact masses of the data in all `bins + 2` bins.
  package let dataMasses: [Double]

  /// Divergences of samples from one density, in nats.
  package struct Estimate: Hashable, Sendable {
    /// JSD(data ‖ samples), 0…log 2.
    package var jensenShannon: Double
    /// KL(data ‖ samples): large where the samples leave out what the data have.
    package var dataFromSamples: Double
    /// KL(samples ‖ data): large where the samples are what the data never are.
    package var samplesFromData: Double
  }

  /// - Parameter cumulative: the probability, under the data, of a value of at most x.
  package init(range: ClosedRange<Double>, bins: Int, cumulative: (Double) -> Double) {
    binning = Binning(range: range, bins: bins)
    dataMasses = binning.masses(cumulative: cumulative)
  }

  package func histogram(of samples: [Float]) -> Histogram { Histogram(of: samples, in: binning) }

  /// The divergences of `samples`; NaN if there is no finite one among them.
  package func estimate(_ samples: [Float]) -> Estimate { estimate(histogram(of: samples)) }

  /// The divergences of samples already counted with this estimator's binning.
  package func estimate(_ histogram: Histogram) -> Estimate {
    precondition(histogram.binning == binning, "DivergenceEstimator: a histogram with other bins")
    guard histogram.total > 0 else {
      return Estimate(jensenShannon: .nan, dataFromSamples: .nan, samplesFromData: .nan)
    }
    let shares = histogram.shares
    let samples = Double(histogram.total)
    return Estimate(
      jensenShannon: Divergence.jensenShannon(dataMasses, shares),
      dataFromSamples: Divergence.kullbackLeibler(dataMasses, shares.map { max($0, 0.5 / samples) }),
      samplesFromData: Divergence.skew(shares, dataMasses, share: 1 / (samples + 1)))
  }

  /// What a perfect generator scores: the mean estimate over sets of real samples. Each set must be as large as the
  /// sets that will be judged; compute it once.
  package func noiseFloor(realSets: [[Float]]) -> Estimate {
    let estimates = realSets.map(estimate)
    func mean(_ quantity: (Estimate) -> Double) -> Double {
      estimates.reduce(0) { $0 + quantity($1) } / Double(estimates.count)
    }
    return Estimate(
      jensenShannon: mean(\.jensenShannon), dataFromSamples: mean(\.dataFromSamples),
      samplesFromData: mean(\.samplesFromData))
  }
}
