// Matrix products as instructions.

import CKernels

extension Compiler {
  mutating func lowerProduct(_ node: Node, _ left: Bool, _ right: Bool, to result: UnsafeMutablePointer<Float>) {
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
}
