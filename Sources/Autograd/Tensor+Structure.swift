// Products, reductions and moves.

extension Tensor {
  // MARK: Products

  /// The matrix product `op(self) · op(other)`: `[M, K] · [K, N] = [M, N]` after the transposes.
  ///
  /// A product with K, M or N = 1 is an outer product or a row of dot products: bandwidth, not arithmetic. It is
  /// recorded as element-wise operations and a sum, which fuse with what stands around them.
  package func product(_ other: Tensor, transposeLeft: Bool = false, transposeRight: Bool = false) -> Tensor {
    guard shape.rank == 2, other.shape.rank == 2 else {
      fatalError("product: takes matrices, got \(shape) and \(other.shape)")
    }
    let (m, k) = transposeLeft ? (shape[1], shape[0]) : (shape[0], shape[1])
    let (inner, n) = transposeRight ? (other.shape[1], other.shape[0]) : (other.shape[0], other.shape[1])
    guard k == inner else {
      fatalError(
        "product: \(shape)\(transposeLeft ? "ᵀ" : "") · \(other.shape)\(transposeRight ? "ᵀ" : "") do not chain")
    }
    if k == 1 { return reshaped([m, 1]) * other.reshaped([1, n]) }
    if n == 1 {
      return transposeLeft
        ? (self * other.reshaped([k, 1])).sum(axes: [0]).reshaped([m, 1])
        : (self * other.reshaped([1, k])).sum(axes: [1])
    }
    if m == 1 {
      return transposeRight
        ? (other * reshaped([1, k])).sum(axes: [1]).reshaped([1, n])
        : (other * reshaped([k, 1])).sum(axes: [0])
    }
    return graph.record(
      .product(transposeLeft: transposeLeft, transposeRight: transposeRight), [self, other], [m, n])
  }

  // MARK: Reductions

  /// The sum over `axes`, which keep extent 1.
  package func sum(axes: [Int]) -> Tensor {
    let kept = shape.extents.enumerated().map { axes.contains($0.offset) ? 1 : $0.element }
    return sum(to: Shape(kept))
  }

  /// The sum of all elements, a scalar.
  package func sum() -> Tensor { sum(to: .scalar) }

  /// The mean of all elements, a scalar.
  package func mean() -> Tensor { sum() / Float(shape.count) }

  /// The mean over `axes`, which keep extent 1.
  package func mean(axes: [Int]) -> Tensor { sum(axes: axes) / Float(axes.map { shape[$0] }.reduce(1, *)) }

  /// The sum over every axis on which `target`, aligned to the right, has extent 1: the adjoint of a broadcast.
  func sum(to target: Shape) -> Tensor {
    if target.count == shape.count { return reshaped(target) }
    guard Shape.broadcast(target, shape) == shape else { fatalError("sum: \(shape) does not reduce to \(target)") }
    if let value = constantValue { return graph.constant(value * Float(shape.count / target.count), target) }
    let wide = target.padded(toRank: shape.rank)
    let summed = (0..<shape.rank).filter { shape[$0] != wide[$0] }
    // One block of neighbouring axes at a time, the innermost first: each is a reduction that has a kernel.
    if let gap = summed.indices.dropFirst().last(where: { i in
      (summed[i - 1] + 1..<summed[i]).contains { shape[$0] > 1 }
    }) {
      return sum(axes: Array(summed[gap...])).sum(to: target)
    }
    return graph.record(.sum, [self], target)
  }

  /// The largest along `axis`, which keeps extent 1. Among equals, the gradient goes to the first.
  package func maximum(axis: Int) -> Tensor {
    graph.record(.maximum(axis: axis), [self], shape.replacing(axis: axis, with: 1))
  }

  // MARK: Moves

  package func broadcast(to target: Shape) -> Tensor {
    if target == shape { return self }
    if target.count == shape.count { return reshaped(target) }
    guard Shape.broadcast(shape, target) == target else { fatalError("broadcast: \(shape) does not fit \(target)") }
    return graph.record(.broadcast, [self], target)
  }

  package func reshaped(_ target: Shape) -> Tensor {
    guard target.count == shape.count else { fatalError("reshape: \(shape) has not as many elements as \(target)") }
    if target == shape { return self }
    if case .reshape = node.operation { return graph.tensor(node.operands[0]).reshaped(target) }
    return graph.record(.reshape, [self], target)
  }

  /// Axis `i` of the result is axis `permutation[i]` of `self`.
  package func transposed(_ permutation: [Int]) -> Tensor {
    guard permutation.sorted() == Array(0..<shape.rank) else {
      fatalError("transpose: \(permutation) is no permutation of the axes of \(shape)")
    }
    return graph.record(.transpose(permutation), [self], Shape(permutation.map { shape[$0] }))
  }

  package static func concatenate(_ parts: [Tensor], axis: Int) -> Tensor {
    guard let first = parts.first else { fatalError("concatenate: nothing to join") }
    for part in parts where part.shape.replacing(axis: axis, with: 1) != first.shape.replacing(axis: axis, with: 1) {
      fatalError("concatenate on axis \(axis): \(first.shape) and \(part.shape) differ elsewhere")
    }
    if parts.count == 1 { return first }
    let extent = parts.map { $0.shape[axis] }.reduce(0, +)
    return first.graph.record(.concatenate(axis: axis), parts, first.shape.replacing(axis: axis, with: extent))
  }

  /// The part `range` of an axis.
  package func slice(axis: Int, _ range: Range<Int>) -> Tensor {
    guard range.lowerBound >= 0, range.upperBound <= shape[axis], !range.isEmpty else {
      fatalError("slice: \(range) is not within axis \(axis) of \(shape)")
    }
    if range.count == shape[axis] { return self }
    return graph.record(
      .slice(axis: axis, start: range.lowerBound), [self], shape.replacing(axis: axis, with: range.count))
  }

  /// Zeros around on an axis, so that `self` begins at `start` and the axis has `extent`.
  func padded(axis: Int, start: Int, extent: Int) -> Tensor {
    graph.record(.pad(axis: axis, start: start), [self], shape.replacing(axis: axis, with: extent))
  }

  /// Rows of this table `[V, C]` at `indices` `[N]` (whole numbers as floats, 0 ..< V): `[N, C]`.
  package func gather(_ indices: Tensor) -> Tensor {
    guard shape.rank == 2, indices.shape.rank == 1 else {
      fatalError("gather: takes a table and a row of indices, got \(shape) and \(indices.shape)")
    }
    return graph.record(.gather, [self, indices], [indices.shape[0], shape[1]])
  }

  /// The adjoint of `gather`: these rows `[N, C]` added into zeros `[rows, C]` at `indices` `[N]`.
  package func scatterAdd(_ indices: Tensor, rows: Int) -> Tensor {
    guard shape.rank == 2, indices.shape == [shape[0]] else {
      fatalError("scatterAdd: rows \(shape) and indices \(indices.shape) do not match")
    }
    return graph.record(.scatterAdd, [self, indices], [rows, shape[1]])
  }
}
