import TerminalUI
import Testing

@Suite("Grid of pictures")
struct ChartsImageTests {
  private let grey = Capabilities(colours: .trueColour, glyphs: .braille)
  private let dots = Capabilities(colours: .monochrome, glyphs: .braille)
  private let characters = Capabilities(colours: .monochrome, glyphs: .ascii)

  private func fit(
    _ count: Int, _ width: Int, _ height: Int, _ capabilities: Capabilities, side: Int = 28
  ) -> ImageGrid.Fit {
    ImageGrid.fitting(
      count: count, imageSize: Size(width: side, height: side), area: Size(width: width, height: height),
      context: RenderContext(palette: Theme.standard.palette(for: capabilities), capabilities: capabilities))
  }

  @Test("Pictures are as large as lets all of them in, else as small as is legible")
  func fitting() {
    #expect(fit(1, 28, 14, grey) == .init(columns: 1, rows: 1, cell: Size(width: 28, height: 14)))
    #expect(fit(2, 57, 14, grey) == .init(columns: 2, rows: 1, cell: Size(width: 28, height: 14)))
    #expect(fit(2, 56, 14, grey) == .init(columns: 2, rows: 1, cell: Size(width: 21, height: 11)))
    #expect(fit(64, 74, 23, grey) == .init(columns: 5, rows: 3, cell: Size(width: 14, height: 7)))
    #expect(fit(64, 74, 23, characters) == .init(columns: 3, rows: 2, cell: Size(width: 21, height: 11)))
    #expect(fit(64, 74, 23, dots) == .init(columns: 5, rows: 3, cell: Size(width: 14, height: 7)))
    #expect(fit(9, 10, 5, grey) == .init(columns: 1, rows: 1, cell: Size(width: 10, height: 5)))
    #expect(fit(9, 0, 5, grey).columns == 0)
    #expect(fit(0, 80, 24, grey).columns == 0)
  }

  @Test("Pictures of more pixels shrink as far as they stay legible, so that as many are seen as of small ones")
  func large() {
    #expect(fit(2, 129, 32, grey, side: 64) == .init(columns: 2, rows: 1, cell: Size(width: 64, height: 32)))
    #expect(fit(2, 97, 24, grey, side: 64) == .init(columns: 2, rows: 1, cell: Size(width: 48, height: 24)))
    #expect(fit(4, 49, 25, grey, side: 64) == .init(columns: 2, rows: 2, cell: Size(width: 24, height: 12)))
    #expect(fit(80, 46, 19, grey, side: 64) == .init(columns: 3, rows: 2, cell: Size(width: 14, height: 7)))
    #expect(fit(80, 70, 35, grey, side: 64) == .init(columns: 4, rows: 4, cell: Size(width: 16, height: 8)))
    #expect(fit(80, 46, 23, characters, side: 64) == .init(columns: 2, rows: 2, cell: Size(width: 21, height: 11)))
    #expect(fit(80, 74, 26, characters, side: 64) == .init(columns: 3, rows: 2, cell: Size(width: 24, height: 12)))
    #expect(fit(80, 74, 26, dots, side: 64) == .init(columns: 5, rows: 3, cell: Size(width: 14, height: 7)))
    #expect(ImageGrid.leastColumns(of: Size(width: 64, height: 64)) == 14)
    #expect(ImageGrid.leastColumns(of: Size(width: 28, height: 28)) == 14)
  }

  @Test("Where there is room for twenty pictures, they are drawn larger rather than more of them")
  func enough() {
    #expect(fit(80, 141, 55, grey, side: 64) == .init(columns: 5, rows: 4, cell: Size(width: 24, height: 12)))
    #expect(fit(80, 141, 45, grey) == .init(columns: 9, rows: 5, cell: Size(width: 14, height: 7)))
    #expect(fit(80, 260, 90, grey) == .init(columns: 9, rows: 6, cell: Size(width: 28, height: 14)))
  }

  @Test("No layout is larger than its area")
  func within() {
    for width in 0...90 {
      for height in 0...30 {
        let fit = fit(12, width, height, grey)
        guard fit.columns * fit.rows > 0 else { continue }
        #expect(fit.columns * (fit.cell.width + 1) - 1 <= width)
        #expect(fit.rows * (fit.cell.height + 1) - 1 <= height)
      }
    }
  }

  @Test("Pictures follow one another in rows, a cell apart, centred; without colours ink is seen by shape")
  func picture() {
    #expect(
      Charts.picture(Charts.images, 16, 4, .braille) == """
        ~~~~~~~~~~~~~~~~
        ~    ~████~██  ~
        ~    ~████~    ~
        ~~~~~~~~~~~~~~~~
        """)
    #expect(
      Charts.picture(Charts.images, 11, 5, .ascii) == """
        ~    ~@@@@~
        ~    ~@@@@~
        ~~~~~~~~~~~
        ~@@  ~~~~~~
        ~    ~~~~~~
        """)
  }

  @Test("A number of columns that is asked for is kept")
  func columns() {
    var grid = Charts.images
    grid.columns = 1
    #expect(
      Charts.picture(grid, 6, 8, .ascii) == """
        ~    ~
        ~    ~
        ~~~~~~
        ~@@@@~
        ~@@@@~
        ~~~~~~
        ~@@  ~
        ~    ~
        """)
  }

  @Test("At full size a cell holds two pixels exactly")
  func exact() {
    let levels: [Float] = [0, 1, 0.2, 0.8, 1, 0, 0.6, 0.4]
    let frame = Charts.frame(ImageGrid(images: levels, width: 2, height: 4), 2, 2, .block)
    func pixels(_ x: Int, _ y: Int) -> [Colour] {
      let cell = frame[x: x, y: y]
      switch cell.glyph {
      case "▀": return [cell.style.foreground, cell.style.background]
      case "▄": return [cell.style.background, cell.style.foreground]
      default: return []
      }
    }
    func grey(_ level: Double) -> Colour {
      let value = UInt8((level * 255).rounded())
      return .rgb(red: value, green: value, blue: value)
    }
    #expect(pixels(0, 0) == [grey(0), grey(0.2)])
    #expect(pixels(1, 0) == [grey(1), grey(0.8)])
    #expect(pixels(0, 1) == [grey(1), grey(0.6)])
    #expect(pixels(1, 1) == [grey(0), grey(0.4)])
  }

  @Test("Where there are no greys, braille dots show which pixels are more ink than paper")
  func braille() {
    let rows = ["@...", ".@..", "..@.", "...@"]
    let image = rows.joined().map { $0 == "@" ? Float(0.6) : 0.4 }
    let context = RenderContext(palette: Theme.standard.palette(for: dots), capabilities: dots)
    var frame = Frame(size: Size(width: 2, height: 1))
    ImageGrid(images: image, width: 4, height: 4).render(
      into: &frame, area: Rect(x: 0, y: 0, width: 2, height: 1), context: context)
    #expect(frame[x: 0, y: 0].glyph == "⠑")
    #expect(frame[x: 1, y: 0].glyph == "⢄")
  }

  @Test("Quadrants have the two shades that come nearest to a cell's four quarters")
  func quadrants() {
    // Two cells: a dark quarter among light ones, and two halves, one of which is not quite even.
    let image: [Float] = [1, 1, 0.2, 0.8, 1, 0, 0, 0.8]
    let shades = Capabilities(colours: .trueColour, glyphs: .quadrant)
    let context = RenderContext(palette: Charts.palette(), capabilities: shades, images: .quadrants)
    var frame = Frame(size: Size(width: 2, height: 1))
    // At half a pixel's width a cell has two pixels of its picture, each twice; so four across are two cells.
    ImageGrid(images: image, width: 4, height: 2).render(into: &frame, area: frame.bounds, context: context)
    func grey(_ level: Double) -> Colour {
      let value = UInt8((level * 255).rounded())
      return .rgb(red: value, green: value, blue: value)
    }
    #expect(frame[x: 0, y: 0] == Cell("▛", style: Style(foreground: grey(1), background: grey(0))))
    #expect(frame[x: 1, y: 0] == Cell("▐", style: Style(foreground: grey(0.8), background: grey(0.1))))
  }

  @Test("Where nobody has chosen, half blocks show pictures at full size and quadrants smaller ones, if there are such")
  func small() {
    // A line one pixel wide: half blocks at half size would have it twice as wide and half as bright.
    let image = (0..<28 * 28).map { $0 % 28 == 13 ? Float(1) : 0 }
    func glyphs(_ cell: Size, _ tier: GlyphSet, _ mode: ImageMode? = nil) -> Set<Unicode.Scalar> {
      let context = RenderContext(
        palette: Charts.palette(), capabilities: Capabilities(colours: .trueColour, glyphs: tier), images: mode)
      var frame = Frame(size: cell)
      ImageGrid(images: image, width: 28, height: 28).render(into: &frame, area: frame.bounds, context: context)
      return Set(frame.cells.map(\.glyph))
    }
    #expect(glyphs(Size(width: 14, height: 7), .braille) == [" ", "▐"])
    #expect(glyphs(Size(width: 14, height: 7), .quadrant) == [" ", "▐"])
    #expect(!glyphs(Size(width: 14, height: 7), .block).contains("▐"))
    #expect(!glyphs(Size(width: 14, height: 7), .braille, .halfBlocks).contains("▐"))
    #expect(glyphs(Size(width: 28, height: 14), .braille) == [" ", "█"])
  }

  @Test("A few pictures may have all the room, up to several times their size")
  func few() {
    func fit(_ width: Int, _ height: Int, isEnlarging: Bool = true) -> ImageGrid.Fit {
      ImageGrid.fitting(
        count: 80, imageSize: Size(width: 28, height: 28), area: Size(width: width, height: height),
        context: RenderContext(palette: Charts.palette(), capabilities: grey), isEnlarging: isEnlarging)
    }
    #expect(fit(78, 20) == .init(columns: 3, rows: 1, cell: Size(width: 21, height: 11)))
    #expect(fit(118, 36, isEnlarging: false) == .init(columns: 7, rows: 4, cell: Size(width: 14, height: 7)))
    #expect(fit(118, 36) == .init(columns: 4, rows: 2, cell: Size(width: 28, height: 14)))
    #expect(fit(240, 90) == .init(columns: 4, rows: 3, cell: Size(width: 56, height: 28)))
    #expect(fit(9, 5) == .init(columns: 1, rows: 1, cell: Size(width: 9, height: 5)))
  }

  @Test("Large characters are two to a pixel, small ones one to two pixels")
  func sizes() {
    let image: [Float] = [1, 0, 0, 0.25]
    func picture(_ mode: ImageMode, _ width: Int, _ height: Int) -> [String] {
      var frame = Frame(size: Size(width: width, height: height), filledWith: Cell("~"))
      let context = RenderContext(palette: Charts.palette(), capabilities: characters, images: mode)
      ImageGrid(images: image, width: 2, height: 2).render(into: &frame, area: frame.bounds, context: context)
      return frame.lines
    }
    #expect(picture(.largeCharacters, 4, 2) == ["@@", "  --"])
    #expect(picture(.characters, 2, 1) == ["o:"])
  }

  @Test("A way that the terminal or the theme does not have gives way to the usual one")
  func possible() {
    func modes(_ colours: ColourDepth, _ glyphs: GlyphSet, theme: Theme = .standard) -> [ImageMode] {
      let capabilities = Capabilities(colours: colours, glyphs: glyphs)
      let palette = theme.palette(for: capabilities)
      let possible = ImageMode.allCases.filter { $0.isPossible(with: capabilities, palette) }
      for mode in ImageMode.allCases {
        let shown = RenderContext(palette: palette, capabilities: capabilities, images: mode).images
        #expect(shown == (possible.contains(mode) ? mode : .usual(with: capabilities, palette)))
      }
      #expect(possible.contains(.usual(with: capabilities, palette)))
      return possible
    }
    #expect(modes(.trueColour, .braille) == ImageMode.allCases)
    #expect(modes(.ansi16, .quadrant) == [.halfBlocks, .quadrants, .largeCharacters, .characters])
    #expect(modes(.indexed256, .block) == [.halfBlocks, .largeCharacters, .characters])
    #expect(modes(.monochrome, .braille) == [.braille, .largeCharacters, .characters])
    #expect(modes(.trueColour, .ascii) == [.largeCharacters, .characters])
    let mono = Theme(name: "mono", isDark: true)
    #expect(modes(.trueColour, .braille, theme: mono) == [.braille, .largeCharacters, .characters])
  }

  @Test("In every way ink stands out from paper as text does: bright on dark themes, dark on light ones")
  func ink() throws {
    for name in ["okabe-ito", "paper"] {
      let theme = try #require(Theme.bundled(named: name))
      let palette = theme.palette(for: grey)
      for mode in ImageMode.allCases {
        let context = RenderContext(palette: palette, capabilities: grey, images: mode)
        var frame = Frame(size: Size(width: 8, height: 4), filledWith: Cell(style: palette[.background]))
        ImageGrid(images: Array(repeating: 1, count: 64), width: 8, height: 8).render(
          into: &frame, area: frame.bounds, context: context)
        let cell = frame[x: 4, y: 2]
        #expect(cell.glyph != " ")
        let ink = try #require((cell.style.foreground.rgb ?? theme.page.ink) as RGB?)
        #expect(theme.isDark == (ink.luminance > theme.page.paper.luminance), "\(name), \(mode)")
      }
    }
  }

  @Test("A smaller picture keeps the mean ink, and what is not a number is paper")
  func mean() {
    // 4×4 into 2×2 pixels, one cell high: the mean of each quarter.
    let image: [Float] = [1, 0, 1, 1, 0, 1, 1, 1, 0, 0, .nan, 0, 0, 0, 0, 0]
    let frame = Charts.frame(ImageGrid(images: image, width: 4, height: 4), 2, 1, .block)
    #expect(frame[x: 0, y: 0].style.foreground == .rgb(red: 128, green: 128, blue: 128))
    #expect(frame[x: 0, y: 0].style.background == .rgb(red: 0, green: 0, blue: 0))
    #expect(frame[x: 1, y: 0].style.foreground == .rgb(red: 255, green: 255, blue: 255))
    #expect(frame[x: 1, y: 0].style.background == .rgb(red: 0, green: 0, blue: 0))
  }

  @Test("Characters rise with the ink", arguments: [Float](arrayLiteral: -1, 0, 0.1, 0.25, 0.45, 0.7, 1, 3))
  func ramp(level: Float) {
    let expected: [Float: String] = [-1: "", 0: "", 0.1: ":", 0.25: "-", 0.45: "x", 0.7: "#", 1: "@", 3: "@"]
    let frame = Charts.frame(ImageGrid(images: [level, level], width: 1, height: 2), 1, 1, .ascii)
    #expect(frame.lines[0] == expected[level])
  }
}
