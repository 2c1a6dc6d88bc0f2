// Which modes of the data a generator has found. A sample is of high quality if it lies within three deviations of a
// mode's centre: Srivastava et al., "VEEGAN" (NIPS 2017), section 4.1, used ever since on the ring and the grid.

import Glibc

/// A mode of the data, in as many dimensions as its centre has.
package struct TargetMode: Hashable, Sendable {
  package var centre: [Double]
  /// The standard deviation in every dimension.
  package var deviation: Double
  /// The share of the data in it, 0…1.
  package var share: Double

  package init(centre: [Double], deviation: Double, share: Double) {
    self.centre = centre
    self.deviation = deviation
    self.share = share
  }
}

/// How samples are spread over the modes of the data.
///
/// A mode is covered if the high-quality samples nearest to it are at least a quarter of its share of all samples.
/// VEEGAN asks for a single sample, which any large enough batch provides; a quarter does not depend on how many
/// samples are drawn.
package struct ModeCoverage: Hashable, Sendable {
  /// The part of its share that a mode must receive to be covered.
  package static let requiredPart = 0.25

  /// High-quality samples of each mode.
  package let counts: [Int]
  /// Modes covered.
  package let covered: Int
  /// The share of all samples that are of high quality, 0…1.
  package let highQualityShare: Double
  /// KL(g‖p) in nats over the modes and one bin for what lies in none: 0 for the data themselves, whose last bin holds
  /// the mass of a Gaussian beyond three deviations. PacGAN's table 2 has it over modes alone (Lin et al. 2018).
  package let divergence: Double

  /// - Parameter samples: `[N, d]`, flat, d being the dimensions of the modes' centres.
  package init(of samples: [Float], modes: [TargetMode]) {
    precondition(!modes.isEmpty, "ModeCoverage: no modes to cover")
    let dimensions = modes[0].centre.count
    precondition(
      samples.count % dimensions == 0 && modes.allSatisfy { $0.centre.count == dimensions },
      "ModeCoverage: \(samples.count) floats are not points of \(dimensions) dimensions")
    let total = samples.count / dimensions
    let centres = modes.flatMap(\.centre).map(Float.init)
    let radii = modes.map { Float(3 * $0.deviation) }
    var counts = [Int](repeating: 0, count: modes.count)
    for sample in 0..<total {
      var nearest = (mode: 0, distance: Float.infinity)
      for mode in radii.indices {
        var distance: Float = 0
        for axis in 0..<dimensions {
          let offset = samples[sample * dimensions + axis] - centres[mode * dimensions + axis]
          distance += offset * offset
        }
        if distance < nearest.distance { nearest = (mode, distance) }
      }
      if nearest.distance <= radii[nearest.mode] * radii[nearest.mode] { counts[nearest.mode] += 1 }
    }
    self.counts = counts
    covered = zip(modes, counts).count { mode, count in
      total > 0 && Double(count) >= Self.requiredPart * mode.share * Double(total)
    }
    highQualityShare = total == 0 ? 0 : Double(counts.reduce(0, +)) / Double(total)
    let beyond = Self.shareBeyondThreeDeviations(dimensions)
    let expected = modes.map { $0.share * (1 - beyond) } + [beyond]
    let found = (counts + [total - counts.reduce(0, +)]).map { total == 0 ? 0 : Double($0) / Double(total) }
    divergence = zip(found, expected).reduce(0) { $1.0 > 0 ? $0 + $1.0 * log($1.0 / $1.1) : $0 }
  }

  /// The mass of a Gaussian with equal deviations that lies further than three of them from its centre.
  private static func shareBeyondThreeDeviations(_ dimensions: Int) -> Double {
    switch dimensions {
    case 1: erfc(3 / 2.0.squareRoot())
    case 2: exp(-4.5)
    default: preconditionFailure("ModeCoverage: modes of \(dimensions) dimensions are neither on a line nor in a plane")
    }
  }
}
