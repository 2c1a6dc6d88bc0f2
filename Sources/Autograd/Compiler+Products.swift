// Matrix products as instructions.

import CKernels

extension Compiler {
  mutating func lowerProduct(_ node: Node, _ left: Bool, _ right: Bool, to result: UnsafeMutablePointer<Float>) {
    if lowerRoundedProduct(node, left, right, to: result) { return }
    let (a, b) = (graph.nodes[node.operands[0]].shape, graph.nodes[node.operands[1]].shape)
    let product = Instruction.Product(
      m: Int32(node.shape[0]), n: Int32(node.shape[1]), k: Int32(left ? a[0] : a[1]),
      transposeLeft: left, transposeRight: right,
      left: place(node.operands[0]), right: place(node.operands[1]),
      leftStride: Int32(a[1]), rightStride: Int32(b[1]), result: result, resultStride: Int32(node.shape[1]))
    reserveScratch(
      Int(
        ck_matmul_scratch(left ? 1 : 0, right ? 1 : 0, product.m, product.n, product.k, Int32(threads))))
    let operations = 2 * Int(product.m) * Int(product.n) * Int(product.k)
    emit(.product(product), sharing: operations >= granularity.product)
  }

  /// Lowers a matrix product whose factors are to be rounded to what the rounding kernels know: rows are pixels, and
  /// there is one tap. `false` where single precision is asked for, or is as fast.
  private mutating func lowerRoundedProduct(
    _ node: Node, _ left: Bool, _ right: Bool, to result: UnsafeMutablePointer<Float>
  ) -> Bool {
    let a = graph.nodes[node.operands[0]].shape
    guard !(left && right), precision.mode != nil,
      Precision.pays(rows: node.shape[0], columns: node.shape[1], terms: a[left ? 0 : 1])
    else { return false }
    let sum = ck_convolution(
      images: 1, source_height: 1, source_width: Int32(a[0]), source_channels: Int32(a[1]), source_step: 1,
      grid_height: 1, grid_width: Int32(a[0]), result_height: 1, result_width: Int32(a[0]),
      result_channels: Int32(node.shape[1]), result_step: 1, result_y: 0, result_x: 0, tap_count: 1,
      taps: tables.store([ck_tap(y: 0, x: 0, matrix: 0)]), transposed: right ? 1 : 0)
    if left {
      emitFilterGradient(node, sum, multiplications: a[0], result)
    } else {
      emitConvolution(node, [sum], multiplications: a[1] * node.shape[1], result)
    }
    return true
  }
}
