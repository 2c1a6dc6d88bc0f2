import TerminalUI
import TestSupport
import Testing

@Suite("Every chart, everywhere")
struct ChartsTotalityTests {
  /// What a run that went wrong, or has not begun, may hand to a chart.
  static var hostile: [any Widget] {
    let nothing = SeriesChart(series: [], xRange: 0...0, xLabel: "")
    let broken = SeriesChart(
      series: [
        .init(role: .discriminator, label: "D", buckets: Charts.buckets([.nan, .infinity, -.infinity])),
        .init(role: .generator, label: "G", buckets: Charts.buckets([1e300, -1e300, 0, .nan])),
        .init(role: .accent, label: "a very long name", buckets: [.init(minimum: 3, mean: .nan, maximum: 2)]),
      ],
      references: [.init(value: .nan, label: "nowhere"), .init(value: -1.386, label: "V = −log 4")],
      xRange: 0...1e15, xLabel: "steps")
    let odd: [Double] = [.nan, .infinity, -1, 0, 1e300]
    return [
      nothing, broken,
      DensityChart(range: 0...0, filled: [], outline: [], discriminator: [], optimum: []),
      DensityChart(range: -1...1, filled: odd, outline: [5], discriminator: odd, optimum: odd),
      LatentMap(points: [], xRange: 0...0, zRange: 0...0),
      LatentMap(points: odd.map { .init(z: $0, x: -$0) }, xRange: -1...1, zRange: -1...1),
      ImageGrid(images: [], width: 28, height: 28), ImageGrid(images: [1], width: 0, height: -3),
      ImageGrid(images: [1, .nan, 0], width: 2, height: 1, columns: -4),
      ScatterPlot(range: 0...0, real: [], fake: [], heat: [1], heatSide: 3),
      ScatterPlot(
        range: -1...1, real: odd.map { .init(x: $0, y: $0) }, fake: [.init(x: 1, y: 1)], heat: [.nan], heatSide: 1),
    ]
  }

  /// Numbers of all magnitudes and kinds: random bit patterns, and the ends of what there is.
  private static func numbers(_ count: Int, _ random: inout SplitMix) -> [Double] {
    let ends: [Double] = [
      0, -0.0, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
      .leastNonzeroMagnitude, .leastNormalMagnitude, 1, 0x1p63, 0x1p53, 1e12, 0.005,
    ]
    return (0..<count).map { _ in
      let bits = random.next()
      return bits % 4 == 0 ? ends[Int(bits >> 8) % ends.count] : Double(bitPattern: bits)
    }
  }

  private static func range(_ random: inout SplitMix) -> ClosedRange<Double> {
    let ends = numbers(8, &random).filter { !$0.isNaN }.prefix(2).sorted()
    return (ends.first ?? 0)...(ends.last ?? 1)
  }

  @Test("Every bit pattern of a number can be drawn, on every scale, and has a label", arguments: 0..<8)
  func bitPatterns(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    for round in 0..<60 {
      func buckets() -> [SeriesChart.Bucket] {
        (0..<[1, 2, 7, 90][round % 4]).map { _ in
          let values = Self.numbers(4, &random)
          return .init(
            minimum: values[0], mean: values[1], maximum: values[2],
            count: Int(truncatingIfNeeded: random.next() >> 1), broken: random.next() % 9 == 0,
            smoothed: random.next() % 2 == 0 ? values[3] : nil)
        }
      }
      let (first, second) = (buckets(), buckets())
      let values = Self.numbers(9, &random)
      let (range, other) = (Self.range(&random), Self.range(&random))
      var chart = SeriesChart(
        series: [
          .init(role: .discriminator, label: "D", buckets: first),
          .init(role: .generator, label: "", buckets: second, stroke: .dotted, marker: "A"),
        ], references: [.init(value: values[0], label: "r")], xRange: range, xLabel: "steps", unit: "nats",
        fixedRange: round % 3 == 0 ? other : nil,
        crosshair: .init(bucket: first.count / 2, readings: [[.init("reading", .text)]]))
      let widgets: [any Widget] = [
        DensityChart(range: range, filled: values, outline: values, discriminator: values, optimum: values),
        LatentMap(points: zip(values, values.reversed()).map { .init(z: $0, x: $1) }, xRange: range, zRange: other),
        ScatterPlot(
          range: range, real: values.map { .init(x: $0, y: -$0) }, fake: values.map { .init(x: -$0, y: $0) },
          heat: values.map { Float($0) }, heatSide: 3),
        ImageGrid(images: values.map { Float($0) }, width: 3, height: 3),
      ]
      for scale in [Axis.Scale.linear, .logarithmic] {
        chart.scale = scale
        let drawn = Charts.frame(chart, 62, 12, .braille).lines.joined()
        #expect(drawn.contains("reading"))
        #expect(chart.bucketsBeside(first.count / 2, in: Rect(x: 0, y: 0, width: 62, height: 12)).count > 0)
        for axis in [Axis(range, scale: scale), Axis(other, scale: scale)] {
          #expect(
            axis.range.lowerBound < axis.range.upperBound && (axis.range.upperBound - axis.range.lowerBound).isFinite)
          #expect(axis.fraction(of: axis.range.lowerBound) == 0 && axis.fraction(of: axis.range.upperBound) == 1)
          let ticks = axis.ticks(rows: 12) + axis.ticks(columns: 40)
          #expect(ticks.allSatisfy { !$0.label.contains("inf") && !$0.label.contains("na") })
        }
      }
      for widget in widgets { #expect(Charts.frame(widget, 62, 12, .braille).size.width == 62) }
      for value in values {
        let labels = [
          NumberLabel.short(value), NumberLabel.precise(value), NumberLabel.fixed(value, decimals: round - 20),
          NumberLabel.tick(value, step: values[0], magnitude: values[1].magnitude),
        ]
        #expect(labels.allSatisfy { !$0.isEmpty && $0.count <= 26 }, "\(labels)")
        #expect(labels[0].count <= 9, "\(value): \(labels[0])")
      }
    }
  }

  @Test(
    "A constant has a scale of its own, on which it lies, linear or logarithmic",
    arguments: [1e-280, 2e-4, 0.3, 0.5, 7, 1e300])
  func constant(value: Double) {
    for scale in [Axis.Scale.linear, .logarithmic] {
      let axis = Axis(value...value, scale: scale)
      #expect(axis.scale == scale)
      #expect((0...1).contains(axis.fraction(of: value)))
      #expect(axis.ticks(rows: 8).count > 1)
    }
  }

  @Test("Nothing is drawn outside of the area, of any size, in any tier", arguments: GlyphSet.allCases)
  func clipped(glyphs: GlyphSet) {
    let sizes = [0, 1, 2, 3, 9, 24, 60]
    for colours in ColourDepth.allCases {
      let context = Charts.context(glyphs, colours: colours)
      for widget in Charts.all + Self.hostile {
        for width in sizes {
          for height in [0, 1, 2, 3, 5, 6, 9, 14] {
            var frame = Frame(size: Size(width: width + 4, height: height + 4), filledWith: Cell("~"))
            let area = Rect(x: 2, y: 2, width: width, height: height)
            widget.render(into: &frame, area: area, context: context)
            frame.fill(area, with: Cell("~"))
            #expect(frame.cells.allSatisfy { $0 == Cell("~") }, "\(type(of: widget)) \(width)×\(height) \(glyphs)")
          }
        }
      }
    }
  }

  @Test("An area that reaches beyond the frame is cut")
  func beyond() {
    for widget in Charts.all + Self.hostile {
      var frame = Frame(size: Size(width: 20, height: 6))
      for origin in [(-30, -3), (10, 3), (25, 9)] {
        let area = Rect(x: origin.0, y: origin.1, width: 60, height: 14)
        widget.render(into: &frame, area: area, context: Charts.context(.braille))
      }
      #expect(frame.cells.count == 120)
    }
  }

  @Test("The 7-bit tier has 7-bit characters only; the block tier has no braille and no eighths")
  func tiers() {
    for widget in Charts.all + Self.hostile {
      for colours in ColourDepth.allCases {
        for (width, height) in [(60, 16), (33, 9), (12, 4)] {
          let ascii = Charts.frame(widget, width, height, .ascii, colours: colours)
          #expect(ascii.cells.allSatisfy { $0.glyph.isASCII }, "\(type(of: widget)) \(ascii.lines)")
          let block = Charts.frame(widget, width, height, .block, colours: colours)
          let finer = block.cells.filter {
            (0x2800...0x28FF).contains($0.glyph.value) || "▁▂▃▅▆▇".unicodeScalars.contains($0.glyph)
          }
          #expect(finer.isEmpty, "\(type(of: widget)) \(block.lines)")
        }
      }
    }
  }

  @Test("Without colours no cell asks for one")
  func monochrome() {
    for widget in Charts.all {
      for glyphs in GlyphSet.allCases {
        let frame = Charts.frame(widget, 60, 16, glyphs, colours: .monochrome)
        #expect(frame.cells.allSatisfy { $0.style.foreground == .terminal && $0.style.background == .terminal })
      }
    }
  }

  @Test("Labels that crowd at the end of lines keep their order and do not overlap")
  func crowd() {
    let chart = SeriesChart(
      series: [
        .init(role: .discriminator, label: "D", buckets: Charts.buckets([0, 0.69])),
        .init(role: .generator, label: "G", buckets: Charts.buckets([2, 0.70])),
      ],
      references: [.init(value: 0.6931, label: "log 2")], xRange: 0...2, xLabel: "steps")
    for height in 5...30 {
      let lines = Charts.frame(chart, 40, height, .braille).lines
      let rows = ["G 0.70", "log 2", "D 0.69"].map { label in lines.firstIndex { $0.contains(label) } }
      #expect(rows[0] != nil && rows[2] != nil, "\(lines)")
      let present = rows.compactMap(\.self)
      #expect(present == present.sorted() && Set(present).count == present.count)
    }
  }
}
