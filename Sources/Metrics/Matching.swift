// What codes mean that nobody has named: which category stands for which class, and how strongly two numbers rise together.

import Glibc

/// How many of the members agree if every category stands for the class that is best for all of them together: the
/// assignment problem (Kuhn 1955, "the Hungarian method"), solved exactly over subsets of classes.
///
/// - Parameters:
///   - categories: of each member, 0 to `count` − 1.
///   - classes: of each member, likewise.
///   - count: at most 16.
/// - Returns: the share of members that agree, and the class that each category stands for.
package func bestMatching(_ categories: [Int], _ classes: [Int], count: Int) -> (share: Double, classes: [Int]) {
  precondition(categories.count == classes.count && (1...16).contains(count), "bestMatching: \(count) classes")
  var table = [[Int]](repeating: [Int](repeating: 0, count: count), count: count)
  for (category, label) in zip(categories, classes) { table[category][label] += 1 }
  // The most that the first categories agree on where they have taken the classes of a set, and the last class taken.
  var most = [Int](repeating: 0, count: 1 << count)
  var taken = [Int](repeating: 0, count: 1 << count)
  for set in 1..<1 << count {
    let category = set.nonzeroBitCount - 1
    var best = (agreed: -1, label: 0)
    for label in 0..<count where set & 1 << label != 0 {
      let agreed = most[set ^ 1 << label] + table[category][label]
      if agreed > best.agreed { best = (agreed, label) }
    }
    (most[set], taken[set]) = best
  }
  var matched = [Int](repeating: 0, count: count)
  var set = 1 << count - 1
  for category in (0..<count).reversed() {
    matched[category] = taken[set]
    set ^= 1 << taken[set]
  }
  return (categories.isEmpty ? 0 : Double(most[1 << count - 1]) / Double(categories.count), matched)
}

/// Spearman's ρ, −1 to 1: the correlation of ranks, equal values sharing theirs. NaN where either is constant.
package func rankCorrelation(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count, "rankCorrelation: \(x.count) and \(y.count) values")
  let (a, b) = (ranks(x), ranks(y))
  let mean = Double(x.count - 1) / 2
  var (product, squareA, squareB) = (0.0, 0.0, 0.0)
  for (p, q) in zip(a, b) {
    product += (p - mean) * (q - mean)
    squareA += (p - mean) * (p - mean)
    squareB += (q - mean) * (q - mean)
  }
  return product / (squareA * squareB).squareRoot()
}

private func ranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start
    while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
    for place in start...end { ranks[order[place]] = Double(start + end) / 2 }
    start = end + 1
  }
  return ranks
}
