// What a compiled program does, one plain value a step: pointers and sizes, all settled. Running is a loop over these
// with one switch; several threads run the same list together, each its part, and meet at barriers.

import CKernels
import Glibc

struct Instruction {
  let kind: Kind
  /// Whether all threads share the work; else the first does it.
  let isShared: Bool
  /// Whether threads must meet before this instruction, because another's result may be read.
  let meetsBefore: Bool

  enum Kind {
    case chain(UnsafePointer<ck_fused>)
    case addParts(UnsafePointer<Float>, stride: Int, parts: Int32, to: UnsafeMutablePointer<Float>, count: Int)
    case product(Product)
    case convolve(Convolution)
    case filterGradient(Convolution)
    case patches(UnsafePointer<ck_convolution>, from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>)
    case fold(UnsafePointer<ck_convolution>, from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>)
    case copy(UnsafePointer<ck_view>, from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>)
    case clear(UnsafeMutablePointer<Float>, count: Int)
    case sumAxis(AxisReduction)
    case maximumAxis(AxisReduction)
    case maximumMask(AxisReduction)
    case gather(Lookup)
    case scatterAdd(Lookup)
    case random(Draw)
    case count(UnsafeMutablePointer<Int>)
    case adam(Adam)
    case momentum(Momentum)
  }

  /// C = op(A)·op(B), all row-major: C is `m × n`, the sum runs over `k`.
  struct Product {
    let m, n, k: Int32
    let transposeLeft, transposeRight: Bool
    let left, right: UnsafePointer<Float>
    let leftStride, rightStride: Int32
    let result: UnsafeMutablePointer<Float>
    let resultStride: Int32
  }

  struct Convolution {
    let sums: UnsafePointer<ck_convolution>
    let count: Int
    let source: UnsafePointer<Float>
    /// The filter, or the gradient that arrived.
    let other: UnsafePointer<Float>
    let result: UnsafeMutablePointer<Float>
    /// How factors are rounded; `nil` where they are not.
    let mode: ck_bf16_mode?
  }

  /// Over the middle axis of `[outer, axis, inner]`.
  struct AxisReduction {
    let from: UnsafePointer<Float>
    let to: UnsafeMutablePointer<Float>
    let outer, axis, inner: Int
  }

  struct Lookup {
    let from: UnsafePointer<Float>
    let indices: UnsafePointer<Float>
    let to: UnsafeMutablePointer<Float>
    /// Rows of the table, indices, and floats in a row.
    let rows, count, width: Int
  }

  struct Draw {
    let distribution: Distribution
    let stream: UInt64
    let to: UnsafeMutablePointer<Float>
    let count: Int
  }

  struct Adam {
    let parameters, firstMoments, secondMoments: UnsafeMutablePointer<Float>
    let gradients, rate: UnsafePointer<Float>
    let count: Int
    let beta1, beta2, epsilon: Float
    /// This update's number, from 1.
    let step: UnsafePointer<Int>
  }

  struct Momentum {
    let parameters, velocities: UnsafeMutablePointer<Float>
    let gradients, rate, momentum: UnsafePointer<Float>
    let count: Int
  }
}

/// What threads need beside the list.
struct RunContext {
  let key: UInt64
  let counter: UInt64
  /// Scratch of all threads, `scratchStride` floats each.
  let scratch: UnsafeMutablePointer<Float>
  let scratchStride: Int
}

extension Instruction {
  /// Does the part `part` of `parts`.
  func run(_ context: borrowing RunContext, part: Int, parts: Int) {
    let scratch = context.scratch + part * context.scratchStride
    let (part, parts) = isShared ? (part, parts) : (0, 1)
    switch kind {
    case .chain(let chain): ck_fused_run(chain, scratch, Int32(part), Int32(parts))
    case .addParts(let pieces, let stride, let count, let to, let n): ck_add_parts(pieces, stride, count, to, Int64(n))
    case .product(let product): product.run(scratch, part, parts)
    case .convolve(let convolution): convolution.convolve(scratch, part, parts)
    case .filterGradient(let convolution): convolution.filterGradient(scratch, part, parts)
    case .patches(let window, let from, let to): ck_patches(window, from, to, Int32(part), Int32(parts))
    case .fold(let window, let from, let to): ck_fold(window, from, to, Int32(part), Int32(parts))
    case .copy(let view, let from, let to): ck_copy(view, from, to)
    case .clear(let to, let count): memset(to, 0, count * MemoryLayout<Float>.stride)
    case .sumAxis(let r): ck_sum_axis(r.from, r.to, Int64(r.outer), Int64(r.axis), Int64(r.inner))
    case .maximumAxis(let r): ck_maximum_axis(r.from, r.to, Int64(r.outer), Int64(r.axis), Int64(r.inner))
    case .maximumMask(let r): ck_maximum_mask(r.from, r.to, Int64(r.outer), Int64(r.axis), Int64(r.inner))
    case .gather(let l): ck_gather(l.from, Int64(l.rows), l.indices, l.to, Int64(l.count), Int64(l.width))
    case .scatterAdd(let l): ck_scatter_add(l.from, l.indices, l.to, Int64(l.rows), Int64(l.count), Int64(l.width))
    case .random(let draw): draw.run(context, part, parts)
    case .count(let counter): counter.pointee += 1
    case .adam(let adam): adam.run(part, parts)
    case .momentum(let momentum): momentum.run(part, parts)
    }
  }

  /// A part's share of `count` elements, in units of 64 so that parts share no cache line.
  fileprivate static func share(_ count: Int, _ part: Int, _ parts: Int) -> Range<Int> {
    let units = (count + 63) / 64
    return min(count, units * part / parts * 64)..<min(count, units * (part + 1) / parts * 64)
  }
}

extension Instruction.Product {
  fileprivate func run(_ scratch: UnsafeMutablePointer<Float>, _ part: Int, _ parts: Int) {
    ck_matmul(
      transposeLeft ? 1 : 0, transposeRight ? 1 : 0, m, n, k, left, leftStride, right, rightStride, result,
      resultStride, scratch, Int32(part), Int32(parts))
  }
}

extension Instruction.Convolution {
  fileprivate func convolve(_ scratch: UnsafeMutablePointer<Float>, _ part: Int, _ parts: Int) {
    for sum in sums..<sums + count {
      if let mode {
        ck_bf16_convolve(sum, mode, source, other, result, scratch, Int32(part), Int32(parts))
      } else {
        ck_convolve(sum, source, other, result, scratch, Int32(part), Int32(parts))
      }
    }
  }

  fileprivate func filterGradient(_ scratch: UnsafeMutablePointer<Float>, _ part: Int, _ parts: Int) {
    if let mode {
      ck_bf16_filter_gradient(sums, mode, source, other, result, scratch, Int32(part), Int32(parts))
    } else {
      ck_convolution_filter_gradient(sums, source, other, result, scratch, Int32(part), Int32(parts))
    }
  }
}

extension Instruction.Draw {
  fileprivate func run(_ context: borrowing RunContext, _ part: Int, _ parts: Int) {
    fill(key: context.key, run: context.counter, Instruction.share(count, part, parts))
  }

  func fill(key: UInt64, run: UInt64) { fill(key: key, run: run, 0..<count) }

  /// Fills a part of the sequence. One run of one stream: the stream's number, of 32 bits, above that of the block.
  private func fill(key: UInt64, run: UInt64, _ part: Range<Int>) {
    guard !part.isEmpty else { return }
    guard let stream = UInt32(exactly: stream) else { fatalError("random numbers: stream \(stream) is beyond 2³² − 1") }
    let (out, block) = (to + part.lowerBound, UInt64(stream) << 32)
    switch distribution {
    case .uniform(let low, let high):
      ck_random_uniform(out, part.count, key, run, block, part.lowerBound, low, high)
    case .normal(let mean, let deviation):
      ck_random_normal(out, part.count, key, run, block, part.lowerBound, mean, deviation)
    case .bernoulli(let probability, let value):
      ck_random_bernoulli(out, part.count, key, run, block, part.lowerBound, probability, value)
    }
  }
}

extension Instruction.Adam {
  fileprivate func run(_ part: Int, _ parts: Int) {
    let share = Instruction.share(count, part, parts)
    let from = share.lowerBound
    let bias1 = Float(1 - pow(Double(beta1), Double(step.pointee)))
    let bias2 = Float(1 - pow(Double(beta2), Double(step.pointee)))
    ck_adam(
      parameters + from, gradients + from, firstMoments + from, secondMoments + from, share.count, rate.pointee,
      beta1, beta2, epsilon, bias1, bias2)
  }
}

extension Instruction.Momentum {
  fileprivate func run(_ part: Int, _ parts: Int) {
    let share = Instruction.share(count, part, parts)
    let from = share.lowerBound
    ck_sgd_momentum(
      parameters + from, gradients + from, velocities + from, share.count, rate.pointee, momentum.pointee)
  }
}
