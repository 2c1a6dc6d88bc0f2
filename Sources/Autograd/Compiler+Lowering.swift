// Each operation that is no chain, as instructions.

import CKernels

extension Compiler {
  mutating func lower(_ index: Int) {
    let node = graph.nodes[index]
    switch node.operation {
    case .product(let left, let right): lowerProduct(node, left, right, to: place(index))
    case .convolution(let window): lowerConvolution(node, window, to: place(index))
    case .convolutionInputGradient(let window): lowerConvolutionInputGradient(node, window, to: place(index))
    case .convolutionFilterGradient(let window): lowerConvolutionFilterGradient(node, window, to: place(index))
    case .patches(let window): lowerPatches(node, window, to: place(index))
    case .fold(let window): lowerFold(node, window, to: place(index))
    case .random(let distribution, let stream):
      emit(
        .random(.init(distribution: distribution, stream: UInt64(stream), to: place(index), count: node.shape.count)),
        sharing: node.shape.count >= granularity.elements)
    case .sum: lowerSum(node, to: place(index))
    case .maximum(let axis): emit(.maximumAxis(reduction(node.operands[0], axis, to: place(index))))
    case .maximumMask(let axis): emit(.maximumMask(reduction(node.operands[0], axis, to: place(index))))
    case .broadcast, .transpose, .slice, .concatenate, .pad: lowerMove(node, to: place(index))
    case .gather:
      emit(.gather(lookup(node, rows: shape(node.operands[0])[0], count: node.shape[0], to: place(index))))
    case .scatterAdd:
      emit(.scatterAdd(lookup(node, rows: node.shape[0], count: shape(node.operands[0])[0], to: place(index))))
    case .assign(let parameter): emitCopy(from: place(node.operands[0]), to: slot(parameter), count: node.shape.count)
    case .update(let rule, let range): lowerUpdate(index, rule, range)
    case .input, .constant, .parameter, .unary, .binary, .reshape, .detach:
      fatalError("compiler: \(node.operation) is no step of its own")
    }
  }

  private func shape(_ index: Int) -> Shape { graph.nodes[index].shape }

  private func slot(_ parameter: Parameter) -> UnsafeMutablePointer<Float> {
    parameters.values.base + parameter.offset
  }

  // MARK: Reductions

  private func reduction(_ operand: Int, _ axis: Int, to: UnsafeMutablePointer<Float>) -> Instruction.AxisReduction {
    let (outer, extent, inner) = shape(operand).split(at: axis)
    return .init(from: place(operand), to: to, outer: outer, axis: extent, inner: inner)
  }

  /// A sum that is no end of a chain: over one block of neighbouring axes. `Tensor.sum` records no other.
  private mutating func lowerSum(_ node: Node, to result: UnsafeMutablePointer<Float>) {
    let from = shape(node.operands[0])
    let to = node.shape.padded(toRank: from.rank)
    let summed = (0..<from.rank).filter { from[$0] != to[$0] }
    guard let first = summed.first, let last = summed.last else { fatalError("compiler: a sum over nothing") }
    emit(
      .sumAxis(
        .init(
          from: place(node.operands[0]), to: result, outer: from.extents[..<first].reduce(1, *),
          axis: from.extents[first...last].reduce(1, *), inner: from.extents[(last + 1)...].reduce(1, *))))
  }

  // MARK: Moves

  private mutating func lowerMove(_ node: Node, to result: UnsafeMutablePointer<Float>) {
    let source = shape(node.operands[0])
    switch node.operation {
    case .broadcast:
      let padded = Shape(source.padded(toRank: node.shape.rank))
      let strides = zip(padded.extents, padded.strides).map { $0 == 1 ? 0 : $1 }
      emitMove(node.shape, place(node.operands[0]), strides, result, node.shape.strides)
    case .transpose(let permutation):
      emitMove(
        node.shape, place(node.operands[0]), permutation.map { source.strides[$0] }, result, node.shape.strides)
    case .slice(let axis, let start):
      emitMove(
        node.shape, place(node.operands[0]) + start * source.strides[axis], source.strides, result,
        node.shape.strides)
    case .pad(let axis, let start):
      emit(.clear(result, count: node.shape.count))
      emitMove(
        source, place(node.operands[0]), source.strides, result + start * node.shape.strides[axis],
        node.shape.strides)
    case .concatenate(let axis):
      var start = 0
      for operand in node.operands {
        let part = shape(operand)
        emitMove(
          part, place(operand), part.strides, result + start * node.shape.strides[axis], node.shape.strides)
        start += part[axis]
      }
    default: fatalError("compiler: \(node.operation) is no move")
    }
  }

  /// A copy between strided views; neighbouring axes that are contiguous on both sides become one.
  private mutating func emitMove(
    _ shape: Shape, _ from: UnsafePointer<Float>, _ fromStrides: [Int], _ to: UnsafeMutablePointer<Float>,
    _ toStrides: [Int]
  ) {
    var axes: [(extent: Int, from: Int, to: Int)] = []
    for axis in 0..<shape.rank where shape[axis] > 1 {
      let next = (extent: shape[axis], from: fromStrides[axis], to: toStrides[axis])
      if let last = axes.last, last.from == next.extent * next.from, last.to == next.extent * next.to {
        axes[axes.count - 1] = (last.extent * next.extent, next.from, next.to)
      } else {
        axes.append(next)
      }
    }
    guard axes.count <= Int(CK_MAX_AXES) else { fatalError("compiler: a move over \(axes.count) axes") }
    let unused = Array(repeating: (extent: 1, from: 0, to: 0), count: Int(CK_MAX_AXES) - axes.count)
    axes = unused + axes
    var view = ck_view()
    fill(&view.extents, axes.map(\.extent))
    fill(&view.from, axes.map(\.from))
    fill(&view.to, axes.map(\.to))
    emit(.copy(tables.store([view]), from: from, to: to))
  }

  /// Writes a C array, which Swift sees as a tuple.
  private func fill<CArray>(_ array: inout CArray, _ values: [Int]) {
    withUnsafeMutableBytes(of: &array) { bytes in
      for (index, value) in values.enumerated() {
        bytes.storeBytes(of: Int64(value), toByteOffset: index * MemoryLayout<Int64>.stride, as: Int64.self)
      }
    }
  }

  private mutating func emitCopy(from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>, count: Int) {
    emitMove([count], from, [1], to, [1])
  }

  private func lookup(_ node: Node, rows: Int, count: Int, to: UnsafeMutablePointer<Float>) -> Instruction.Lookup {
    .init(
      from: place(node.operands[0]), indices: place(node.operands[1]), to: to, rows: rows, count: count,
      width: node.shape[1])
  }

  // MARK: Updates

  private mutating func lowerUpdate(_ index: Int, _ rule: UpdateRule, _ range: ParameterRange) {
    let operands = graph.nodes[index].operands
    let block = gradients(of: index)
    let rate = place(operands[0])
    for (parameter, gradient) in zip(range.parameters, operands.suffix(range.parameters.count)) {
      let target = block + parameter.offset - range.elements.lowerBound
      if place(gradient) != target { emitCopy(from: place(gradient), to: target, count: parameter.shape.count) }
    }
    emit(.count(parameters.counters + range.counter))
    let values = parameters.values.base
    let sharing = range.elements.count >= granularity.elements
    switch rule {
    case .adam(let beta1, let beta2, let epsilon):
      emit(
        .adam(
          .init(
            parameters: values + range.elements.lowerBound, firstMoments: values + range.firstMoment,
            secondMoments: values + range.secondMoment, gradients: block, rate: rate, count: range.elements.count,
            beta1: beta1, beta2: beta2, epsilon: epsilon, step: parameters.counters + range.counter)),
        sharing: sharing)
    case .momentum:
      emit(
        .momentum(
          .init(
            parameters: values + range.elements.lowerBound, velocities: values + range.firstMoment, gradients: block,
            rate: rate, momentum: place(operands[1]), count: range.elements.count)),
        sharing: sharing)
    }
  }
}

extension Graph {
  /// A rough count of a schedule's floating-point operations.
  func cost(_ schedule: Schedule) -> Int {
    schedule.steps.reduce(0) { total, step in
      switch step {
      case .chain(let chain): return total + chain.count * (chain.members.count + chain.sinks.count)
      case .single(let index): return total + cost(of: nodes[index])
      }
    }
  }

  private func cost(of node: Node) -> Int {
    func operand(_ position: Int) -> Shape { nodes[node.operands[position]].shape }
    switch node.operation {
    case .product(let left, _): return 2 * node.shape.count * operand(0)[left ? 0 : 1]
    case .convolution: return 2 * node.shape.count / node.shape[3] * operand(1).count
    case .convolutionInputGradient: return 2 * operand(0).count / operand(0)[3] * operand(1).count
    case .convolutionFilterGradient: return 2 * operand(1).count / operand(1)[3] * node.shape.count
    default: return node.shape.count
    }
  }
}
