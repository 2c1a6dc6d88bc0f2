// What each operation computes, against plain loops in double precision; at sizes around the tile interpreter's edges,
// on one thread and on two.

import Autograd
import Glibc
import Testing

@Suite("Operations compute what plain loops compute")
struct ForwardTests {
  /// Rows and columns: within a tile, of tiles' very size, across tiles, one row, one column, and large enough to share.
  static let sizes = [
    [1, 1], [3, 5], [32, 32], [7, 1024], [5, 1025], [1, 3000], [3000, 1], [33, 100], [40, 1100],
  ]

  struct Function: Sendable, CustomTestStringConvertible {
    let name: String
    let tensor: @Sendable (Tensor) -> Tensor
    let plain: @Sendable (Double) -> Double
    var testDescription: String { name }
  }

  static let functions: [Function] = [
    Function(name: "affine", tensor: { 3 * $0 - 2 }, plain: { 3 * $0 - 2 }),
    Function(name: "exp", tensor: { $0.exp() }, plain: { exp($0) }),
    Function(name: "log", tensor: { $0.square().log() }, plain: { log($0 * $0) }),
    Function(name: "tanh", tensor: { $0.tanh() }, plain: { tanh($0) }),
    Function(name: "sigmoid", tensor: { $0.sigmoid() }, plain: { 1 / (1 + exp(-$0)) }),
    Function(name: "softplus", tensor: { $0.softplus() }, plain: { log1p(exp($0)) }),
    Function(name: "square root", tensor: { $0.absolute().squareRoot() }, plain: { abs($0).squareRoot() }),
    Function(
      name: "reciprocal square root", tensor: { $0.square().reciprocalSquareRoot() }, plain: { 1 / abs($0) }),
    Function(name: "reciprocal", tensor: { $0.reciprocal() }, plain: { 1 / $0 }),
    Function(name: "leaky ReLU", tensor: { $0.leakyReLU(slope: 0.2) }, plain: { $0 > 0 ? $0 : 0.2 * $0 }),
    Function(
      name: "a chain that needs several tiles at once",
      tensor: { x in (x.tanh() * x.sigmoid() + x.square()) / (1 + x.exp()) - x.tanh() },
      plain: { x in (tanh(x) / (1 + exp(-x)) + x * x) / (1 + exp(x)) - tanh(x) }),
  ]

  @Test("element by element", arguments: functions, [1, 2])
  func elementwise(_ function: Function, threads: Int) {
    for size in Self.sizes {
      let graph = Graph()
      let x = graph.input("x", Shape(size))
      let values = numbers(x.shape.count, scale: 2)
      let result = evaluate(graph, [function.tensor(x)], inputs: [(x, values)], threads: threads)[0]
      let worst =
        zip(result, values).map {
          abs(Double($0) - function.plain(Double($1))) / max(1, abs(function.plain(Double($1))))
        }.max() ?? 0
      #expect(worst < 2e-6, "\(size)")
    }
  }

  @Test("broadcast from a row, a column, a scalar, and summed back", arguments: sizes, [1, 2])
  func spreading(_ size: [Int], threads: Int) {
    let (rows, columns) = (size[0], size[1])
    let graph = Graph()
    let x = graph.input("x", [rows, columns])
    let row = graph.input("row", [columns])
    let column = graph.input("column", [rows, 1])
    let scalar = graph.input("scalar", [1])
    let y = (x + row) * column - scalar
    let values = (numbers(rows * columns), numbers(columns, seed: 2), numbers(rows, seed: 3), Float(0.25))
    let results = evaluate(
      graph, [y, y.sum(axes: [0]), y.sum(axes: [1]), y.sum(), y.square().sum(axes: [0])],
      inputs: [(x, values.0), (row, values.1), (column, values.2), (scalar, [values.3])], threads: threads)
    var expected = [Double](repeating: 0, count: rows * columns)
    var (overRows, overColumns, squares) = (
      [Double](repeating: 0, count: columns), [Double](repeating: 0, count: rows),
      [Double](repeating: 0, count: columns)
    )
    for r in 0..<rows {
      for c in 0..<columns {
        let value =
          (Double(values.0[r * columns + c]) + Double(values.1[c])) * Double(values.2[r]) - Double(values.3)
        expected[r * columns + c] = value
        overRows[c] += value
        overColumns[r] += value
        squares[c] += value * value
      }
    }
    let total = expected.reduce(0, +)
    for (result, reference) in zip(results, [expected, overRows, overColumns, [total], squares]) {
      #expect(result.count == reference.count)
      // Rounding of a sum grows with what is summed.
      let scale = 1e-6 * max(1, Double(rows * columns).squareRoot())
      #expect(zip(result, reference).allSatisfy { abs(Double($0) - $1) <= scale * max(1, abs($1)) })
    }
  }

  @Test(
    "products with every transpose", arguments: [(3, 4, 5), (1, 7, 9), (9, 1, 7), (7, 9, 1), (130, 70, 90)], [1, 2])
  func products(_ extents: (Int, Int, Int), threads: Int) {
    let (m, n, k) = extents
    for (left, right) in [(false, false), (false, true), (true, false), (true, true)] {
      let graph = Graph()
      let a = graph.input("a", left ? [k, m] : [m, k])
      let b = graph.input("b", right ? [n, k] : [k, n])
      let (x, y) = (numbers(m * k), numbers(k * n, seed: 2))
      let result = evaluate(
        graph, [a.product(b, transposeLeft: left, transposeRight: right)], inputs: [(a, x), (b, y)],
        threads: threads)[0]
      var worst = 0.0
      for i in 0..<m {
        for j in 0..<n {
          var expected = 0.0
          for l in 0..<k {
            expected += Double(x[left ? l * m + i : i * k + l]) * Double(y[right ? j * k + l : l * n + j])
          }
          worst = max(worst, abs(Double(result[i * n + j]) - expected))
        }
      }
      #expect(worst < 1e-6 * Double(k), "transposed: \(left), \(right)")
    }
  }

  @Test("moves put every element where it belongs")
  func moves() {
    let graph = Graph()
    let x = graph.input("x", [2, 3, 4])
    let values = (0..<24).map(Float.init)
    let results = evaluate(
      graph,
      [
        x.transposed([2, 0, 1]), x.slice(axis: 1, 1..<3), x.slice(axis: 0, 1..<2),
        Tensor.concatenate([x.slice(axis: 2, 2..<4), x], axis: 2), x.reshaped([4, 6]).transposed([1, 0]),
        x.slice(axis: 1, 0..<1).broadcast(to: [2, 3, 4]),
      ], inputs: [(x, values)])
    func at(_ i: Int, _ j: Int, _ k: Int) -> Float { Float((i * 3 + j) * 4 + k) }
    var expected: [[Float]] = Array(repeating: [], count: 6)
    for k in 0..<4 { for i in 0..<2 { for j in 0..<3 { expected[0].append(at(i, j, k)) } } }
    for i in 0..<2 { for j in 1..<3 { for k in 0..<4 { expected[1].append(at(i, j, k)) } } }
    expected[2] = Array(values[12...])
    for i in 0..<2 { for j in 0..<3 { expected[3] += [2, 3, 0, 1, 2, 3].map { at(i, j, $0) } } }
    for c in 0..<6 { for r in 0..<4 { expected[4].append(Float(r * 6 + c)) } }
    for i in 0..<2 { for _ in 0..<3 { for k in 0..<4 { expected[5].append(at(i, 0, k)) } } }
    #expect(results == expected)
  }

  @Test("lookups gather rows, and scatter adds rows that meet")
  func lookups() {
    let graph = Graph()
    let table = graph.input("table", [3, 2])
    let indices = graph.input("indices", [4])
    let rows = table.gather(indices)
    let results = evaluate(
      graph, [rows, rows.scatterAdd(indices, rows: 3)],
      inputs: [(table, [0, 1, 10, 11, 20, 21]), (indices, [2, 0, 2, 1])])
    #expect(results == [[20, 21, 0, 1, 20, 21, 10, 11], [0, 1, 10, 11, 40, 42]])
  }

  @Test("the maximum along an axis, its gradient at the first of equals")
  func maximum() {
    let graph = Graph()
    let x = graph.input("x", [2, 3])
    let largest = x.maximum(axis: 1)
    let slope = gradient(of: largest.sum(), withRespectTo: [x])[0]
    #expect(
      evaluate(graph, [largest, slope], inputs: [(x, [1, 5, 5, -1, -2, -3])]) == [[5, -1], [0, 1, 0, 1, 0, 0]])
  }

  @Test("a long program keeps apart what lives at the same time")
  func lifetimes() {
    // Each product needs memory; early ones are read again at the end, the rest may share.
    let graph = Graph()
    let x = graph.input("x", [4, 4])
    var chain = [x]
    for _ in 0..<12 { chain.append((chain.last ?? x).product(x) * 0.5) }
    let result = evaluate(
      graph, [chain[1] + chain[12], chain[5]], inputs: [(x, numbers(16))])
    var expected = [numbers(16).map(Double.init)]
    for _ in 0..<12 {
      let last = expected[expected.count - 1]
      var next = [Double](repeating: 0, count: 16)
      for place in 0..<16 {
        for k in 0..<4 { next[place] += 0.5 * last[place / 4 * 4 + k] * expected[0][k * 4 + place % 4] }
      }
      expected.append(next)
    }
    for (ours, reference) in zip(result[0], zip(expected[1], expected[12])) {
      #expect(abs(Double(ours) - reference.0 - reference.1) < 1e-4)
    }
    #expect(zip(result[1], expected[5]).allSatisfy { abs(Double($0) - $1) < 1e-4 })
  }

  @Test("random numbers have the moments they are asked for, and differ from run to run")
  func random() {
    let graph = Graph()
    let normal = graph.random(.normal(mean: 4, deviation: 0.5), [100_000])
    let uniform = graph.random(.uniform(low: -1, high: 3), [100_000])
    let other = graph.random(.uniform(low: -1, high: 3), [100_000])
    let program = Program(
      graph, outputs: [normal, uniform, other], parameters: ParameterStore(ParameterLayout()),
      random: RandomSource(key: 11), workers: Workers(threads: 2), granularity: .finest)
    program.run()
    let first = program.read(normal)
    let (mean, deviation) = moments(first)
    // Five standard errors.
    #expect(abs(mean - 4) < 5 * 0.5 / 316)
    #expect(abs(deviation - 0.5) < 5 * 0.5 / 447)
    #expect(abs(moments(program.read(uniform)).mean - 1) < 5 * 1.155 / 316)
    #expect(program.read(uniform) != program.read(other))
    program.run()
    #expect(program.read(normal) != first)
  }

  @Test("streams up to the largest differ from each other, and one beyond it stops with its number")
  func streams() async {
    func numbers(_ stream: UInt64) -> [Float] {
      RandomSource.numbers(.uniform(low: 0, high: 1), count: 8, key: 1, stream: stream)
    }
    let streams = [0, 1, 2, 9, 1 << 16, 2 << 16, 1 << 24, 1 << 24 + 1, 1 << 32 - 1] as [UInt64]
    #expect(Set(streams.map(numbers)).count == streams.count)
    await #expect(processExitsWith: .failure) {
      _ = RandomSource.numbers(.uniform(low: 0, high: 1), count: 8, key: 1, stream: 1 << 32)
    }
  }

  private func moments(_ values: [Float]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
    let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count)
    return (mean, variance.squareRoot())
  }
}
