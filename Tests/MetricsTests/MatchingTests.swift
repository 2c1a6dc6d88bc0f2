import Metrics
import TestSupport
import Testing

@Suite("What codes mean")
struct MatchingTests {
  @Test("The best matching is the best of all permutations")
  func best() {
    var random = SplitMix(state: 3)
    for _ in 0..<50 {
      let categories = (0..<40).map { _ in Int(random.next() % 4) }
      let classes = (0..<40).map { _ in Int(random.next() % 4) }
      let best = permutations(4).map { order in zip(categories, classes).count { order[$0] == $1 } }.max()
      let found = bestMatching(categories, classes, count: 4)
      #expect(found.share == Double(best ?? -1) / 40)
      #expect(zip(categories, classes).count { found.classes[$0] == $1 } == best)
      #expect(Set(found.classes).count == 4)
    }
  }

  private func permutations(_ count: Int) -> [[Int]] {
    count == 0
      ? [[]]
      : permutations(count - 1).flatMap { rest in
        (0...rest.count).map { place in
          var order = rest
          order.insert(count - 1, at: place)
          return order
        }
      }
  }

  @Test("Categories that are the classes under other names agree in full; one class for all, in a tenth")
  func ends() {
    let classes = (0..<100).map { $0 % 10 }
    #expect(bestMatching(classes.map { ($0 + 3) % 10 }, classes, count: 10).share == 1)
    #expect(bestMatching(classes, [Int](repeating: 7, count: 100), count: 10).share == 0.1)
  }

  @Test("Ranks that rise together correlate by 1, against each other by −1, ties share a rank")
  func ranks() {
    #expect(rankCorrelation([1, 2, 3, 9], [10, 20, 1e6, 1e7]) == 1)
    #expect(rankCorrelation([1, 2, 3], [5, 4, -1]) == -1)
    // By hand: ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / √(4.5 · 5).
    #expect(abs(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4]) - 4.5 / (4.5 * 5.0).squareRoot()) < 1e-12)
    #expect(rankCorrelation([1, 1, 1], [1, 2, 3]).isNaN)
  }
}
