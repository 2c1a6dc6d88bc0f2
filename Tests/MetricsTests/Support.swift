// What several tests need: samples and exact functions of a Gaussian, independent of the code under test.

import Glibc
import TestSupport

extension SplitMix {
  mutating func normals(_ count: Int, mean: Double, deviation: Double) -> [Float] {
    (0..<count).map { _ in
      let u = Double.random(in: Double.leastNonzeroMagnitude..<1, using: &self)
      let v = Double.random(in: 0..<1, using: &self)
      return Float(mean + deviation * (-2 * log(u)).squareRoot() * cos(2 * Double.pi * v))
    }
  }
}

struct Gaussian {
  var mean: Double
  var deviation: Double

  func density(_ x: Double) -> Double {
    let z = (x - mean) / deviation
    return exp(-z * z / 2) / (deviation * (2 * Double.pi).squareRoot())
  }

  func cumulative(_ x: Double) -> Double { erfc((mean - x) / (deviation * 2.0.squareRoot())) / 2 }
}

/// ∫ f over `range` by the midpoint rule.
func integral(over range: ClosedRange<Double>, _ f: (Double) -> Double) -> Double {
  let steps = 100_000
  let width = (range.upperBound - range.lowerBound) / Double(steps)
  return (0..<steps).reduce(0) { $0 + f(range.lowerBound + (Double($1) + 0.5) * width) } * width
}
