// A walk through the space of z while the game rests: from some of the samples that are shown to their neighbours.

import Figures

/// Which ways are shown.
package struct Walk: Sendable {
  /// Rows at the most.
  static let rows = 3
  /// Pictures in a row, 24 equal steps: a panel may show every second, third, fourth, sixth, … of them, both ends always
  /// among them.
  static let points = 25

  private var path = LatentPath.slerp
  /// Pairs of shown samples before the first that is joined.
  private var pairs = 0

  package init() {}

  /// On to the next pair.
  package mutating func advance() { pairs += 1 }

  /// On to the next path.
  package mutating func turn() { path = path == .slerp ? .lerp : .slerp }

  /// - Parameter shown: the z of the samples that are shown.
  func between(_ shown: [LatentVector], _ game: Game) -> BetweenView {
    let starts = (0..<Self.rows).map { row in 2 * (pairs + row) % shown.count }
    let ways = starts.flatMap { start in
      path.points(
        from: shown[start], to: shown[start + 1], count: Self.points, within: game.sampler?.latent.prior ?? .normal)
    }
    return BetweenView(path: path, starts: starts, points: Self.points, images: game.sample(at: ways))
  }
}
