// Generated samples on their way into a file.

/// Samples in the data's own units.
package struct SampleSet: Hashable, Sendable {
  /// `[K]` for points on a line, `[K, 2]` in the plane, `[K, height, width]` for images, in 0…1.
  package let shape: [Int]
  /// Row-major.
  package let values: [Float]

  package init(shape: [Int], values: [Float]) {
    precondition(shape.reduce(1, *) == values.count, "SampleSet: \(values.count) values for the shape \(shape)")
    self.shape = shape
    self.values = values
  }
}
