// Ink on paper: strokes of varying width drawn into grey pixels by their distance field, so that edges are smooth at any
// width.

/// A place of the pen on the picture, in pixels.
struct InkPoint {
  var x: Float
  var y: Float
  /// Half of the stroke's width here.
  var radius: Float
  /// Whether the pen drew its way here from the point before; false where it was put down.
  var isDown: Bool
}

/// A square picture that strokes are drawn into. Values are 0 for paper to 1 for ink; the strokes' union counts, not
/// their sum, as with a pen.
struct InkRaster {
  let side: Int
  private(set) var values: [Float]

  /// Half of the edge's width, pixels: MNIST's edges, once bilevel and then scaled down, are about this soft (judged by
  /// eye on real digits).
  private static let softness: Float = 0.75

  init(side: Int) {
    self.side = side
    values = [Float](repeating: 0, count: side * side)
  }

  mutating func clear() {
    for index in values.indices { values[index] = 0 }
  }

  /// Draws the segments between successive points.
  mutating func draw(_ points: [InkPoint], shiftedBy shift: SIMD2<Float>) {
    for index in points.indices.dropFirst() where points[index].isDown {
      draw(from: points[index - 1], to: points[index], shiftedBy: shift)
    }
  }

  private mutating func draw(from a: InkPoint, to b: InkPoint, shiftedBy shift: SIMD2<Float>) {
    let (ax, ay) = (a.x + shift.x, a.y + shift.y)
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let scale = 1 / max(dx * dx + dy * dy, 1e-6)
    let reach = max(a.radius, b.radius) + Self.softness
    let left = max(0, Int(min(ax, ax + dx) - reach))
    let right = min(side - 1, Int(max(ax, ax + dx) + reach))
    let top = max(0, Int(min(ay, ay + dy) - reach))
    let bottom = min(side - 1, Int(max(ay, ay + dy) + reach))
    guard left <= right, top <= bottom else { return }
    for row in top...bottom {
      // Pixel (0, 0) has its centre at (0.5, 0.5).
      let py = Float(row) + 0.5 - ay
      for column in left...right {
        let px = Float(column) + 0.5 - ax
        let along = min(1, max(0, (px * dx + py * dy) * scale))
        let (ox, oy) = (px - along * dx, py - along * dy)
        let inside = a.radius + along * (b.radius - a.radius) - (ox * ox + oy * oy).squareRoot()
        let ramp = min(1, max(0, 0.5 + inside * (0.5 / Self.softness)))
        let value = ramp * ramp * (3 - 2 * ramp)
        values[row * side + column] = max(values[row * side + column], value)
      }
    }
  }
}
