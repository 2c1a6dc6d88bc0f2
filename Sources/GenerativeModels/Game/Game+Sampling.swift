// Looking at a model without moving it: noise, samples, judgements. None of it touches the training's noise, so that how
// often one looks does not change what is learnt.

import Autograd

extension Game {
  /// Noise for `count` samples, `[count, latent.size]`: the same for the same seed and stream.
  package func latent(count: Int, seed: UInt64, stream: UInt64) -> [Float] {
    let latent = theSampler.latent
    return RandomSource.numbers(latent.prior.distribution, count: count * latent.size, key: seed, stream: stream)
  }

  /// The same noise, vector by vector.
  package func latentVectors(count: Int, seed: UInt64, stream: UInt64) -> [LatentVector] {
    let (rows, width) = (latent(count: count, seed: seed, stream: stream), theSampler.latent.size)
    return (0..<count).map { LatentVector(Array(rows[$0 * width..<($0 + 1) * width])) }
  }

  /// Samples for rows of z, in the data's units: `[N, sampleSize]`. Batch normalisation uses its running statistics.
  ///
  /// - Parameter classes: of each, for a model that is conditioned on classes; one after the other unless told.
  package func sample(latent z: [Float], classes: [Int]? = nil) -> [Float] {
    let sampler = theSampler
    guard case .classes(let count)? = sampler.condition else { return call(Sampler.function, [z]) }
    let rows = z.count / sampler.latent.size
    let labels = classes ?? (0..<rows).map { $0 % count }
    return call(Sampler.function, [z, Self.oneHot(labels, of: count)])
  }

  package func sample(at vectors: [LatentVector], classes: [Int]? = nil) -> [Float] {
    sample(latent: vectors.flatMap(\.coordinates), classes: classes)
  }

  /// What D says of rows of x in the data's units: one logit or score each.
  package func judge(_ x: [Float]) -> [Float] { call(Self.judge, [x]) }

  package static func oneHot(_ labels: [Int], of count: Int) -> [Float] {
    var rows = [Float](repeating: 0, count: labels.count * count)
    for (row, label) in labels.enumerated() { rows[row * count + label] = 1 }
    return rows
  }

  private var theSampler: Sampler {
    guard let sampler else { fatalError("\(card.name): its build declares no sampler") }
    return sampler
  }
}
