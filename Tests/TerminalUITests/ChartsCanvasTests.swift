import TerminalUI
import Testing

@Suite("Canvases of charts")
struct ChartsCanvasTests {
  private func picture(_ size: Size, _ glyphs: GlyphSet, draw: (inout PlotCanvas) -> Void) -> [String] {
    var canvas = PlotCanvas(size: size, glyphs: glyphs)
    draw(&canvas)
    var frame = Frame(size: size, filledWith: Cell("~"))
    canvas.draw(into: &frame, at: frame.bounds)
    return frame.lines
  }

  @Test("A diagonal joins the corners in every tier")
  func diagonal() {
    func diagonal(_ glyphs: GlyphSet, width: Int = 4) -> [String] {
      picture(Size(width: width, height: 2), glyphs) { canvas in
        let layer = canvas.addLayer(.plain, stroke: .thin)
        canvas.draw([.init(x: 0, y: 0), .init(x: 1, y: 1)], layer: layer)
      }
    }
    #expect(diagonal(.braille) == ["~~⡠⠊", "⡠⠊~~"])
    #expect(diagonal(.quadrant, width: 2) == ["~▞", "▞~"])
    #expect(diagonal(.block) == ["~~▄▀", "▄▀~~"])
    #expect(diagonal(.ascii) == ["~~-'", ".'~~"])
  }

  @Test("Strokes differ by their rhythm, which goes on round corners")
  func strokes() {
    func line(_ stroke: PlotCanvas.Stroke, _ glyphs: GlyphSet) -> String {
      picture(Size(width: 6, height: 1), glyphs) { canvas in
        let layer = canvas.addLayer(.plain, stroke: stroke)
        canvas.draw([.init(x: 0, y: 0.5), .init(x: 0.4, y: 0.5), .init(x: 1, y: 0.5)], layer: layer)
      }[0]
    }
    #expect(line(.solid, .braille) == "⠛⠛⠛⠛⠛⠛")
    #expect(line(.thin, .braille) == "⠒⠒⠒⠒⠒⠒")
    #expect(line(.dotted, .braille) == "⠛~⠛~⠛~")
    #expect(line(.dashed, .braille) == "⠒⠂~⠒⠂~")
    #expect(line(.solid, .ascii) == "------")
    #expect(line(.dotted, .ascii) == "o~o~o~")
    #expect(line(.dashed, .ascii) == "--~~--")
  }

  @Test("A line is cut where it leaves the square, not bent, and what is not a number is left out")
  func clipping() {
    let cut = picture(Size(width: 4, height: 2), .block) { canvas in
      let layer = canvas.addLayer(.plain)
      canvas.draw([.init(x: 0, y: 0), .init(x: 2, y: 2)], layer: layer)
      canvas.draw([.init(x: 0, y: .nan), .init(x: 1, y: .infinity), .init(x: -1e300, y: 1e300)], layer: layer)
      canvas.plot(.init(x: .nan, y: 2), layer: layer)
    }
    #expect(cut == ["~~▄▀", "▄▀~~"])
  }

  @Test(
    "Where lines cross, braille keeps the dots of both in the colour of the front one; half blocks keep both colours")
  func crossing() {
    let (back, front) = (Colour.indexed(20), Colour.indexed(30))
    func crossed(_ glyphs: GlyphSet) -> Cell {
      var canvas = PlotCanvas(size: Size(width: 1, height: 1), glyphs: glyphs)
      let behind = canvas.addLayer(Style(foreground: back), stroke: .thin)
      let before = canvas.addLayer(Style(foreground: front), stroke: .thin)
      canvas.plot(.init(x: 0, y: 1), layer: behind)
      canvas.plot(.init(x: 0, y: 0), layer: before)
      var frame = Frame(size: Size(width: 1, height: 1))
      canvas.draw(into: &frame, at: frame.bounds)
      return frame[x: 0, y: 0]
    }
    #expect(crossed(.braille) == Cell("⡁", style: Style(foreground: front)))
    #expect(crossed(.block) == Cell("▄", style: Style(foreground: front, background: back)))
    #expect(crossed(.ascii) == Cell(".", style: Style(foreground: front)))
  }

  @Test("A line over a filled cell stands on the colour of the fill")
  func backdrop() {
    var frame = Frame(
      size: Size(width: 1, height: 1),
      filledWith: Cell("█", style: Style(foreground: .indexed(99), background: .indexed(11))))
    var canvas = PlotCanvas(size: frame.size, glyphs: .braille)
    canvas.plot(.init(x: 0, y: 0), layer: canvas.addLayer(.plain))
    canvas.draw(into: &frame, at: frame.bounds)
    #expect(frame[x: 0, y: 0] == Cell("⡀", style: Style(background: .indexed(99))))
  }

  private func filled(_ glyphs: GlyphSet, _ colours: ColourDepth, _ spans: [(Double, Double)]) -> [String] {
    var canvas = FillCanvas(size: Size(width: spans.count, height: 2), look: .area)
    for (column, span) in spans.enumerated() { canvas.fill(column: column, from: span.0, to: span.1, layer: 0) }
    var frame = Frame(size: canvas.size, filledWith: Cell("~"))
    canvas.draw(
      into: &frame, at: frame.bounds, roles: [.dataDensity],
      context: Charts.context(glyphs, colours: colours))
    return frame.lines
  }

  @Test("Areas rise by eighths where the font has them, by halves in blocks, by cells in 7 bits")
  func heights() {
    let rising = (0...8).map { (0.0, Double($0) / 16) } + [(0, 1), (0, 7)]
    #expect(filled(.braille, .trueColour, rising) == ["~~~~~~~~~██", "~▁▂▃▄▅▆▇███"])
    #expect(filled(.block, .trueColour, rising) == ["~~~~~~~~~██", "~~▄▄▄▄█████"])
    #expect(filled(.ascii, .trueColour, rising) == ["~~~~~~~~~::", "~~~~:::::::"])
  }

  @Test("Of two bands in one cell neither is lost, also where paper is between them or both overlap")
  func twoBands() {
    let palette = Charts.palette()
    let roles = [Role.discriminator, .generator]
    let tints = roles.compactMap { palette.tint($0, contrast: FillCanvas.Look.band.contrast) }
    // Where both cover the same, it stands for both.
    let mixture = palette.mix(tints[0], tints[1])
    for start in stride(from: 0.0, through: 0.75, by: 0.03125) {
      for width in stride(from: 0.01, through: 0.6, by: 0.03125) {
        for other in stride(from: 0.0, through: 0.75, by: 0.03125) {
          var canvas = FillCanvas(size: Size(width: 1, height: 2), look: .band)
          canvas.fill(column: 0, from: start, to: start + width, layer: 0)
          canvas.fill(column: 0, from: other, to: other + 0.25, layer: 1)
          var frame = Frame(size: canvas.size)
          canvas.draw(into: &frame, at: frame.bounds, roles: roles, context: Charts.context(.braille))
          let seen = Set(frame.cells.flatMap { [$0.style.background, $0.style.foreground] })
          if !(mixture.map(seen.contains) ?? false || tints.allSatisfy(seen.contains)) {
            Issue.record("\(start) + \(width) beside \(other)")
          }
        }
      }
    }
  }

  @Test("Where colours are few, areas are textures that lines stand out from")
  func textures() {
    let rising = (0...4).map { (0.0, Double($0) / 4) } + [(0.5, 0.5), (.nan, 1)]
    #expect(filled(.braille, .monochrome, rising) == ["~~~⢄⢕~~", "~⢄⢕⢕⢕~~"])
    #expect(filled(.block, .ansi16, rising) == ["~~~░░~~", "~░░░░~~"])
    #expect(filled(.ascii, .monochrome, rising) == ["~~~::~~", "~::::~~"])
  }
}
