import TerminalUI
import Testing

@Suite("TOML that changes")
struct TOMLWritingTests {
  private func edit(_ text: String, _ values: (key: String, value: TOMLValue)...) throws -> String {
    try TOML.setting(values, in: text, file: "x.toml")
  }

  @Test("Only values change; comments, blanks, unknown keys and tables stay")
  func inPlace() throws {
    let text = """
      # mine

      hue   =  3 # unknown
      theme = 'old'   # for the evening
      list = [1,
        2]

      [keys]
      theme = "t"

      """
    let expected = #"""
      # mine

      hue   =  3 # unknown
      theme = "a \"b\" \\ \u001b"   # for the evening
      list = []

      [keys]
      theme = "t"

      """#
    #expect(try edit(text, ("list", .array([])), ("theme", .string("a \"b\" \\ \u{1B}"))) == expected)
  }

  @Test(
    "What is not there comes beneath its comment, else after the last value, always before the first table",
    arguments: [
      ("", "a = 0.5\nb = true\n"), ("# only words", "# only words\na = 0.5\nb = true\n"),
      ("x = 1", "x = 1\na = 0.5\nb = true\n"),
      ("x = 1\n# of keys\n[keys]\ny = 2", "x = 1\na = 0.5\nb = true\n# of keys\n[keys]\ny = 2\n"),
      ("[keys]\n", "a = 0.5\nb = true\n[keys]\n"),
      ("x = '''\n# a = 1\n'''\n[[list]]\n", "x = '''\n# a = 1\n'''\na = 0.5\nb = true\n[[list]]\n"),
      ("x.y = 1\n\n# of keys\n[keys]\ny = 2", "x.y = 1\na = 0.5\nb = true\n\n# of keys\n[keys]\ny = 2\n"),
      ("# that\n#  b = false\n# this\n", "# that\n#  b = false\nb = true\n# this\na = 0.5\n"),
    ])
  func missing(text: String, expected: String) throws {
    #expect(try edit(text, ("a", .number(0.5)), ("b", .boolean(true))) == expected)
  }

  @Test("Line ends of Windows stay")
  func windows() throws {
    let edited = try edit("a = 1\r\nb = 2\r\n", ("a", .integer(5)), ("c", .integer(6)))
    #expect(edited == "a = 5\r\nb = 2\r\nc = 6\r\n")
  }

  @Test("What has been written is read again as it was")
  func roundTrip() throws {
    let values: [TOMLValue] = [
      .string("\u{7}\t\n\"é\u{9B}\u{202E}"), .integer(-3), .number(1e-5), .number(1e300), .boolean(false),
      .array([.string("a"), .array([])]),
    ]
    for value in values {
      let text = try edit("", ("a", value))
      #expect(try TOML.tables(of: text, file: "x")[0].entries == [TOMLEntry(key: "a", value: value, line: 1)])
    }
  }

  @Test("A broken file is not touched")
  func broken() {
    #expect(throws: FileProblem.self) { try edit("a = \n", ("b", .integer(1))) }
  }
}
