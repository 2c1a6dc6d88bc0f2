import TerminalUI
import Testing

@Suite("TOML")
struct TOMLTests {
  @Test("Values keep their kinds and lines")
  func values() throws {
    let text = """
      # a comment
      name = "a \\"b\\" \\u00e9" # another
      "quoted key" = 'C:\\raw'
      [numbers]
      big = 1_000
      less = -3
      half = 0.5
      tiny = 1e-3
      on = true
      list = [ "x", # in between
        2,
      ]
      look = { fg = "#fff", mods = ["bold"] }
      """
    let tables = try TOML.tables(of: text, file: "x.toml")
    #expect(tables.map(\.name) == ["", "numbers"])
    #expect(tables.map(\.line) == [1, 4])
    #expect(
      tables[0].entries == [
        TOMLEntry(key: "name", value: .string("a \"b\" é"), line: 2),
        TOMLEntry(key: "quoted key", value: .string("C:\\raw"), line: 3),
      ])
    #expect(
      tables[1].entries == [
        TOMLEntry(key: "big", value: .integer(1000), line: 5),
        TOMLEntry(key: "less", value: .integer(-3), line: 6),
        TOMLEntry(key: "half", value: .number(0.5), line: 7),
        TOMLEntry(key: "tiny", value: .number(0.001), line: 8),
        TOMLEntry(key: "on", value: .boolean(true), line: 9),
        TOMLEntry(key: "list", value: .array([.string("x"), .integer(2)]), line: 10),
        TOMLEntry(
          key: "look",
          value: .table([
            TOMLEntry(key: "fg", value: .string("#fff"), line: 13),
            TOMLEntry(key: "mods", value: .array([.string("bold")]), line: 13),
          ]), line: 13),
      ])
  }

  @Test(
    "Mistakes are named with their line and what was expected",
    arguments: [
      ("a = 1\nb", 2, "expected = after the key “b”"),
      ("a = \"open\nb = 1", 1, "the string does not end"),
      ("a = #fff", 1, "a colour stands in quotes"),
      ("a = 1 b = 2", 1, "expected the end of the line, found “b”"),
      ("[ui\nx = 1", 1, "expected ] after the name of the table"),
      ("a = 1\n\na = 2", 3, "already, on line 1"),
      ("[ui]\n[ui]", 2, "the table [ui] is there already"),
      ("a = [1 2]", 1, "separated by commas"),
      ("a = { b = 1", 1, "expected }"),
      ("a = \"\\x\"", 1, "unknown escape"),
      ("a = 2026-01-01", 1, "expected a \"string\""),
      ("= 1", 1, "expected a key"),
      ("a = " + String(repeating: "[", count: 500_000), 1, "expected at most 16 arrays and tables"),
      ("a = " + String(repeating: "{b=[", count: 9), 1, "expected at most 16 arrays and tables"),
      ("a =", 1, "expected a \"string\""),
    ])
  func mistakes(text: String, line: Int, message: String) throws {
    let problem = try #require(throws: FileProblem.self) { try TOML.tables(of: text, file: "bad.toml") }
    #expect(problem.line == line)
    #expect(problem.message.contains(message), "\(problem)")
    #expect(problem.description.hasPrefix("bad.toml:\(line): "))
  }

  @Test("Numbers that are none are mistakes", arguments: ["1.2.3", "inf", "nan", "0x1p3", "1e999", ".", "-"])
  func numbers(text: String) {
    #expect(throws: FileProblem.self) { try TOML.tables(of: "a = \(text)", file: "bad.toml") }
  }

  @Test("Arrays within arrays are read as deep as anybody writes them")
  func nested() throws {
    let text = "a = " + String(repeating: "[", count: 16) + String(repeating: "]", count: 16)
    #expect(try TOML.tables(of: text, file: "deep.toml")[0].entries.count == 1)
  }

  @Test("No cut of a file crashes the reader")
  func cuts() {
    let text = Array(Theme.bundledSources[0].text.prefix(1200).unicodeScalars)
    for length in 0...text.count {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text[..<length])
      _ = try? TOML.tables(of: String(view), file: "cut.toml")
    }
  }
}
