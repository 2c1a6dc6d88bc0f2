// Walking through the space of z and calculating in it, with G as it is now. Ends and candidates are the z that samples
// are saved from, so that they can be found again in a file of those.

import Datasets
import GenerativeModels
import Metrics

extension TrainingRun {
  /// Row i leads from saved sample 2i to saved sample 2i + 1.
  func interpolate(pairs: Int, points: Int, path: LatentPath) throws(TrainingError) -> Interpolation {
    let table = try pictures()
    let ends = gan.latentVectors(count: 2 * pairs, seed: options.seed, stream: Stream.savedNoise)
    let ways = (0..<pairs).flatMap { pair in
      path.points(from: ends[2 * pair], to: ends[2 * pair + 1], count: points, within: gan.configuration.prior)
    }
    let values = gan.sample(at: ways)
    let judge = ImageJudge(table.images, enlargedBy: table.enlargement)
    let labels = judge.classify(values)
    let rows = (0..<pairs).map { Array(labels[$0 * points..<($0 + 1) * points]) }
    return Interpolation(
      path: path,
      samples: SampleSet(shape: [pairs, points, table.height, table.width], values: values),
      consistency: LabelConsistency(of: rows), control: .ofDealtOut(rows, seed: options.seed),
      judge: judge.record(on: table.heldOut))
  }

  /// - Parameter concepts: a, b and c.
  func arithmetic(_ concepts: [Concept]) throws(TrainingError) -> LatentArithmetic {
    let table = try pictures()
    let judge = ImageJudge(table.images, enlargedBy: table.enlargement)
    let candidates = gan.latentVectors(
      count: LatentArithmetic.candidates, seed: options.seed, stream: Stream.savedNoise)
    let chosen = try choose(concepts, among: candidates, judge)

    let means = chosen.map(LatentVector.mean(of:))
    let neighbourhood = neighbourhood(of: means[0] - means[1] + means[2])
    let (perRow, across) = (LatentArithmetic.samplesPerConcept, LatentArithmetic.neighbours / 3)
    let rows = (0..<3).map { row in chosen[row] + [means[row]] + neighbourhood[row * across..<(row + 1) * across] }
    let values = gan.sample(at: rows.flatMap(\.self))
    let findings = judge.findings(on: values)
    let found = rows.indices.map { findings[$0 * rows[0].count..<($0 + 1) * rows[0].count] }
    return LatentArithmetic(
      concepts: concepts, samples: found.map { Array($0.prefix(perRow)) },
      means: found.map { $0[$0.startIndex + perRow] }, neighbourhood: found.flatMap { $0.suffix(across) },
      pictures: SampleSet(
        shape: [rows.count, rows[0].count, table.height, table.width], values: values),
      judge: judge.record(on: table.heldOut))
  }

  // MARK: Parts

  private func pictures() throws(TrainingError) -> ImageTable {
    guard case .images(let table) = source else { throw .notPictures(experiment: experiment.name) }
    return table
  }

  /// For each concept, of the candidates of its class those that have much of its trait.
  private func choose(
    _ concepts: [Concept], among candidates: [LatentVector], _ judge: ImageJudge
  ) throws(TrainingError) -> [[LatentVector]] {
    let values = gan.sample(at: candidates)
    let (labels, shapes) = (judge.classify(values), judge.shapes(of: values))
    var chosen: [[LatentVector]] = []
    for concept in concepts {
      let ofClass = labels.indices.filter { labels[$0] == concept.label }
      guard ofClass.count >= LatentArithmetic.samplesPerConcept else {
        throw .noSuchSamples(concept, found: ofClass.count, of: candidates.count)
      }
      let strongest = ofClass.sorted { concept.trait.strength(shapes[$0]) > concept.trait.strength(shapes[$1]) }
      let skipped = min(
        strongest.count / LatentArithmetic.skippedPart, strongest.count - LatentArithmetic.samplesPerConcept)
      chosen.append(strongest.dropFirst(skipped).prefix(LatentArithmetic.samplesPerConcept).map { candidates[$0] })
    }
    return chosen
  }

  /// Nine points about z, z itself in the middle, all where the prior may draw.
  private func neighbourhood(of z: LatentVector) -> [LatentVector] {
    let prior = gan.configuration.prior
    var random = CounterRandom(seed: options.seed, stream: Stream.neighbourhood)
    return (0..<LatentArithmetic.neighbours).map { place in
      guard place != LatentArithmetic.neighbours / 2 else { return prior.nearest(to: z) }
      let noise = LatentVector(
        z.coordinates.map { _ in random.uniform(in: -LatentArithmetic.noise...LatentArithmetic.noise) })
      return prior.nearest(to: z + noise)
    }
  }
}
