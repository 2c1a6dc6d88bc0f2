// Matrix products: our own kernel, or oneDNN's where that is faster.

import CKernels

extension Compiler {
  mutating func lowerProduct(_ node: Node, _ left: Bool, _ right: Bool, to result: UnsafeMutablePointer<Float>) {
    let (a, b) = (graph.nodes[node.operands[0]].shape, graph.nodes[node.operands[1]].shape)
    let product = Instruction.Product(
      m: Int32(node.shape[0]), n: Int32(node.shape[1]), k: Int32(left ? a[0] : a[1]),
      transposeLeft: left, transposeRight: right,
      left: place(node.operands[0]), right: place(node.operands[1]),
      leftStride: Int32(a[1]), rightStride: Int32(b[1]), result: result, resultStride: Int32(node.shape[1]))
    let sharing = 2 * product.multiplications >= granularity.product
    let parts = sharing ? threads : 1
    if product.suitsLibrary, let products = libraryProducts(product.rows(in: parts)) {
      emit(.libraryProducts(products), sharing: sharing)
      return
    }
    reserveScratch(
      Int(ck_matmul_scratch(left ? 1 : 0, right ? 1 : 0, product.m, product.n, product.k, Int32(parts))))
    emit(.product(product), sharing: sharing)
  }

  private func libraryProducts(_ parts: [Instruction.Product]) -> UnsafePointer<Instruction.LibraryProduct>? {
    let prepared = parts.compactMap { part in
      tables.libraryProduct(part).map {
        Instruction.LibraryProduct(handle: $0, left: part.left, right: part.right, result: part.result)
      }
    }
    return prepared.count == parts.count ? UnsafePointer(tables.store(prepared)) : nil
  }
}

extension Instruction.Product {
  fileprivate var multiplications: Int { Int(m) * Int(n) * Int(k) }

  /// Whether oneDNN's kernel is the faster one. It packs both factors, which pays for large products with a
  /// transposed factor: by 5 to 15 % (measured, AVX-512); elsewhere our kernel, which reads them in place, is ahead.
  fileprivate var suitsLibrary: Bool {
    multiplications >= (transposeLeft || transposeRight ? 90_000_000 : 300_000_000)
  }

  /// The product as several, each of some rows of the result.
  fileprivate func rows(in parts: Int) -> [Instruction.Product] {
    (0..<parts).map { part in
      let (begin, end) = (Int(m) * part / parts, Int(m) * (part + 1) / parts)
      return Instruction.Product(
        m: Int32(end - begin), n: n, k: k, transposeLeft: transposeLeft, transposeRight: transposeRight,
        left: left + (transposeLeft ? begin : begin * Int(leftStride)), right: right, leftStride: leftStride,
        rightStride: rightStride, result: result + begin * Int(resultStride), resultStride: resultStride)
    }
  }
}
