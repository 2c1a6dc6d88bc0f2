// Points of the space that noise comes from, ways between them, and sums of them.
//
// In many dimensions nearly all of p_z lies near a sphere about its centre: of n normal numbers, |z| is √n ± 0.7. A
// straight line between two of them leaves that sphere; halfway, |z| is √(n/2), where G has never been. White, "Sampling
// generative networks" (2016, arXiv:1609.04468), §2.1, takes the arc instead, with θ the angle between a and b:
//
//     slerp(a, b; t) = sin((1 − t)θ) / sin θ · a + sin(tθ) / sin θ · b
//
// Sums and means of z are the vector arithmetic of Radford, Metz, Chintala (DCGAN, ICLR 2016), §6.3.2.

import Figures
import Glibc

/// One z.
package struct LatentVector: Hashable, Sendable {
  /// `[latentSize]`.
  package var coordinates: [Float]

  package init(_ coordinates: [Float]) { self.coordinates = coordinates }

  package static func + (a: LatentVector, b: LatentVector) -> LatentVector { combine(a, b, +) }
  package static func - (a: LatentVector, b: LatentVector) -> LatentVector { combine(a, b, -) }

  /// Euclid's length.
  package var norm: Double { coordinates.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }

  /// - Parameter vectors: at least one.
  package static func mean(of vectors: [LatentVector]) -> LatentVector {
    guard let first = vectors.first else { fatalError("LatentVector.mean: there is no mean of nothing") }
    let sum = vectors.dropFirst().reduce(first, +)
    return LatentVector(sum.coordinates.map { $0 / Float(vectors.count) })
  }

  fileprivate static func combine(
    _ a: LatentVector, _ b: LatentVector, _ operation: (Float, Float) -> Float
  ) -> LatentVector {
    precondition(
      a.coordinates.count == b.coordinates.count,
      "LatentVector: \(a.coordinates.count) and \(b.coordinates.count) coordinates")
    return LatentVector(zip(a.coordinates, b.coordinates).map(operation))
  }
}

extension LatentPath {
  /// `count` points at equal steps, the ends among them to the bit; at least two.
  ///
  /// Angles are seen from the prior's centre. A uniform prior lies in a cube, close to a sphere as well, since n numbers
  /// of variance σ² have length √n·σ; but arcs between two of its points bulge through the cube's faces. What is
  /// outside is moved to the nearest point inside: halfway about 9 % of the coordinates, since 0.71·(u + v) is beyond 1
  /// for so many u and v of U(−1, 1). A straight line never leaves it.
  package func points(
    from a: LatentVector, to b: LatentVector, count: Int, within prior: Prior
  ) -> [LatentVector] {
    precondition(count >= 2, "LatentPath: a way of \(count) points has not both ends")
    let centre = LatentVector([Float](repeating: prior.centre, count: a.coordinates.count))
    let (from, to) = (a - centre, b - centre)
    return (0..<count).map { index in
      switch index {
      case 0: a
      case count - 1: b
      default: prior.nearest(to: centre + point(from: from, to: to, at: Double(index) / Double(count - 1)))
      }
    }
  }

  /// The point at `t` of the way, 0…1, seen from the origin.
  package func point(from a: LatentVector, to b: LatentVector, at t: Double) -> LatentVector {
    let (weightOfA, weightOfB) = self == .slerp ? Self.arc(a, b, t) : (1 - t, t)
    return .combine(a, b) { Float(weightOfA * Double($0) + weightOfB * Double($1)) }
  }

  /// Where sin θ is less, the arc is a straight line to within the rounding of a `Float`; or it leads between opposite
  /// points, and rounding would decide along which of the many arcs.
  private static let leastSine = 1e-4

  /// The weights of a and b on the arc; those of the line where there is no arc, nor an angle with a vector of length 0.
  private static func arc(_ a: LatentVector, _ b: LatentVector, _ t: Double) -> (Double, Double) {
    let (lengthA, lengthB) = (a.norm, b.norm)
    guard lengthA > 0, lengthB > 0 else { return (1 - t, t) }
    // Kahan's formula, 2·atan(|â − b̂| / |â + b̂|): unlike the arc cosine it is exact at small angles.
    var (difference, sum) = (0.0, 0.0)
    for (x, y) in zip(a.coordinates, b.coordinates) {
      let (x, y) = (Double(x) / lengthA, Double(y) / lengthB)
      difference += (x - y) * (x - y)
      sum += (x + y) * (x + y)
    }
    let angle = 2 * atan2(difference.squareRoot(), sum.squareRoot())
    guard sin(angle) >= leastSine else { return (1 - t, t) }
    return (sin((1 - t) * angle) / sin(angle), sin(t * angle) / sin(angle))
  }
}

extension Prior {
  /// Of one coordinate.
  var centre: Float {
    switch self {
    case .uniform(let low, let high): (low + high) / 2
    case .normal: 0
    }
  }

  /// The nearest point that p_z can draw: all of them can be normal, those in the cube uniform.
  package func nearest(to z: LatentVector) -> LatentVector {
    switch self {
    case .uniform(let low, let high): LatentVector(z.coordinates.map { min(max($0, low), high) })
    case .normal: z
    }
  }
}
