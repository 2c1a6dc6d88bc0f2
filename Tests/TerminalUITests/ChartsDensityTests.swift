import TerminalUI
import Testing

@Suite("Figure 1 as charts")
struct ChartsDensityTests {
  @Test("In braille: p_data filled, p_g an outline, D a heavy line, D* dashed, with a scale on either side")
  func braille() {
    #expect(
      Charts.picture(Charts.density, 40, 10, .braille) == """
        ~~~~~███~p_data~⡏⠉⢹~p_g~⠛⠛⠛~D~⠒⠂~~D*~~~~
        ~~~~│~~~~⠉⠁~⡀~~~~~▄▄▄▄▄~~~~~~⣀⡾⠿⠶⠶⠶⠶├1~~
        ~0.4┤~~~~~~~⠑~~~▁⢀⣀█⢀⣀⣀⣀⣀⣀⣀⣀⣠⠟~~~~~~│~~~
        ~~~~│~~~~~~~⣀⣠⣦⠶⠞⠋⠉⠳⢾⡀███▃~⢠⡏~~~~~~~│~~~
        ~~~~│⠛⠛⠛⠛⠛⠛⠛⠉⠁▆█████⢸⠙⠻⠶⣤⣀⣠⠏⡇~~~~~~~├½~~
        ~0.2┤~~~~~~~⢰⠒⠒⠒⠒⠒⠒⠒⠚████⠉⠁█⡇~~~~~~~│~~~
        ~~~~│~~~~~▂▆⢸███████████████⡇▆▂~~~~~│~~~
        ~~~0┤~~▂▄▇██⢸███████████████⡇██▇▄▂~~├0~~
        ~~~~└┬──────┬───────┬───────┬──────┬~~~~
        ~~~~~0~~~~~~2~~~~~~~4~~~~~~~6~~~~~~8~~~~
        """)
  }

  @Test("The legend names all four curves as soon as there is room for their names", arguments: GlyphSet.allCases)
  func legend(glyphs: GlyphSet) {
    for width in 23...70 {
      let legend = Charts.frame(Charts.density, width, 10, glyphs).lines[0]
      for name in ["p_data", "p_g", "D", "D*"] {
        #expect(
          legend.split { $0 == "~" || $0 == " " }.contains { $0 == name || $0 == name + "(x)" }, "\(width): \(legend)")
      }
    }
  }

  @Test("With 7-bit characters and without colours nothing is lost but fineness")
  func ascii() {
    #expect(
      Charts.picture(Charts.density, 40, 10, .ascii, colours: .monochrome) == """
        ~~~~~:::~p_data~|'|~p_g~---~D~--~~D*~~~~
        ~~~~|~~~~''~~~~~~~:::::~~~~~~.......+1~~
        ~0.4+~~~~~~~'-~~~:::.........'~~~~~~|~~~
        ~~~~|~~~~~~~~~.--''-.::::~~.'~~~~~~~|~~~
        ~~~~|-------''::::::|'-..:.'|~~~~~~~+0.5
        ~0.2+~~~~~~~--------'::::'':|~~~~~~~|~~~
        ~~~~|~~~~~~:|:::::::::::::::|:~~~~~~|~~~
        ~~~0+~~~::::|:::::::::::::::|::::~~~+0~~
        ~~~~++------+-------+-------+------+~~~~
        ~~~~~0~~~~~~2~~~~~~~4~~~~~~~6~~~~~~8~~~~
        """)
  }

  @Test("A small area keeps the curves and the ends of the axis")
  func small() {
    #expect(
      Charts.picture(Charts.density, 16, 4, .block, colours: .monochrome) == """
        ~~▀▀~~▄░▄▄▄▄▄▀▀▀
        ▀▀▀▀▀▀▄▀▀▄▄▀█~~~
        ~~~░█░░░░░░░█~~~
        0~~~~~~~~~5~~~~~
        """)
  }

  @Test("Every curve has the colour of its role, and lines stand on the tint of the area")
  func roles() {
    let frame = Charts.frame(Charts.density, 40, 10, .braille)
    let palette = Charts.palette()
    let discriminator = frame[x: 5, y: 4]
    #expect(discriminator.style.foreground == palette[.discriminatorOutput].foreground)
    #expect(discriminator.style.background == .terminal)
    let outline = frame[x: 14, y: 5]
    #expect(outline.style.foreground == palette[.modelDensity].foreground)
    #expect(outline.style.background == frame[x: 22, y: 5].style.foreground, "the tint of p_data")
    #expect(frame[x: 9, y: 1].style.foreground == palette[.optimum].foreground)
    #expect(frame[x: 37, y: 1].style.foreground == palette[.discriminatorOutput].foreground, "the scale of D")
  }

  @Test("Where D* is undefined there is no mark")
  func undefined() {
    var chart = DensityChart(
      range: 0...1, filled: [], outline: [], discriminator: [], optimum: [.nan, .nan, 0.5, .nan])
    // The third quarter is defined: four columns, of which a dash takes two.
    #expect(Charts.frame(chart, 16, 3, .ascii).lines[1] == "~~~~~~~~--~~~~~~")
    chart.optimum = [.nan, .nan, .nan, .nan]
    #expect(Charts.frame(chart, 16, 3, .ascii).lines == Array(repeating: String(repeating: "~", count: 16), count: 3))
  }

  @Test("A collapsed generator is cut at the top, and marked, so that p_data stays in sight")
  func collapsed() {
    var chart = Charts.density
    chart.outline = [0, 0, 0, 8, 0, 0, 0, 0]
    let lines = Charts.frame(chart, 40, 12, .braille).lines
    #expect(lines[1].contains("▲"))
    #expect(lines.contains { $0.contains("1.0┤") }, "twice the peak of p_data, 0.5, is the top")
    #expect(lines.joined().contains("█"))
    #expect(!Charts.picture(Charts.density, 40, 12, .braille).contains("▲"))
  }

  @Test("The plot's columns depend on the area alone, and the map keeps to them", arguments: [10, 23, 24, 40, 120])
  func aligned(width: Int) {
    let plot = DensityChart.plotArea(in: Rect(x: 3, y: 2, width: width, height: 12))
    let straight = LatentMap(points: [.init(z: 0, x: 0), .init(z: 1, x: 1)], xRange: 0...1, zRange: 0...1)
    var frame = Frame(size: Size(width: width + 6, height: 8), filledWith: Cell("~"))
    straight.render(
      into: &frame, area: Rect(x: 3, y: 0, width: width, height: 8), context: Charts.context(.braille))
    let marks = (0..<frame.size.width).filter { frame[x: $0, y: 0].glyph == "▲" }
    #expect(marks == [plot.x, plot.maxX - 1])
  }

  @Test("The map runs from evenly spaced z below to x above")
  func map() {
    #expect(
      Charts.picture(Charts.map, 33, 7, .braille) == """
        ~~~x~───▲▲──▲──▲─▲──▲──▲──▲──~~~~
        ~~~~~~~⢠⠃⡜~~⡸~~⡇~⢸~~⢸~~⢣~~⢣~~~~~~
        ~~~~~~⢀⠇⢰⠁~~⡇~~⡇~⢸~~~⡇~⠘⡄~⠈⡆~~~~~
        ~~~~~~⡎⢀⠇~~⢸~~⢸~~~⡇~~⡇~~⢣~~⠸⡀~~~~
        ~~~~~⡜~⡜~~~⡎~~⢸~~~⡇~~⢸~~⠘⡄~~⢣~~~~
        ~~~z~┴─┴───┴──┴───┴──┴───┴──┴~~~~
        ~~~~~−1~~~~~~~~~~0~~~~~~~~~~1~~~~
        """)
    #expect(
      Charts.picture(Charts.map, 33, 7, .ascii) == """
        ~~~x~---^--------^--------^--~~~~
        ~~~~~~~.'~~~~~~~~|~~~~~~~~|~~~~~~
        ~~~~~~~|~~~~~~~~~|~~~~~~~~~|~~~~~
        ~~~~~~|~~~~~~~~~~|~~~~~~~~~|~~~~~
        ~~~~~-'~~~~~~~~~~|~~~~~~~~~~|~~~~
        ~~~z~+-----------+----------+~~~~
        ~~~~~-1~~~~~~~~~~0~~~~~~~~~~1~~~~
        """)
  }

  @Test("A sample outside of the visible range leaves by the side, without an arrow")
  func outside() {
    let map = LatentMap(points: [.init(z: 0, x: 0.5), .init(z: 1, x: 3)], xRange: 0...1, zRange: 0...1)
    let lines = Charts.frame(map, 16, 5, .ascii).lines
    #expect(lines[0].filter { $0 == "^" }.count == 1)
    #expect(lines[3].last == "." || lines[3].last == "'" || lines[3].last == "-")
  }
}
