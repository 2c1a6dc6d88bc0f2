import Datasets
import Glibc
import Metrics
import TestSupport
import Testing

@Suite("The nearest-neighbour judge")
struct JudgeTests {
  @Test(
    "It finds what a plain search finds, whatever the number of points and dimensions",
    arguments: [1, 15, 16, 17, 40], [1, 2, 7])
  func reference(count: Int, dimension: Int) {
    var random = SplitMix(state: UInt64(count * 10 + dimension))
    let points = random.normals(count * dimension, mean: 0, deviation: 1)
    let queries = random.normals(70 * dimension, mean: 0, deviation: 1)
    let labels = (0..<count).map { UInt8($0) }
    let expected = (0..<70).map { query in
      labels.min { a, b in
        func distance(_ point: UInt8) -> Float {
          (0..<dimension).reduce(0) { sum, axis in
            let offset = points[Int(point) * dimension + axis] - queries[query * dimension + axis]
            return sum + offset * offset
          }
        }
        return distance(a) < distance(b)
      }
    }
    let judge = NearestNeighbour(points: points, labels: labels, dimension: dimension)
    #expect(judge.classify(queries) == expected)
    #expect(judge.accuracy(on: points, labels: labels) == 1)
  }

  @Test("Classes are counted")
  func histogram() {
    #expect(NearestNeighbour.histogram(of: [0, 2, 2], count: 4) == [1, 0, 2, 0])
  }

  @Test("The built-in digits are ten separable classes", arguments: [1, 2, 3] as [UInt64])
  func builtInDigits(seed: UInt64) {
    let digits = ProceduralDigits.make(count: 4500, seed: seed)
    let (known, held) = (digits[0..<4000], digits[4000..<4500])
    let judge = NearestNeighbour(points: known.floats(scaledTo: .unit), labels: known.labels, dimension: 784)
    let accuracy = judge.accuracy(on: held.floats(scaledTo: .unit), labels: held.labels)
    #expect(accuracy >= 0.95)
    // MNIST itself gives 0.90 to 0.94 here: a score of 1 would mean a font, not handwriting.
    #expect(accuracy < 0.995)
  }
}

@Suite("The Parzen window")
struct ParzenTests {
  /// log N(x; 0, σ) in one dimension.
  private func logNormal(_ x: Double, _ width: Double) -> Double {
    -x * x / (2 * width * width) - log(width * (2 * Double.pi).squareRoot())
  }

  @Test("One centre is one Gaussian")
  func single() {
    let window = ParzenWindow(centres: [1, -1], dimension: 2)
    let found = window.logLikelihoods(of: [1, -1, 1.5, -3], width: 0.5)
    #expect(abs(found[0] - 2 * logNormal(0, 0.5)) < 1e-12)
    #expect(abs(found[1] - logNormal(0.5, 0.5) - logNormal(2, 0.5)) < 1e-12)
  }

  @Test("Several centres are their mixture, and far from all of them nothing underflows")
  func mixture() {
    let window = ParzenWindow(centres: [0, 1, 4], dimension: 1)
    let found = window.logLikelihoods(of: [0.5, 1000], width: 0.25)
    let expected = log((exp(logNormal(0.5, 0.25)) * 2 + exp(logNormal(3.5, 0.25))) / 3)
    #expect(abs(found[0] - expected) < 1e-12)
    #expect(abs(found[1] - logNormal(996, 0.25) + log(3)) < 1e-6)
  }

  @Test("Many centres of a Gaussian are the Gaussian, widened by the window")
  func convolution() {
    var random = SplitMix(state: 2)
    let window = ParzenWindow(centres: random.normals(20_000, mean: 0, deviation: 1), dimension: 1)
    let found = window.logLikelihoods(of: [0, 1, -2], width: 0.5)
    for (x, value) in zip([0.0, 1, -2], found) { #expect(abs(value - logNormal(x, 1.25.squareRoot())) < 0.03) }
  }

  @Test("The mean comes with its standard error")
  func estimate() {
    let window = ParzenWindow(centres: [0], dimension: 1)
    let estimate = window.estimate(of: [0, 1], width: 1)
    #expect(abs(estimate.mean - (logNormal(0, 1) + logNormal(1, 1)) / 2) < 1e-12)
    // Two values that differ by ½: σ = ¼, over √2.
    #expect(abs(estimate.standardError - 0.25 / 2.0.squareRoot()) < 1e-12)
  }

  @Test("The best width is the one nearest to the data's own")
  func bestWidth() {
    #expect(ParzenWindow.widths.count == 10)
    #expect(abs(ParzenWindow.widths[0] - 0.1) < 1e-15 && ParzenWindow.widths[9] == 1)
    #expect(abs(ParzenWindow.widths[1] - 0.129_154_966_501_488) < 1e-12)
    // One centre: the likeliest σ is the root mean square, here 0.3; 0.278 is the closest of the ten.
    let window = ParzenWindow(centres: [0], dimension: 1)
    #expect(window.bestWidth(validation: [0.3, -0.3]) == ParzenWindow.widths[4])
  }
}
