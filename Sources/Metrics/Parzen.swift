// The Parzen-window estimate of log-likelihood by which the GAN paper's table 1 compares models (Goodfellow et al. 2014,
// section 5; Breuleux, Bengio and Vincent 2011). It is known to prefer k-means centres to real pictures (Theis, van den
// Oord and Bethge, "A note on the evaluation of generative models", ICLR 2016): print both beside it.

import Glibc

/// A mixture of equal spherical Gaussians, one about each generated sample.
package struct ParzenWindow: Sendable {
  private let centres: PointSet

  /// - Parameter centres: `[N, dimension]`, flat; the paper's code takes 10,000 samples in [0, 1].
  package init(centres: [Float], dimension: Int) {
    self.centres = PointSet(centres, dimension: dimension)
  }

  /// A mean log-likelihood, in nats.
  package struct Estimate: Hashable, Sendable {
    package let mean: Double
    /// The standard error of the mean: σ/√n.
    package let standardError: Double
  }

  /// The widths that the paper's code tries: ten from 0.1 to 1, evenly spaced in their logarithm.
  package static let widths: [Double] = (0..<10).map { pow(10, -1 + Double($0) / 9) }

  /// The log-likelihood of each point, in nats: log-mean-exp over the centres of
  /// −‖x − µ‖²/(2σ²) − d·log(σ√2π).
  ///
  /// - Parameters:
  ///   - points: `[M, dimension]`, flat.
  ///   - width: σ.
  package func logLikelihoods(of points: [Float], width: Double) -> [Double] {
    logLikelihoods(of: points, widths: [width])[0]
  }

  /// The mean log-likelihood of `points`.
  package func estimate(of points: [Float], width: Double) -> Estimate {
    let values = logLikelihoods(of: points, width: width)
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    return Estimate(mean: mean, standardError: (variance / count).squareRoot())
  }

  /// The width under which `validation`, `[M, dimension]`, is likeliest on average. The paper's code uses the first
  /// 1,000 validation pictures.
  package func bestWidth(among widths: [Double] = Self.widths, validation: [Float]) -> Double {
    let means = logLikelihoods(of: validation, widths: widths).map { $0.reduce(0, +) }
    let best = means.indices.max { means[$0] < means[$1] }
    return widths[best ?? 0]
  }

  /// `[widths, M]`; the distances, which are the work, are computed once for all widths.
  private func logLikelihoods(of points: [Float], widths: [Double]) -> [[Double]] {
    var results = [[Double]](repeating: [], count: widths.count)
    centres.squaredDistances(from: points) { distances in
      var nearest = Float.infinity
      for index in distances.indices { nearest = min(nearest, distances[index]) }
      for (index, width) in widths.enumerated() {
        // The nearest centre's term is taken out of the sum, so that it cannot underflow.
        let scale = -1 / (2 * width * width)
        var sum = 0.0
        for centre in distances.indices { sum += exp(scale * Double(distances[centre] - nearest)) }
        results[index].append(
          scale * Double(nearest) + log(sum / Double(distances.count))
            - Double(centres.dimension) * log(width * (2 * Double.pi).squareRoot()))
      }
    }
    return results
  }
}
