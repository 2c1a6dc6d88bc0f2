import TerminalUI
import Testing

@Suite("Scatter plot")
struct ChartsScatterTests {
  @Test("A square in the middle; D ≥ ½ as a texture; real points fine, generated ones fat; outside ones left out")
  func monochrome() {
    #expect(
      Charts.picture(Charts.scatter, 30, 10, .braille, colours: .monochrome) == """
        ~~~~~~~1┤⠐~~~~~~~~~~~~~~~~~~~~
        ~~~~~~~~│~~~~~~~~~~~~~~~~~~~~~
        ~~~~~~~~│~~~~~~~~~~~~~~~~~~~~~
        ~~~~~~~0┤~~~~~~~~⠠~~~~~~~~~~~~
        ~~~~~~~~│░░░░░░░░░░░░░░░░~~~~~
        ~~~~~~~~│░░░░░░░░░░░░░░░░~~~~~
        ~~~~~~~~│░░░░░░░░░░░░░░░░~~~~~
        ~~~~~~−1┤░░░░░░░░░░░░░░░⠶~~~~~
        ~~~~~~~~└┬───────┬──────┬~~~~~
        ~~~~~~~~~−1~~~~~~0~~~~~~1~~~~~
        """)
    #expect(
      Charts.picture(Charts.scatter, 8, 4, .ascii, colours: .monochrome) == """
        .~~~~~~~
        ~~~~.~~~
        ::::::::
        :::::::o
        """)
  }

  @Test("With colours the field is shades from the top row of the grid down, and points stand on it")
  func field() {
    let frame = Charts.frame(Charts.scatter, 8, 4, .block)
    let (black, white) = (Colour.rgb(red: 0, green: 0, blue: 0), Colour.rgb(red: 255, green: 255, blue: 255))
    #expect(frame[x: 3, y: 0].style.background == black)
    #expect(frame[x: 3, y: 3].style.background == white)
    #expect(frame[x: 7, y: 3] == Cell("•", style: fake(on: white)))
    #expect(
      frame[x: 0, y: 0] == Cell("·", style: Style(foreground: Charts.palette()[.text].foreground, background: black)))
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
