// What a model shows: plain values, ready to be drawn, written down and read back.

/// The 1-D game: the paper's Figure 1 (Goodfellow et al. 2014) as numbers. All arrays but `map` have one entry a bin.
package struct DensityView: Hashable, Sendable {
  /// The visible range of x.
  package var range: ClosedRange<Double>
  /// The exact density of the data at the bins' centres.
  package var dataDensity: [Double]
  /// The histogram of generated samples, as a density.
  package var modelDensity: [Double]
  /// D(x) at the bins' centres.
  package var discriminator: [Double]
  /// The exact optimum D*(x) = p_data / (p_data + p_g); NaN where neither has mass.
  package var optimum: [Double]
  /// The generator's map: evenly spaced z of its support, and G(z) for each.
  package var map: [LatentPoint]
  /// The share of generated samples outside `range`.
  package var outside: Double

  package struct LatentPoint: Hashable, Sendable {
    package var z: Double
    package var x: Double
    package init(z: Double, x: Double) {
      self.z = z
      self.x = x
    }
  }

  package init(
    range: ClosedRange<Double>, dataDensity: [Double], modelDensity: [Double], discriminator: [Double],
    optimum: [Double], map: [LatentPoint], outside: Double
  ) {
    self.range = range
    self.dataDensity = dataDensity
    self.modelDensity = modelDensity
    self.discriminator = discriminator
    self.optimum = optimum
    self.map = map
    self.outside = outside
  }
}

/// The 2-D game: points, and D on a grid over the visible square.
package struct PointsView: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package var x: Float
    package var y: Float
    package init(x: Float, y: Float) {
      self.x = x
      self.y = y
    }
  }
  /// The visible range of both axes.
  package var range: ClosedRange<Double>
  package var real: [Point]
  package var fake: [Point]
  /// D at the centres of `gridSide * gridSide` squares, rows from the top (largest y) down.
  package var discriminator: [Float]
  package var gridSide: Int

  package init(
    range: ClosedRange<Double>, real: [Point], fake: [Point], discriminator: [Float], gridSide: Int
  ) {
    self.range = range
    self.real = real
    self.fake = fake
    self.discriminator = discriminator
    self.gridSide = gridSide
  }
}

/// Grey pictures: generated ones from a fixed z, and a few real ones to compare. Values in 0…1, 1 is ink.
package struct ImagesView: Hashable, Sendable {
  package var width: Int
  package var height: Int
  /// `[count, height, width]`, flat.
  package var fake: [Float]
  package var real: [Float]
  /// While the game rests.
  package var between: BetweenView?

  package init(width: Int, height: Int, fake: [Float], real: [Float], between: BetweenView? = nil) {
    self.width = width
    self.height = height
    self.fake = fake
    self.real = real
    self.between = between
  }

  package var fakeCount: Int { fake.count / max(1, width * height) }
  package var realCount: Int { real.count / max(1, width * height) }
}

/// How to get from one z to another.
package enum LatentPath: String, Hashable, Sendable, CaseIterable {
  /// Along the arc.
  case slerp
  /// Along the straight line.
  case lerp
}

/// Pictures on the ways between pairs of the z whose pictures are shown.
package struct BetweenView: Hashable, Sendable {
  package var path: LatentPath
  /// The shown picture that each row begins with; it ends with the one after it.
  package var starts: [Int]
  /// Pictures in a row, both ends among them.
  package var points: Int
  /// `[rows, points, height, width]`, flat.
  package var images: [Float]

  package init(path: LatentPath, starts: [Int], points: Int, images: [Float]) {
    self.path = path
    self.starts = starts
    self.points = points
    self.images = images
  }
}

/// Pictures in titled rows and columns: classes, reconstructions, a map of the latent plane. Values in 0…1, 1 is ink.
package struct PictureGrid: Hashable, Sendable {
  package var width: Int
  package var height: Int
  /// 1 for grey, 3 for colours.
  package var channels: Int
  package var columns: Int
  /// Above the columns and beside the rows; empty for none.
  package var columnTitles: [String]
  package var rowTitles: [String]
  /// `[rows, columns, height, width, channels]`, flat.
  package var pixels: [Float]

  package init(
    width: Int, height: Int, channels: Int = 1, columns: Int, columnTitles: [String] = [], rowTitles: [String] = [],
    pixels: [Float]
  ) {
    self.width = width
    self.height = height
    self.channels = channels
    self.columns = columns
    self.columnTitles = columnTitles
    self.rowTitles = rowTitles
    self.pixels = pixels
  }

  /// One channel: the mean of all of them.
  package var grey: [Float] {
    guard channels > 1 else { return pixels }
    return (0..<pixels.count / channels).map { pixel in
      (0..<channels).reduce(0) { $0 + pixels[pixel * channels + $1] } / Float(channels)
    }
  }

  package var rows: Int {
    let row = width * height * channels * columns
    return row == 0 ? 0 : pixels.count / row
  }
}

/// Two parameters on their way through a plane, over the field that moves them.
package struct PathView: Hashable, Sendable {
  package typealias Point = PointsView.Point

  /// The visible range of both axes.
  package var range: ClosedRange<Double>
  package var axisTitles: [String]
  /// From the start to now.
  package var path: [Point]
  /// Where it should arrive.
  package var goal: Point
  /// The field at `fieldSide * fieldSide` places, rows from the top (largest y) down.
  package var field: [Point]
  package var fieldSide: Int

  package init(
    range: ClosedRange<Double>, axisTitles: [String], path: [Point], goal: Point, field: [Point], fieldSide: Int
  ) {
    self.range = range
    self.axisTitles = axisTitles
    self.path = path
    self.goal = goal
    self.field = field
    self.fieldSide = fieldSide
  }
}

/// One thing that a model shows, under its name.
package struct Exhibit: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    /// Before the first look.
    case empty
    case density(DensityView)
    case points(PointsView)
    case images(ImagesView)
    case grid(PictureGrid)
    case path(PathView)
  }

  /// By which files know it.
  package var key: String
  /// What stands above it.
  package var title: String
  package var content: Content

  package init(_ key: String, title: String, _ content: Content) {
    self.key = key
    self.title = title
    self.content = content
  }
}
