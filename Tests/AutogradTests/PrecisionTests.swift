// Rounded factors against sums in double precision. What rounding may cost follows from the formats: a bfloat16 number is
// off by at most 2⁻⁹ of itself, a sum of two by 2⁻¹⁸; a product of two factors by twice that, and without lo·lo by as
// much again.

import Autograd
import CKernels
import Testing

@Suite("Products of rounded factors")
struct PrecisionTests {
  struct Geometry: Sendable, CustomTestStringConvertible {
    var images = 2
    var height = 1
    let width, channels, features: Int
    var kernel = 1
    var stride = 1
    var padding = 0
    var testDescription: String {
      "\(images)×\(height)×\(width)×\(channels) → \(features), kernel \(kernel), stride \(stride), padding \(padding)"
    }
  }

  static let geometries = [
    Geometry(images: 1, width: 37, channels: 70, features: 45),
    Geometry(images: 1, width: 130, channels: 33, features: 64),
    Geometry(images: 1, width: 9, channels: 1100, features: 40),
    Geometry(images: 1, width: 300, channels: 7, features: 130),
    Geometry(height: 6, width: 7, channels: 32, features: 33, kernel: 4, stride: 2, padding: 1),
    Geometry(images: 3, height: 5, width: 5, channels: 3, features: 1, kernel: 3, padding: 1),
    Geometry(images: 1, height: 9, width: 8, channels: 20, features: 17, kernel: 2, stride: 3),
    Geometry(images: 5, height: 4, width: 4, channels: 65, features: 96, kernel: 4, stride: 2, padding: 2),
  ]

  /// Plain C, and whatever this processor has beside it.
  static let engines = [CK_BF16_PORTABLE, CK_BF16_AVX512, CK_BF16_AMX].filter { ck_bf16_has($0) != 0 }

  @Test("keep as many digits as their format has, in both directions", arguments: geometries, [1, 3])
  func accuracy(_ geometry: Geometry, parts: Int) {
    for engine in Self.engines {
      for (split, bound) in [(Int32(0), 0x1p-8 + 1e-6), (1, 3 * 0x1p-18 + 1e-6)] {
        let mode = ck_bf16_mode(engine: engine, split: split)
        for transposed in [false, true] {
          let error = forwardError(geometry, mode, transposed: transposed, parts: parts)
          #expect(error <= bound, "forward, \(mode), transposed: \(transposed)")
          // A rounding that kept more than its format has would be none.
          if split == 0 { #expect(error > 1e-4, "forward, \(mode): nothing was rounded") }
        }
        let error = gradientError(geometry, mode, parts: parts)
        #expect(error <= bound, "filter's gradient, \(mode)")
      }
    }
  }

  @Test("are not taken where the processor has nothing faster")
  func fallsBack() {
    #expect(Precision.f32.here == .f32)
    let tiles = ck_bf16_has(CK_BF16_AMX) != 0
    #expect(Precision.split.here == (tiles ? .split : .f32))
    #expect(Precision.bf16.here == (tiles || ck_bf16_has(CK_BF16_AVX512) != 0 ? .bf16 : .f32))
  }

  @Test("a program in bf16 computes what one in single precision does, to three digits", arguments: [1, 2])
  func program(threads: Int) {
    let graph = Graph()
    let images = graph.input("images", [4, 8, 8, 32])
    let filter = graph.input("filter", [4, 4, 32, 48])
    let matrix = graph.input("matrix", [768, 64])
    let features = images.convolved(with: filter, stride: 2, padding: 1)
    let loss = features.reshaped([4 * 16, 48]).product(matrix.slice(axis: 0, 0..<48)).tanh().square().mean()
    let gradients = gradient(of: loss, withRespectTo: [images, filter, matrix])
    func run(_ precision: Precision) -> [[Float]] {
      let program = Program(
        graph, outputs: gradients, parameters: ParameterStore(ParameterLayout()), random: RandomSource(key: 1),
        workers: Workers(threads: threads), granularity: .finest, precision: precision)
      program.write(numbers(images.shape.count), to: images)
      program.write(numbers(filter.shape.count, seed: 2, scale: 0.02), to: filter)
      program.write(numbers(matrix.shape.count, seed: 3, scale: 0.1), to: matrix)
      program.run()
      return gradients.map(program.read)
    }
    for (rounded, exact) in zip(run(.bf16), run(.f32)) {
      let size = exact.map(abs).max() ?? 0
      let worst = zip(rounded, exact).map { abs($0 - $1) }.max() ?? .infinity
      #expect(worst < 0.02 * size)
      #expect(worst > 0 || Precision.bf16.here == .f32, "nothing was rounded")
    }
  }

  // MARK: Against plain loops

  private func forwardError(_ g: Geometry, _ mode: ck_bf16_mode, transposed: Bool, parts: Int) -> Double {
    withConvolution(g, transposed: transposed) { sum in
      let x = numbers(g.images * g.height * g.width * g.channels)
      let w = numbers(g.kernel * g.kernel * g.channels * g.features, seed: 2)
      var y = [Float](repeating: .nan, count: Int(sum.pointee.images) * places(sum) * g.features)
      withScratch(sum, mode) { scratch in
        for part in 0..<parts { ck_bf16_convolve(sum, mode, x, w, &y, scratch, Int32(part), Int32(parts)) }
      }
      var (expected, sizes) = ([Double](repeating: 0, count: y.count), [Double](repeating: 0, count: y.count))
      meetings(g, sum) { pixel, place, tap in
        for c in 0..<g.channels {
          for f in 0..<g.features {
            let weight = w[tap * g.channels * g.features + (transposed ? f * g.channels + c : c * g.features + f)]
            let term = Double(x[pixel * g.channels + c]) * Double(weight)
            expected[place * g.features + f] += term
            sizes[place * g.features + f] += abs(term)
          }
        }
      }
      return worst(y, expected, sizes)
    }
  }

  private func gradientError(_ g: Geometry, _ mode: ck_bf16_mode, parts: Int) -> Double {
    withConvolution(g, transposed: false) { sum in
      let x = numbers(g.images * g.height * g.width * g.channels)
      let gradient = numbers(Int(sum.pointee.images) * places(sum) * g.features, seed: 2)
      var w = [Float](repeating: .nan, count: g.kernel * g.kernel * g.channels * g.features)
      withScratch(sum, mode) { scratch in
        for part in 0..<parts {
          ck_bf16_filter_gradient(sum, mode, x, gradient, &w, scratch, Int32(part), Int32(parts))
        }
      }
      var (expected, sizes) = ([Double](repeating: 0, count: w.count), [Double](repeating: 0, count: w.count))
      meetings(g, sum) { pixel, place, tap in
        for c in 0..<g.channels {
          for f in 0..<g.features {
            let term = Double(x[pixel * g.channels + c]) * Double(gradient[place * g.features + f])
            expected[(tap * g.channels + c) * g.features + f] += term
            sizes[(tap * g.channels + c) * g.features + f] += abs(term)
          }
        }
      }
      return worst(w, expected, sizes)
    }
  }

  /// The largest error in units of the sum of the terms' absolute values; a result without terms must be 0.
  private func worst(_ values: [Float], _ expected: [Double], _ sizes: [Double]) -> Double {
    zip(values, zip(expected, sizes)).reduce(0) { worst, next in
      let error = abs(Double(next.0) - next.1.0)
      let relative = next.1.1 == 0 ? (error == 0 ? 0 : .infinity) : error / next.1.1
      return relative.isNaN ? .infinity : max(worst, relative)
    }
  }

  private func places(_ sum: UnsafePointer<ck_convolution>) -> Int {
    Int(sum.pointee.grid_height) * Int(sum.pointee.grid_width)
  }

  private func withConvolution(
    _ g: Geometry, transposed: Bool, _ body: (UnsafePointer<ck_convolution>) -> Double
  ) -> Double {
    let padding = g.height == 1 ? 0 : g.padding
    let height = (g.height + 2 * padding - (g.height == 1 ? 1 : g.kernel)) / g.stride + 1
    let width = (g.width + 2 * padding - g.kernel) / g.stride + 1
    let taps = (0..<g.kernel * g.kernel).map {
      ck_tap(y: Int32($0 / g.kernel - padding), x: Int32($0 % g.kernel - padding), matrix: Int32($0))
    }
    return taps.withUnsafeBufferPointer { taps in
      var sum = ck_convolution(
        images: Int32(g.images), source_height: Int32(g.height), source_width: Int32(g.width),
        source_channels: Int32(g.channels), source_step: Int32(g.stride), grid_height: Int32(height),
        grid_width: Int32(width), result_height: Int32(height), result_width: Int32(width),
        result_channels: Int32(g.features), result_step: 1, result_y: 0, result_x: 0, tap_count: Int32(taps.count),
        taps: taps.baseAddress, transposed: transposed ? 1 : 0)
      return body(&sum)
    }
  }

  private func withScratch(
    _ sum: UnsafePointer<ck_convolution>, _ mode: ck_bf16_mode, _ body: (UnsafeMutablePointer<Float>?) -> Void
  ) {
    withUnsafeTemporaryAllocation(byteCount: ck_bf16_scratch(sum, mode) * 4, alignment: 64) { bytes in
      // What was there before must not matter.
      bytes.initializeMemory(as: UInt8.self, repeating: 0xff)
      body(bytes.bindMemory(to: Float.self).baseAddress)
    }
  }

  /// Calls with (pixel, place, tap) for each that meet, all counted through.
  private func meetings(_ g: Geometry, _ sum: UnsafePointer<ck_convolution>, _ body: (Int, Int, Int) -> Void) {
    let c = sum.pointee
    for image in 0..<g.images {
      for gy in 0..<Int(c.grid_height) {
        for gx in 0..<Int(c.grid_width) {
          for tap in 0..<Int(c.tap_count) {
            let (y, x) = (gy * g.stride + Int(c.taps[tap].y), gx * g.stride + Int(c.taps[tap].x))
            guard (0..<g.height).contains(y), (0..<g.width).contains(x) else { continue }
            body(
              (image * g.height + y) * g.width + x, (image * Int(c.grid_height) + gy) * Int(c.grid_width) + gx, tap)
          }
        }
      }
    }
  }
}
