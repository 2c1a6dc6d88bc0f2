// What lies between two samples: rows of pictures G(z) for z on the way from one z to another. A G that has learnt the
// data by heart jumps; one that has learnt what they are made of turns one digit into another (Radford, Metz, Chintala,
// DCGAN, ICLR 2016, §6.1).

import Datasets
import Figures

package struct LatentInterpolation: Hashable, Sendable {
  package let path: LatentPath
  /// `[pairs, points, height, width]`, in 0…1.
  package let samples: SampleSet
  /// What the judge sees.
  package let consistency: LabelConsistency
  /// The same for rows whose pictures between their ends have been dealt out anew among all rows; the mean of a
  /// hundred deals.
  package let control: LabelConsistency
  package let judge: JudgeRecord

  /// Row i leads from saved sample 2i to saved sample 2i + 1.
  package init(_ game: Game, _ table: ImageTable, seed: UInt64, pairs: Int, points: Int, path: LatentPath) {
    let ends = game.latentVectors(count: 2 * pairs, seed: seed, stream: Stream.savedNoise)
    let prior = game.sampler?.latent.prior ?? .normal
    let ways = (0..<pairs).flatMap { pair in
      path.points(from: ends[2 * pair], to: ends[2 * pair + 1], count: points, within: prior)
    }
    // A model that is asked for classes makes one class a row.
    let values = game.sample(at: ways, classes: (0..<pairs * points).map { $0 / points % GameBuilder.classes })
    let judge = ImageJudge(table.images, enlargedBy: table.enlargement)
    let labels = judge.classify(values)
    let rows = (0..<pairs).map { Array(labels[$0 * points..<($0 + 1) * points]) }
    self.path = path
    samples = SampleSet(shape: [pairs, points, table.height, table.width], values: values)
    consistency = LabelConsistency(of: rows)
    control = .ofDealtOut(rows, seed: seed)
    self.judge = judge.record(on: table.heldOut)
  }
}

/// Whether what is between two digits is one or the other.
package struct LabelConsistency: Hashable, Sendable {
  /// The share of the rows in which every picture is judged to be of the class that one of the row's two ends is judged
  /// to be of, 0…1.
  package let rows: Double
  /// The share of the pictures between ends that are, 0…1.
  package let pictures: Double

  private init(rows: Double, pictures: Double) {
    self.rows = rows
    self.pictures = pictures
  }

  /// - Parameter rows: the classes of each row's pictures, at least three.
  package init(of rows: [[UInt8]]) {
    let hits = rows.map { row in row.dropFirst().dropLast().count { $0 == row.first || $0 == row.last } }
    let between = rows.map { $0.count - 2 }
    self.rows = Double(zip(hits, between).count { $0 == $1 }) / Double(rows.count)
    pictures = Double(hits.reduce(0, +)) / Double(between.reduce(0, +))
  }

  private static let deals = 100

  /// What chance makes of the same pictures: each row keeps its ends, those between are dealt out among all rows.
  ///
  /// - Parameter rows: the classes of each row's pictures, all rows of one length.
  package static func ofDealtOut(_ rows: [[UInt8]], seed: UInt64) -> LabelConsistency {
    var random = CounterRandom(seed: seed, stream: Stream.deals)
    let between = rows.flatMap { $0.dropFirst().dropLast() }
    let dealt = (0..<deals).map { _ in
      var cards = random.permutation(of: between.count).map { between[Int($0)] }[...]
      return LabelConsistency(
        of: rows.map { row in
          defer { cards = cards.dropFirst(row.count - 2) }
          return row.prefix(1) + cards.prefix(row.count - 2) + row.suffix(1)
        })
    }
    return LabelConsistency(
      rows: dealt.reduce(0) { $0 + $1.rows } / Double(deals),
      pictures: dealt.reduce(0) { $0 + $1.pictures } / Double(deals))
  }
}
