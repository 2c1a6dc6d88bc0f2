// Sums of what pictures mean: Radford, Metz, Chintala (DCGAN, ICLR 2016), §6.3.2 and Figure 7. Single z are unstable
// there, means of three are not, so each of three concepts a, b, c is the mean z of three samples that show it, and
// G(a − b + c) is a picture of what a has beyond b, given to c. Around it are pictures of the same z with a little noise.
//
// The paper's authors chose samples by eye; here a judge does, and the moments of the ink.

import Datasets
import Metrics

package struct LatentArithmetic: Hashable, Sendable {
  /// a, b and c.
  package let concepts: [Concept]
  /// Of each concept's three samples.
  package let samples: [[PictureFinding]]
  /// Of G(mean z) for each concept.
  package let means: [PictureFinding]
  /// Of the neighbourhood of a − b + c, nine pictures, the result itself in their middle.
  package let neighbourhood: [PictureFinding]
  /// `[3, 7, height, width]`, in 0…1: a row for each concept with its three samples and its mean, then a row of the
  /// neighbourhood, three by three.
  package let pictures: SampleSet
  package let judge: JudgeRecord

  package var result: PictureFinding { neighbourhood[Self.neighbours / 2] }

  package static let samplesPerConcept = 3
  static let neighbours = 9
  /// "Uniform noise sampled with scale ±0.25" (Figure 7).
  static let noise: Float = 0.25
  /// One of so many parts, the strongest of a class, is passed over: nothing has as much ink as a blot. Of 360 sums over
  /// all pairs of classes and traits, 173 then gave the class and the trait expected, 119 with the strongest three
  /// (measured on `digits` after 6,000 steps; on `dcgan` after 1,500, 145 and 130).
  static let skippedPart = 10
  /// Samples that those of a concept are chosen from: about a hundred of each of ten classes.
  package static let candidates = 1024

  /// What a − b + c should show, where two of the concepts share a word and the third has the other two's other words:
  /// thick 3 − thin 3 + thin 8 is a thick 8, thick 3 − thick 8 + thin 8 a thin 3; `nil` for other sums.
  package static func expected(of concepts: [Concept]) -> Concept? {
    let (a, b, c) = (concepts[0], concepts[1], concepts[2])
    if a.label == b.label, b.trait == c.trait { return Concept(a.trait, c.label) }
    if a.trait == b.trait, b.label == c.label { return Concept(c.trait, a.label) }
    return nil
  }
}

/// Too few samples show what was asked for.
package struct TooFewSamples: Error {
  package let concept: Concept
  package let found: Int
  package let count: Int
}

extension LatentArithmetic {
  /// - Parameter concepts: a, b and c.
  package init(
    _ game: Game, _ table: ImageTable, _ concepts: [Concept], seed: UInt64
  ) throws(TooFewSamples) {
    let judge = ImageJudge(table.images, enlargedBy: table.enlargement)
    let candidates = game.latentVectors(count: Self.candidates, seed: seed, stream: Stream.savedNoise)
    let chosen = try Self.choose(concepts, among: candidates, game, judge)

    let means = chosen.map(LatentVector.mean(of:))
    let neighbourhood = Self.neighbourhood(of: means[0] - means[1] + means[2], game, seed: seed)
    let (perRow, across) = (Self.samplesPerConcept, Self.neighbours / 3)
    let rows = (0..<3).map { row in chosen[row] + [means[row]] + neighbourhood[row * across..<(row + 1) * across] }
    let values = game.sample(at: rows.flatMap(\.self))
    let findings = judge.findings(on: values)
    let found = rows.indices.map { findings[$0 * rows[0].count..<($0 + 1) * rows[0].count] }
    self.concepts = concepts
    samples = found.map { Array($0.prefix(perRow)) }
    self.means = found.map { $0[$0.startIndex + perRow] }
    self.neighbourhood = found.flatMap { $0.suffix(across) }
    pictures = SampleSet(shape: [rows.count, rows[0].count, table.height, table.width], values: values)
    self.judge = judge.record(on: table.heldOut)
  }

  /// For each concept, of the candidates of its class those that have much of its trait.
  private static func choose(
    _ concepts: [Concept], among candidates: [LatentVector], _ game: Game, _ judge: ImageJudge
  ) throws(TooFewSamples) -> [[LatentVector]] {
    let values = game.sample(at: candidates)
    let (labels, shapes) = (judge.classify(values), judge.shapes(of: values))
    var chosen: [[LatentVector]] = []
    for concept in concepts {
      let ofClass = labels.indices.filter { labels[$0] == concept.label }
      guard ofClass.count >= LatentArithmetic.samplesPerConcept else {
        throw TooFewSamples(concept: concept, found: ofClass.count, count: candidates.count)
      }
      let strongest = ofClass.sorted { concept.trait.strength(shapes[$0]) > concept.trait.strength(shapes[$1]) }
      let skipped = min(
        strongest.count / LatentArithmetic.skippedPart, strongest.count - LatentArithmetic.samplesPerConcept)
      chosen.append(strongest.dropFirst(skipped).prefix(LatentArithmetic.samplesPerConcept).map { candidates[$0] })
    }
    return chosen
  }

  /// Nine points about z, z itself in the middle, all where the prior may draw.
  private static func neighbourhood(of z: LatentVector, _ game: Game, seed: UInt64) -> [LatentVector] {
    let prior = game.sampler?.latent.prior ?? .normal
    var random = CounterRandom(seed: seed, stream: Stream.neighbourhood)
    return (0..<LatentArithmetic.neighbours).map { place in
      guard place != LatentArithmetic.neighbours / 2 else { return prior.nearest(to: z) }
      let noise = LatentVector(
        z.coordinates.map { _ in random.uniform(in: -LatentArithmetic.noise...LatentArithmetic.noise) })
      return prior.nearest(to: z + noise)
    }
  }
}
