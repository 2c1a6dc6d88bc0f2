// The extents of a tensor. Letters used throughout: N batch, H height, W width, C channels or features.

/// Extents, outermost first; `[]` is a scalar. Values lie in memory row-major: the last axis is contiguous.
package struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  package let extents: [Int]
  /// Elements.
  package let count: Int

  package init(_ extents: [Int]) {
    guard extents.allSatisfy({ $0 > 0 }) else { fatalError("Shape \(extents): every extent must be positive") }
    self.extents = extents
    self.count = extents.reduce(1, *)
  }

  package init(arrayLiteral extents: Int...) { self.init(extents) }

  package static let scalar = Shape([])

  package var rank: Int { extents.count }
  package var description: String { "[" + extents.map(String.init).joined(separator: ", ") + "]" }

  package subscript(axis: Int) -> Int { extents[axis] }

  /// The shape with `extent` on `axis`.
  func replacing(axis: Int, with extent: Int) -> Shape {
    var copy = extents
    copy[axis] = extent
    return Shape(copy)
  }

  /// Elements before, on and after an axis: the view `[outer, axis, inner]`.
  func split(at axis: Int) -> (outer: Int, axis: Int, inner: Int) {
    (extents[..<axis].reduce(1, *), extents[axis], extents[(axis + 1)...].reduce(1, *))
  }

  /// The same extents with leading ones up to `rank` axes, as NumPy aligns operands.
  func padded(toRank rank: Int) -> [Int] {
    Array(repeating: 1, count: max(0, rank - extents.count)) + extents
  }

  /// The shape that NumPy's rule gives two operands, or `nil` where an axis differs and neither side is 1.
  static func broadcast(_ left: Shape, _ right: Shape) -> Shape? {
    let rank = max(left.rank, right.rank)
    var result: [Int] = []
    for (a, b) in zip(left.padded(toRank: rank), right.padded(toRank: rank)) {
      guard a == b || a == 1 || b == 1 else { return nil }
      result.append(max(a, b))
    }
    return Shape(result)
  }

  /// Elements from one index to the next along each axis.
  var strides: [Int] {
    var result = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) { result[axis] = result[axis + 1] * extents[axis + 1] }
    return result
  }
}
