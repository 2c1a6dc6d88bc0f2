// The 2-D game: points, modes, and D over the plane.

import Datasets
import Figures
import Metrics

struct PlaneMeasure {
  private let density: Density2D
  private let real: [PointsView.Point]
  private let grid: [Float]
  private static let gridSide = 32
  static let shownPoints = 512

  /// - Parameter real: held-out points `[N, 2]`, the first of which are shown.
  init(_ density: Density2D, real: [Float]) {
    self.density = density
    self.real = Self.points(real)
    let range = density.range
    let width = (range.upperBound - range.lowerBound) / Double(Self.gridSide)
    grid = (0..<Self.gridSide * Self.gridSide).flatMap { index in
      let (row, column) = (index / Self.gridSide, index % Self.gridSide)
      return [
        Float(range.lowerBound + (Double(column) + 0.5) * width),
        Float(range.upperBound - (Double(row) + 0.5) * width),
      ]
    }
  }

  func measure(_ look: inout Look, _ samples: [Float], shown: [Float]) {
    // Neutral everywhere where D says nothing of single points.
    let discriminator =
      look.isDProbability
      ? look.game.judge(grid).map { Float(probability($0)) } : [Float](repeating: 0.5, count: grid.count / 2)
    look.show(
      "samples",
      .points(
        PointsView(
          range: density.range, real: real, fake: Self.points(shown), discriminator: discriminator,
          gridSide: Self.gridSide)))
    let modes = density.centres.map {
      TargetMode(centre: [$0.x, $0.y], deviation: density.deviation, share: 1 / Double(density.centres.count))
    }
    look.note(coverageOf: modes, by: samples)
  }

  private static func points(_ rows: [Float]) -> [PointsView.Point] {
    (0..<min(shownPoints, rows.count / 2)).map { PointsView.Point(x: rows[2 * $0], y: rows[2 * $0 + 1]) }
  }
}
