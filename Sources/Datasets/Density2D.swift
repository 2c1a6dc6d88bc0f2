// The 2-D games on which mode collapse is usually shown. Points are pairs of floats, `[N, 2]`.

import Glibc

/// A density in the plane.
package struct Density2D: Hashable, Sendable, CustomStringConvertible {
  private enum Shape: Hashable, Sendable {
    case modes(centres: [SIMD2<Double>])
    /// From (−half, −half) to (half, half).
    case line(half: Double)
    case spiral(radius: Double, turns: Double)
  }

  private let shape: Shape
  /// The standard deviation, in both axes, of every mode, or of the noise about a curve.
  package let deviation: Double
  /// The stretch of both axes worth showing.
  package let range: ClosedRange<Double>
  package let description: String

  /// Eight Gaussians on a circle of radius 2, σ 0.02: Metz et al., "Unrolled generative adversarial networks"
  /// (ICLR 2017), appendix A.
  package static let ring = Density2D(
    shape: .modes(
      centres: (0..<8).map { index in
        let angle = 2 * Double.pi * Double(index) / 8
        return SIMD2(2 * cos(angle), 2 * sin(angle))
      }),
    deviation: 0.02, range: -2.5...2.5, description: "ring of 8 Gaussians")

  /// Twenty-five Gaussians, two apart, σ 0.05: Lin et al., "PacGAN" (NeurIPS 2018), section 4.1, after Srivastava et
  /// al., "VEEGAN" (NIPS 2017).
  package static let grid = Density2D(
    shape: .modes(
      centres: (0..<25).map { index in
        let (row, column) = (index / 5, index % 5)
        return SIMD2(Double(2 * column - 4), Double(2 * row - 4))
      }),
    deviation: 0.05, range: -5...5, description: "grid of 25 Gaussians")

  /// A diagonal from (−1.5, −1.5) to (1.5, 1.5), blurred: data of fewer dimensions than their space.
  package static let line = Density2D(
    shape: .line(half: 1.5), deviation: 0.05, range: -2.5...2.5, description: "line")

  /// One and a half turns of Archimedes' spiral, blurred: connected, yet not to be had by a linear map.
  package static let spiral = Density2D(
    shape: .spiral(radius: 2, turns: 1.5), deviation: 0.05, range: -2.5...2.5, description: "spiral")

  /// The centres of the modes, each with an equal share of the data; empty for a curve.
  package var centres: [SIMD2<Double>] {
    if case .modes(let centres) = shape { centres } else { [] }
  }

  /// The probability density at a point, per unit of area; `nil` for the spiral, which has no closed form.
  package func density(at point: SIMD2<Double>) -> Double? {
    let height = 1 / (deviation * (2 * Double.pi).squareRoot())
    switch shape {
    case .modes(let centres):
      return centres.reduce(0) { sum, centre in
        let offset = (point - centre) / deviation
        return sum + height * height * exp(-(offset * offset).sum() / 2) / Double(centres.count)
      }
    case .line(let half):
      // Along the line: a uniform density blurred by the noise. Across it: the noise.
      let along = (point.x + point.y) / 2.0.squareRoot()
      let across = (point.y - point.x) / 2.0.squareRoot() / deviation
      let end = half * 2.0.squareRoot()
      let scale = deviation * 2.0.squareRoot()
      let blurred = (erf((end - along) / scale) + erf((end + along) / scale)) / (4 * end)
      return blurred * height * exp(-across * across / 2)
    case .spiral: return nil
    }
  }

  /// Overwrites `batch`, `[N, 2]`, with independent points.
  package func fill(_ batch: inout [Float], using random: inout CounterRandom) {
    precondition(
      batch.count % 2 == 0, "Density2D.fill: a batch [N, 2] holds an even number of floats, not \(batch.count)")
    random.fillNormals(&batch, deviation: Float(deviation))
    var choices = InlineArray<256, Float>(repeating: 0)
    for index in 0..<batch.count / 2 {
      if index % 256 == 0 {
        var span = choices.mutableSpan
        random.fillUniforms(&span)
      }
      let point = point(at: choices[index % 256])
      batch[2 * index] += point.x
      batch[2 * index + 1] += point.y
    }
  }

  /// The point without noise for a number of (0, 1).
  private func point(at choice: Float) -> SIMD2<Float> {
    switch shape {
    case .modes(let centres): return SIMD2<Float>(centres[Int(choice * Float(centres.count))])
    case .line(let half): return SIMD2(repeating: Float(half) * (2 * choice - 1))
    case .spiral(let radius, let turns):
      // The root spreads the points evenly along the curve, whose length grows with the square of the angle.
      let part = choice.squareRoot()
      let angle = 2 * Float.pi * Float(turns) * part
      return Float(radius) * part * SIMD2(cosf(angle), sinf(angle))
    }
  }
}
