// A function of x that is known bin by bin: a density, a histogram, D over a grid.

/// Values of bins of equal width, read at places between 0 and 1.
struct Bins {
  var values: [Double]

  init(_ values: [Double]) { self.values = values }

  /// Between the centres of two bins, their mixture; beside a gap, the nearest bin alone. NaN where there is nothing.
  func value(at place: Double) -> Double {
    guard !values.isEmpty else { return .nan }
    let position = min(max(place * Double(values.count) - 0.5, 0), Double(values.count - 1))
    let index = min(Int(position), max(0, values.count - 2))
    let share = position - Double(index)
    let (left, right) = (values[index], values[min(index + 1, values.count - 1)])
    guard left.isFinite, right.isFinite else { return share < 0.5 ? left : right }
    return left + (right - left) * share
  }

  /// The outline of a histogram; nothing where it is empty.
  func steps(_ height: (Double) -> Double) -> [PlotCanvas.Point?] {
    var points: [PlotCanvas.Point?] = []
    for (index, value) in values.enumerated() {
      guard value > 0, value.isFinite else {
        if let last = points.last, let last { points += [.init(x: last.x, y: 0), nil] }
        continue
      }
      let (left, right) = (Double(index) / Double(values.count), Double(index + 1) / Double(values.count))
      if points.last.flatMap(\.self) == nil { points.append(.init(x: left, y: 0)) }
      points += [.init(x: left, y: height(value)), .init(x: right, y: height(value))]
    }
    if let last = points.last, let last { points.append(.init(x: last.x, y: 0)) }
    return points
  }
}
