import TerminalUI
import Testing

@Suite("Scatter plot")
struct ChartsScatterTests {
  @Test("A square in the middle beneath a legend; D as a texture; rings for real points, fat dots for generated ones")
  func monochrome() {
    #expect(
      Charts.picture(Charts.scatter, 34, 11, .braille, colours: .monochrome) == """
        ~○ p_data  ⠶ p_g  D ≥ ¾ ▒ ½ ░ ¼ ·~
        ~~~~~~~~~1┤○~~~~~~~~~~~~~~~~~~~~~~
        ~~~~~~~~~~│~~~~~~~~~~~~~~~~~~~~~~~
        ~~~~~~~~~~│~~~~~~~~~~~~~~~~~~~~~~~
        ~~~~~~~~~0┤········○·······~~~~~~~
        ~~~~~~~~~~│░░░░░░░░░░░░░░░░~~~~~~~
        ~~~~~~~~~~│▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒~~~~~~~
        ~~~~~~~~~~│▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒~~~~~~~
        ~~~~~~~~−1┤▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒⠶~~~~~~~
        ~~~~~~~~~~└┬───────┬──────┬~~~~~~~
        ~~~~~~~~~~~−1~~~~~~0~~~~~~1~~~~~~~
        """)
    #expect(
      Charts.picture(Charts.scatter, 8, 4, .ascii, colours: .monochrome) == """
        +~~~~~~~
        ....+...
        %%%%%%%%
        %%%%%%%o
        """)
  }

  @Test("Real points are seen although generated ones lie on them", arguments: GlyphSet.allCases)
  func both(glyphs: GlyphSet) {
    var plot = Charts.scatter
    plot.fake = plot.real
    let mark: Unicode.Scalar = glyphs == .braille ? "◉" : "@"
    for colours in ColourDepth.allCases {
      let frame = Charts.frame(plot, 8, 4, glyphs, colours: colours)
      #expect(frame.cells.count { $0.glyph == mark } == 2)
    }
  }

  @Test("D has several levels where there are no shades")
  func levels() {
    var plot = Charts.scatter
    (plot.real, plot.fake) = ([], [])
    plot.heat = [0.1, 0.4, 0.6, 0.9]
    for (glyphs, textures) in [(GlyphSet.braille, "▒░·"), (.block, "▒░·"), (.ascii, "%:.")] {
      for colours in [ColourDepth.monochrome, .ansi16] {
        let seen = Set(Charts.frame(plot, 12, 6, glyphs, colours: colours).cells.map(\.glyph)).subtracting(["~"])
        #expect(seen == Set(textures.unicodeScalars), "\(glyphs) \(colours)")
      }
    }
  }

  @Test("The legend says what is what, and which end of the shades is 1", arguments: GlyphSet.allCases)
  func legend(glyphs: GlyphSet) {
    for colours in ColourDepth.allCases {
      for width in 24...80 {
        let frame = Charts.frame(Charts.scatter, width, 16, glyphs, colours: colours)
        #expect(frame.lines[0].contains("p_data") && frame.lines[0].contains("p_g"), "\(width)")
        if width >= 52 { #expect(frame.lines[0].contains("both") && frame.lines[0].contains("D "), "\(width)") }
      }
    }
    let frame = Charts.frame(Charts.scatter, 60, 16, glyphs)
    let shades = frame.cells[..<60].map(\.style.background).filter { $0 != .terminal }
    #expect(shades.first == .rgb(red: 0, green: 0, blue: 0))
    #expect(shades.last == .rgb(red: 255, green: 255, blue: 255))
  }

  @Test("With colours the field is shades from the top row of the grid down, and points stand on it")
  func field() {
    let frame = Charts.frame(Charts.scatter, 8, 4, .block)
    let (black, white) = (Colour.rgb(red: 0, green: 0, blue: 0), Colour.rgb(red: 255, green: 255, blue: 255))
    #expect(frame[x: 3, y: 0].style.background == black)
    #expect(frame[x: 3, y: 3].style.background == white)
    #expect(frame[x: 7, y: 3] == Cell("•", style: fake(on: white)))
    let text = Charts.palette()[.text].foreground
    #expect(frame[x: 0, y: 0] == Cell("+", style: Style(foreground: text, background: black, attributes: .bold)))
  }

  private func fake(on background: Colour) -> Style {
    Style(foreground: Charts.palette()[.modelDensity].foreground, background: background, attributes: .bold)
  }

  @Test("Both sides are equally long on the screen, where a cell is twice as tall as wide")
  func square() {
    for width in 2...80 {
      for height in 1...30 {
        let plot = ScatterPlot.plotArea(in: Rect(x: 5, y: 7, width: width, height: height))
        #expect(plot.width == 2 * plot.height)
      }
    }
  }
}
