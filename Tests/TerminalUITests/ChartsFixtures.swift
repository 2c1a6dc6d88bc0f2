import TerminalUI

/// What the tests of charts share: a palette in which every role is a colour of its own, and pictures of widgets.
enum Charts {
  static func palette(isDark: Bool = true) -> Palette {
    let styles = Role.allCases.enumerated().map { index, role in
      (role, Style(foreground: .rgb(red: 200, green: UInt8(10 * index), blue: 90), background: .terminal))
    }
    let black = Colour.rgb(red: 0, green: 0, blue: 0)
    let white = Colour.rgb(red: 255, green: 255, blue: 255)
    return Palette(
      styles: Dictionary(uniqueKeysWithValues: styles), imageStops: [black, white], heatStops: [black, white],
      isDark: isDark)
  }

  /// Our palette where there is true colour; elsewhere what the standard theme becomes.
  private static let palettes = Dictionary(
    uniqueKeysWithValues: ColourDepth.allCases.map { depth in
      (
        depth,
        depth == .trueColour
          ? palette() : Theme.standard.palette(for: Capabilities(colours: depth, glyphs: .braille))
      )
    })

  static func context(_ glyphs: GlyphSet, colours: ColourDepth = .trueColour) -> RenderContext {
    RenderContext(
      palette: palettes[colours] ?? palette(), capabilities: Capabilities(colours: colours, glyphs: glyphs))
  }

  /// The widget over `~`, so that what it leaves alone, and what it draws too much, is seen.
  static func frame(
    _ widget: any Widget, _ width: Int, _ height: Int, _ glyphs: GlyphSet, colours: ColourDepth = .trueColour
  ) -> Frame {
    var frame = Frame(size: Size(width: width, height: height), filledWith: Cell("~"))
    widget.render(into: &frame, area: frame.bounds, context: context(glyphs, colours: colours))
    return frame
  }

  static func picture(
    _ widget: any Widget, _ width: Int, _ height: Int, _ glyphs: GlyphSet, colours: ColourDepth = .trueColour
  ) -> String {
    frame(widget, width, height, glyphs, colours: colours).lines.joined(separator: "\n")
  }

  /// Buckets whose three values are one.
  static func buckets(_ values: [Double]) -> [SeriesChart.Bucket] {
    values.map { .init(minimum: $0, mean: $0, maximum: $0, broken: !$0.isFinite) }
  }

  /// A D that falls from 2 to 1 against a G that rises from 0 to 1.
  static let losses = SeriesChart(
    series: [
      .init(role: .discriminator, label: "D", buckets: buckets([2, 1.75, 1.5, 1.25, 1])),
      .init(role: .generator, label: "G", buckets: buckets([0, 0.25, 0.5, 0.75, 1]), stroke: .dotted),
    ],
    references: [.init(value: 0.6931, label: "log 2")], xRange: 0...4000, xLabel: "steps")

  static let density = DensityChart(
    range: 0...8, filled: [0, 0.1, 0.3, 0.5, 0.5, 0.3, 0.1, 0], outline: [0, 0, 0.2, 0.2, 0.4, 0.4, 0, 0],
    discriminator: [0.5, 0.5, 0.6, 0.7, 0.5, 0.4, 0.9, 0.9], optimum: [.nan, 1, 0.6, 0.7, 0.55, 0.4, 1, .nan])

  static let map = LatentMap(
    points: (0...20).map { .init(z: Double($0) / 10 - 1, x: 4 + 3 * (Double($0) / 10 - 1)) }, xRange: 0...8,
    zRange: -1...1)

  /// Three pictures of 4×4: paper, ink, and ink in the upper left quarter.
  static let images = ImageGrid(
    images: Array(repeating: 0, count: 16) + Array(repeating: 1, count: 16)
      + [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    width: 4, height: 4)

  static let scatter = ScatterPlot(
    range: -1...1, real: [.init(x: -0.9, y: 0.9), .init(x: 0.1, y: 0.1)],
    fake: [.init(x: 0.9, y: -0.9), .init(x: 5, y: 0)], heat: [0, 0, 1, 1], heatSide: 2)

  static var all: [any Widget] { [losses, density, map, images, scatter] }
}
