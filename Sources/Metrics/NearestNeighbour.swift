// The plainest judge there is: a picture is what the real picture closest to it is. It has nothing to train and nothing
// to overfit; its accuracy on held-out real pictures is the measure of its word (Cover and Hart 1967).

/// Classifies points by the label of the closest of the known points, in Euclid's distance.
package struct NearestNeighbour: Sendable {
  private let points: PointSet
  private let labels: [UInt8]

  /// - Parameters:
  ///   - points: `[N, dimension]`, flat: the known points.
  ///   - labels: `[N]`, their classes.
  package init(points: [Float], labels: [UInt8], dimension: Int) {
    self.points = PointSet(points, dimension: dimension)
    self.labels = labels
    precondition(
      labels.count == self.points.count, "NearestNeighbour: \(labels.count) labels for \(self.points.count) points")
  }

  /// The class of each query.
  ///
  /// - Parameter queries: `[M, dimension]`, flat.
  package func classify(_ queries: [Float]) -> [UInt8] {
    var classes: [UInt8] = []
    points.squaredDistances(from: queries) { distances in
      var best = 0
      for index in distances.indices where distances[index] < distances[best] { best = index }
      classes.append(labels[best])
    }
    return classes
  }

  /// The share of the queries whose class is the one given, 0…1.
  package func accuracy(on queries: [Float], labels expected: [UInt8]) -> Double {
    let found = classify(queries)
    precondition(found.count == expected.count, "NearestNeighbour: \(expected.count) labels for \(found.count) queries")
    return Double(zip(found, expected).count { $0 == $1 }) / Double(expected.count)
  }

  /// How many of `classes` are of each class, `[count]`.
  package static func histogram(of classes: [UInt8], count: Int = 10) -> [Int] {
    classes.reduce(into: [Int](repeating: 0, count: count)) { $0[Int($1)] += 1 }
  }
}
