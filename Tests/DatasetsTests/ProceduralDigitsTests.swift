import Datasets
import Glibc
import Testing

@Suite("Built-in digits")
struct ProceduralDigitsTests {
  static let set = ProceduralDigits.make(count: 2000, seed: 1)

  @Test("A digit depends on the seed and its index, not on how many are made or where one starts")
  func independent() {
    let few = ProceduralDigits.make(count: 20, seed: 1)
    #expect(few == Self.set[0..<20])
    #expect(ProceduralDigits(seed: 1).images(1990..<2000) == Self.set[1990..<2000])
    #expect(ProceduralDigits.make(count: 20, seed: 2) != few)
    #expect(ProceduralDigits(seed: 1).factors(of: 77) == Self.set.factors[77])
  }

  @Test("Several threads draw what one draws", arguments: [2, 3, 7, 64])
  func threads(count: Int) {
    #expect(ProceduralDigits.make(count: 50, seed: 1, threads: count) == Self.set[0..<50])
  }

  @Test("All ten digits come about equally often, labelled as their factors say")
  func classes() {
    let counts = Self.set.labels.reduce(into: [Int](repeating: 0, count: 10)) { $0[Int($1)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 200) < 65 })
    #expect(Self.set.factors.map(\.label) == Self.set.labels)
  }

  @Test("Pictures lie in MNIST's frame: ink within the middle, its mass where the factors say")
  func frame() {
    for index in 0..<500 {
      let pixels = Self.set.pixels[index * 784..<(index + 1) * 784].map { Double($0) / 255 }
      let mass = pixels.reduce(0, +)
      let factors = Self.set.factors[index]
      #expect(mass > 20 && mass < 330)
      #expect(pixels.max()! > 0.9, "every digit has a dark stroke")
      let x = pixels.indices.reduce(0) { $0 + pixels[$1] * (Double($1 % 28) + 0.5) } / mass
      let y = pixels.indices.reduce(0) { $0 + pixels[$1] * (Double($1 / 28) + 0.5) } / mass
      // Crossing strokes count twice on the line and once on paper.
      #expect(abs(x - 14 - Double(factors.dx)) < 1 && abs(y - 14 - Double(factors.dy)) < 1)
      let border = pixels.indices.filter { $0 % 28 == 0 || $0 % 28 == 27 || $0 < 28 || $0 >= 756 }
      #expect(border.reduce(0) { $0 + pixels[$1] } < 4)
    }
  }

  @Test(
    "The same hand draws thicker, leaning and larger when the factors ask for it", arguments: 0..<10 as Range<UInt8>)
  func factors(label: UInt8) {
    let digits = ProceduralDigits(seed: 4)
    let plain = DigitFactors(label: label, slant: 0, thickness: 2.4, scale: 1, dx: 0, dy: 0)
    func pictures(_ change: (inout DigitFactors) -> Void) -> [[Float]] {
      var factors = plain
      change(&factors)
      return (0..<20).map { digits.image(of: factors, style: $0) }
    }
    func ink(_ pictures: [[Float]]) -> Float { pictures.reduce(0) { $0 + $1.reduce(0, +) } }
    /// The lean of the ink: its covariance of x and height over its variance of height.
    func lean(_ picture: [Float]) -> Float {
      let mass = picture.reduce(0, +)
      var (x, y, xy, yy): (Float, Float, Float, Float) = (0, 0, 0, 0)
      for (index, value) in picture.enumerated() {
        let (px, py) = (Float(index % 28) - 14, 14 - Float(index / 28))
        x += value * px
        y += value * py
        xy += value * px * py
        yy += value * py * py
      }
      return (xy / mass - x * y / mass / mass) / (yy / mass - y * y / mass / mass)
    }
    let upright = pictures { _ in }
    #expect(ink(pictures { $0.thickness = 4 }) > 1.3 * ink(upright))
    #expect(ink(pictures { $0.scale = 0.85 }) < 0.95 * ink(upright))
    for (leaning, straight) in zip(pictures { $0.slant = 0.5 }, upright) {
      #expect(lean(leaning) > lean(straight) + 0.3)
    }
    for (moved, straight) in zip(pictures { $0.dx = 2 }, upright) {
      for row in 0..<28 {
        for column in 2..<26 where abs(moved[row * 28 + column + 2] - straight[row * 28 + column]) > 1e-3 {
          Issue.record("row \(row), column \(column) did not move by two pixels")
        }
      }
    }
  }

  @Test("No two hands are alike: pictures of one digit differ as those of MNIST do")
  func variety() {
    let factors = DigitFactors(label: 2, slant: 0, thickness: 2.4, scale: 1, dx: 0, dy: 0)
    let pictures = (0..<40).map { ProceduralDigits(seed: 1).image(of: factors, style: $0) }
    for first in pictures.indices {
      for second in pictures.indices.dropFirst(first + 1) {
        let square = zip(pictures[first], pictures[second]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(square > 8)
      }
    }
  }
}
