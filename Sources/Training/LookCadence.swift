// When a trainer looks at its players. Figures are of thousands of samples and may take a hundredth of the time; a few
// dozen pictures cost next to nothing and have a budget of their own, a generous one in the first minute, when most is to
// be seen. What a look costs decides when it comes again, never what is learnt.

package struct LookCadence {
  /// Seconds between two looks of a kind at the least; figures and pictures at most 4 times a second later on.
  private static let interval = (early: 0.1, later: 0.25)
  /// Share of the time that they may take.
  private static let shareOfFigures = 0.01
  private static let shareOfPictures = (early: 0.1, later: 0.02)
  /// Seconds from the first look on that count as early.
  private static let early = 60.0
  /// However long a look takes (at pictures of 64×64 as long as a step, a second or more), nobody waits longer for one, in
  /// seconds.
  private static let longest = 20.0

  /// Whether somebody watches: else there are no looks at pictures alone, and nothing is early.
  package var isWatched = false
  /// When figures are to be measured again, and pictures to be drawn again.
  package private(set) var figuresDue = -Double.infinity
  package private(set) var picturesDue = Double.infinity
  private var begin: Double?
  private var figures = Cost()
  private var pictures = Cost()

  package init() {}

  /// What looks of a kind have cost lately, in seconds. The first one also compiles programs and fetches memory, and any
  /// may have had to wait for a core: the cheapest of the last three is the measure.
  private struct Cost {
    private var isFirst = true
    private var last: [Double] = []

    mutating func add(_ seconds: Double) {
      if !isFirst { last = (last + [seconds]).suffix(3) }
      isFirst = false
    }

    /// `nil` before the second look.
    var seconds: Double? { last.min() }
  }

  /// Figures were measured and pictures drawn.
  ///
  /// - Parameter hasPictures: whether pictures can be drawn without measuring. Of points and densities both are the same.
  package mutating func looked(from start: Double, to end: Double, hasPictures: Bool) {
    begin = begin ?? start
    figures.add(end - start)
    let share = hasPictures || !isEarly(end) ? Self.shareOfFigures : Self.shareOfPictures.early
    figuresDue = due(after: end, figures, share)
    picturesDue = isWatched && hasPictures ? due(after: end, pictures, shareOfPictures(end)) : .infinity
  }

  /// Pictures alone were drawn.
  package mutating func glanced(from start: Double, to end: Double) {
    pictures.add(end - start)
    picturesDue = due(after: end, pictures, shareOfPictures(end))
  }

  /// Whether measuring, or else drawing, is done well within so many seconds of rest.
  func measures(within rest: Double) -> Bool { figures.seconds.map { $0 <= rest / 2 } ?? false }
  func draws(within rest: Double) -> Bool { pictures.seconds.map { $0 <= rest / 2 } ?? false }

  private func isEarly(_ now: Double) -> Bool { isWatched && now - (begin ?? now) < Self.early }

  private func shareOfPictures(_ now: Double) -> Double {
    isEarly(now) ? Self.shareOfPictures.early : Self.shareOfPictures.later
  }

  private func due(after end: Double, _ cost: Cost, _ share: Double) -> Double {
    let interval = isEarly(end) ? Self.interval.early : Self.interval.later
    return end + min(max(interval, (cost.seconds ?? 0) / share), Self.longest)
  }
}
