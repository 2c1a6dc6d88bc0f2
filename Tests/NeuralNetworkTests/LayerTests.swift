// Layers against plain arithmetic in double precision, written as the papers write it.

import Autograd
import Glibc
import NeuralNetwork
import Testing

/// Applies a layer once to `x` and returns its value; `store` then holds the statistics that it left.
func apply(
  _ layer: some Layer, _ builder: NetworkBuilder, to x: [Float], shape: Shape, _ mode: Mode, seed: UInt64 = 3
) -> (value: [Float], store: ParameterStore) {
  let graph = Graph()
  let input = graph.input("x", shape)
  let value = layer(input, mode)
  let store = builder.makeStore(seed: seed)
  let program = Program(
    graph, outputs: [value], parameters: store, random: RandomSource(key: 5), workers: Workers(threads: 1))
  program.write(x, to: input)
  program.run()
  return (program.read(value), store)
}

@Suite("Layers compute what their papers say")
struct LayerTests {
  static func ramp(_ count: Int) -> [Float] { (0..<count).map { Float(($0 * 37) % 101) / 25 - 2 } }

  @Test("a dense layer multiplies and adds")
  func dense() {
    var builder = NetworkBuilder()
    let layer = Dense(
      "d", inputs: 2, outputs: 3, weights: .values([1, 2, 3, 4, 5, 6]), bias: .values([10, 20, 30]), in: &builder)
    #expect(apply(layer, builder, to: [1, -1], shape: [1, 2], .training).value == [7, 17, 27])
  }

  @Test("maxout takes the largest of its pieces")
  func maxout() {
    var builder = NetworkBuilder()
    // Two units, three pieces; a piece's units stand side by side.
    let layer = Maxout("m", inputs: 1, units: 2, pieces: 3, weights: .values([1, 2, -3, 4, 5, -6]), in: &builder)
    #expect(apply(layer, builder, to: [1], shape: [1, 1], .training).value == [5, 4])
    #expect(apply(layer, builder, to: [-1], shape: [1, 1], .training).value == [3, 6])
  }

  @Test("batch norm uses the batch's biased variance and moves the running statistics by the unbiased one")
  func batchNorm() {
    var builder = NetworkBuilder()
    let norm = BatchNorm("n", features: 3, epsilon: 0.8, momentum: 0.25, scale: .constant(2), in: &builder)
    let (n, c) = (6, 3)
    let x = Self.ramp(n * c)
    let (value, store) = apply(norm, builder, to: x, shape: [n, c], .training)
    for feature in 0..<c {
      let column = (0..<n).map { Double(x[$0 * c + feature]) }
      let mean = column.reduce(0, +) / Double(n)
      let squares = column.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      for row in 0..<n {
        let expected = 2 * (column[row] - mean) / (squares / Double(n) + 0.8).squareRoot()
        #expect(abs(Double(value[row * c + feature]) - expected) < 1e-5)
      }
      #expect(abs(Double(store[norm.runningMean][feature]) - 0.25 * mean) < 1e-6)
      #expect(abs(Double(store[norm.runningVariance][feature]) - (0.75 + 0.25 * squares / Double(n - 1))) < 1e-5)
    }
  }

  @Test("batch norm in inference uses the running statistics, and its second look leaves them alone")
  func batchNormModes() {
    var builder = NetworkBuilder()
    let norm = BatchNorm("n", features: 2, epsilon: 0, in: &builder)
    let x: [Float] = [1, 2, 3, 5]
    #expect(apply(norm, builder, to: x, shape: [2, 2], .inference).value == x)
    let (value, store) = apply(norm, builder, to: x, shape: [2, 2], .trainingWithoutStatistics)
    #expect(value == [-1, -1, 1, 1])
    #expect(store[norm.runningMean] == [0, 0] && store[norm.runningVariance] == [1, 1])
  }

  @Test("layer norm brings every sample to mean 0 and variance 1 over its features")
  func layerNorm() {
    var builder = NetworkBuilder()
    let norm = LayerNorm("n", features: 5, epsilon: 0, in: &builder)
    let value = apply(norm, builder, to: Self.ramp(15), shape: [3, 5], .training).value
    for row in 0..<3 {
      let sample = value[(row * 5)..<(row * 5 + 5)].map(Double.init)
      #expect(abs(sample.reduce(0, +)) < 1e-5)
      #expect(abs(sample.map { $0 * $0 }.reduce(0, +) / 5 - 1) < 1e-5)
    }
  }

  @Test("instance norm brings every channel of every image to mean 0 and variance 1, then scales and shifts it")
  func instanceNorm() {
    var builder = NetworkBuilder()
    let norm = InstanceNorm("n", features: 3, isTrained: true, in: &builder)
    let (images, pixels, channels) = (2, 5 * 3, 3)
    let x = Self.ramp(images * pixels * channels)
    let (value, store) = apply(norm, builder, to: x, shape: [2, 5, 3, 3], .training)
    #expect(norm.scale.map { store[$0] } == [1, 1, 1] && norm.shift.map { store[$0] } == [0, 0, 0])
    for image in 0..<images {
      for channel in 0..<channels {
        let plane = (0..<pixels).map { Double(value[(image * pixels + $0) * channels + channel]) }
        #expect(abs(plane.reduce(0, +)) < 1e-4)
        #expect(abs(plane.map { $0 * $0 }.reduce(0, +) / Double(pixels) - 1) < 1e-4)
      }
    }
    let (inference, _) = apply(norm, builder, to: x, shape: [2, 5, 3, 3], .inference)
    #expect(inference == value, "an image does not depend on what else is in the batch or was seen before")
  }

  @Test(
    "instance norm has gradients that agree with finite differences",
    arguments: [[1, 2, 2, 1], [2, 3, 2, 3], [1, 5, 1, 3]])
  func instanceNormGradients(_ shape: [Int]) {
    let values = Self.ramp(shape.reduce(1, *))
    var builder = NetworkBuilder()
    let norm = InstanceNorm("n", features: shape[3], in: &builder)
    for order in 1...2 {
      let graph = Graph()
      let x = graph.input("x", Shape(shape))
      let weights = graph.input("weights", Shape(shape))
      var loss = (norm(x, .training).tanh() * weights).sum()
      if order == 2 { loss = gradient(of: loss, withRespectTo: [x])[0].square().sum() }
      let slope = gradient(of: loss, withRespectTo: [x])[0]
      let program = Program(
        graph, outputs: [loss, slope], parameters: ParameterStore(ParameterLayout()), random: RandomSource(key: 0),
        workers: Workers(threads: 1))
      func run(_ point: [Float]) -> Double {
        program.write(point, to: x)
        program.write(values.reversed(), to: weights)
        program.run()
        return Double(program.scalar(loss))
      }
      _ = run(values)
      let symbolic = program.read(slope)
      let step: Float = 5e-3
      for element in values.indices {
        let sides = [step, -step].map { move in
          var point = values
          point[element] += move
          return run(point)
        }
        let numeric = (sides[0] - sides[1]) / Double(2 * step)
        let allowed = (order == 1 ? 5e-3 : 2e-2) * max(1, abs(numeric))
        #expect(abs(Double(symbolic[element]) - numeric) <= allowed, "order \(order), element \(element)")
      }
    }
  }

  @Test("dropout keeps a share of the elements, scales them, and does nothing in inference")
  func dropout() {
    let ones = [Float](repeating: 1, count: 20_000)
    let layer = Dropout(keep: 0.8)
    let value = apply(layer, NetworkBuilder(), to: ones, shape: [200, 100], .training).value
    #expect(Set(value) == [0, 1.25])
    let kept = Double(value.filter { $0 > 0 }.count) / Double(value.count)
    // Five standard deviations of a binomial share.
    #expect(abs(kept - 0.8) < 5 * (0.8 * 0.2 / 20_000).squareRoot())
    #expect(apply(layer, NetworkBuilder(), to: ones, shape: [200, 100], .inference).value == ones)
  }

  @Test("an embedding looks rows up")
  func embedding() {
    var builder = NetworkBuilder()
    let table = Embedding("e", entries: 3, width: 2, weights: .values([0, 1, 10, 11, 20, 21]), in: &builder)
    #expect(apply(table, builder, to: [2, 0], shape: [2], .training).value == [20, 21, 0, 1])
  }

  @Test("cross-entropy on logits neither overflows nor loses digits", arguments: [Float(-90), -3, 0, 0.5, 40])
  func crossEntropy(logit: Float) {
    let graph = Graph()
    let a = graph.input("a", [1])
    let losses = [Float(0), 1, 0.9].map { binaryCrossEntropy(logits: a, target: $0) }
    let program = Program(
      graph, outputs: losses, parameters: ParameterStore(ParameterLayout()), random: RandomSource(key: 0),
      workers: Workers(threads: 1))
    program.write([logit], to: a)
    program.run()
    let x = Double(logit)
    let softplus = max(x, 0) + log1p(exp(-abs(x)))
    for (loss, target) in zip(losses, [0.0, 1, 0.9]) {
      let expected = softplus - Double(Float(target)) * x
      #expect(abs(Double(program.scalar(loss)) - expected) <= 1e-6 * max(1, expected))
    }
  }
}
