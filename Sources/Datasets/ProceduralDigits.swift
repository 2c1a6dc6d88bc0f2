// Handwritten digits without a download: 28×28 grey pictures in the form of MNIST, drawn by a program that knows what it
// draws. Picture i depends on the seed and on i alone, so that sets of any size agree and parts can be made in parallel.

import Dispatch
import Synchronization

/// The built-in digits of a seed.
package struct ProceduralDigits: Hashable, Sendable {
  /// Pixels of a picture in each direction.
  package static let side = 28
  /// The box that a digit of scale 1 fills, pixels: MNIST's.
  private static let box: Float = 20

  package let seed: UInt64

  package init(seed: UInt64) {
    self.seed = seed
  }

  /// The first `count` pictures, the same whatever the number of threads that draw them.
  package static func make(count: Int, seed: UInt64, threads: Int = 1) -> LabelledImages {
    let digits = ProceduralDigits(seed: seed)
    let threads = max(1, min(threads, count))
    let parts = Mutex([LabelledImages?](repeating: nil, count: threads))
    DispatchQueue.concurrentPerform(iterations: threads) { part in
      let images = digits.images(count * part / threads..<count * (part + 1) / threads)
      parts.withLock { $0[part] = images }
    }
    let images = parts.withLock { $0.compactMap(\.self) }
    return images.dropFirst().reduce(into: images[0]) { $0.append($1) }
  }

  /// The pictures of a range of indices, with their factors.
  package func images(_ indices: Range<Int>) -> LabelledImages {
    let pixelCount = Self.side * Self.side
    var pixels = [UInt8](repeating: 0, count: indices.count * pixelCount)
    var labels: [UInt8] = []
    var factors: [DigitFactors] = []
    var hand = Handwriting()
    var raster = InkRaster(side: Self.side)
    for (position, index) in indices.enumerated() {
      var random = CounterRandom(seed: seed, stream: UInt64(index))
      let made = Self.factors(using: &random)
      Self.draw(made, with: &hand, on: &raster, using: &random)
      for pixel in 0..<pixelCount { pixels[position * pixelCount + pixel] = UInt8(raster.values[pixel] * 255 + 0.5) }
      labels.append(made.label)
      factors.append(made)
    }
    return LabelledImages(width: Self.side, height: Self.side, pixels: pixels, labels: labels, factors: factors)
  }

  /// The factors of picture `index`, without drawing it.
  package func factors(of index: Int) -> DigitFactors {
    var random = CounterRandom(seed: seed, stream: UInt64(index))
    return Self.factors(using: &random)
  }

  /// A picture with the factors asked for, `[28, 28]` in [0, 1]; `style` chooses among the hands that may write it.
  package func image(of factors: DigitFactors, style: Int) -> [Float] {
    precondition(factors.label < 10, "ProceduralDigits: there is no digit \(factors.label)")
    var random = CounterRandom(seed: seed, stream: UInt64(style))
    _ = Self.factors(using: &random)
    var hand = Handwriting()
    var raster = InkRaster(side: Self.side)
    Self.draw(factors, with: &hand, on: &raster, using: &random)
    return raster.values
  }

  /// Factors as they are distributed among people; the figures follow MNIST by eye.
  private static func factors(using random: inout CounterRandom) -> DigitFactors {
    let label = UInt8(random.integer(below: 10))
    let (a, b) = random.normalPair()
    let (c, _) = random.normalPair()
    let (d, e) = random.normalPair()
    return DigitFactors(
      label: label,
      slant: min(0.65, max(-0.4, 0.15 + 0.21 * a)),
      thickness: min(4.6, max(1.4, 2.6 + 0.65 * b)),
      scale: min(1.12, max(0.84, 1 + 0.05 * c)),
      dx: min(1.5, max(-1.5, 0.35 * d)),
      dy: min(1.5, max(-1.5, 0.35 * e)))
  }

  private static func draw(
    _ factors: DigitFactors, with hand: inout Handwriting, on raster: inout InkRaster, using random: inout CounterRandom
  ) {
    hand.write(factors, box: box, using: &random)
    raster.clear()
    raster.draw(hand.ink, shiftedBy: SIMD2(Float(side) / 2 + factors.dx, Float(side) / 2 + factors.dy))
  }
}
