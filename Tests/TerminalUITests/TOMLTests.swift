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
      ("a = 2026-02-30", 1, "expected a \"string\", a number, a date"),
      ("a.b = 1\na.b.c = 2", 2, "already, on line 1"),
      ("[a.b]\nc = 1\n[a]\nb.d = 1", 4, "there is a table of that name already, on line 1"),
      ("a.b = 1\n[a]", 2, "the table [a] is there already"),
      ("a = { b = 1 }\n[a.c]", 2, "[a.c] cannot be a table: a key has that name or a part of it, on line 1"),
      ("a = [1]\n[[a]]", 2, "[a] cannot be a table"),
      ("[[a]]\n[a]", 2, "a list of tables already, on line 1: expected [[a]]"),
      ("[[a]\nb = 1", 1, "as in [[ui]]"),
      ("a = \"\"\"open\n\nb = 1", 1, "expected a closing \"\"\""),
      ("a = \"\\u12\"", 1, "unknown escape"),
      ("= 1", 1, "expected a key"),
      ("a = " + String(repeating: "[", count: 500_000), 1, "expected at most 256 arrays and tables"),
      ("a = " + String(repeating: "{b=[", count: 129), 1, "expected at most 256 arrays and tables"),
      ("a" + String(repeating: ".a", count: 100_000) + " = 1", 1, "expected at most 256 arrays and tables"),
      ("a =", 1, "expected a \"string\""),
    ])
  func mistakes(text: String, line: Int, message: String) throws {
    let problem = try #require(throws: FileProblem.self) { try TOML.tables(of: text, file: "bad.toml") }
    #expect(problem.line == line)
    #expect(problem.message.contains(message), "\(problem)")
    #expect(problem.description.hasPrefix("bad.toml:\(line): "))
  }

  @Test(
    "Numbers and dates that are none are mistakes",
    arguments: [
      "1.2.3", "Inf", "NaN", "+-1", "0x1p3", "-0x1", "0xG", "0b2", "0o8", "0X1", "1e999", ".", "-", "1.", ".5", "007",
      "1__0", "_1", "1_", "1e", "1._5", "9223372036854775808", "1979-13-01", "1979-05-27T", "24:00:00", "07:32",
      "1979-05-27T07:32:00+25:00",
    ])
  func noNumbers(text: String) {
    #expect(throws: FileProblem.self) { try TOML.tables(of: "a = \(text)", file: "bad.toml") }
  }

  @Test("Arrays within arrays are read as deep as anybody writes them")
  func nested() throws {
    let text = "a = " + String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    #expect(try TOML.tables(of: text, file: "deep.toml")[0].entries.count == 1)
  }

  private func value(_ text: String) throws -> TOMLValue {
    try #require(try TOML.tables(of: "a = \(text)", file: "x.toml")[0].entries.first?.value)
  }

  @Test(
    "Numbers may be written in four bases, with marks between digits, and be infinite",
    arguments: [
      ("0xdead_BEEF", .integer(0xDEAD_BEEF)), ("0o755", .integer(0o755)), ("0b1101_0110", .integer(0b1101_0110)),
      ("+99", .integer(99)), ("-0", .integer(0)), ("5_349_221", .integer(5_349_221)),
      ("-9223372036854775808", .integer(.min)), ("6.626e-34", .number(6.626e-34)), ("1e06", .number(1e6)),
      ("-2E-2", .number(-0.02)), ("224_617.445_991", .number(224_617.445_991)), ("inf", .number(.infinity)),
      ("-inf", .number(-.infinity)),
    ] as [(String, TOMLValue)])
  func numbers(text: String, value: TOMLValue) throws {
    #expect(try self.value(text) == value)
  }

  @Test("What is not a number is read as such", arguments: ["nan", "+nan", "-nan"])
  func notANumber(text: String) throws {
    guard case .number(let number) = try value(text) else {
      Issue.record("\(text) has another kind")
      return
    }
    #expect(number.isNaN)
  }

  @Test(
    "Dates and times are read as they are written",
    arguments: [
      "1979-05-27T07:32:00Z", "1979-05-27T00:32:00.999999-07:00", "1979-05-27 07:32:00z", "1979-05-27t07:32:00",
      "2024-02-29", "07:32:00", "00:32:00.999999",
    ])
  func dates(text: String) throws {
    #expect(try value(text) == .date(text))
    #expect(try value("[\(text), 1]") == .array([.date(text), .integer(1)]))
  }

  @Test(
    "Strings may go over lines, and have every escape",
    arguments: [
      (#""\b\t\n\f\r\"\\\u00E9\U0001F600""#, "\u{8}\t\n\u{C}\r\"\\é😀"),
      ("\"\"\"\nRoses\nViolets\"\"\"", "Roses\nViolets"), ("\"\"\"a\r\nb\"\"\"", "a\nb"),
      ("\"\"\"The quick \\\n\n   \t fox \\  \n  jumps\"\"\"", "The quick fox jumps"),
      ("\"\"\"\"two\": \"\". Three: \"\"\\\". End\"\"\"\"\"", "\"two\": \"\". Three: \"\"\". End\"\""),
      ("\"\"\"\"\"\"", ""), ("''''''", ""), ("'''\nI [dw]on't \\ need''' # a comment", "I [dw]on't \\ need"),
      ("''''That,' she said.'''''", "'That,' she said.''"),
    ])
  func strings(text: String, value: String) throws {
    #expect(try self.value(text) == .string(value))
  }

  @Test(
    "However a table is written, it is the same",
    arguments: [
      "[ui]\ntext.fg = 'red'\ntext.\"bg\" = 'blue'\nfocus = 1\n",
      "ui.text = { fg = 'red', bg = 'blue' }\nui.focus = 1",
      "ui = { text.fg = 'red', text . bg = 'blue', focus = 1 }",
      "[ui.text]\nfg = 'red'\nbg = 'blue'\n[ui]\nfocus = 1",
      "[ ui . 'text' ]\nfg = 'red'\nbg = 'blue'\n[ui]\nfocus = 1",
    ])
  func tables(form: String) throws {
    let tables = try TOML.tables(of: form, file: "x.toml")
    #expect(tables.map(\.name) == ["", "ui"] && tables[0].entries.isEmpty)
    let colours = TOMLValue.table([
      TOMLEntry(key: "fg", value: .string("red"), line: 0), TOMLEntry(key: "bg", value: .string("blue"), line: 0),
    ])
    #expect(
      withoutLines(tables[1].entries) == [
        TOMLEntry(key: "text", value: colours, line: 0), TOMLEntry(key: "focus", value: .integer(1), line: 0),
      ])
  }

  private func withoutLines(_ entries: [TOMLEntry]) -> [TOMLEntry] {
    entries.map { entry in
      guard case .table(let inner) = entry.value else { return TOMLEntry(key: entry.key, value: entry.value, line: 0) }
      return TOMLEntry(key: entry.key, value: .table(withoutLines(inner)), line: 0)
    }
  }

  @Test("Tables in a list are values of their key, and may have tables of their own; lines are those of keys")
  func lists() throws {
    let text = "[[fruit]]\nname = 'apple'\n[fruit.taste]\nsweet = true\n[[fruit]]\n[a.b]\n[a]\n"
    let tables = try TOML.tables(of: text, file: "x.toml")
    #expect(tables.map(\.name) == ["", "a"] && tables[1].line == 7)
    let taste = TOMLEntry(key: "sweet", value: .boolean(true), line: 4)
    let apple = TOMLValue.table([
      TOMLEntry(key: "name", value: .string("apple"), line: 2),
      TOMLEntry(key: "taste", value: .table([taste]), line: 3),
    ])
    #expect(tables[0].entries == [TOMLEntry(key: "fruit", value: .array([apple, .table([])]), line: 1)])
  }

  @Test("A mark at the beginning, as editors on Windows leave it, is no part of the text")
  func byteOrderMark() throws {
    #expect(try TOML.tables(of: "\u{FEFF}a = 1\r\n", file: "x.toml")[0].entries.map(\.key) == ["a"])
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
