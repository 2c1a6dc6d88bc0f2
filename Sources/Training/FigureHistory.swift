// The course of one figure that is not known at every step, but at those at which somebody wrote it down: in bounded
// memory, however long the run. Once there are too many stretches, neighbours are merged two by two, and from then on a
// stretch takes twice as many values; no spike and no NaN vanishes that way.

package struct FigureHistory: Hashable, Sendable {
  /// Values that came one after the other.
  package struct Stretch: Hashable, Sendable {
    /// The steps of the first and the last.
    package fileprivate(set) var steps: ClosedRange<Double>
    package fileprivate(set) var values: MetricBucket
  }

  /// Stretches that are kept at the most; half of them at the least, of a course that long.
  package static let capacity = 2048

  /// The oldest first, by steps that only ever grow.
  package private(set) var stretches: [Stretch] = []
  /// Values that a stretch takes.
  private var width = 1
  private var smoother = Smoother()
  /// The value that came last.
  package private(set) var latest = Double.nan
  /// The least and the greatest finite value that there has been.
  package private(set) var extent: ClosedRange<Double>?

  package init() {}

  /// Records a value. Where there already are values of later steps, the run has gone back: what it did from there on is
  /// overtaken, and forgotten. A value of no step, or of an infinite one, has no place in a course, and is left out.
  package mutating func add(_ value: Double, at step: Double) {
    guard step.isFinite else { return }
    if let last = stretches.last, step < last.steps.upperBound { forget(from: step) }
    smoother.add(Float(value))
    latest = value
    if value.isFinite {
      extent = min(extent?.lowerBound ?? value, value)...max(extent?.upperBound ?? value, value)
    }
    let bucket = MetricBucket(Float(value), smoothed: smoother.values)
    if let last = stretches.last, last.values.steps < width || last.steps.upperBound == step {
      stretches[stretches.count - 1].values.merge(bucket)
      stretches[stretches.count - 1].steps = last.steps.lowerBound...step
      return
    }
    stretches.append(Stretch(steps: step...step, values: bucket))
    if stretches.count > Self.capacity { halve() }
  }

  /// What there was of it up to a step.
  package func until(_ step: Double) -> FigureHistory {
    guard let last = stretches.last, last.steps.upperBound > step else { return self }
    var result = self
    result.stretches.removeAll { $0.steps.lowerBound > step }
    return result
  }

  private mutating func halve() {
    width *= 2
    stretches = stride(from: 0, to: stretches.count, by: 2).map { index in
      var stretch = stretches[index]
      guard index + 1 < stretches.count else { return stretch }
      stretch.values.merge(stretches[index + 1].values)
      stretch.steps = stretch.steps.lowerBound...stretches[index + 1].steps.upperBound
      return stretch
    }
  }

  /// Whole stretches only: one that began before that step stays.
  private mutating func forget(from step: Double) {
    stretches.removeAll { $0.steps.lowerBound >= step }
    if let last = stretches.last, last.steps.upperBound > step {
      stretches[stretches.count - 1].steps = last.steps.lowerBound...step
    }
    smoother =
      stretches.last.map { last in
        Smoother(at: last.values.smoothed, after: stretches.reduce(0) { $0 + $1.values.count })
      } ?? Smoother()
  }
}
