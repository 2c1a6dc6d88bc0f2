// What is shown of samples, as lines of a run's `samples.ndjson`: one with what stays the same throughout a run (the range,
// the real data), and one for each moment. Arrays are bytes in base 64, numbers as four bytes each; pixels as one, so that
// a picture is what 256 greys can show of it.

import Figures
import RunFiles

extension Exhibit {
  /// What does not change while a run is trained; `nil` before there is anything to show.
  package var fixedLine: JSONLine? {
    var line = JSONLine()
    line.add("event", "data")
    line.add("exhibit", key)
    line.add("title", title)
    switch content {
    case .empty: return nil
    case .density(let view):
      line.add("kind", "density")
      line.add(range: view.range)
      line.add("data", bytesOf: view.dataDensity.map(Float.init))
    case .points(let view):
      line.add("kind", "points")
      line.add(range: view.range)
      line.add("grid_side", view.gridSide)
      line.add("real", bytesOf: view.real.flatMap { [$0.x, $0.y] })
    case .images(let view):
      line.add("kind", "images")
      line.add("width", view.width)
      line.add("height", view.height)
      line.add("real", bytes: view.real.map(\.greyLevel))
    case .grid(let view):
      line.add("kind", "grid")
      line.add("width", view.width)
      line.add("height", view.height)
      line.add("channels", view.channels)
      line.add("columns", view.columns)
      line.add("column_titles", view.columnTitles.joined(separator: "\t"))
      line.add("row_titles", view.rowTitles.joined(separator: "\t"))
    case .path(let view):
      line.add("kind", "path")
      line.add(range: view.range)
      line.add("axis_titles", view.axisTitles.joined(separator: "\t"))
      line.add("goal", bytesOf: [view.goal.x, view.goal.y])
      line.add("field", bytesOf: view.field.flatMap { [$0.x, $0.y] })
      line.add("field_side", view.fieldSide)
    }
    return line
  }

  /// What there was to be seen at this step. What lies between samples is not kept: it is shown while a game rests.
  package func line(step: Int) -> JSONLine {
    var line = JSONLine()
    line.add("event", "samples")
    line.add("exhibit", key)
    line.add("step", step)
    switch content {
    case .empty: break
    case .density(let view):
      line.add("model", bytesOf: view.modelDensity.map(Float.init))
      line.add("discriminator", bytesOf: view.discriminator.map(Float.init))
      line.add("optimum", bytesOf: view.optimum.map(Float.init))
      line.add("map", bytesOf: view.map.flatMap { [Float($0.z), Float($0.x)] })
      line.add("outside", view.outside)
    case .points(let view):
      line.add("fake", bytesOf: view.fake.flatMap { [$0.x, $0.y] })
      line.add("discriminator", bytesOf: view.discriminator)
    case .images(let view):
      line.add("fake", bytes: view.fake.map(\.greyLevel))
    case .grid(let view): line.add("pixels", bytes: view.pixels.map(\.greyLevel))
    case .path(let view): line.add("path", bytesOf: view.path.flatMap { [$0.x, $0.y] })
    }
    return line
  }

  /// From two such lines; `nil` where they do not go together, or do not make sense.
  package init?(fixed: JSONObject, moment: JSONObject) {
    let content: Content? =
      switch fixed.text("kind") {
      case "density": DensityView(fixed, moment).map(Content.density)
      case "points": PointsView(fixed, moment).map(Content.points)
      case "images": ImagesView(fixed, moment).map(Content.images)
      case "grid": PictureGrid(fixed, moment).map(Content.grid)
      case "path": PathView(fixed, moment).map(Content.path)
      default: nil
      }
    guard let content else { return nil }
    self.init(fixed.text("exhibit") ?? "samples", title: fixed.text("title") ?? "", content)
  }
}

extension DensityView {
  fileprivate init?(_ fixed: JSONObject, _ moment: JSONObject) {
    guard let range = fixed.range, let data = fixed.floats("data"), let model = moment.floats("model"),
      let discriminator = moment.floats("discriminator"), let optimum = moment.floats("optimum"),
      let map = moment.pairs("map"), let outside = moment.number("outside"), !data.isEmpty,
      [model.count, discriminator.count, optimum.count].allSatisfy({ $0 == data.count })
    else { return nil }
    self.init(
      range: range, dataDensity: data.map(Double.init), modelDensity: model.map(Double.init),
      discriminator: discriminator.map(Double.init), optimum: optimum.map(Double.init),
      map: map.map { LatentPoint(z: Double($0), x: Double($1)) }, outside: outside)
  }
}

extension PointsView {
  fileprivate init?(_ fixed: JSONObject, _ moment: JSONObject) {
    guard let range = fixed.range, let real = fixed.pairs("real"), let side = fixed.count("grid_side"),
      let fake = moment.pairs("fake"), let discriminator = moment.floats("discriminator"), (0...1024).contains(side),
      discriminator.count == side * side
    else { return nil }
    self.init(
      range: range, real: real.map(Point.init), fake: fake.map(Point.init), discriminator: discriminator, gridSide: side
    )
  }
}

extension ImagesView {
  fileprivate init?(_ fixed: JSONObject, _ moment: JSONObject) {
    guard let width = fixed.count("width"), let height = fixed.count("height"), let real = fixed.bytes("real"),
      let fake = moment.bytes("fake"), (1...4096).contains(width), (1...4096).contains(height),
      (real.count + fake.count).isMultiple(of: width * height), real.count.isMultiple(of: width * height)
    else { return nil }
    self.init(width: width, height: height, fake: fake.map { Float($0) / 255 }, real: real.map { Float($0) / 255 })
  }
}

extension PictureGrid {
  fileprivate init?(_ fixed: JSONObject, _ moment: JSONObject) {
    guard let width = fixed.count("width"), let height = fixed.count("height"), let channels = fixed.count("channels"),
      let columns = fixed.count("columns"), let pixels = moment.bytes("pixels"), (1...4096).contains(width),
      (1...4096).contains(height), [1, 3].contains(channels), (1...4096).contains(columns),
      pixels.count.isMultiple(of: width * height * channels * columns)
    else { return nil }
    func titles(_ key: String) -> [String] {
      (fixed.text(key) ?? "").split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    self.init(
      width: width, height: height, channels: channels, columns: columns, columnTitles: titles("column_titles"),
      rowTitles: titles("row_titles"), pixels: pixels.map { Float($0) / 255 })
  }
}

extension PathView {
  fileprivate init?(_ fixed: JSONObject, _ moment: JSONObject) {
    guard let range = fixed.range, let goal = fixed.pairs("goal")?.first, let field = fixed.pairs("field"),
      let side = fixed.count("field_side"), (0...1024).contains(side), field.count == side * side,
      let path = moment.pairs("path")
    else { return nil }
    let axes = (fixed.text("axis_titles") ?? "").split(separator: "\t").map(String.init)
    self.init(
      range: range, axisTitles: axes.count == 2 ? axes : ["", ""], path: path.map(Point.init),
      goal: Point(x: goal.0, y: goal.1),
      field: field.map(Point.init), fieldSide: side)
  }
}

extension Float {
  /// Of a pixel in 0…1, what is no number being no ink.
  fileprivate var greyLevel: UInt8 { self > 0 ? UInt8((min(self, 1) * 255).rounded()) : 0 }
}

extension JSONLine {
  fileprivate mutating func add(range: ClosedRange<Double>) {
    add("low", range.lowerBound)
    add("high", range.upperBound)
  }
}

extension JSONObject {
  fileprivate var range: ClosedRange<Double>? {
    guard let low = number("low"), let high = number("high"), low < high, (high - low).isFinite else { return nil }
    return low...high
  }

  fileprivate func pairs(_ key: String) -> [(Float, Float)]? {
    guard let floats = floats(key), floats.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: floats.count, by: 2).map { (floats[$0], floats[$0 + 1]) }
  }
}
