import TerminalUI
import Testing

@Suite("Axes and numbers of charts")
struct ChartsAxisTests {
  @Test("Ticks are multiples of 1, 2 or 5 times a power of ten")
  func round() {
    #expect(Axis(0...10).ticks(columns: 60).map(\.label) == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"])
    #expect(Axis(0...10).ticks(columns: 30).map(\.label) == ["0", "2", "4", "6", "8", "10"])
    #expect(Axis(0...10).ticks(columns: 12).map(\.label) == ["0", "5", "10"])
    #expect(Axis(-1.4...0.3).ticks(rows: 12).map(\.label) == ["0", "−0.5", "−1.0"])
    #expect(Axis(0...20_000).ticks(columns: 40, minimumStep: 1).map(\.label) == ["0", "5k", "10k", "15k", "20k"])
    #expect(Axis(0...2500).ticks(columns: 60).map(\.label) == ["0", "0.5k", "1.0k", "1.5k", "2.0k", "2.5k"])
    #expect(Axis(0...3).ticks(columns: 60, minimumStep: 1).map(\.label) == ["0", "1", "2", "3"])
    #expect(Axis(0...0.00004).ticks(columns: 40).map(\.label) == ["0", "1e−5", "2e−5", "3e−5", "4e−5"])
  }

  static let ranges: [ClosedRange<Double>] = [
    0...1, 0...8, -3...3, 0...1234, 99...101, -1e6...1e6, 0...1e-7, 1e12...1.0001e12, -0.05...123_456, 0...3e15,
  ]

  @Test("Labels never touch and never leave the axis, at any width", arguments: ranges)
  func apart(range: ClosedRange<Double>) {
    for columns in 0...120 {
      var end = -1
      for tick in Axis(range).ticks(columns: columns) {
        let start = max(
          0, min(tick.position - (tick.label.unicodeScalars.count - 1) / 2, columns - tick.label.unicodeScalars.count))
        #expect(start > end, "\(range) at \(columns) columns")
        end = start + tick.label.unicodeScalars.count
        #expect(end <= columns)
      }
    }
  }

  @Test("Labels of rows stand on rows of their own, at any height", arguments: ranges)
  func rows(range: ClosedRange<Double>) {
    for rows in 0...60 {
      let positions = Axis(range).ticks(rows: rows).map(\.position)
      #expect(positions == positions.sorted())
      #expect(Set(positions).count == positions.count)
      #expect(positions.allSatisfy { $0 >= 0 && $0 < rows })
    }
  }

  @Test("From five rows on there are at least two labels, whatever the range", arguments: 0..<8)
  func scale(decade: Int) {
    for lower in stride(from: -1.37, through: 1.5, by: 0.0713) {
      for span in stride(from: 0.11, through: 3, by: 0.0917) {
        let unit = [1, 10, 0.1, 7, 0.03, 123, 0.9, 5e5][decade]
        for rows in 5...14 {
          let axis = Axis((lower * unit)...((lower + span) * unit))
          let ticks = axis.ticks(rows: rows)
          if ticks.count < 2 { Issue.record("\(ticks.count) of \(axis.range) in \(rows) rows") }
        }
      }
    }
  }

  @Test(
    "A range without extent becomes an axis nonetheless", arguments: [0...0, 5...5, -Double.infinity...Double.infinity])
  func widened(range: ClosedRange<Double>) {
    let axis = Axis(range)
    #expect(axis.range.lowerBound < axis.range.upperBound)
    #expect(!axis.ticks(columns: 40).isEmpty)
  }

  @Test(
    "Values are said in a few characters",
    arguments: [
      (0.6931, "0.69"), (-1.386, "−1.39"), (12.34, "12.3"), (999.4, "999"), (1234, "1.2k"), (45_678, "46k"),
      (1_500_000, "1.5M"), (0, "0.00"), (0.00012, "1.2e−4"), (-0.0031, "−3.1e−3"), (2e15, "2e15"), (9.996, "10.0"),
      (.nan, "NaN"), (-.infinity, "−inf"),
    ] as [(Double, String)])
  func short(value: Double, text: String) {
    #expect(NumberLabel.short(value) == text)
  }

  @Test("With more room there are more digits, but none that say nothing")
  func precise() {
    let values = [0.693147, -1.386294, 12.34567, 99.99999, 1234, .nan, 0, 0.00012]
    #expect(values.map(NumberLabel.precise) == ["0.6931", "−1.3863", "12.346", "100", "1.2k", "NaN", "0.00", "1.2e−4"])
  }

  @Test("Fixed decimals round, and never say minus zero")
  func fixed() {
    #expect(NumberLabel.fixed(1.005, decimals: 0) == "1")
    #expect(NumberLabel.fixed(-0.004, decimals: 2) == "0.00")
    #expect(NumberLabel.fixed(-2.055, decimals: 1) == "−2.1")
    #expect(NumberLabel.fixed(3.07, decimals: 2) == "3.07")
    #expect(NumberLabel.fixed(0.999, decimals: 2) == "1.00")
  }
}

@Suite("Logarithmic axes")
struct ChartsLogarithmicAxisTests {
  private func labels(_ range: ClosedRange<Double>, rows: Int) -> [String] {
    Axis(range, scale: .logarithmic).ticks(rows: rows).map(\.label)
  }

  @Test("Ticks are powers of ten, with 2 and 5 in between where there is room, or round values within a short range")
  func ticks() {
    #expect(labels(0.001...1000, rows: 14) == ["1k", "100", "10", "1", "0.1", "0.01", "1e−3"])
    #expect(labels(0.001...1000, rows: 8) == ["100", "1", "0.01"])
    #expect(labels(0.1...10, rows: 16) == ["10", "5", "2", "1", "0.5", "0.2", "0.1"])
    #expect(labels(0.5...0.9, rows: 10) == ["0.9", "0.8", "0.7", "0.6", "0.5"])
  }

  @Test("Labels stand on rows of their own, and from five rows on there are at least two", arguments: 1...60)
  func rows(rows: Int) {
    for range in [0.5...0.9, 0.1...1, 0.02...7.5, 1e-9...1e9, 3...4, 99...101, 1e-30...1e-3] {
      let ticks = Axis(range, scale: .logarithmic).ticks(rows: rows)
      let positions = ticks.map(\.position)
      #expect(positions == positions.sorted() && Set(positions).count == positions.count, "\(range)")
      #expect(positions.allSatisfy { (0..<rows).contains($0) }, "\(range)")
      if rows >= 5 { #expect(ticks.count > 1, "\(range) in \(rows) rows") }
    }
  }

  @Test("Equal factors are equally long; what has no logarithm is below everything, and a range without is linear")
  func fractions() {
    let axis = Axis(0.01...100, scale: .logarithmic)
    #expect(axis.fraction(of: 0.01) == 0)
    #expect(axis.fraction(of: 100) == 1)
    #expect(abs(axis.fraction(of: 1) - 0.5) < 1e-12)
    #expect(axis.fraction(of: 0) == -.infinity)
    #expect(axis.fraction(of: -1) == -.infinity)
    #expect(Axis(-1...1, scale: .logarithmic).fraction(of: 0) == 0.5)
    #expect(Axis(0...1, scale: .logarithmic).scale == .linear)
  }
}
