import TerminalUI
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
