// Convolutions as instructions: for each, where its taps read and write.

import CKernels

extension Compiler {
  mutating func lowerConvolution(_ node: Node, _ window: Window, to result: UnsafeMutablePointer<Float>) {
    let (images, filter) = (graph.nodes[node.operands[0]].shape, graph.nodes[node.operands[1]].shape)
    emitConvolution(node, [sliding(window, over: images, channels: filter[3])], multiplications: filter.count, result)
  }

  /// One sum over taps for each place within a step; see `ck_convolution.h`.
  mutating func lowerConvolutionInputGradient(_ node: Node, _ window: Window, to result: UnsafeMutablePointer<Float>) {
    let (gradient, images) = (graph.nodes[node.operands[0]].shape, node.shape)
    var sums: [ck_convolution] = []
    for y in 0..<min(window.stride, images[1]) {
      for x in 0..<min(window.stride, images[2]) {
        let taps = taps(of: window).filter { tap in
          (y - Int(tap.y)) % window.stride == 0 && (x - Int(tap.x)) % window.stride == 0
        }.map { tap in
          ck_tap(
            y: Int32((y - Int(tap.y)) / window.stride), x: Int32((x - Int(tap.x)) / window.stride), matrix: tap.matrix)
        }
        sums.append(
          ck_convolution(
            images: Int32(images[0]), source_height: Int32(gradient[1]), source_width: Int32(gradient[2]),
            source_channels: Int32(gradient[3]), source_step: 1,
            grid_height: Int32((images[1] - y + window.stride - 1) / window.stride),
            grid_width: Int32((images[2] - x + window.stride - 1) / window.stride),
            result_height: Int32(images[1]), result_width: Int32(images[2]), result_channels: Int32(images[3]),
            result_step: Int32(window.stride), result_y: Int32(y), result_x: Int32(x), tap_count: Int32(taps.count),
            taps: tables.store(taps), transposed: 1))
      }
    }
    emitConvolution(node, sums, multiplications: graph.nodes[node.operands[1]].shape.count, result)
  }

  mutating func lowerConvolutionFilterGradient(_ node: Node, _ window: Window, to result: UnsafeMutablePointer<Float>) {
    let (images, gradient) = (graph.nodes[node.operands[0]].shape, graph.nodes[node.operands[1]].shape)
    emitFilterGradient(
      node, sliding(window, over: images, channels: gradient[3]), multiplications: gradient.count / gradient[3], result)
  }

  mutating func lowerPatches(_ node: Node, _ window: Window, to result: UnsafeMutablePointer<Float>) {
    let images = graph.nodes[node.operands[0]].shape
    emit(
      .patches(tables.store([sliding(window, over: images, channels: 1)]), from: place(node.operands[0]), to: result),
      sharing: node.shape.count >= granularity.elements)
  }

  mutating func lowerFold(_ node: Node, _ window: Window, to result: UnsafeMutablePointer<Float>) {
    let patches = graph.nodes[node.operands[0]].shape
    emit(
      .fold(tables.store([sliding(window, over: node.shape, channels: 1)]), from: place(node.operands[0]), to: result),
      sharing: patches.count >= granularity.elements)
  }

  mutating func emitConvolution(
    _ node: Node, _ sums: [ck_convolution], multiplications filter: Int, _ result: UnsafeMutablePointer<Float>
  ) {
    let table = tables.store(sums)
    let pixels = sums.reduce(0) { $0 + $1.pixels } / sums.count
    let mode = mode(for: sums[0], rows: pixels, terms: Int(sums[0].tap_count * sums[0].source_channels))
    for sum in table..<table + sums.count { reserveScratch(for: sum, mode) }
    emit(
      .convolve(
        .init(
          sums: table, count: sums.count, source: place(node.operands[0]), other: place(node.operands[1]),
          result: result, mode: mode)),
      sharing: 2 * pixels * filter >= granularity.product)
  }

  mutating func emitFilterGradient(
    _ node: Node, _ sum: ck_convolution, multiplications pixels: Int, _ result: UnsafeMutablePointer<Float>
  ) {
    let table = tables.store([sum])
    let mode = mode(for: sum, rows: Int(sum.tap_count * sum.source_channels), terms: pixels)
    reserveScratch(for: table, mode)
    emit(
      .filterGradient(
        .init(
          sums: table, count: 1, source: place(node.operands[0]), other: place(node.operands[1]), result: result,
          mode: mode)),
      sharing: 2 * pixels * node.shape.count >= granularity.product)
  }

  private func mode(for sum: ck_convolution, rows: Int, terms: Int) -> ck_bf16_mode? {
    Precision.pays(rows: rows, columns: Int(sum.result_channels), terms: terms) ? precision.mode : nil
  }

  private mutating func reserveScratch(for sum: UnsafePointer<ck_convolution>, _ mode: ck_bf16_mode?) {
    reserveScratch(Int(mode.map { ck_bf16_scratch(sum, $0) } ?? ck_convolution_scratch(sum)))
  }

  /// A window's sum over the images on which it slides.
  private func sliding(_ window: Window, over images: Shape, channels: Int) -> ck_convolution {
    let places = window.places(on: images)
    let taps = taps(of: window)
    return ck_convolution(
      images: Int32(images[0]), source_height: Int32(images[1]), source_width: Int32(images[2]),
      source_channels: Int32(images[3]), source_step: Int32(window.stride),
      grid_height: Int32(places.height), grid_width: Int32(places.width),
      result_height: Int32(places.height), result_width: Int32(places.width), result_channels: Int32(channels),
      result_step: 1, result_y: 0, result_x: 0, tap_count: Int32(taps.count), taps: tables.store(taps), transposed: 0)
  }

  private func taps(of window: Window) -> [ck_tap] {
    (0..<window.area).map { place in
      ck_tap(
        y: Int32(place / window.width - window.padding), x: Int32(place % window.width - window.padding),
        matrix: Int32(place))
    }
  }
}

extension ck_convolution {
  /// Pixels of its grid, of all images.
  fileprivate var pixels: Int { Int(images) * Int(grid_height) * Int(grid_width) }
}
