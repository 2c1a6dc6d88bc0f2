import TerminalUI
import Testing

@Suite("Recordings")
struct CastTests {
  private func frame(_ text: String, _ style: Style = .plain) -> Frame {
    var frame = Frame(size: Size(width: text.count, height: 2))
    frame.write(text, x: 0, y: 0, style: style, within: frame.bounds)
    return frame
  }

  @Test("First the header and the whole frame, then what has changed, at its time")
  func two() {
    var cast = Cast(.two, title: "a \"D\"")
    let first = cast.lines(for: frame("abcdefgh"), at: .milliseconds(5))
    #expect(
      first == """
        {"version":2,"width":8,"height":2,"title":"a \\"D\\""}
        [0.005000,"o","\\u001b[?25l\\u001b[0m\\u001b[2J\\u001b[1;1Habcdefgh\\u001b[2;1H        "]

        """)
    let red = Style(foreground: .ansi(1))
    #expect(cast.lines(for: frame("abcdefgh"), at: .seconds(1)) == "")
    #expect(
      cast.lines(for: frame("abcdefgh", red), at: .seconds(61))
        == "[61.000000,\"o\",\"\\u001b[1;1H\\u001b[31mabcdefgh\\u001b[0m\"]\n")
    #expect(cast.end(at: .seconds(62)) == "[62.000000,\"o\",\"\\u001b[2;1H\\u001b[?25h\"]\n")
  }

  @Test("Version 3 says how long after the line before")
  func three() {
    var cast = Cast(.three, title: "D")
    let lines = [1_000_000, 1_500_000, 4_000_000].enumerated().map { index, time in
      cast.lines(for: frame("frame \(index)"), at: .microseconds(time))
    }
    #expect(lines[0].hasPrefix("{\"version\":3,\"term\":{\"cols\":7,\"rows\":2},\"title\":\"D\"}\n[1.000000,"))
    #expect(lines[1].hasPrefix("[0.500000,") && lines[2].hasPrefix("[2.500000,"))
  }

  @Test("A new size is said, and everything is drawn anew")
  func resized() {
    var cast = Cast(.two, title: "")
    _ = cast.lines(for: frame("abc"), at: .zero)
    let lines = cast.lines(for: frame("abcd"), at: .seconds(1)).split(separator: "\n")
    #expect(lines[0] == "[1.000000,\"r\",\"4x2\"]")
    #expect(lines[1].contains("[2J") && lines[1].contains("abcd"))
  }
}
