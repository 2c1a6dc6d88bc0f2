// How much work is worth a second thread. Meeting another thread costs about a microsecond, waking it more.

/// Amounts of work from which threads share it.
package struct Granularity: Sendable {
  /// Floating-point operations of a whole program.
  let program: Int
  /// Element-wise operations of one pass over memory.
  let elements: Int
  /// Floating-point operations of one product.
  let product: Int

  /// Measured on two cores of x86-64: below these, two threads are slower than one.
  package static let measured = Granularity(program: 20_000_000, elements: 32_768, product: 1_000_000)
  /// Everything is shared: for tests of sharing.
  package static let finest = Granularity(program: 0, elements: 1, product: 1)
}
