// Squared distances from one point to many: the work behind the nearest neighbour and the Parzen window. Points are
// kept sixteen to a block, coordinate by coordinate, so that a vector holds the same coordinate of sixteen points and no
// sum crosses its lanes.

/// Points of equal dimension, laid out for distances.
struct PointSet: Sendable {
  let count: Int
  let dimension: Int
  /// `[blocks, dimension]` vectors of 16 points; what is missing in the last block repeats the first point.
  private let blocks: [SIMD16<Float>]

  /// - Parameter points: `[count, dimension]`, flat.
  init(_ points: [Float], dimension: Int) {
    precondition(
      dimension > 0 && !points.isEmpty && points.count % dimension == 0,
      "PointSet: \(points.count) floats are not points of \(dimension) dimensions")
    let count = points.count / dimension
    var blocks = [SIMD16<Float>](repeating: .zero, count: (count + 15) / 16 * dimension)
    for block in 0..<(count + 15) / 16 {
      for lane in 0..<16 {
        let point = block * 16 + lane < count ? block * 16 + lane : 0
        for axis in 0..<dimension { blocks[block * dimension + axis][lane] = points[point * dimension + axis] }
      }
    }
    self.count = count
    self.dimension = dimension
    self.blocks = blocks
  }

  /// Overwrites `distances`, `[count]`, with ‖query − point‖² for every point.
  ///
  /// - Parameter query: `[dimension]`.
  func squaredDistances(from query: Span<Float>, into distances: inout [Float]) {
    precondition(
      query.count == dimension && distances.count == count,
      "PointSet: a query of \(query.count) dimensions and room for \(distances.count) distances, not \(dimension), \(count)"
    )
    let blocks = blocks.span
    for block in 0..<(count + 15) / 16 {
      let start = block * dimension
      var sum = SIMD16<Float>.zero
      for axis in 0..<dimension {
        let offset = blocks[start + axis] - query[axis]
        sum += offset * offset
      }
      let first = block * 16
      for lane in 0..<min(16, count - first) { distances[first + lane] = sum[lane] }
    }
  }
}
