// Labels at the right ends of lines: each as near to its line as the others allow.

/// A label and the height, as a fraction of the plot, that it would like to be at.
struct LineEnd: Hashable, Sendable {
  var text: String
  var role: Role
  var isBold = false
  var height: Double

  /// Gives each label a row of its own, from the top, in the order of the heights. Labels that crowd are moved aside
  /// together, so that a crowd stays centred on its lines. Where rows are too few, the last labels of the array get none.
  static func rows(for ends: [LineEnd], among count: Int) -> [(row: Int, end: LineEnd)] {
    let ends = ends.prefix(count).sorted { $0.height > $1.height }
    var crowds: [(first: Double, size: Int)] = []
    for end in ends {
      var crowd = (first: Double(count - 1 - Axis.cell(of: end.height, among: count)), size: 1)
      while let previous = crowds.last, previous.first + Double(previous.size) > crowd.first {
        // Where all wishes of both crowds are met best on average.
        let (a, b) = (Double(previous.size), Double(crowd.size))
        crowd.first = (previous.first * a + (crowd.first - a) * b) / (a + b)
        crowd.size += previous.size
        crowd.first = min(max(crowd.first, 0), Double(count - crowd.size))
        crowds.removeLast()
      }
      crowds.append(crowd)
    }
    // Crowds do not overlap, and whole numbers apart stay whole numbers apart when they are rounded.
    let rows = crowds.flatMap { crowd in (0..<crowd.size).map { Int(crowd.first.rounded()) + $0 } }
    return zip(rows, ends).map { (row: $0, end: $1) }
  }
}
