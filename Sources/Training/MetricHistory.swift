// The whole course of one quantity in bounded memory, however long the run: the latest steps one by one, those before
// them in pairs, before that in fours, and so on. Levels work like the digits of a binary counter: two buckets that
// complete a pair are merged and carried to the next level, which has room for twice as many steps in as many buckets.
// Of each stretch that ends now, at least `capacity / 2` buckets are known: a week of steps takes 25 levels, 2 MB.
//
// A snapshot keeps the history as it was, while the training adds to it. So levels are lists of chunks that never change
// once they are full: what two histories share stays shared, and the training copies only the chunk that it adds to.

package struct MetricHistory: Hashable, Sendable {
  /// Buckets that each level keeps at the least.
  package static let capacity = 1024

  /// Level `k` has buckets of 2ᵏ steps.
  var levels: [Level] = []
  var smoother = Smoother()
  /// Steps recorded.
  package internal(set) var steps = 0

  package init() {}

  /// Records the next step's value.
  package mutating func add(_ value: Float) {
    smoother.add(value)
    steps += 1
    carry(MetricBucket(value, smoothed: smoother.values), from: 0)
  }

  /// Records the next `count` steps at once, of which no more is known than their bucket: from a file, which does not
  /// have every step. They lie in buckets as wide as can be, all of them with the same minimum, mean and maximum; what is
  /// shown finer than that elsewhere is shown so here. Steps that follow one by one are smoothed without these.
  package mutating func add(_ bucket: MetricBucket, steps count: Int) {
    var done = 0
    while done < count {
      // As in a binary counter: buckets of 2ᵏ steps begin at multiples of 2ᵏ.
      let width = min(steps == 0 ? Int.max : steps.trailingZeroBitCount, (count - done).leadingBit)
      steps += 1 << width
      while levels.count <= width { levels.append(Level()) }
      for finer in 0..<width { levels[finer].skip(to: steps >> finer) }
      carry(bucket.share(of: done..<done + 1 << width, among: count), from: width)
      done += 1 << width
    }
  }

  /// Puts a bucket into its level, the pair that it completes into the next one, and so on.
  private mutating func carry(_ bucket: MetricBucket, from level: Int) {
    var bucket = bucket
    for index in level... {
      if index == levels.count { levels.append(Level()) }
      guard let pair = levels[index].append(bucket) else { return }
      bucket = pair
    }
  }

  /// Buckets of equal width, the oldest first.
  package struct Stretch: Hashable, Sendable {
    /// Steps before the first bucket.
    package var start: Int
    /// A power of two; the last bucket may hold fewer.
    package var stepsPerBucket: Int
    package var buckets: [MetricBucket]

    package init(start: Int, stepsPerBucket: Int, buckets: [MetricBucket]) {
      self.start = start
      self.stepsPerBucket = stepsPerBucket
      self.buckets = buckets
    }

    /// The same in `count` buckets of `width` steps from `start` on, so that it can be drawn beside another one; of what is
    /// not known of, unknown ones.
    ///
    /// - Parameters:
    ///   - start: a multiple of `width`.
    ///   - width: a power of two, no less than that of the buckets.
    package func rebinned(start: Int, width: Int, count: Int) -> [MetricBucket] {
      var result = [MetricBucket?](repeating: nil, count: count)
      for (index, bucket) in buckets.enumerated() {
        let place = (self.start + index * stepsPerBucket - start) / width
        guard result.indices.contains(place), self.start + index * stepsPerBucket >= start else { continue }
        var merged = result[place]
        merged?.merge(bucket)
        result[place] = merged ?? bucket
      }
      return result.map { $0 ?? .unknown }
    }
  }

  /// The latest `count` steps, or as many as there are, and a bucket's width more at the most: in the finest buckets in
  /// which all of them are known.
  package func latest(_ count: Int = .max) -> Stretch {
    let start = max(0, steps - max(0, count))
    guard let index = levels.indices.first(where: { levels[$0].dropped << $0 <= start }) else {
      return Stretch(start: 0, stepsPerBucket: 1, buckets: [])
    }
    let width = 1 << index
    var buckets = levels[index].buckets(from: start / width)
    // What has not come together to a bucket of this level yet waits, unpaired, in the levels before it.
    let waiting = levels[..<index].reversed().compactMap(\.unpaired)
    if var rest = waiting.first {
      for bucket in waiting.dropFirst() { rest.merge(bucket) }
      buckets.append(rest)
    }
    return Stretch(start: start / width * width, stepsPerBucket: width, buckets: buckets)
  }

  /// Bytes of what came after so many steps: what a history shares with the same one at that step is shared by chunks.
  func size(since step: Int) -> Int {
    levels.enumerated().reduce(0) { $0 + $1.element.size(since: step >> $1.offset) }
  }

  /// The latest `count` steps as one bucket; where the steps are not known one by one any more, up to a 512th more of
  /// those before them.
  package func summary(ofLatest count: Int) -> MetricBucket? {
    let buckets = latest(count).buckets
    return buckets.dropFirst().reduce(into: buckets.first) { $0?.merge($1) }
  }

  /// The latest buckets of one width.
  struct Level: Hashable, Sendable {
    private static let chunk = 64

    /// Full ones, the oldest first.
    private var chunks: [[MetricBucket]] = []
    private var tail: [MetricBucket] = []
    /// Buckets that were given up for newer ones.
    private(set) var dropped = 0

    init() {}

    /// What `all` and `dropped` say of another one.
    init(_ buckets: [MetricBucket], dropped: Int) {
      self.dropped = dropped
      let whole = buckets.count / Self.chunk * Self.chunk
      chunks = stride(from: 0, to: whole, by: Self.chunk).map { Array(buckets[$0..<$0 + Self.chunk]) }
      tail = Array(buckets[whole...])
    }

    /// All that are kept, the oldest first.
    var all: [MetricBucket] { Array(chunks.joined()) + tail }

    /// The latest bucket, if it is the first of a pair.
    var unpaired: MetricBucket? { tail.count.isMultiple(of: 2) ? nil : tail.last }

    /// Adds a bucket and returns the pair that it completes.
    mutating func append(_ bucket: MetricBucket) -> MetricBucket? {
      var pair = unpaired
      pair?.merge(bucket)
      tail.append(bucket)
      if tail.count == Self.chunk {
        chunks.append(tail)
        tail = []
        if chunks.count > capacity / Self.chunk { dropped += chunks.removeFirst().count }
      }
      return pair
    }

    /// Bytes of the chunks with buckets from one on, counted from the first that ever was.
    func size(since index: Int) -> Int {
      let shared = max(0, index - dropped) / Self.chunk
      return (max(0, chunks.count - shared) * Self.chunk + tail.count) * MemoryLayout<MetricBucket>.stride
    }

    /// Gives up all buckets before one: they are known in wider ones only.
    mutating func skip(to index: Int) {
      chunks = []
      tail = []
      dropped = index
    }

    /// The buckets from one on, counted from the first that ever was.
    func buckets(from index: Int) -> [MetricBucket] {
      let skipped = index - dropped
      var found = Array(chunks.dropFirst(skipped / Self.chunk).joined().dropFirst(skipped % Self.chunk))
      found += chunks.count * Self.chunk <= skipped ? tail.dropFirst(skipped - chunks.count * Self.chunk) : tail[...]
      return found
    }
  }
}

extension Int {
  /// The place of the highest bit of a number above 0.
  fileprivate var leadingBit: Int { bitWidth - 1 - leadingZeroBitCount }
}
