// From a skeleton to a line of ink, as one hand on one day would write it: the points wander, the whole is bent a little,
// corners are rounded off or not, and the pen presses harder in some places than in others. The amounts were chosen by
// eye, a hundred digits beside a hundred of MNIST.

import Glibc

/// Turns skeletons into ink. Keeps its buffers from digit to digit.
struct Handwriting {
  /// The line of the last digit written, in pixels about the centre of its mass.
  private(set) var ink: [InkPoint] = []
  private var knots: [SIMD2<Float>] = []

  /// Points of the line for each knot.
  private static let pointsPerKnot = 7

  /// Writes one digit with the factors asked for; everything else comes from `random`.
  mutating func write(_ factors: DigitFactors, box: Float, using random: inout CounterRandom) {
    let ways = DigitSkeleton.all[Int(factors.label)]
    var choice = random.uniform() * ways.reduce(0) { $0 + $1.weight }
    let skeleton =
      ways.first { way in
        choice -= way.weight
        return choice < 0
      } ?? ways[0]

    let bend = Bend(slant: factors.slant, using: &random)
    let roundness = random.uniform(in: 0...0.8)
    ink.removeAll(keepingCapacity: true)
    for stroke in skeleton.strokes {
      let wander = random.uniform(in: 1...3.8)
      knots.removeAll(keepingCapacity: true)
      for knot in stroke {
        let (a, b) = random.normalPair()
        knots.append(bend.apply(SIMD2(knot.x + wander * a, knot.y + wander * b)))
      }
      // The line is smooth between corners; a corner that is rounded off is a point like others.
      var start = 0
      for end in 1..<stroke.count {
        guard end == stroke.count - 1 || stroke[end].isCorner && random.uniform() > roundness else { continue }
        trace(start...end, isFirst: start == 0)
        start = end
      }
    }
    press(thickness: factors.thickness, using: &random)
    fit(thickness: factors.thickness, box: box * factors.scale)
  }

  /// Appends the curve through the knots of `range`: a Catmull–Rom spline in its centripetal form, which neither loops
  /// nor overshoots between uneven knots (Yuksel, Schaefer and Keyser 2011).
  private mutating func trace(_ range: ClosedRange<Int>, isFirst: Bool) {
    if isFirst {
      ink.append(InkPoint(x: knots[range.lowerBound].x, y: knots[range.lowerBound].y, radius: 0, isDown: false))
    }
    for index in range.dropLast() {
      let (p1, p2) = (knots[index], knots[index + 1])
      // Beyond an end the curve goes on as it came.
      let p0 = index > range.lowerBound ? knots[index - 1] : p1 + (p1 - p2)
      let p3 = index + 1 < range.upperBound ? knots[index + 2] : p2 + (p2 - p1)
      let (d01, d12, d23) = (interval(p0, p1), interval(p1, p2), interval(p2, p3))
      let m1 = p2 - p1 + d12 * ((p1 - p0) / d01 - (p2 - p0) / (d01 + d12))
      let m2 = p2 - p1 + d12 * ((p3 - p2) / d23 - (p3 - p1) / (d12 + d23))
      for step in 1...Self.pointsPerKnot {
        let t = Float(step) / Float(Self.pointsPerKnot)
        let (t2, t3) = (t * t, t * t * t)
        let point = (2 * t3 - 3 * t2 + 1) * p1 + (t3 - 2 * t2 + t) * m1 + (3 * t2 - 2 * t3) * p2 + (t3 - t2) * m2
        ink.append(InkPoint(x: point.x, y: point.y, radius: 0, isDown: true))
      }
    }
  }

  /// √distance, the parameter step of the centripetal spline.
  private func interval(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float {
    let offset = a - b
    return max(0.1, (offset * offset).sum().squareRoot().squareRoot())
  }

  /// Gives every point its radius: pressure that swells and fades along the line, lighter where the pen is lifted, and
  /// `thickness` wide on average.
  private mutating func press(thickness: Float, using random: inout CounterRandom) {
    let swell = random.uniform(in: 0...0.22)
    let frequency = random.uniform(in: 2...6)
    let phase = random.uniform(in: 0...2 * Float.pi)
    let tail = random.uniform(in: 0.55...1)
    var sum: Float = 0
    for index in ink.indices {
      let part = Float(index) / Float(ink.count)
      let lifted = index + 4 >= ink.count || !ink[index + 1].isDown || !ink[min(index + 3, ink.count - 1)].isDown
      ink[index].radius = (1 + swell * sinf(frequency * part * Float.pi + phase)) * (lifted ? tail : 1)
      sum += ink[index].radius
    }
    let scale = thickness / 2 * Float(ink.count) / sum
    for index in ink.indices { ink[index].radius *= scale }
  }

  /// Scales the line so that its ink fills `box` pixels in its longer direction, and moves its centre of mass to the
  /// origin, as MNIST's authors did.
  private mutating func fit(thickness: Float, box: Float) {
    var low = SIMD2<Float>(repeating: .infinity)
    var high = -low
    for point in ink {
      low = pointwiseMin(low, SIMD2(point.x, point.y))
      high = pointwiseMax(high, SIMD2(point.x, point.y))
    }
    let scale = (box - thickness) / (high - low).max()
    var (x, y, mass): (Float, Float, Float) = (0, 0, 0)
    for index in ink.indices {
      ink[index].x *= scale
      ink[index].y *= scale
      guard ink[index].isDown else { continue }
      let (a, b) = (ink[index - 1], ink[index])
      let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
      let weight = length * (a.radius + b.radius)
      x += weight * (a.x + b.x) / 2
      y += weight * (a.y + b.y) / 2
      mass += weight
    }
    for index in ink.indices {
      ink[index].x -= x / mass
      ink[index].y -= y / mass
    }
  }
}

/// A smooth deformation of the whole digit, in the skeleton's units.
private struct Bend {
  private let slant, rotation, aspect, bow, tilt, topHeavy, sideHeavy, ripple, phase: Float

  init(slant: Float, using random: inout CounterRandom) {
    self.slant = tanf(slant)
    rotation = 0.06 * random.normal()
    aspect = expf(0.06 + 0.2 * random.normal())
    bow = 4 * random.normal()
    tilt = 0.08 * random.normal()
    topHeavy = min(0.35, max(-0.35, 0.24 * random.normal()))
    sideHeavy = min(0.35, max(-0.35, 0.18 * random.normal()))
    ripple = 2.2 * random.normal()
    phase = random.uniform(in: 0...2 * Float.pi)
  }

  func apply(_ knot: SIMD2<Float>) -> SIMD2<Float> {
    // −1…1 from top to bottom and from side to side.
    let u = (knot.x - 33) / 33
    let v = (knot.y - 50) / 50
    // A parabola that keeps the ends moves the waist up or down, and the weight to one side; below ½ nothing folds over.
    var x = 33 * aspect * (u + sideHeavy * (1 - u * u))
    var y = 50 * (v + topHeavy * (1 - v * v))
    x += bow * (1 - v * v) + ripple * sinf(3 * v + phase)
    y += tilt * x + ripple * cosf(3 * u + phase)
    return SIMD2(x - rotation * y - slant * y, y + rotation * x)
  }
}
