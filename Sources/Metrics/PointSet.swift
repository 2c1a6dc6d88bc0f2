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

  /// Queries that share a pass over the points: a block, 50 kB at 784 dimensions, is then read from cache 32 times
  /// for once from memory.
  private static let tile = 32

  /// Calls `body` for each query in turn with its ‖query − point‖² for every point, `[count]`.
  ///
  /// - Parameter queries: `[M, dimension]`, flat.
  func squaredDistances(from queries: [Float], _ body: (Span<Float>) -> Void) {
    precondition(
      queries.count % dimension == 0, "PointSet: \(queries.count) floats are not queries of \(dimension) dimensions")
    let total = queries.count / dimension
    var distances = [Float](repeating: 0, count: min(Self.tile, total) * count)
    for first in stride(from: 0, to: total, by: Self.tile) {
      let tile = first..<min(first + Self.tile, total)
      for block in 0..<(count + 15) / 16 {
        for query in tile {
          let sum = squaredDistances(from: queries.span, query: query, block: block)
          let start = (query - first) * count + block * 16
          for lane in 0..<min(16, count - block * 16) { distances[start + lane] = sum[lane] }
        }
      }
      for query in tile {
        body(distances.span.extracting((query - first) * count..<(query - first + 1) * count))
      }
    }
  }

  /// The squared distances of one query from the sixteen points of a block.
  private func squaredDistances(from queries: Span<Float>, query: Int, block: Int) -> SIMD16<Float> {
    let query = queries.extracting(query * dimension..<(query + 1) * dimension)
    let points = blocks.span.extracting(block * dimension..<(block + 1) * dimension)
    var sum = SIMD16<Float>.zero
    for axis in query.indices {
      let offset = points[axis] - query[axis]
      sum += offset * offset
    }
    return sum
  }
}
