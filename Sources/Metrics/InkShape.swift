// How thick and how slanted a written character is, from nothing but its pixels: the moments of the ink. They take the
// place of the factors that a digit was made from, which no generated one has.

import Glibc

/// The first moments of a grey picture, in which 0 is paper and 1 is ink.
package struct InkShape: Hashable, Sendable {
  /// All ink, in pixels that are full of it: for one character at one size it grows with the thickness of the strokes.
  package let mass: Double
  /// How far verticals lean to the right, radians: the angle of the line on which the ink of each row lies on average,
  /// by least squares; 0 without ink.
  package let lean: Double

  /// - Parameter pixels: `[height, width]`, flat, rows from the top down.
  package init(_ pixels: some Collection<Float>, width: Int) {
    // Σ ink, Σ x·ink, Σ y·ink, then the second moments, all from the picture's corner.
    var (sum, sumX, sumY, sumXY, sumYY) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (index, pixel) in pixels.enumerated() {
      let (ink, x, y) = (Double(pixel), Double(index % width), Double(index / width))
      sum += ink
      sumX += x * ink
      sumY += y * ink
      sumXY += x * y * ink
      sumYY += y * y * ink
    }
    mass = sum
    // About the centre of mass. Rows are counted downwards, so what leans to the right has a negative slope.
    let (xy, yy) = (sumXY - sumX * sumY / sum, sumYY - sumY * sumY / sum)
    lean = sum > 0 && yy > 0 ? -atan(xy / yy) : 0
  }
}
