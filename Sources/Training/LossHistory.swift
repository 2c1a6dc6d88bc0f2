// The whole course of the losses, as charts show it.

/// D's and G's losses since step 0, in nats.
package struct LossHistory: Hashable, Sendable {
  package private(set) var discriminator = MetricHistory()
  package private(set) var generator = MetricHistory()

  package init() {}

  init(discriminator: MetricHistory, generator: MetricHistory) {
    self.discriminator = discriminator
    self.generator = generator
  }

  /// Steps recorded.
  package var steps: Int { discriminator.steps }

  /// Bytes of what came after so many steps.
  func size(since step: Int) -> Int { discriminator.size(since: step) + generator.size(since: step) }

  package mutating func add(discriminator d: Float, generator g: Float) {
    discriminator.add(d)
    generator.add(g)
  }

  /// Records many steps at once, of which no more is known than these.
  package mutating func add(discriminator d: MetricBucket, generator g: MetricBucket, steps: Int) {
    discriminator.add(d, steps: steps)
    generator.add(g, steps: steps)
  }

  /// Whether a loss of the last step, or of the last 512th of the run, was no finite number.
  package var isBrokenLately: Bool {
    [discriminator, generator].contains { $0.latest(max(1, $0.steps / 512)).buckets.contains { $0.broken > 0 } }
  }
}
