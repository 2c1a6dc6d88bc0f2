// The losses of both players over the steps, beside the values that they have at the equilibrium of the game.

import Glibc
import TerminalUI
import Training

/// The chart of an experiment's losses, as a look at it wants it.
struct LossChart {
  var experiment: ExperimentSummary
  var look: ChartLook
  var fixedRange: ClosedRange<Double>?
  /// The step that the crosshair stands on; `nil` where it is not.
  var crosshair: Int?
  private var discriminator: MetricHistory.Stretch
  private var generator: MetricHistory.Stretch
  private var steps: Int
  /// Courses that the run has left for the one that it is on, from where they part.
  private var shadows: [Shadow] = []
  /// Steps of the longest course.
  private var allSteps: Int

  /// Steps from which on the scale is for the latest of them.
  private static let settled = 100

  /// D's and G's losses in as many buckets as the chart has.
  private struct Shadow {
    var discriminator: [MetricBucket]
    var generator: [MetricBucket]
  }

  init(of state: State, experiment index: Int) {
    let snapshot = state.snapshots[index]
    experiment = snapshot.experiment
    look = state.chartLook
    fixedRange = look.fixedRanges?[index]
    crosshair = state.focus == PanelID(experiment: index, kind: .losses) ? state.crosshair : nil
    steps = snapshot.history.steps
    let courses = snapshot.abandoned.filter { $0.history.steps > $0.from }
    allSteps = max(steps, courses.map(\.history.steps).max() ?? 0)
    let start = allSteps - min(allSteps, look.window(of: allSteps))
    discriminator = snapshot.history.discriminator.latest(max(0, steps - start))
    generator = snapshot.history.generator.latest(max(0, steps - start))
    if !courses.isEmpty { add(courses, from: start) }
  }

  /// Puts all courses into buckets of one width.
  private mutating func add(_ courses: [AbandonedCourse], from start: Int) {
    func latest(_ history: MetricHistory) -> MetricHistory.Stretch { history.latest(max(0, history.steps - start)) }
    let others = courses.map { (latest($0.history.discriminator), latest($0.history.generator)) }
    let width = (others.map(\.0.stepsPerBucket) + [discriminator.stepsPerBucket]).max() ?? 1
    let first = start / width * width
    let count = (allSteps - first + width - 1) / width
    shadows = zip(courses, others).map { course, stretches in
      func parted(_ stretch: MetricHistory.Stretch) -> [MetricBucket] {
        let buckets = stretch.rebinned(start: first, width: width, count: count)
        let common = min(count, max(0, course.from - first) / width)
        return Array(repeating: .unknown, count: common) + buckets[common...]
      }
      return Shadow(discriminator: parted(stretches.0), generator: parted(stretches.1))
    }
    let own = min(count, (max(0, steps - first) + width - 1) / width)
    func rebinned(_ stretch: MetricHistory.Stretch) -> MetricHistory.Stretch {
      .init(start: first, stepsPerBucket: width, buckets: stretch.rebinned(start: first, width: width, count: own))
    }
    (discriminator, generator) = (rebinned(discriminator), rebinned(generator))
  }

  func chart(isTalkative: Bool) -> SeriesChart {
    let count = shadows.first?.discriminator.count ?? discriminator.buckets.count
    func padded(_ stretch: MetricHistory.Stretch) -> [SeriesChart.Bucket] {
      buckets(stretch.buckets + Array(repeating: .unknown, count: count - stretch.buckets.count))
    }
    var chart = SeriesChart(
      series: [
        .init(role: .discriminator, label: "D", buckets: padded(discriminator)),
        .init(role: .generator, label: "G", buckets: padded(generator), stroke: .dotted),
      ]
        + shadows.reversed().flatMap { shadow in
          [
            .init(role: .dim, label: nil, buckets: buckets(shadow.discriminator)),
            .init(role: .dim, label: nil, buckets: buckets(shadow.generator), stroke: .dotted),
          ]
        },
      references: references(isTalkative: isTalkative), xRange: Double(discriminator.start)...Double(allSteps),
      xLabel: "steps", xNote: isTalkative ? xNote : "", unit: "nats", scale: look.scale, fixedRange: fixedRange)
    chart.favoursLatest = allSteps - discriminator.start >= Self.settled
    if let crosshair { chart.crosshair = .init(bucket: bucket(of: crosshair), readings: []) }
    return chart
  }

  private func buckets(_ buckets: [MetricBucket]) -> [SeriesChart.Bucket] {
    buckets.map { bucket in
      .init(
        minimum: Double(bucket.minimum), mean: bucket.mean, maximum: Double(bucket.maximum), count: bucket.count,
        broken: bucket.broken > 0, smoothed: look.smoothing.map { Double(bucket.smoothed[$0]) })
    }
  }

  /// A value of the chart is of one step as long as there are few, and else a mean.
  private var xNote: String {
    let width = discriminator.stepsPerBucket
    if !shadows.isEmpty { return "dim: courses that were left" }
    return width > 1 ? "values are means of \(width.grouped)" : ""
  }

  /// At the equilibrium D is ½ everywhere (Goodfellow et al. 2014, Theorem 1). D's loss −V/2 is then log 2, and so is
  /// G's −log D; G's minimax loss log(1 − D) is −log 2.
  private func references(isTalkative: Bool) -> [SeriesChart.Reference] {
    let chance = SeriesChart.Reference(value: log(2), label: isTalkative ? "log 2: V = −log 4" : "log 2")
    return experiment.loss == "minimax" ? [chance, .init(value: -log(2), label: "−log 2")] : [chance]
  }

  // MARK: Crosshair

  /// The bucket of a step, or the nearest that is shown.
  private func bucket(of step: Int) -> Int {
    let index = (step - 1 - discriminator.start) / discriminator.stepsPerBucket
    return min(max(0, index), max(0, discriminator.buckets.count - 1))
  }

  /// The step where the crosshair is after moving by so many columns, −1, 0 or 1; at the latest one where there was no
  /// crosshair. `nil` where there is no step.
  func crosshair(movedBy direction: Int, in area: Rect) -> Int? {
    guard !discriminator.buckets.isEmpty else { return nil }
    guard let crosshair else { return steps }
    let beside = chart(isTalkative: area.width >= LossPanel.talkativeWidth)
      .bucketsBeside(bucket(of: crosshair), in: area)
    let index = direction < 0 ? beside.lowerBound - 1 : direction > 0 ? beside.upperBound : bucket(of: crosshair)
    let reached = min(max(0, index), discriminator.buckets.count - 1)
    return min(discriminator.start + (reached + 1) * discriminator.stepsPerBucket, steps)
  }

  /// What both losses were at the crosshair, in ever fewer words: the exact loss of a single step; of several the mean,
  /// the least and the greatest.
  func readings(of beside: Range<Int>) -> [[SeriesChart.Piece]] {
    // Courses that were left may go on where this one has not come to yet.
    let beside = beside.clamped(to: discriminator.buckets.indices)
    guard let last = beside.last else { return [] }
    let width = discriminator.stepsPerBucket
    let first = discriminator.start + beside.lowerBound * width + 1
    let end = min(discriminator.start + (last + 1) * width, steps)
    let place = first == end ? "step \(end.grouped)" : "steps \(first.grouped)–\(end.grouped)"
    let players = [("D", Role.discriminator, discriminator), ("G", .generator, generator)].map { name, role, stretch in
      Player(name: name, role: role, bucket: Self.merged(stretch.buckets[beside]), smoothing: look.smoothing)
    }
    func line(_ place: String, _ words: (Player) -> [SeriesChart.Piece]) -> [SeriesChart.Piece] {
      [.init(place, .text)] + players.flatMap { [.init(place.isEmpty ? "" : "  ", .text)] + words($0) }
    }
    return [
      line(place) { $0.mean + $0.extent + $0.smoothed + $0.trouble }, line(place) { $0.mean + $0.extent + $0.trouble },
      line(place) { $0.mean + $0.trouble }, line(place) { $0.brief }, line(end.grouped) { $0.brief },
      line("") { $0.brief },
    ]
  }

  private static func merged(_ buckets: ArraySlice<MetricBucket>) -> MetricBucket? {
    guard var merged = buckets.first else { return nil }
    for bucket in buckets.dropFirst() { merged.merge(bucket) }
    return merged
  }

  /// A player's loss at the crosshair, in words.
  private struct Player {
    var name: String
    var role: Role
    var bucket: MetricBucket?
    var smoothing: Int?

    private typealias Piece = SeriesChart.Piece

    private func exact(_ value: Float) -> String { "\(value)".replacing("-", with: "−") }

    var mean: [SeriesChart.Piece] {
      guard let bucket, bucket.count > 0 else { return [Piece("\(name) –", role)] }
      return [Piece("\(name) \(exact(Float(bucket.mean)))", role)]
    }

    var brief: [SeriesChart.Piece] {
      guard let bucket, bucket.count > 0 else { return mean }
      return [Piece("\(name) \(NumberLabel.short(bucket.mean)) ", role)]
    }

    var extent: [SeriesChart.Piece] {
      guard let bucket, bucket.count > 1 else { return [] }
      return [Piece(" (\(exact(bucket.minimum)) to \(exact(bucket.maximum)))", .dim)]
    }

    var smoothed: [SeriesChart.Piece] {
      guard let smoothing, let bucket else { return [] }
      return [Piece(" smoothed \(NumberLabel.fixed(Double(bucket.smoothed[smoothing]), decimals: 4))", .dim)]
    }

    var trouble: [SeriesChart.Piece] {
      guard let bucket, bucket.broken > 0 else { return [] }
      return [Piece(" \(bucket.steps == 1 ? "" : "\(bucket.broken.grouped) ")not finite", .bad)]
    }
  }
}
