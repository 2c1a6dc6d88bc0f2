// Up-sampling and pixel shuffle against plain loops, and their derivatives, first and second, against finite differences.

import Autograd
import Testing

@Suite("Up-sampling and pixel shuffle")
struct ResamplingTests {
  static let images: [[Int]] = [[1, 1, 1, 1], [1, 1, 5, 3], [2, 3, 4, 1], [1, 7, 2, 3], [3, 2, 3, 9]]

  @Test(
    "Nearest and bilinear up-sampling agree with plain loops, on one thread and shared by two", arguments: images,
    [1, 2])
  func upsampling(_ image: [Int], threads: Int) {
    for factor in 1...4 {
      let values = numbers(image.reduce(1, *))
      let graph = Graph()
      let x = graph.input("x", Shape(image))
      let results = evaluate(
        graph, [x.upsampled(by: factor, .nearest), x.upsampled(by: factor, .bilinear)], inputs: [(x, values)],
        threads: threads)
      let (height, width, channels) = (image[1], image[2], image[3])
      var (nearest, bilinear): ([Float], [Double]) = ([], [])
      for n in 0..<image[0] {
        func pixel(_ y: Int, _ x: Int, _ c: Int) -> Float {
          let (row, column) = (min(max(y, 0), height - 1), min(max(x, 0), width - 1))
          return values[((n * height + row) * width + column) * channels + c]
        }
        for y in 0..<height * factor {
          for x in 0..<width * factor {
            // Where this pixel's centre lies among the centres of the old ones.
            let place = ((Double(y) + 0.5) / Double(factor) - 0.5, (Double(x) + 0.5) / Double(factor) - 0.5)
            let corner = (Int(place.0.rounded(.down)), Int(place.1.rounded(.down)))
            let share = (place.0 - Double(corner.0), place.1 - Double(corner.1))
            for c in 0..<channels {
              nearest.append(pixel(y / factor, x / factor, c))
              let upper =
                Double(pixel(corner.0, corner.1, c)) * (1 - share.1)
                + Double(pixel(corner.0, corner.1 + 1, c)) * share.1
              let lower =
                Double(pixel(corner.0 + 1, corner.1, c)) * (1 - share.1)
                + Double(pixel(corner.0 + 1, corner.1 + 1, c)) * share.1
              bilinear.append(upper * (1 - share.0) + lower * share.0)
            }
          }
        }
      }
      #expect(results[0] == nearest)
      #expect(results[1].count == bilinear.count)
      #expect(zip(results[1], bilinear).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    }
  }

  @Test(
    "Up-sampling has gradients that agree with finite differences, and gradients of these", arguments: images, [1, 2])
  func upsamplingGradients(_ image: [Int], order: Int) {
    for interpolation in [Interpolation.nearest, .bilinear] {
      for factor in [2, 3] {
        checkGradient([Shape(image)], order: order, tolerance: order == 1 ? 5e-3 : 2e-2) {
          ($0[0] * 0.3).upsampled(by: factor, interpolation).tanh()
        }
      }
    }
  }

  @Test("Pixel shuffle puts every channel where it belongs, and its inverse takes it back", arguments: images, 1...3)
  func shuffle(_ image: [Int], factor: Int) {
    let (height, width, channels) = (image[1], image[2], image[3])
    let deep = channels * factor * factor
    let values = (0..<image[0] * height * width * deep).map(Float.init)
    let graph = Graph()
    let x = graph.input("x", [image[0], height, width, deep])
    let shuffled = x.pixelsShuffled(by: factor)
    let results = evaluate(graph, [shuffled, shuffled.pixelsUnshuffled(by: factor)], inputs: [(x, values)])
    #expect(shuffled.shape == [image[0], height * factor, width * factor, channels])
    var expected: [Float] = []
    for n in 0..<image[0] {
      for y in 0..<height * factor {
        for x in 0..<width * factor {
          for c in 0..<channels {
            let channel = (c * factor + y % factor) * factor + x % factor
            expected.append(values[((n * height + y / factor) * width + x / factor) * deep + channel])
          }
        }
      }
    }
    #expect(results == [expected, values])
  }

  @Test("Pixel shuffle has gradients that agree with finite differences, and gradients of these", arguments: [1, 2])
  func shuffleGradients(order: Int) {
    for image: Shape in [[1, 1, 2, 4], [2, 3, 1, 12], [1, 2, 2, 9]] {
      let factor = image[3] == 9 ? 3 : 2
      checkGradient([image], order: order, tolerance: order == 1 ? 5e-3 : 2e-2) {
        ($0[0] * 0.3).pixelsShuffled(by: factor).tanh()
      }
    }
    for image: Shape in [[1, 2, 4, 1], [2, 4, 2, 3]] {
      checkGradient([image], order: order, tolerance: order == 1 ? 5e-3 : 2e-2) {
        ($0[0] * 0.3).pixelsUnshuffled(by: 2).tanh()
      }
    }
  }
}
