// The C kernels against naive references: what the engine is built on is wrong nowhere, also where it never goes.

import CKernels
import Glibc
import Testing

@Suite("C kernels agree with naive references")
struct KernelTests {
  @Test("the matrix product, for all small sizes, transposes and parts")
  func smallProducts() {
    let sizes = [1, 2, 3, 5, 8, 13, 15, 16, 17, 31, 33, 40]
    for m in sizes {
      for n in sizes {
        for k in sizes {
          for form in 0..<4 {
            let error = productError(m, n, k, form & 1 == 1, form & 2 == 2, parts: 1 + (m + n) % 2)
            #expect(error < 1e-6, "\(m)×\(n)×\(k), form \(form): \(error)")
          }
        }
      }
    }
  }

  @Test(
    "the matrix product, across the edges of its blocks",
    arguments: [
      (14, 32, 256), (15, 33, 257), (29, 64, 512), (130, 100, 300), (9, 784, 700), (1, 300, 600), (300, 1, 600),
    ],
    [1, 2, 3])
  func largeProducts(_ size: (Int, Int, Int), parts: Int) {
    for form in 0..<4 {
      let error = productError(size.0, size.1, size.2, form & 1 == 1, form & 2 == 2, parts: parts)
      #expect(error < 1e-6, "form \(form)")
    }
  }

  /// The largest difference from a sum in double precision, in units of the sum of the terms' absolute values, which is
  /// what rounding errors grow with; infinity where the kernel wrote outside the result.
  private func productError(
    _ m: Int, _ n: Int, _ k: Int, _ left: Bool, _ right: Bool, parts: Int
  ) -> Double {
    let (a, b) = (numbers(m * k), numbers(k * n, seed: 2))
    let guardValue: Float = 12345
    var c = [Float](repeating: 0.5, count: m * n) + [Float](repeating: guardValue, count: 32)
    let (l, r) = (Int32(left ? 1 : 0), Int32(right ? 1 : 0))
    let scratchSize = ck_matmul_scratch(l, r, Int32(m), Int32(n), Int32(k), Int32(parts))
    withUnsafeTemporaryAllocation(byteCount: max(64, scratchSize * 4), alignment: 64) { bytes in
      let scratch = bytes.bindMemory(to: Float.self).baseAddress
      for part in 0..<parts {
        ck_matmul(
          l, r, Int32(m), Int32(n), Int32(k), a, Int32(left ? m : k), b, Int32(right ? k : n), &c, Int32(n),
          scratch, Int32(part), Int32(parts))
      }
    }
    guard c[(m * n)...].allSatisfy({ $0 == guardValue }) else { return .infinity }
    var worst = 0.0
    for i in 0..<m {
      for j in 0..<n {
        var expected = 0.0
        var size = 0.0
        for p in 0..<k {
          let term = Double(a[left ? p * m + i : i * k + p]) * Double(b[right ? j * k + p : p * n + j])
          expected += term
          size += abs(term)
        }
        worst = max(worst, abs(Double(c[i * n + j]) - expected) / size)
      }
    }
    return worst
  }

  struct Vector: Sendable {
    let counter: [UInt32]
    let key: [UInt32]
    let output: [UInt32]
  }

  /// From `kat_vectors` of the authors' Random123 library: philox4x32, 10 rounds.
  static let knownAnswers = [
    Vector(
      counter: [0, 0, 0, 0], key: [0, 0], output: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    Vector(
      counter: [.max, .max, .max, .max], key: [.max, .max],
      output: [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
    Vector(
      counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0],
      output: [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]),
  ]

  @Test("Philox gives its authors' known answers", arguments: knownAnswers)
  func philox(_ vector: Vector) {
    var output = [UInt32](repeating: 0, count: 4)
    ck_philox4x32(vector.counter, vector.key, &output)
    #expect(output == vector.output)
  }

  @Test("a sequence of random numbers does not depend on how it is cut")
  func cutSequences() {
    var (whole, cut) = ([Float](repeating: 0, count: 500), [Float](repeating: 0, count: 500))
    ck_random_normal(&whole, 500, 7, 8, 9, 0, 1, 2)
    cut.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      ck_random_normal(base + 320, 180, 7, 8, 9, 320, 1, 2)
      ck_random_normal(base, 320, 7, 8, 9, 0, 1, 2)
    }
    #expect(whole == cut)
  }

  struct Function: Sendable, CustomTestStringConvertible {
    let name: String
    let operation: ck_operation
    let exact: @Sendable (Double) -> Double
    /// Units in the last place that the header allows.
    let units: Double
    var testDescription: String { name }
  }

  static let functions = [
    Function(name: "exp", operation: CK_EXP, exact: { exp($0) }, units: 1.1),
    Function(name: "log", operation: CK_LOG, exact: { log($0) }, units: 1),
    Function(name: "tanh", operation: CK_TANH, exact: { tanh($0) }, units: 5),
    Function(name: "sigmoid", operation: CK_SIGMOID, exact: { 1 / (1 + exp(-$0)) }, units: 2.5),
    Function(name: "softplus", operation: CK_SOFTPLUS, exact: { max($0, 0) + log1p(exp(-abs($0))) }, units: 2),
  ]

  @Test("functions are exact to a few units in the last place, and right at infinity", arguments: functions)
  func accuracy(_ function: Function) {
    var points: [Float] = [0, -0.0, 1, -1, .infinity, -.infinity, 1e-30, -1e-30, 88, -87, 200, -200]
    for i in 0..<20_000 { points.append(Float(i - 10_000) / 700) }
    if function.operation == CK_LOG { points = points.map(abs) + (1..<1000).map { 1 + Float($0) / 5000 } }
    for (x, y) in zip(points, apply(function.operation, points)) {
      let exact = function.exact(Double(x))
      let rounded = Float(exact)
      if rounded.isInfinite || rounded == 0 || rounded.isSubnormal {
        #expect(y == rounded || abs(y - rounded) < 1e-37, "\(function.name)(\(x)) = \(y)")
      } else {
        #expect(
          abs(Double(y) - exact) <= function.units * Double(rounded.ulp), "\(function.name)(\(x)) = \(y), not \(exact)")
      }
    }
    #expect(apply(function.operation, [.nan])[0].isNaN)
  }

  /// One step over a vector.
  private func apply(_ operation: ck_operation, _ x: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: x.count)
    let step = ck_step(operation: Int32(operation.rawValue), result: 1, a: 0, b: 0, p: 0, q: 0)
    x.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        let input = ck_fused_input(data: source.baseAddress, access: Int32(CK_WHOLE.rawValue))
        withUnsafePointer(to: input) { inputs in
          withUnsafePointer(to: target.baseAddress) { outputs in
            withUnsafePointer(to: step) { steps in
              var chain = ck_fused(
                rows: 1, columns: Int64(x.count), inputs: inputs, outputs: outputs, steps: steps, sinks: nil,
                input_count: 1, output_count: 1, temporary_count: 0, step_count: 1, sink_count: 0)
              var scratch = [Float](repeating: 0, count: Int(ck_fused_scratch(&chain)))
              ck_fused_run(&chain, &scratch, 0, 1)
            }
          }
        }
      }
    }
    return result
  }
}
