// Ways through the space of z, held against closed forms.

import Figures
import GenerativeModels
import Glibc
import Testing

@Suite("Ways between points of the noise")
struct LatentTests {
  private let game = smallGame(set: [("latent", "64")])

  private func pair(_ seed: UInt64) -> (LatentVector, LatentVector) {
    let vectors = game.latentVectors(count: 2, seed: seed, stream: 7)
    return (vectors[0], vectors[1])
  }

  private func scaled(_ vector: LatentVector, to length: Double) -> LatentVector {
    LatentVector(vector.coordinates.map { $0 * Float(length / vector.norm) })
  }

  @Test("Both ends are exact, and the points in between are as many as asked for", arguments: LatentPath.allCases)
  func ends(path: LatentPath) {
    for (seed, count) in [(UInt64(1), 2), (2, 3), (3, 12)] {
      let (a, b) = pair(seed)
      let points = path.points(from: a, to: b, count: count, within: .normal)
      #expect(points.count == count && points.first == a && points.last == b)
    }
  }

  @Test("An arc of a circle is a turn at constant speed")
  func circle() {
    let (a, b) = (LatentVector([2, 0]), LatentVector([0, 2]))
    for step in 0...6 {
      let t = Double(step) / 6
      let point = LatentPath.slerp.point(from: a, to: b, at: t).coordinates
      #expect(
        abs(Double(point[0]) - 2 * cos(t * .pi / 2)) < 1e-6 && abs(Double(point[1]) - 2 * sin(t * .pi / 2)) < 1e-6)
    }
  }

  @Test("Between vectors of one length slerp keeps it; lerp comes as near to 0 as the cosine of half the angle")
  func norms() {
    for seed in UInt64(1)...5 {
      let (x, y) = pair(seed)
      let (a, b) = (scaled(x, to: 8), scaled(y, to: 8))
      for step in 1..<10 {
        #expect(abs(LatentPath.slerp.point(from: a, to: b, at: Double(step) / 10).norm - 8) < 1e-5)
      }
      let cosine = zip(a.coordinates, b.coordinates).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } / 64
      let half = ((1 + cosine) / 2).squareRoot()
      #expect(abs(LatentPath.lerp.point(from: a, to: b, at: 0.5).norm - 8 * half) < 1e-5)
    }
  }

  @Test("Between lengths p and q, |slerp|² = (sin²((1−t)θ)p² + sin²(tθ)q² + 2 sin((1−t)θ) sin(tθ) pq cos θ) / sin²θ")
  func unequalNorms() {
    let (p, q) = (3.0, 5.0)
    for angle in [Double.pi / 3, .pi / 2, 2.5] {
      let (a, b) = (LatentVector([3, 0]), LatentVector([Float(q * cos(angle)), Float(q * sin(angle))]))
      for t in [0.1, 0.5, 0.8] {
        let (u, v) = (sin((1 - t) * angle), sin(t * angle))
        let expected = (u * u * p * p + v * v * q * q + 2 * u * v * p * q * cos(angle)).squareRoot() / sin(angle)
        #expect(abs(LatentPath.slerp.point(from: a, to: b, at: t).norm - expected) < 1e-5)
      }
    }
  }

  @Test("Where there is no arc, slerp is lerp: parallel, nearly parallel and opposite vectors, and 0")
  func noArc() {
    let a = LatentVector([1, 2, -3])
    for b in [[2, 4, -6], [1, 2, -3], [1, 2, -3.000_01], [-1, -2, 3], [0, 0, 0]] as [[Float]] {
      for t in [0.25, 0.5, 0.9] {
        let (arc, line) = (
          LatentPath.slerp.point(from: a, to: LatentVector(b), at: t),
          LatentPath.lerp.point(from: a, to: LatentVector(b), at: t)
        )
        #expect(arc == line)
      }
    }
    // A little more, and the arc takes over without a jump.
    let near = LatentVector([1, 2, -3.002])
    let gap = LatentPath.slerp.point(from: a, to: near, at: 0.5) - LatentPath.lerp.point(from: a, to: near, at: 0.5)
    #expect(gap.norm < 1e-6)
  }

  @Test("Under a uniform prior no way leaves the cube, wherever its centre is; arcs turn about that centre")
  func uniform() {
    for (low, high) in [(-1, 1), (2, 6)] as [(Float, Float)] {
      let prior = Prior.uniform(low: low, high: high)
      let game = smallGame(prior: prior, set: [("latent", "100")])
      let ends = game.latentVectors(count: 2, seed: 1, stream: 1)
      for path in LatentPath.allCases {
        let points = path.points(from: ends[0], to: ends[1], count: 5, within: prior)
        #expect(points.allSatisfy { $0.coordinates.allSatisfy { (low...high).contains($0) } })
        #expect(points.first == ends[0] && points.last == ends[1])
        let rim = points[2].coordinates.count { $0 == low || $0 == high }
        #expect(path == .slerp ? (2...18).contains(rim) : rim == 0, "about 9 of 100 are moved to the faces")
      }
      let middle = (low + high) / 2
      let (a, b) = (LatentVector([middle + 1, middle]), LatentVector([middle, middle + 1]))
      let half = LatentPath.slerp.points(from: a, to: b, count: 3, within: prior)[1].coordinates
      #expect(half.allSatisfy { abs($0 - middle - Float(0.5).squareRoot()) < 1e-6 })
    }
  }

  @Test("Sums, differences and means go coordinate by coordinate")
  func arithmetic() {
    let (a, b, c) = (LatentVector([1, 2]), LatentVector([0.5, -4]), LatentVector([3, 0.25]))
    #expect((a - b + c).coordinates == [3.5, 6.25])
    #expect(LatentVector.mean(of: [a, b, c]).coordinates == [1.5, -1.75 / 3])
    #expect(LatentVector.mean(of: [a]) == a)
    #expect(LatentVector([3, 4]).norm == 5)
  }

  @Test("Vectors are the noise that samples are made of, and are sampled as it is")
  func vectors() {
    let vectors = game.latentVectors(count: 3, seed: 5, stream: 2)
    let rows = game.latent(count: 3, seed: 5, stream: 2)
    #expect(vectors.flatMap(\.coordinates) == rows)
    #expect(game.sample(at: vectors) == game.sample(latent: rows))
  }
}
