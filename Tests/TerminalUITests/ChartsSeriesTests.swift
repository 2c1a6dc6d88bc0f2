import Glibc
import TerminalUI
import Testing

@Suite("Chart of series")
struct ChartsSeriesTests {
  @Test("In braille: D solid, G dotted, the reference dashed, values at the line ends, ticks on both axes")
  func braille() {
    #expect(
      Charts.picture(Charts.losses, 40, 10, .braille) == """
        2┤⠛⠶⠶⣤⣤⣀⣀~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        ~│~~~~~⠉⠉⠛⠛⠶⠶⢦⣤⣤⣄⣀⡀~~~~~~~~~~~~~~~~~~~~~
        ~│~~~~~~~~~~~~~~⠈⠉⠙⠛⠳⠶⢦⣤⣄⣀~~~~~~~~~~~~~~
        ~│~~~~~~~~~~~~~~~~~~~~~~⠈⠉⠛⠛⠶⠶⣤⣤⣀~D 1.00
        1┤~~~~~~~~~~~~~~~~~~~~~~⢀~⣤~⠶~⠛~⠉~G 1.00
        ~│⠒⠂~⠒⠂~⠒⠂~⠒⠂~⠒⠂⢀⠒⣢~⡶⠂⠞⠒⠋~⠒⠂~⠒⠂~⠒~log 2~
        ~│~~~~~~⢀~⣠~⡴~⠞~⠋~⠁~~~~~~~~~~~~~~~~~~~~~
        0┤⣤~⠶~⠛~⠋~⠁~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        ~└┬──────┬───────┬───────┬──────┬~~~~~~~
        ~~0~~~~~~1k~~~~~~2k~~~~~~3k~~~~4k~~steps
        """)
  }

  @Test("With 7-bit characters: the same, D of strokes and G of letters o")
  func ascii() {
    #expect(
      Charts.picture(Charts.losses, 40, 10, .ascii) == """
        2+''--..~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        ~|~~~~~~'''--...~~~~~~~~~~~~~~~~~~~~~~~~
        ~|~~~~~~~~~~~~~~'''--...~~~~~~~~~~~~~~~~
        ~|~~~~~~~~~~~~~~~~~~~~~~'''--..~~~D 1.00
        1+~~~~~~~~~~~~~~~~~~~~~~~~~~o~o''~G 1.00
        ~|--~~--~~--~~--~~--o~o-o~o-~~--~~log 2~
        ~|~~~~~~~~~~o~o~o~o~~~~~~~~~~~~~~~~~~~~~
        0+o~o~o~o~o~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        ~++------+-------+-------+------+~~~~~~~
        ~~0~~~~~~1k~~~~~~2k~~~~~~3k~~~~4k~~steps
        """)
  }

  @Test("In blocks, a small area keeps the lines and gives up the furniture")
  func small() {
    #expect(
      Charts.picture(Charts.losses, 16, 4, .block) == """
        ▀▀▄▄▄▄~~~~~~~~~~
        ~~~~~~▀▀▀▀▄▄▄▄~~
        ▄▄~~▄▄~~▄▄▄~▄▄▀▀
        ▄~▄~▄~▀~▀~~~~~~~
        """)
  }

  private func chart(_ buckets: [SeriesChart.Bucket]) -> SeriesChart {
    SeriesChart(
      series: [.init(role: .discriminator, label: "D", buckets: buckets)], xRange: 0...100, xLabel: "")
  }

  @Test(
    "A spike of one bucket among a thousand is seen in a chart of twenty columns", arguments: [0, 137, 500, 998, 999])
  func spike(at place: Int) {
    var buckets = Charts.buckets((0..<1000).map { _ in 1 })
    buckets[place].maximum = 10
    // The line at 1 runs through the middle; the top row is the spike's alone.
    for glyphs in GlyphSet.allCases {
      for colours in ColourDepth.allCases {
        let frame = Charts.frame(chart(buckets), 20, 8, glyphs, colours: colours)
        let columns = (0..<13).filter { frame[x: $0, y: 0].glyph == (glyphs == .ascii ? "^" : "▲") }
        #expect(columns == [place * 13 / 1000], "\(glyphs) \(colours)")
        #expect(frame.lines[0].hasSuffix(glyphs == .ascii ? "^ 10.0" : "▲ 10.0"), "\(glyphs) \(colours)")
      }
    }
  }

  /// A game that begins with a spike and then swings for long between 0.5 and 0.9.
  private static let opening: [Double] = (0..<1000).map { step in
    step < 12 ? 7.3 - 0.4 * Double(step) : 0.7 + (step.isMultiple(of: 2) ? 0.2 : -0.2)
  }

  @Test("An early spike is marked and said in figures, and the rest of the curve has the scale to itself")
  func earlySpike() {
    #expect(
      Charts.picture(chart(Charts.buckets(Self.opening)), 30, 8, .ascii) == """
        ~~~|^|                 ~^ 7.30
        0.8+ |                 ~~~~~~~
        ~~~| |  .  .   .  .  . ~~~~~~~
        ~~~|  '' '' ''' '' '' '~~~~~~~
        0.6+                   ~~~~~~~
        ~~~|                   ~D 0.50
        ~~~++--------+--------+~~~~~~~
        ~~~~0~~~~~~~~50~~~~~100~~~~~~~
        """)
  }

  @Test("A drop below the scale is marked at the bottom")
  func drop() {
    let lines = Charts.frame(chart(Charts.buckets(Self.opening.map { -$0 })), 30, 8, .braille).lines
    #expect(lines[5].contains("▼"))
    #expect(lines.joined().contains("▼ −7.30"))
    #expect(!lines.joined().contains("▲"))
    #expect(Charts.picture(chart(Charts.buckets(Self.opening)), 60, 8, .braille).contains("▲ max 7.30"))
  }

  @Test("What all columns do is no spike: nothing is cut off a game that swings throughout, nor a short one")
  func nothingToCut() {
    let swinging = (0..<1000).map { Double($0 % 40) / 10 }
    let rising = (0..<1000).map { Double($0) / 100 }
    for values in [swinging, rising, [7.3, 1, 1, 1, 1]] {
      let picture = Charts.picture(chart(Charts.buckets(values)), 40, 8, .braille)
      #expect(!picture.contains("▲") && !picture.contains("▼") && !picture.contains("max"))
    }
  }

  @Test("Where the latest values are favoured, an early hump leaves the scale to them, and is marked and said")
  func hump() {
    let hump = (0..<200).map { $0 < 40 ? 2.5 : 0.7 + 0.1 * sin(Double($0)) }
    var chart = chart(Charts.buckets(hump))
    let whole = chart.valueRange
    #expect(whole.contains(2.5) && whole.contains(0))
    chart.favoursLatest = true
    let favoured = chart.valueRange
    #expect(!favoured.contains(2.5) && favoured.contains(0.6) && favoured.contains(0.8))
    #expect(favoured.upperBound - favoured.lowerBound < 3 * 0.2)
    let picture = Charts.picture(chart, 60, 10, .braille)
    #expect(picture.contains("▲ max 2.50"))
  }

  @Test("A rise throughout, and a game that swings keep all of their scale, whatever is favoured")
  func nothingToFavour() {
    let rising = (0..<200).map { Double($0) / 100 }
    let swinging = (0..<200).map { 1 + sin(Double($0) / 4) }
    for values in [rising, swinging] {
      var chart = chart(Charts.buckets(values))
      let whole = chart.valueRange
      chart.favoursLatest = true
      #expect(chart.valueRange.contains(values.max() ?? 0) && chart.valueRange.contains(values.min() ?? 0))
      #expect(chart.valueRange.upperBound == whole.upperBound)
    }
  }

  @Test("A reference is never cut off, wherever the series are")
  func referenceInSight() {
    var chart = chart(Charts.buckets(Self.opening))
    chart.references = [.init(value: 20, label: "goal")]
    let lines = Charts.frame(chart, 40, 8, .ascii).lines
    #expect(lines[0].contains("goal"))
    #expect(!lines.joined().contains("^"))
  }

  @Test("The scale on the left is there from 21 columns on")
  func narrow() {
    #expect(Charts.frame(Charts.losses, 21, 8, .ascii).lines[0].hasPrefix("2+"))
    #expect(!Charts.picture(Charts.losses, 20, 8, .ascii).contains("2+"))
  }

  @Test("A NaN leaves a gap in the line and a cross on the axis below it; its neighbours stay")
  func gap() {
    var values = (0..<26).map { _ in 1.0 }
    for index in 10...13 { values[index] = .nan }
    let ascii = Charts.frame(chart(Charts.buckets(values)), 20, 6, .ascii).lines
    #expect(ascii[1] == ".....~~......~D 1.00")
    #expect(ascii[4] == "+----xx-----+~~~~~~~")
    let braille = Charts.frame(chart(Charts.buckets(values)), 20, 6, .braille).lines
    #expect(braille[1] == "⣤⣤⣤⣤⣤~~⣤⣤⣤⣤⣤⣤~D 1.00")
    #expect(braille[4] == "┬────××─────┬~~~~~~~")
  }

  @Test("A bucket without values, but without a NaN, is a gap that is not marked")
  func unbrokenGap() {
    var buckets = Charts.buckets((0..<13).map { _ in 1 })
    buckets[5] = .init(minimum: .infinity, mean: .nan, maximum: -.infinity)
    let lines = Charts.frame(chart(buckets), 20, 6, .ascii).lines
    #expect(lines[1] == ".....~.......~D 1.00")
    #expect(!lines[4].contains("x"))
  }

  @Test("A run whose last loss is NaN says so at the end of the line, in the colour of trouble")
  func brokenEnd() {
    let frame = Charts.frame(chart(Charts.buckets([1, 1, .nan])), 24, 5, .braille)
    #expect(frame.lines.joined().contains("D NaN"))
    let row = frame.lines.firstIndex { $0.contains("D NaN") } ?? 0
    #expect(frame[x: 19, y: row].style.foreground == Charts.palette()[.bad].foreground)
  }

  @Test("One bucket, the first, is a line from end to end")
  func single() {
    let lines = Charts.frame(chart(Charts.buckets([1])), 20, 6, .ascii).lines
    #expect(lines[1] == ".............~D 1.00")
  }

  @Test("Every mark has the colour of its role")
  func roles() {
    let frame = Charts.frame(Charts.losses, 40, 10, .braille)
    let palette = Charts.palette()
    #expect(frame[x: 2, y: 0].style.foreground == palette[.discriminator].foreground)
    #expect(frame[x: 2, y: 7].style.foreground == palette[.generator].foreground)
    #expect(frame[x: 2, y: 5].style.foreground == palette[.dim].foreground)
    #expect(frame[x: 34, y: 3].style.foreground == palette[.discriminator].foreground)
    #expect(frame[x: 34, y: 4].style.foreground == palette[.generator].foreground)
  }

  @Test("The band between minimum and maximum is a tint behind the line, and mixes where two overlap")
  func bands() {
    let wide = [SeriesChart.Bucket](repeating: .init(minimum: 0, mean: 1, maximum: 2), count: 4)
    let one = Charts.frame(chart(wide), 12, 4, .braille)
    let tint = one[x: 3, y: 2].style.background
    #expect(tint != .terminal)
    #expect(one[x: 3, y: 1].style.background == tint, "behind the line")
    var two = chart(wide)
    two.series.append(.init(role: .generator, label: "G", buckets: wide))
    #expect(Charts.frame(two, 12, 4, .braille)[x: 3, y: 2].style.background != tint)
  }

  /// The columns of a chart's plot in which a band is seen.
  private func banded(_ chart: SeriesChart, _ frame: Frame) -> [Bool] {
    let plot = chart.plotArea(in: frame.bounds)
    let lines = Set(chart.series.map { Charts.palette()[$0.role].foreground })
    return (plot.x..<plot.maxX).map { x in
      (plot.y..<plot.maxY).contains { y in
        let (glyph, style) = (frame[x: x, y: y].glyph, frame[x: x, y: y].style)
        let isBlock = "▁▂▃▄▅▆▇█▀".unicodeScalars.contains(glyph)
        return style.background != .terminal || isBlock && !lines.contains(style.foreground)
      }
    }
  }

  @Test("A band is seen from end to end, however narrow it is and wherever it lies", arguments: [0.07, 0.1, 0.15, 0.2])
  func narrowBand(width: Double) {
    // Slowly through all heights within a cell; the references fix the scale at 0.4 a row.
    let buckets = (0..<400).map { index -> SeriesChart.Bucket in
      let mean = 1 + Double(index) / 400
      return .init(minimum: mean - width, mean: mean, maximum: mean + width)
    }
    var chart = chart(buckets)
    chart.references = [.init(value: 0, label: ""), .init(value: 3, label: "")]
    for glyphs in [GlyphSet.braille, .quadrant, .ascii] {
      let seen = banded(chart, Charts.frame(chart, 60, 10, glyphs))
      #expect(seen.allSatisfy { $0 }, "\(glyphs): \(seen.count { !$0 }) columns without")
    }
  }

  @Test("Stretches of which only the extent is known are a band that slopes from one to the next, and no rectangles")
  func stretches() {
    let buckets = [1.0, 3, 2, 2.5].flatMap { extent in
      [SeriesChart.Bucket](repeating: .init(minimum: -extent, mean: 0, maximum: extent), count: 100)
    }
    let chart = chart(buckets)
    let frame = Charts.frame(chart, 80, 22, .braille)
    let plot = chart.plotArea(in: frame.bounds)
    let tops = (plot.x..<plot.maxX).map { x in
      (plot.y..<plot.maxY).first { frame[x: x, y: $0].style != Style.plain && frame[x: x, y: $0].glyph != "~" } ?? -1
    }
    #expect(Set(tops).count > 5, "\(tops)")
    #expect(zip(tops, tops.dropFirst()).allSatisfy { abs($0 - $1) <= 1 }, "\(tops)")
  }

  @Test("A smooth curve has no band, however steep: its line says all")
  func smooth() {
    let waves = (0..<1000).map { 5 * sin(Double($0) / 70) }
    let decay = (0..<1000).map { 3 * exp(-Double($0) / 90) + 0.2 }
    for values in [waves, decay] {
      let chart = chart(Charts.buckets(values))
      let seen = banded(chart, Charts.frame(chart, 80, 14, .braille))
      #expect(seen.dropFirst().allSatisfy { !$0 }, "\(seen.count { $0 }) columns")
    }
  }

  @Test(
    "Along lines that lie on one another the colours of both are seen",
    arguments: [GlyphSet.braille, .quadrant, .block])
  func coincident(glyphs: GlyphSet) {
    let values = (0..<60).map { 0.7 + 0.1 * sin(Double($0) / 9) }
    var chart = chart(Charts.buckets(values))
    chart.series.append(.init(role: .generator, label: "G", buckets: Charts.buckets(values), stroke: .dotted))
    chart.references = [.init(value: 0.7, label: "log 2")]
    let plot = chart.plotArea(in: Rect(x: 0, y: 0, width: 60, height: 10))
    let frame = Charts.frame(chart, 60, 10, glyphs)
    let colours = (plot.y..<plot.maxY).flatMap { y in
      (plot.x..<plot.maxX).map { frame[x: $0, y: y].style.foreground }
    }
    let (d, g) = (Charts.palette()[.discriminator].foreground, Charts.palette()[.generator].foreground)
    let counts = (colours.count { $0 == d }, colours.count { $0 == g })
    #expect(counts.0 >= 12 && counts.1 >= 12, "\(counts)")
  }

  @Test(
    "Where there are no tints there are no bands, whose dots would hide the lines",
    arguments: GlyphSet.allCases, [ColourDepth.monochrome, .ansi16])
  func colourlessBands(glyphs: GlyphSet, colours: ColourDepth) {
    let wide = [SeriesChart.Bucket](repeating: .init(minimum: 0, mean: 1, maximum: 2), count: 4)
    let line = [SeriesChart.Bucket](repeating: .init(minimum: 1, mean: 1, maximum: 1), count: 4)
    var (banded, bare) = (chart(wide), chart(line))
    for value in [0.0, 2] {
      banded.references.append(.init(value: value, label: ""))
      bare.references.append(.init(value: value, label: ""))
    }
    #expect(
      Charts.frame(banded, 30, 8, glyphs, colours: colours) == Charts.frame(bare, 30, 8, glyphs, colours: colours))
    #expect(
      Charts.frame(banded, 30, 8, glyphs, colours: .indexed256)
        != Charts.frame(bare, 30, 8, glyphs, colours: .indexed256))
  }

  @Test("Before the first step there are axes and the references, and no value")
  func empty() {
    let chart = SeriesChart(
      series: [.init(role: .discriminator, label: "D", buckets: [])], references: [.init(value: 0.69, label: "log 2")],
      xRange: 0...0, xLabel: "steps")
    let picture = Charts.picture(chart, 40, 8, .braille)
    #expect(picture.contains("log 2"))
    #expect(picture.contains("steps"))
    #expect(!picture.contains("D "))
  }
}
