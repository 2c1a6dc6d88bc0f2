// Convolutions against plain loops in double precision, and their derivatives, first and second, against finite differences.

import Autograd
import Testing

@Suite("Convolutions")
struct ConvolutionTests {
  /// A geometry: square images and filters.
  struct Geometry: Sendable, CustomTestStringConvertible {
    var images = 2
    let size, channels, features, kernel: Int
    var stride = 1
    var padding = 0
    var testDescription: String {
      "\(images)×\(size)×\(size)×\(channels) → \(features), kernel \(kernel), stride \(stride), padding \(padding)"
    }
    var image: Shape { [images, size, size, channels] }
    var filter: Shape { [kernel, kernel, channels, features] }
  }

  static let geometries = [
    // The three operations themselves.
    Geometry(size: 5, channels: 8, features: 9, kernel: 3, padding: 1),
    Geometry(size: 6, channels: 9, features: 17, kernel: 4, stride: 2, padding: 1),
    Geometry(images: 1, size: 7, channels: 20, features: 33, kernel: 3, stride: 2),
    Geometry(images: 3, size: 9, channels: 16, features: 32, kernel: 2, stride: 3),
    Geometry(size: 5, channels: 8, features: 8, kernel: 2, stride: 4, padding: 2),
    Geometry(images: 1, size: 4, channels: 40, features: 48, kernel: 5, padding: 2),
    Geometry(images: 1, size: 3, channels: 1100, features: 8, kernel: 2),
    // Few channels on one side: patches and a product.
    Geometry(size: 8, channels: 1, features: 16, kernel: 4, stride: 2, padding: 1),
    Geometry(size: 7, channels: 3, features: 8, kernel: 3, stride: 2, padding: 1),
    Geometry(size: 6, channels: 16, features: 1, kernel: 4, padding: 1),
    Geometry(images: 1, size: 5, channels: 9, features: 3, kernel: 3, padding: 2),
    Geometry(size: 7, channels: 12, features: 2, kernel: 3, stride: 2, padding: 1),
    Geometry(size: 3, channels: 10, features: 1, kernel: 2, padding: 2),
    Geometry(images: 1, size: 5, channels: 2, features: 3, kernel: 2, stride: 3, padding: 1),
    // One place, and one pixel: a product.
    Geometry(images: 3, size: 4, channels: 12, features: 10, kernel: 4),
    Geometry(size: 3, channels: 9, features: 11, kernel: 1),
  ]

  @Test("agree with plain loops, on one thread and shared by two", arguments: geometries, [1, 2])
  func forward(_ geometry: Geometry, threads: Int) {
    let graph = Graph()
    let image = graph.input("image", geometry.image)
    let filter = graph.input("filter", geometry.filter)
    let result = image.convolved(with: filter, stride: geometry.stride, padding: geometry.padding)
    let (x, w) = (numbers(image.shape.count), numbers(filter.shape.count, seed: 2))
    let values = evaluate(graph, [result], inputs: [(image, x), (filter, w)], threads: threads)[0]
    var expected = [Double](repeating: 0, count: values.count)
    meetings(geometry) { pixel, place, tap in
      for c in 0..<geometry.channels {
        for f in 0..<geometry.features {
          expected[place * geometry.features + f] +=
            Double(x[pixel * geometry.channels + c]) * Double(w[(tap * geometry.channels + c) * geometry.features + f])
        }
      }
    }
    expectClose(values, expected)
  }

  @Test("transposed agree with plain loops, on one thread and shared by two", arguments: geometries, [1, 2])
  func transposed(_ geometry: Geometry, threads: Int) {
    let graph = Graph()
    let places = (geometry.size + 2 * geometry.padding - geometry.kernel) / geometry.stride + 1
    let image = graph.input("image", [geometry.images, places, places, geometry.features])
    let filter = graph.input("filter", geometry.filter)
    let result = image.transposeConvolved(
      with: filter, stride: geometry.stride, padding: geometry.padding, size: (geometry.size, geometry.size))
    let (y, w) = (numbers(image.shape.count), numbers(filter.shape.count, seed: 2))
    let values = evaluate(graph, [result], inputs: [(image, y), (filter, w)], threads: threads)[0]
    var expected = [Double](repeating: 0, count: values.count)
    meetings(geometry) { pixel, place, tap in
      for c in 0..<geometry.channels {
        for f in 0..<geometry.features {
          expected[pixel * geometry.channels + c] +=
            Double(y[place * geometry.features + f]) * Double(w[(tap * geometry.channels + c) * geometry.features + f])
        }
      }
    }
    expectClose(values, expected)
  }

  @Test("have a filter gradient that agrees with plain loops, also shared", arguments: geometries, [1, 2])
  func filterGradient(_ geometry: Geometry, threads: Int) {
    let graph = Graph()
    let image = graph.input("image", geometry.image)
    let filter = graph.input("filter", geometry.filter)
    let result = image.convolved(with: filter, stride: geometry.stride, padding: geometry.padding)
    let weights = graph.input("weights", result.shape)
    let gradient = gradient(of: (result * weights).sum(), withRespectTo: [filter])[0]
    let (x, g) = (numbers(image.shape.count), numbers(result.shape.count, seed: 3))
    let values = evaluate(
      graph, [gradient], inputs: [(image, x), (weights, g)], threads: threads)[0]
    var expected = [Double](repeating: 0, count: values.count)
    meetings(geometry) { pixel, place, tap in
      for c in 0..<geometry.channels {
        for f in 0..<geometry.features {
          expected[(tap * geometry.channels + c) * geometry.features + f] +=
            Double(x[pixel * geometry.channels + c]) * Double(g[place * geometry.features + f])
        }
      }
    }
    expectClose(values, expected)
  }

  /// Small enough for finite differences on each element.
  static let small = [
    Geometry(images: 1, size: 4, channels: 8, features: 8, kernel: 3, stride: 2, padding: 1),
    Geometry(images: 2, size: 3, channels: 8, features: 8, kernel: 2),
    Geometry(images: 2, size: 5, channels: 1, features: 3, kernel: 3, stride: 2, padding: 1),
    Geometry(images: 2, size: 2, channels: 2, features: 3, kernel: 2),
    Geometry(images: 1, size: 4, channels: 3, features: 1, kernel: 3, padding: 1),
  ]

  @Test("have gradients that agree with finite differences, and gradients of these", arguments: small, [1, 2])
  func gradients(_ geometry: Geometry, order: Int) {
    checkGradient([geometry.image, geometry.filter], order: order, tolerance: order == 1 ? 5e-3 : 2e-2) {
      ($0[0] * 0.3).convolved(with: $0[1] * 0.3, stride: geometry.stride, padding: geometry.padding).tanh()
    }
  }

  @Test(
    "transposed have gradients that agree with finite differences, and gradients of these", arguments: small, [1, 2])
  func transposedGradients(_ geometry: Geometry, order: Int) {
    let places = (geometry.size + 2 * geometry.padding - geometry.kernel) / geometry.stride + 1
    checkGradient(
      [[geometry.images, places, places, geometry.features], geometry.filter], order: order,
      tolerance: order == 1 ? 5e-3 : 2e-2
    ) {
      ($0[0] * 0.3).transposeConvolved(
        with: $0[1] * 0.3, stride: geometry.stride, padding: geometry.padding, size: (geometry.size, geometry.size)
      ).tanh()
    }
  }

  @Test("The patches of an image are what lies under the window, and folding them adds up what they share")
  func patches() {
    let graph = Graph()
    let image = graph.input("image", [1, 2, 3, 1])
    let window = Window(2, stride: 1, padding: 1)
    let patches = image.patches(window)
    let folded = patches.fold(window, to: image.shape)
    let values = evaluate(graph, [patches, folded], inputs: [(image, [1, 2, 3, 4, 5, 6])])
    #expect(patches.shape == [1, 3, 4, 4, 1])
    #expect(values[0].prefix(16) == [0, 0, 0, 1, 0, 0, 1, 2, 0, 0, 2, 3, 0, 0, 3, 0])
    #expect(values[1] == [4, 8, 12, 16, 20, 24])
  }

  /// Calls `body` with each pixel that a tap of the filter meets: its place in the images, the window's, and the tap.
  private func meetings(_ g: Geometry, _ body: (_ pixel: Int, _ place: Int, _ tap: Int) -> Void) {
    let places = (g.size + 2 * g.padding - g.kernel) / g.stride + 1
    for n in 0..<g.images {
      for row in 0..<places {
        for column in 0..<places {
          for tap in 0..<(g.kernel * g.kernel) {
            let y = row * g.stride - g.padding + tap / g.kernel
            let x = column * g.stride - g.padding + tap % g.kernel
            guard (0..<g.size).contains(y), (0..<g.size).contains(x) else { continue }
            body((n * g.size + y) * g.size + x, (n * places + row) * places + column, tap)
          }
        }
      }
    }
  }

  private func expectClose(_ values: [Float], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation) {
    let size = expected.map { abs($0) }.max() ?? 0
    let worst = zip(values, expected).map { abs(Double($0) - $1) }.max() ?? .infinity
    #expect(size > 0 && worst <= 2e-6 * size, "off by \(worst) of \(size)", sourceLocation: sourceLocation)
  }
}
