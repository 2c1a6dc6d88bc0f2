// Pooling against plain loops in double precision, and its derivatives, first and second, against finite differences.

import Autograd
import Testing

@Suite("Pooling")
struct PoolingTests {
  /// Images and the window that slides over them.
  struct Geometry: Sendable, CustomTestStringConvertible {
    let image: [Int]
    let window: Window
    var testDescription: String {
      "\(image) under \(window.height)×\(window.width), stride \(window.stride), padding \(window.padding)"
    }
    var places: (height: Int, width: Int) {
      (
        (image[1] + 2 * window.padding - window.height) / window.stride + 1,
        (image[2] + 2 * window.padding - window.width) / window.stride + 1
      )
    }
  }

  static let geometries =
    [
      Geometry(image: [1, 4, 4, 1], window: Window(2, stride: 2)),
      Geometry(image: [2, 5, 7, 3], window: Window(3, stride: 2, padding: 1)),
      Geometry(image: [1, 7, 5, 3], window: Window(2, stride: 3)),
      Geometry(image: [3, 3, 3, 1], window: Window(3, stride: 1, padding: 2)),
      Geometry(image: [2, 6, 5, 1], window: Window(height: 3, width: 2, stride: 1, padding: 1)),
      Geometry(image: [1, 5, 5, 9], window: Window(2, stride: 4, padding: 1)),
      Geometry(image: [2, 5, 3, 3], window: Window(height: 5, width: 3)),
      Geometry(image: [1, 3, 2, 3], window: Window(1)),
    ] + (0..<8).map(random)

  /// Something that nobody thought of, always the same for a number.
  private static func random(_ number: Int) -> Geometry {
    var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func draw(_ range: ClosedRange<Int>) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Int(state >> 33) % range.count
    }
    let (height, width) = (draw(1...4), draw(1...4))
    return Geometry(
      image: [draw(1...3), draw(4...8), draw(4...8), draw(1...5)],
      window: Window(height: height, width: width, stride: draw(1...5), padding: draw(0...min(height, width) - 1)))
  }

  private enum Kind: CaseIterable {
    case maximum, average, averageOfImage

    func callAsFunction(_ images: Tensor, _ window: Window) -> Tensor {
      switch self {
      case .maximum: images.maximumPooled(window)
      case .average: images.averagePooled(window)
      case .averageOfImage: images.averagePooled(window, countsPadding: false)
      }
    }
  }

  @Test("agrees with plain loops, on one thread and shared by two", arguments: geometries, [1, 2])
  func forward(_ geometry: Geometry, threads: Int) {
    // Below 0, where a padding of zeros would show.
    let values = numbers(geometry.image.reduce(1, *)).map { $0 - 2 }
    for kind in Kind.allCases {
      let graph = Graph()
      let images = graph.input("images", Shape(geometry.image))
      let result = kind(images, geometry.window)
      let expected = plain(values, geometry, kind)
      #expect(
        result.shape == [geometry.image[0], geometry.places.height, geometry.places.width, geometry.image[3]])
      let ours = evaluate(graph, [result], inputs: [(images, values)], threads: threads)[0]
      #expect(ours.count == expected.count)
      #expect(zip(ours, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 * max(1, abs($1)) }, "\(kind)")
    }
  }

  @Test("has gradients that agree with finite differences, and gradients of these", arguments: geometries, [1, 2])
  func gradients(_ geometry: Geometry, order: Int) {
    for kind in Kind.allCases {
      checkGradient([Shape(geometry.image)], order: order, step: 5e-3, tolerance: order == 1 ? 5e-3 : 2e-2) {
        kind($0[0] * 0.5, geometry.window).tanh()
      }
    }
  }

  @Test("gives the gradient of a maximum to the first of equals, row by row")
  func ties() {
    let graph = Graph()
    let images = graph.input("images", [1, 2, 2, 1])
    let slope = gradient(of: images.maximumPooled(Window(2)).sum(), withRespectTo: [images])[0]
    #expect(evaluate(graph, [slope], inputs: [(images, [3, 5, 5, 5])]) == [[0, 1, 0, 0]])
  }

  @Test("refuses a window that could lie beside the image")
  func padding() async {
    await #expect(processExitsWith: .failure) {
      _ = Graph().input("images", [1, 4, 4, 1]).maximumPooled(Window(2, padding: 2))
    }
  }

  private func plain(_ values: [Float], _ geometry: Geometry, _ kind: Kind) -> [Double] {
    let (window, places) = (geometry.window, geometry.places)
    let (images, height, width, channels) = (
      geometry.image[0], geometry.image[1], geometry.image[2], geometry.image[3]
    )
    var result: [Double] = []
    for n in 0..<images {
      for row in 0..<places.height {
        for column in 0..<places.width {
          for c in 0..<channels {
            var seen: [Double] = []
            for tap in 0..<window.height * window.width {
              let y = row * window.stride - window.padding + tap / window.width
              let x = column * window.stride - window.padding + tap % window.width
              guard (0..<height).contains(y), (0..<width).contains(x) else { continue }
              seen.append(Double(values[((n * height + y) * width + x) * channels + c]))
            }
            switch kind {
            case .maximum: result.append(seen.max() ?? .nan)
            case .average: result.append(seen.reduce(0, +) / Double(window.height * window.width))
            case .averageOfImage: result.append(seen.reduce(0, +) / Double(seen.count))
            }
          }
        }
      }
    }
    return result
  }
}
