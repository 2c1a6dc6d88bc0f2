// Raw memory, owned: taken when a program is compiled, never while it runs, and given back with its owner. What points
// into it is decided by the compiler, once, and followed by `Instruction.swift` alone.

import CKernels

/// Floats at a fixed address, aligned for the widest vectors.
final class FloatBuffer {
  let base: UnsafeMutablePointer<Float>
  let count: Int

  init(count: Int, filledWith value: Float = 0) {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
    self.base = raw.bindMemory(to: Float.self, capacity: max(1, count))
    self.count = count
    base.initialize(repeating: value, count: max(1, count))
  }

  deinit { base.deallocate() }
}

/// Small tables that instructions point to, kept as long as the program lives.
final class Tables {
  private var owned: [UnsafeMutableRawPointer] = []

  /// A copy of `elements` at a fixed address. Elements must be plain values: they are never deinitialised.
  func store<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let pointer = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    pointer.initialize(from: elements, count: elements.count)
    owned.append(UnsafeMutableRawPointer(pointer))
    return pointer
  }

  deinit { owned.forEach { $0.deallocate() } }
}

/// The flat buffer of a model's parameters, running statistics and moments, shared by all of its programs.
package final class ParameterStore {
  package let layout: ParameterLayout
  let values: FloatBuffer
  /// Updates done, one counter a range.
  let counters: UnsafeMutablePointer<Int>

  package init(_ layout: ParameterLayout) {
    self.layout = layout
    self.values = FloatBuffer(count: layout.count)
    self.counters = .allocate(capacity: max(1, layout.ranges.count))
    counters.initialize(repeating: 0, count: max(1, layout.ranges.count))
  }

  deinit { counters.deallocate() }

  package subscript(parameter: Parameter) -> [Float] {
    get {
      Array(UnsafeBufferPointer(start: values.base + parameter.offset, count: parameter.shape.count))
    }
    set {
      guard newValue.count == parameter.shape.count else {
        fatalError("\(parameter.name) has \(parameter.shape.count) elements, got \(newValue.count)")
      }
      (values.base + parameter.offset).update(from: newValue, count: newValue.count)
    }
  }

  /// All that it holds, as one value.
  package struct Contents: Hashable, Sendable {
    /// `[layout.count]`: parameters, running statistics and moments, padded with zeros.
    package var values: [Float]
    /// One counter a range.
    package var updates: [Int]

    package init(values: [Float], updates: [Int]) {
      self.values = values
      self.updates = updates
    }
  }

  package var contents: Contents {
    get {
      Contents(
        values: Array(UnsafeBufferPointer(start: values.base, count: layout.count)),
        updates: Array(UnsafeBufferPointer(start: counters, count: layout.ranges.count)))
    }
    set {
      guard newValue.values.count == layout.count, newValue.updates.count == layout.ranges.count else {
        fatalError("ParameterStore: \(newValue.values.count) values for a layout of \(layout.count)")
      }
      values.base.update(from: newValue.values, count: layout.count)
      counters.update(from: newValue.updates, count: layout.ranges.count)
    }
  }

  /// The first parameter, running statistic or moment that is not a finite number; `nil` if all are.
  package var firstBrokenSlice: ParameterLayout.Slice? {
    layout.slices.first { slice in
      !UnsafeBufferPointer(start: values.base + slice.elements.lowerBound, count: slice.elements.count)
        .allSatisfy(\.isFinite)
    }
  }

  /// Zeros every value, moment and counter.
  package func clear() {
    values.base.update(repeating: 0, count: values.count)
    counters.update(repeating: 0, count: max(1, layout.ranges.count))
  }
}

/// What random nodes draw from: a key and a counter of runs, shared by programs that are parts of one experiment.
/// Equal keys and counters give equal numbers (Salmon et al. 2011), so a run can be resumed exactly.
package final class RandomSource {
  package var key: UInt64
  /// Runs so far.
  package var counter: UInt64

  package init(key: UInt64, counter: UInt64 = 0) {
    self.key = key
    self.counter = counter
  }

  /// `count` numbers outside any program: what initialisers draw. `stream` tells independent sequences apart.
  package static func numbers(_ distribution: Distribution, count: Int, key: UInt64, stream: UInt64) -> [Float] {
    Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let base = buffer.baseAddress else { return }
      base.initialize(repeating: 0, count: count)
      Instruction.Draw(distribution: distribution, stream: stream, to: base, count: count).fill(key: key, run: 0)
      initialized = count
    }
  }
}

/// A team of threads that runs programs; see `ck_workers.h`.
package final class Workers {
  let handle: OpaquePointer
  package let threads: Int

  /// - Parameter threads: at least 1. Where the system refuses more threads, one is used.
  package init(threads: Int) {
    if threads > 1, let team = ck_workers_create(Int32(threads)) {
      self.handle = team
      self.threads = threads
    } else if let alone = ck_workers_create(1) {
      self.handle = alone
      self.threads = 1
    } else {
      fatalError("workers: out of memory")
    }
  }

  deinit { ck_workers_destroy(handle) }
}
