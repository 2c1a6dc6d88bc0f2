// The ten digits as a hand writes them: for each, the ways that people differ in, as the points that the pen passes.
// Drawn for this project after common handwriting, with MNIST beside it.

/// A point that the pen passes, in hundredths of the digit's height: x to the right from 0 to about 70, y down from 0 to
/// 100.
struct Knot {
  var x: Float
  var y: Float
  /// Whether the pen stops and turns here; a hurried hand rounds some of these off.
  var isCorner = false

  /// The pen passes smoothly.
  static func on(_ x: Float, _ y: Float) -> Knot { Knot(x: x, y: y) }
  /// The pen turns sharply.
  static func turn(_ x: Float, _ y: Float) -> Knot { Knot(x: x, y: y, isCorner: true) }
}

/// One way to write a digit.
struct DigitSkeleton {
  /// How often it is chosen, against the others of its digit.
  let weight: Float
  /// From pen down to pen up.
  let strokes: [[Knot]]

  init(_ weight: Float, _ strokes: [Knot]...) {
    self.weight = weight
    self.strokes = strokes
  }

  /// By digit, then by way of writing.
  static let all: [[DigitSkeleton]] = [
    zero, one, two, three, four, five, six, seven, eight, nine,
  ]

  private static let zero = [
    // From the top, left about, and over the start.
    DigitSkeleton(
      4,
      [
        .on(44, 3), .on(22, 9), .on(6, 38), .on(9, 74), .on(28, 97), .on(52, 86), .on(65, 52), .on(58, 17), .on(40, 3),
        .on(30, 7),
      ]),
    // Round, and begun at the upper right.
    DigitSkeleton(
      3,
      [
        .on(60, 16), .on(36, 3), .on(8, 24), .on(1, 60), .on(20, 93), .on(50, 94), .on(73, 64), .on(70, 28), .on(48, 7),
        .on(34, 10),
      ]),
    // Not quite closed.
    DigitSkeleton(
      1,
      [.on(36, 4), .on(14, 22), .on(6, 56), .on(18, 92), .on(42, 95), .on(58, 66), .on(56, 28), .on(46, 8)]),
    // Narrow.
    DigitSkeleton(
      1,
      [
        .on(36, 2), .on(20, 20), .on(14, 56), .on(22, 90), .on(36, 97), .on(48, 78), .on(52, 40), .on(44, 12),
        .on(32, 4),
      ]),
  ]

  private static let one = [
    DigitSkeleton(8, [.on(35, 0), .on(35, 50), .on(35, 100)]),
    DigitSkeleton(2, [.on(37, 0), .on(33, 34), .on(36, 68), .on(34, 100)]),
    // With a flag.
    DigitSkeleton(2, [.on(23, 18), .on(30, 11), .turn(37, 1), .on(36, 50), .on(35, 100)]),
    // With a flag and a foot.
    DigitSkeleton(1, [.on(20, 19), .turn(37, 2), .on(36, 50), .on(36, 98)], [.on(12, 99), .on(36, 98), .on(60, 98)]),
  ]

  private static let two = [
    // A sharp foot.
    DigitSkeleton(
      4,
      [
        .on(8, 22), .on(24, 4), .on(49, 6), .on(56, 28), .on(40, 58), .turn(8, 94), .on(38, 93), .on(70, 96),
      ]),
    // A loop at the foot.
    DigitSkeleton(
      4,
      [
        .on(8, 22), .on(26, 4), .on(51, 8), .on(54, 34), .on(38, 66), .on(16, 92), .on(3, 90), .on(8, 77), .on(28, 82),
        .on(48, 95), .on(74, 88),
      ]),
    // A wavy foot.
    DigitSkeleton(
      2,
      [
        .on(12, 14), .on(34, 2), .on(56, 14), .on(50, 42), .on(28, 72), .turn(4, 96), .on(26, 87), .on(48, 97),
        .on(72, 90),
      ]),
    // Low and wide, almost a Z.
    DigitSkeleton(
      2,
      [
        .on(2, 16), .on(22, 8), .on(50, 8), .on(60, 24), .on(42, 52), .turn(8, 88), .on(36, 86), .on(64, 90),
        .on(92, 94),
      ]),
    // A long hook at the top.
    DigitSkeleton(
      1,
      [
        .on(14, 34), .on(12, 16), .on(32, 2), .on(56, 16), .on(46, 52), .turn(10, 92), .on(40, 90), .on(66, 90),
      ]),
  ]

  private static let three = [
    DigitSkeleton(
      4,
      [
        .on(10, 14), .on(32, 2), .on(54, 14), .on(46, 36), .turn(24, 47), .on(52, 55), .on(62, 76), .on(42, 97),
        .on(8, 91),
      ]),
    // A little loop at the waist.
    DigitSkeleton(
      2,
      [
        .on(10, 12), .on(34, 1), .on(56, 14), .on(44, 38), .on(24, 46), .on(25, 52), .on(38, 48), .on(58, 60),
        .on(58, 86), .on(34, 99), .on(6, 90),
      ]),
    // A flat top.
    DigitSkeleton(
      1,
      [
        .on(10, 4), .on(34, 4), .turn(60, 3), .on(44, 24), .turn(28, 42), .on(54, 50), .on(64, 72), .on(44, 97),
        .on(8, 92),
      ]),
    // One flowing line.
    DigitSkeleton(
      2,
      [
        .on(14, 10), .on(38, 2), .on(54, 18), .on(40, 40), .on(28, 48), .on(44, 54), .on(58, 74), .on(40, 96),
        .on(6, 96),
      ]),
  ]

  private static let four = [
    // Open, with a round shoulder.
    DigitSkeleton(
      4, [.on(14, 6), .on(7, 34), .on(12, 53), .on(32, 56), .on(62, 50)], [.on(56, 4), .on(52, 50), .on(47, 100)]),
    // Open, with a corner.
    DigitSkeleton(
      3, [.on(20, 2), .on(14, 26), .turn(4, 54), .on(34, 54), .on(70, 50)], [.on(54, 12), .on(51, 56), .on(49, 100)]),
    // Wide, on a short leg.
    DigitSkeleton(
      2, [.on(12, 12), .on(4, 32), .on(2, 50), .on(34, 56), .on(82, 46)], [.on(68, 4), .on(60, 48), .on(54, 100)]),
    // Closed.
    DigitSkeleton(
      1.5, [.on(52, 0), .on(28, 30), .turn(3, 60), .on(34, 61), .on(70, 60)], [.on(52, 0), .on(50, 50), .on(49, 100)]),
    // Without lifting the pen.
    DigitSkeleton(
      2,
      [
        .on(10, 8), .on(7, 36), .on(22, 52), .on(44, 44), .turn(58, 6), .on(54, 40), .on(50, 72), .on(45, 100),
      ]),
  ]

  private static let five = [
    DigitSkeleton(
      3,
      [
        .on(60, 4), .on(40, 5), .turn(19, 6), .on(17, 24), .turn(12, 43), .on(38, 38), .on(59, 58), .on(50, 88),
        .on(26, 98), .on(4, 88),
      ]),
    // The hat comes last.
    DigitSkeleton(
      3,
      [
        .on(22, 8), .on(19, 26), .turn(15, 44), .on(40, 41), .on(57, 62), .on(44, 92), .on(22, 98), .on(6, 90),
      ], [.on(22, 8), .on(42, 6), .on(68, 2)]),
    // A small body under a long hat.
    DigitSkeleton(
      2,
      [
        .on(28, 14), .on(24, 30), .turn(20, 44), .on(38, 48), .on(42, 68), .on(28, 92), .on(2, 98),
      ], [.on(28, 14), .on(56, 10), .on(90, 4)]),
    // Flowing, like an S.
    DigitSkeleton(
      3,
      [
        .on(66, 4), .on(40, 6), .on(22, 20), .on(24, 42), .on(46, 56), .on(52, 78), .on(34, 97), .on(6, 92),
      ]),
  ]

  private static let six = [
    DigitSkeleton(
      4,
      [
        .on(48, 1), .on(26, 20), .on(9, 54), .on(10, 84), .on(30, 99), .on(53, 86), .on(52, 64), .on(34, 56),
        .on(16, 68), .on(11, 84),
      ]),
    // A straight back.
    DigitSkeleton(
      3,
      [
        .on(38, 0), .on(24, 30), .on(10, 66), .on(16, 95), .on(40, 98), .on(57, 78), .on(48, 60), .on(28, 62),
        .on(14, 78),
      ]),
    // A small, flat bowl.
    DigitSkeleton(
      2,
      [
        .on(56, 4), .on(30, 14), .on(10, 46), .on(6, 80), .on(26, 98), .on(54, 90), .on(63, 70), .on(48, 59),
        .on(26, 68), .on(12, 86),
      ]),
  ]

  private static let seven = [
    DigitSkeleton(4, [.on(6, 10), .on(32, 8), .turn(62, 6), .on(46, 44), .on(36, 72), .on(28, 100)]),
    // Rounded.
    DigitSkeleton(
      3, [.on(4, 18), .on(16, 8), .on(40, 6), .on(58, 8), .on(58, 24), .on(44, 56), .on(34, 100)]),
    // With a bar.
    DigitSkeleton(
      1.5, [.on(6, 10), .on(34, 8), .turn(62, 4), .on(48, 42), .on(30, 100)], [.on(20, 54), .on(40, 51), .on(62, 49)]),
    // With a serif.
    DigitSkeleton(
      1.5, [.on(8, 26), .turn(10, 8), .on(36, 8), .turn(62, 6), .on(46, 46), .on(36, 100)]),
  ]

  private static let eight = [
    // Begun at the upper right, like an S, and closed on the way back.
    DigitSkeleton(
      4,
      [
        .on(56, 14), .on(36, 1), .on(14, 14), .on(20, 36), .on(42, 52), .on(54, 76), .on(36, 98), .on(12, 84),
        .on(20, 60), .on(42, 40), .on(57, 16),
      ]),
    // Begun in the middle of the top.
    DigitSkeleton(
      3,
      [
        .on(38, 2), .on(16, 12), .on(18, 34), .on(38, 50), .on(50, 74), .on(34, 98), .on(12, 86), .on(20, 60),
        .on(44, 38), .on(54, 16), .on(36, 2),
      ]),
    // Two bowls.
    DigitSkeleton(
      1,
      [
        .on(36, 48), .on(14, 34), .on(20, 8), .on(42, 2), .on(55, 22), .on(36, 48), .on(12, 66), .on(14, 92),
        .on(40, 99), .on(58, 78), .on(36, 48),
      ]),
  ]

  private static let nine = [
    // A straight leg.
    DigitSkeleton(
      4,
      [
        .on(54, 16), .on(36, 3), .on(12, 18), .on(10, 40), .on(30, 48), .on(48, 34), .turn(56, 12), .on(52, 50),
        .on(47, 100),
      ]),
    // A leg that curls to the left.
    DigitSkeleton(
      2,
      [
        .on(52, 18), .on(36, 2), .on(14, 14), .on(9, 38), .on(28, 49), .on(48, 34), .turn(54, 12), .on(57, 48),
        .on(48, 86), .on(30, 99), .on(10, 94),
      ]),
    // In one sweep, the head a loop.
    DigitSkeleton(
      3,
      [
        .on(50, 30), .on(30, 47), .on(9, 36), .on(18, 10), .on(42, 2), .on(54, 18), .on(49, 48), .on(42, 74),
        .on(36, 100),
      ]),
    // A head left open.
    DigitSkeleton(
      1.5,
      [
        .on(44, 4), .on(18, 16), .on(8, 36), .on(26, 46), .on(46, 32), .turn(60, 8), .on(52, 52), .on(40, 100),
      ]),
    // A small head on a slim leg.
    DigitSkeleton(
      2,
      [
        .on(48, 8), .on(30, 3), .on(14, 20), .on(18, 38), .on(36, 36), .turn(50, 10), .on(46, 46), .on(38, 100),
      ]),
  ]
}
