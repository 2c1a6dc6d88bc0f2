import TerminalUI
import TestSupport
import Testing

@Suite("Frames for browsers")
struct MarkupTests {
  private let page = Page(ink: RGB(200, 200, 200), paper: RGB(16, 16, 16))

  /// The tags and the text of a document, if every tag that is opened is closed and nothing else is amiss.
  private struct Document {
    var tags: [String] = []
    var text = ""

    init(_ source: String) throws {
      var open: [Substring] = []
      var rest = source[...]
      while let start = rest.firstIndex(of: "<") {
        text += rest[..<start]
        let end = try #require(rest[start...].firstIndex(of: ">"))
        let tag = rest[rest.index(after: start)..<end]
        rest = rest[rest.index(after: end)...]
        tags.append(String(tag))
        #expect(tag.count { $0 == "\"" } % 2 == 0 && !tag.contains("<"))
        if tag.hasPrefix("/") {
          #expect(open.popLast() == tag.dropFirst())
        } else if !tag.hasSuffix("/"), !tag.hasPrefix("?"), !tag.hasPrefix("!") {
          open.append(tag.prefix { $0 != " " })
        }
      }
      text += rest
      #expect(open == [])
      for (escape, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        text = text.split(separator: escape, omittingEmptySubsequences: false).joined(separator: character)
      }
    }
  }

  private func rows(_ frame: Frame) -> [String] {
    (0..<frame.size.height).map { y in frame.row(y).map { String(Character($0.glyph)) }.joined() }
  }

  private static let sizes = [Size(width: 0, height: 0), Size(width: 1, height: 1), Size(width: 31, height: 9)]

  @Test("Both are well-formed and hold every character, at any size", arguments: sizes)
  func whole(size: Size) throws {
    var random = SplitMix(state: 3)
    var frame = Frame.random(size, using: &random)
    frame[x: 0, y: 0].glyph = "<"
    frame[x: 1, y: 0].glyph = "&"
    frame[x: 2, y: 0].glyph = "\""
    let rows = rows(frame)
    let html = try Document(frame.html(on: page, title: "D < G & \"z\""))
    #expect(html.text.contains(rows.map { $0 + "\n" }.joined()))
    let svg = try Document(frame.svg(on: page, title: "D < G & \"z\""))
    #expect(svg.text.contains("D < G & \"z\""))
    for row in rows { #expect(svg.text.contains(row + "\n")) }
    #expect(svg.tags.contains { $0.hasPrefix("svg ") && $0.contains("viewBox=\"0 0 \(size.width * 80) ") })
  }

  @Test("What no document may hold is replaced")
  func control() throws {
    let frame = Frame(size: Size(width: 1, height: 1), filledWith: Cell("\u{1B}"))
    for text in [frame.svg(on: page, title: "\u{7}"), frame.html(on: page, title: "\u{7}")] {
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 })
      #expect(text.contains("\u{FFFD}"))
    }
  }

  @Test("Colours are the cell's, or the page's where the terminal's own are meant; attributes are kept")
  func colours() throws {
    func cell(_ style: Style) -> Frame { Frame(size: Size(width: 1, height: 1), filledWith: Cell("D", style: style)) }
    let red = Style(foreground: .rgb(red: 255, green: 0, blue: 0), background: .ansi(0))
    let cases: [(Style, ink: String, paper: String)] = [
      (.plain, "#c8c8c8", "#101010"), (red, "#ff0000", "#000000"),
      (Style(foreground: .indexed(21), attributes: .reverse), "#101010", "#0000ff"),
      (Style(foreground: .rgb(red: 116, green: 16, blue: 16), attributes: .dim), "#4c1010", "#101010"),
    ]
    for (style, ink, paper) in cases {
      #expect(cell(style).html(on: page, title: "").contains("color:\(ink);background:\(paper)\">D"))
      let svg = cell(style).svg(on: page, title: "")
      #expect(svg.contains("fill=\"\(ink)\">D") && svg.contains("height=\"152\" fill=\"\(paper)\"/>"))
    }
    let bold = cell(Style(attributes: [.bold, .underline]))
    #expect(bold.html(on: page, title: "").contains(";font-weight:bold;text-decoration:underline\">D"))
    #expect(bold.svg(on: page, title: "").contains("font-weight=\"bold\" text-decoration=\"underline\">D"))
  }

  @Test(
    "Blocks and braille are drawn, and their characters stand there invisibly",
    arguments: [
      ("▀" as Unicode.Scalar, "M0 0h80v76h-80z"), ("▂", "M0 114h80v38h-80z"), ("▌", "M0 0h40v152h-40z"),
      ("▞", "M40 0h40v76h-40zM0 76h40v76h-40z"), ("⢁", "M20 19h0M60 133h0"),
    ])
  func drawn(glyph: Unicode.Scalar, path: String) {
    let svg = Frame(size: Size(width: 1, height: 1), filledWith: Cell(glyph)).svg(on: page, title: "")
    #expect(svg.contains("<path d=\"\(path)\""), "\(svg)")
    #expect(svg.contains("fill-opacity=\"0\">\(glyph)<"))
  }
}
