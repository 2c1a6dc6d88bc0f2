// Which digits a generator makes, by the plainest judge there is: each of its pictures is what the real picture closest
// to it is (`NearestNeighbour`). A judge has an answer to anything, noise included: it says what is missing, not what is
// good.

import Datasets
import Metrics

/// How many of G's samples are of each class of the data.
package struct ClassCoverage: Hashable, Sendable {
  /// Samples judged to be of each class, from class 0 on.
  package let counts: [Int]

  /// Classes of the data.
  package var classes: Int { counts.count }

  /// Classes with at least a quarter of an equal share, as modes are covered (`ModeCoverage`).
  package var seen: Int {
    let share = Double(counts.reduce(0, +)) / Double(max(1, counts.count))
    return counts.count { Double($0) >= ModeCoverage.requiredPart * max(share, 1) }
  }

  /// Real pictures that the judge knows; with so many it is right about 95 % of built-in digits.
  private static let known = 4000

  /// - Parameters:
  ///   - samples: `[N, pixels]`, flat, in 0…1.
  ///   - enlargement: what makes the images as large as the samples, where they are smaller.
  package init(of samples: [Float], among images: LabelledImages, enlargedBy enlargement: Enlargement? = nil) {
    let known = images[0..<min(Self.known, images.count)]
    let pixels = known.floats(scaledTo: .unit)
    let points = enlargement?(pixels) ?? pixels
    let judge = NearestNeighbour(points: points, labels: known.labels, dimension: points.count / max(1, known.count))
    let classes = Int(images.labels.max() ?? 0) + 1
    counts = NearestNeighbour.histogram(of: judge.classify(samples), count: classes)
  }
}
