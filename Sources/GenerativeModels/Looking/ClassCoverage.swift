// Which digits a generator makes, and which it leaves out.

import Datasets
import Metrics

/// How many of G's samples are of each class of the data.
package struct ClassCoverage: Hashable, Sendable {
  /// Samples judged to be of each class, from class 0 on.
  package let counts: [Int]
  /// Who judged.
  package let judge: JudgeRecord

  /// Classes of the data.
  package var classes: Int { counts.count }

  /// Classes with at least a quarter of an equal share, as modes are covered (`ModeCoverage`).
  package var seen: Int {
    let share = Double(counts.reduce(0, +)) / Double(max(1, counts.count))
    return counts.count { Double($0) >= ModeCoverage.requiredPart * max(share, 1) }
  }

  /// - Parameters:
  ///   - samples: `[N, pixels]`, flat, in 0…1.
  ///   - heldOut: images that the judge is examined with.
  ///   - enlargement: what makes the images as large as the samples, where they are smaller.
  package init(
    of samples: [Float], among images: LabelledImages, examinedWith heldOut: LabelledImages,
    enlargedBy enlargement: Enlargement? = nil
  ) {
    let judge = ImageJudge(images, enlargedBy: enlargement)
    counts = NearestNeighbour.histogram(of: judge.classify(samples), count: judge.classes)
    self.judge = judge.record(on: heldOut)
  }
}
