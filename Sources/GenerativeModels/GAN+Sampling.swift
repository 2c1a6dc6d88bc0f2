// Looking at the players without moving them: noise, samples, judgements. None of it touches the training's noise, so
// that how often one looks does not change what is learnt.

import Autograd
import NeuralNetwork

extension GAN {
  /// Noise for `count` samples, `[count, latentSize]`: the same for the same seed and stream.
  package func latent(count: Int, seed: UInt64, stream: UInt64) -> [Float] {
    RandomSource.numbers(
      configuration.prior.distribution, count: count * configuration.latentSize, key: seed, stream: stream)
  }

  /// The same noise, vector by vector.
  package func latentVectors(count: Int, seed: UInt64, stream: UInt64) -> [LatentVector] {
    let (rows, width) = (latent(count: count, seed: seed, stream: stream), configuration.latentSize)
    return (0..<count).map { LatentVector(Array(rows[$0 * width..<($0 + 1) * width])) }
  }

  /// G(z) for each z, `[N, sampleSize]`, as below.
  package func sample(at vectors: [LatentVector]) -> [Float] { sample(latent: vectors.flatMap(\.coordinates)) }

  /// G(z) for rows of z, in the data's units: `[N, sampleSize]`. Batch normalisation uses its running statistics.
  package func sample(latent z: [Float]) -> [Float] {
    run(z, width: configuration.latentSize, &samplers) { z in
      configuration.dataRange.outside(generator(z, .inference))
    }
  }

  /// D's logit log(D / (1 − D)) for rows of x in the data's units: one for each.
  package func logits(of x: [Float]) -> [Float] {
    run(x, width: configuration.sampleSize, &judges) { x in
      discriminator(configuration.dataRange.inside(x), .inference)
    }
  }

  /// Rows of more are worked through in parts: at most so many, and of large samples fewer (128 pictures of 64×64, the
  /// batch of a step), so that a look takes no more memory than a step.
  private var longest: Int { min(512, max(1, 512 * 1024 / configuration.sampleSize)) }

  private func run(
    _ rows: [Float], width: Int, _ programs: inout [Int: Forward], _ record: (Tensor) -> Tensor
  ) -> [Float] {
    guard rows.count % width == 0 else { fatalError("GAN: \(rows.count) numbers are not rows of \(width)") }
    let count = rows.count / width
    guard count > 0 else { return [] }
    let part = min(count, longest)
    let program = programs[part] ?? Forward(rows: part, width: width, store, workers, workspace, record)
    programs[part] = program
    return program(rows)
  }
}

/// A network's forward pass, compiled for a number of rows.
struct Forward {
  private let input: Tensor
  private let output: Tensor
  private let program: Program

  init(
    rows: Int, width: Int, _ store: ParameterStore, _ workers: Workers, _ workspace: Workspace,
    _ record: (Tensor) -> Tensor
  ) {
    let graph = Graph()
    self.input = graph.input("rows", [rows, width])
    self.output = record(input)
    // Nothing is drawn in a forward pass; a program still asks for a source.
    let plan = ProgramPlan(graph, outputs: [output], parameters: store, workers: workers)
    self.program = Program(
      plan, in: workspace.fits(plan) ? workspace : Workspace(for: [plan]), random: RandomSource(key: 0))
  }

  /// Any number of rows; what is missing in the last part is filled with zeros and cut off.
  func callAsFunction(_ rows: [Float]) -> [Float] {
    let part = input.shape.count
    let count = rows.count / input.shape[1]
    var result: [Float] = []
    result.reserveCapacity(count * output.shape[1])
    for start in stride(from: 0, to: rows.count, by: part) {
      let end = min(rows.count, start + part)
      let piece = rows[start..<end] + [Float](repeating: 0, count: part - (end - start))
      program.write(Array(piece), to: input)
      program.run()
      result += program.read(output)
    }
    return Array(result.prefix(count * output.shape[1]))
  }
}
