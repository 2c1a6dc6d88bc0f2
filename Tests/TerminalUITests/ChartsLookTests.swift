import TerminalUI
import Testing

@Suite("Looks at a chart of series")
struct ChartsLookTests {
  private func chart(_ buckets: [SeriesChart.Bucket]) -> SeriesChart {
    SeriesChart(
      series: [.init(role: .discriminator, label: "D", buckets: buckets)], xRange: 0...100, xLabel: "steps",
      unit: "nats")
  }

  @Test("The unit of the values stands at the foot of their axis")
  func unit() {
    #expect(
      Charts.picture(chart(Charts.buckets([1, 2, 3, 4])), 30, 7, .ascii) == """
        ~~~4+~~~~~~~~~~~~~~..-'~D 4.00
        ~~~~|~~~~~~~~~..--'~~~~~~~~~~~
        ~~~2+~~~~..-''~~~~~~~~~~~~~~~~
        ~~~~|.--'~~~~~~~~~~~~~~~~~~~~~
        ~~~0+~~~~~~~~~~~~~~~~~~~~~~~~~
        nats++--------+-------+~~~~~~~
        ~~~~~0~~~~~~~~50~~~~100~~steps
        """)
  }

  @Test("The label of the steps is whole or in its shorter form, never missing for being too long")
  func note() {
    var chart = chart(Charts.buckets([1, 2, 3, 4]))
    chart.xNote = "values are means of 64"
    for width in [30, 40, 60, 200] { #expect(Charts.picture(chart, width, 7, .braille).contains("steps"), "\(width)") }
    #expect(Charts.picture(chart, 200, 7, .braille).contains("steps; values are means of 64"))
  }

  /// From 1000 down to 0.1 in factors of ten.
  private static let decades = Charts.buckets([1000, 100, 10, 1, 0.1])

  @Test("On a logarithmic scale equal factors are equally high")
  func logarithmic() {
    var chart = chart(Self.decades)
    chart.scale = .logarithmic
    #expect(
      Charts.picture(chart, 40, 11, .ascii) == """
        ~~1k+'-.~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        ~~~~|~~~'-.~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        ~100+~~~~~~'-.~~~~~~~~~~~~~~~~~~~~~~~~~~
        ~~~~|~~~~~~~~~'--.~~~~~~~~~~~~~~~~~~~~~~
        ~~10+~~~~~~~~~~~~~'-.~~~~~~~~~~~~~~~~~~~
        ~~~~|~~~~~~~~~~~~~~~~'--.~~~~~~~~~~~~~~~
        ~~~1+~~~~~~~~~~~~~~~~~~~~'-.~~~~~~~~~~~~
        ~~~~|~~~~~~~~~~~~~~~~~~~~~~~'-~~~~~~~~~~
        ~0.1+~~~~~~~~~~~~~~~~~~~~~~~~~'-.~D 0.10
        nats++-------------+------------+~~~~~~~
        ~~~~~0~~~~~~~~~~~~~50~~~~~~~~~100~~steps
        """)
  }

  @Test("What has no logarithm is no part of the line; it is marked at the lower edge and said in figures")
  func notPositive() {
    var chart = chart(Charts.buckets([1000, 100, 10, 1, 0.1, -3, -3, 1, 1, 1, 1, 1, 1]))
    chart.scale = .logarithmic
    #expect(
      Charts.picture(chart, 22, 9, .ascii) == """
        ~~~||~~~~~~~~~~~~~~~~~
        100+~|~~~~~~~~~~~~~~~~
        ~~~|~'.~~~~~~~~~~~~~~~
        ~~~|~~|~~~~~~~~~~~~~~~
        ~~~|~~'-~~~~~~~~~~~~~~
        ~~1+~~~'~~''''~D 1.00~
        ~~~|~~~ vv~~~~~v -3.00
        ~~~++--------+~~~~~~~~
        ~~~~0~~~~~~100~~~steps
        """)
  }

  @Test("Where nothing has a logarithm, the scale is linear and everything is in sight")
  func nothingPositive() {
    var chart = chart(Charts.buckets([-1, -2, -3]))
    let linear = Charts.picture(chart, 30, 8, .braille)
    chart.scale = .logarithmic
    #expect(Charts.picture(chart, 30, 8, .braille) == linear)
  }

  @Test("A fixed scale stays as it is; what leaves it is marked at both edges, with the farthest in figures")
  func fixed() {
    var chart = chart(Charts.buckets([1, 1, 1, 5, 1, 1, 1, -5, 1, 1, 1, 1, 1]))
    chart.fixedRange = 0...2
    #expect(
      Charts.picture(chart, 26, 8, .ascii) == """
        2+~~~|^|~~~~~~~~~~~^ 5.00~
        ~|~~.'~|~~~~~~~~~~~~~~~~~~
        1+..|~~|...~......~D 1.00~
        ~|~~~~~~~~|~|~~~~~~~~~~~~~
        ~|~~~~~~~~|~|~~~~~~~~~~~~~
        0+~~~~~~~~|v|~~~~~~v -5.00
        ~++-------+------+~~~~~~~~
        ~~0~~~~~~~50~~~100~~~steps
        """)
  }

  @Test("A smoothed line goes its own way; minimum and maximum stay those of the values")
  func smoothed() {
    var buckets = Charts.buckets([0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0])
    let raw = Charts.frame(chart(buckets), 22, 7, .braille)
    for index in buckets.indices { buckets[index].smoothed = 1 }
    let smooth = Charts.frame(chart(buckets), 22, 7, .braille)
    #expect(
      Charts.picture(chart(buckets), 22, 7, .ascii) == """
        2+~~~~~~~~~~~~~~~~~~~~
        ~|~~~~~~~~~~~~~~~~~~~~
        1+-------------~D 1.00
        ~|~~~~~~~~~~~~~~~~~~~~
        0+~~~~~~~~~~~~~~~~~~~~
        ~++-----------+~~~~~~~
        ~~0~~~~~~~~~100~~steps
        """)
    #expect(raw.lines[0].hasPrefix("2") && smooth.lines[0].hasPrefix("2"), "the same scale")
  }

  @Test("Where every value of a bucket is broken, a smoothed line has its gap as well")
  func smoothedGap() {
    var buckets = Charts.buckets([1, 1, 1, 1, .nan, 1, 1, 1, 1, 1, 1, 1, 1])
    for index in buckets.indices { buckets[index].smoothed = 1 }
    let lines = Charts.frame(chart(buckets), 22, 6, .ascii).lines
    #expect(lines[1].contains("....~....") && lines[4].contains("x"))
  }

  @Test("Many buckets in a column: the mean of all values, and the latest smoothed one")
  func merged() {
    let buckets = [
      SeriesChart.Bucket(minimum: 0, mean: 0, maximum: 0, count: 3, smoothed: 7),
      .init(minimum: 4, mean: 4, maximum: 4, count: 1, smoothed: 8),
    ]
    let one = SeriesChart.Bucket.merged(buckets, to: 1)
    #expect(one.map(\.mean) == [1])
    #expect(one.map(\.smoothed) == [8])
    #expect(one.map(\.count) == [4])
  }

  // MARK: Crosshair

  private func crossed(_ bucket: Int, of values: [Double]) -> SeriesChart {
    var chart = chart(Charts.buckets(values))
    chart.crosshair = .init(
      bucket: bucket,
      readings: [[.init("step 8  ", .text), .init("D 1.23456789", .discriminator)], [.init("8: 1.2", .text)]])
    return chart
  }

  @Test("The crosshair runs down through the chart, what it is read above it; in few columns in fewer words")
  func crosshair() {
    let chart = crossed(8, of: [0, 0.5, 1, 1.5, 2, 2, 2, 1.5, 1.2, 1, 1, 1, 1])
    #expect(
      Charts.picture(chart, 30, 8, .ascii) == """
        step 8  D 1.23456789
        ~~~2+~~~~~.''''.~|~~~~~~~~~~~~
        ~~~~|~~~~-'~~~~'.|~~~~~~~~~~~~
        ~~~1+~~~|~~~~~~~~'-----~D 1.00
        ~~~~|~.'~~~~~~~~~|~~~~~~~~~~~~
        ~~~0+-'~~~~~~~~~~|~~~~~~~~~~~~
        nats++--------+-------+~~~~~~~
        ~~~~~0~~~~~~~~50~~~~100~~steps
        """)
    #expect(
      Charts.picture(chart, 16, 5, .braille) == """
        8: 1.2
        ~~~~⣰⠋⠉⠉⠹⡄│~~~~~
        ~~⢀⡼⠁~~~~⠙⠳⣤⣀⣀⣀⣀
        ~⣠⠏~~~~~~~│~⠉⠉⠉⠉
        ⡼⠁~~~~~~~~│~~~~~
        """)
  }

  @Test("What the crosshair has in its column is shown in reverse, so that it is seen without colour")
  func reversed() {
    let frame = Charts.frame(crossed(8, of: Array(repeating: 1, count: 13)), 30, 8, .braille, colours: .monochrome)
    let plot = crossed(8, of: Array(repeating: 1, count: 13)).plotArea(in: frame.bounds)
    let reversed = (0..<8).flatMap { y in
      (0..<30).filter { frame[x: $0, y: y].style.attributes.contains(.reverse) }.map { ($0, y) }
    }
    #expect(reversed.count == 1)
    #expect(reversed.allSatisfy { plot.contains(x: $0.0, y: $0.1) })
  }

  @Test("A crosshair stands on all buckets of its column, and columns follow one another without a gap")
  func columns() {
    for count in [1, 2, 5, 13, 40, 700] {
      let chart = chart(Charts.buckets(Array(repeating: 1, count: count)))
      for width in [0, 1, 20, 30, 90] {
        let area = Rect(x: 3, y: 1, width: width, height: 8)
        var next = 0
        while next < count {
          let beside = chart.bucketsBeside(next, in: area)
          #expect(beside.lowerBound == next && !beside.isEmpty)
          next = max(beside.upperBound, next + 1)
        }
        #expect(chart.bucketsBeside(count, in: area).isEmpty && chart.bucketsBeside(-1, in: area).isEmpty)
      }
    }
  }

  @Test("No look at a broken chart leaves its area", arguments: GlyphSet.allCases)
  func total(glyphs: GlyphSet) {
    for values in [[], [.nan], [1e300, -1e300, 0, .nan], [-1, -2], [1e-300, 1]] as [[Double]] {
      for scale in [Axis.Scale.linear, .logarithmic] {
        for fixed in [nil, 0...0, -1...1, 1e-9...2] as [ClosedRange<Double>?] {
          var chart = crossed(1, of: values)
          (chart.scale, chart.fixedRange) = (scale, fixed)
          for (width, height) in [(0, 0), (1, 1), (3, 3), (20, 2), (21, 5), (28, 6), (60, 12)] {
            var frame = Frame(size: Size(width: width + 4, height: height + 4), filledWith: Cell("~"))
            let area = Rect(x: 2, y: 2, width: width, height: height)
            chart.render(into: &frame, area: area, context: Charts.context(glyphs))
            frame.fill(area, with: Cell("~"))
            #expect(frame.cells.allSatisfy { $0 == Cell("~") }, "\(values) \(width)×\(height)")
          }
        }
      }
    }
  }
}
