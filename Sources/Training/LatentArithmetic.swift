// Sums of what pictures mean: Radford, Metz, Chintala (DCGAN, ICLR 2016), §6.3.2 and Figure 7. Single z are unstable
// there, means of three are not, so each of three concepts a, b, c is the mean z of three samples that show it, and
// G(a − b + c) is a picture of what a has beyond b, given to c. Around it are pictures of the same z with a little noise.
//
// The paper's authors chose samples by eye; here a judge does, and the moments of the ink.

import Datasets
import GenerativeModels
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

  static let samplesPerConcept = 3
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
