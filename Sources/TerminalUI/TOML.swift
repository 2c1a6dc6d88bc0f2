// A reader for the part of TOML 1.0 that hand-written settings use: comments, tables, bare and quoted keys, strings,
// numbers, booleans, arrays and inline tables. Every value remembers its line, so that a complaint can name it.
// Dates, multi-line strings, dotted keys and arrays of tables are not read; neither themes nor settings have a use for
// them. `TOML+Writing.swift` changes values in a file that somebody has written by hand.

/// What is wrong in a file that a person wrote: where, at which key, and what was expected there.
package struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the file as the person gave it.
  package var file: String
  /// From 1; 0 when the file as a whole is meant.
  package var line: Int
  /// The key that is meant, such as `ui.text`.
  package var key: String?
  package var message: String

  package init(file: String, line: Int, key: String? = nil, message: String) {
    self.file = file
    self.line = line
    self.key = key
    self.message = message
  }

  package var description: String {
    let place = line > 0 ? "\(file):\(line)" : file
    return "\(place): \(key.map { "\($0): " } ?? "")\(message)"
  }
}

package enum TOMLValue: Hashable, Sendable {
  case string(String)
  case integer(Int)
  /// With a decimal point or an exponent; finite.
  case number(Double)
  case boolean(Bool)
  case array([TOMLValue])
  case table([TOMLEntry])
}

/// A key with its value and the line where it stands.
package struct TOMLEntry: Hashable, Sendable {
  package var key: String
  package var value: TOMLValue
  package var line: Int

  package init(key: String, value: TOMLValue, line: Int) {
    self.key = key
    self.value = value
    self.line = line
  }
}

/// A `[table]` with its entries; the ones before any header are in a table of empty name.
package struct TOMLTable: Hashable, Sendable {
  package var name: String
  package var line: Int
  package var entries: [TOMLEntry]
}

package enum TOML {
  /// The tables of a file in their order. Keys and tables that come twice are errors.
  package static func tables(of text: String, file: String) throws(FileProblem) -> [TOMLTable] {
    var reader = TOMLReader(text: text, file: file)
    return try reader.tables()
  }
}

/// Walks over the scalars of a file once.
struct TOMLReader {
  let scalars: [Unicode.Scalar]
  /// Where the values of the keys before the first table stand among the scalars.
  private(set) var places: [String: Range<Int>] = [:]
  /// Where the first table begins.
  private(set) var firstTable: Int?
  private let file: String
  private var position = 0
  private var line = 1
  /// Arrays and inline tables around what is being read.
  private var depth = 0

  /// Arrays and tables within one another: far more than a setting needs, and far less than the stack has room for.
  private static let deepest = 16

  init(text: String, file: String) {
    // Line ends of Windows are line ends, too.
    scalars = text.unicodeScalars.filter { $0 != "\r" }
    self.file = file
  }

  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func advance() {
    if current == "\n" { line += 1 }
    position += 1
  }

  private func problem(_ message: String, key: String? = nil) -> FileProblem {
    FileProblem(file: file, line: line, key: key, message: message)
  }

  // MARK: Lines

  mutating func tables() throws(FileProblem) -> [TOMLTable] {
    var tables = [TOMLTable(name: "", line: 1, entries: [])]
    while true {
      skipBlank(lines: true)
      guard let scalar = current else { return tables }
      if scalar == "[" {
        firstTable = firstTable ?? position
        let table = try header()
        if tables.contains(where: { $0.name == table.name }) {
          throw problem("the table [\(table.name)] is there already; join the two")
        }
        tables.append(table)
      } else {
        let (entry, place) = try entry()
        try append(entry, to: &tables[tables.count - 1].entries)
        if tables.count == 1 { places[entry.key] = place }
      }
      skipBlank(lines: false)
      guard current == nil || current == "\n" else {
        throw problem("expected the end of the line, found “\(shownCurrent)”")
      }
    }
  }

  private mutating func header() throws(FileProblem) -> TOMLTable {
    let start = line
    advance()
    skipBlank(lines: false)
    let name = try key()
    skipBlank(lines: false)
    try expect("]", after: "the name of the table, as in [ui]")
    return TOMLTable(name: name, line: start, entries: [])
  }

  /// A key with its value, and where the value stands.
  private mutating func entry() throws(FileProblem) -> (entry: TOMLEntry, place: Range<Int>) {
    let start = line
    let key = try key()
    skipBlank(lines: false)
    try expect("=", after: "the key “\(key)”, as in \(key) = \"…\"")
    while current == " " || current == "\t" { advance() }
    let begin = position
    let entry = TOMLEntry(key: key, value: try value(of: key), line: start)
    return (entry, begin..<position)
  }

  private func append(_ entry: TOMLEntry, to entries: inout [TOMLEntry]) throws(FileProblem) {
    if let first = entries.first(where: { $0.key == entry.key }) {
      let message = "the key is there already, on line \(first.line)"
      throw FileProblem(file: file, line: entry.line, key: entry.key, message: message)
    }
    entries.append(entry)
  }

  /// Skips blanks and a comment; with `lines`, also the ends of lines.
  private mutating func skipBlank(lines: Bool) {
    while let scalar = current {
      if scalar == "#" {
        while let scalar = current, scalar != "\n" { advance() }
      } else if scalar == " " || scalar == "\t" || (lines && scalar == "\n") {
        advance()
      } else {
        return
      }
    }
  }

  private mutating func expect(_ scalar: Unicode.Scalar, after what: String) throws(FileProblem) {
    guard current == scalar else { throw problem("expected \(scalar) after \(what); found “\(shownCurrent)”") }
    advance()
  }

  private var shownCurrent: String {
    switch current {
    case nil: "end of file"
    case "\n": "end of line"
    case let scalar?: String(Character(scalar.shown))
    }
  }

  // MARK: Keys and values

  private mutating func key() throws(FileProblem) -> String {
    if current == "\"" || current == "'" { return try string() }
    let key = word()
    guard !key.isEmpty else {
      throw problem("expected a key of letters, digits, _ and -; found “\(shownCurrent)”")
    }
    return key
  }

  /// As many letters, digits, `_`, `-` and `+` as follow.
  private mutating func word(with others: String.UnicodeScalarView = "_-".unicodeScalars) -> String {
    var word = String.UnicodeScalarView()
    while let scalar = current, scalar.isASCII,
      scalar.properties.isAlphabetic || "0123456789".unicodeScalars.contains(scalar) || others.contains(scalar)
    {
      word.append(scalar)
      advance()
    }
    return String(word)
  }

  private mutating func value(of key: String) throws(FileProblem) -> TOMLValue {
    if current == "[" || current == "{" {
      guard depth < Self.deepest else {
        throw problem("expected at most \(Self.deepest) arrays and tables within one another", key: key)
      }
    }
    depth += 1
    defer { depth -= 1 }
    switch current {
    case "\"", "'": return .string(try string())
    case "[": return .array(try array(of: key))
    case "{": return .table(try inlineTable(of: key))
    default:
      let hint = current == "#" ? "; a colour stands in quotes: \"#rrggbb\"" : ""
      let word = word(with: "_-+.".unicodeScalars)
      if word == "true" || word == "false" { return .boolean(word == "true") }
      let digits = word.filter { $0 != "_" }
      if let number = Int(digits) { return .integer(number) }
      if digits.allSatisfy("0123456789+-.eE".contains), let number = Double(digits), number.isFinite {
        return .number(number)
      }
      throw problem("expected a \"string\", a number, true, false, [ … ] or { … }\(hint)", key: key)
    }
  }

  private mutating func string() throws(FileProblem) -> String {
    let quote = current
    advance()
    var text = String.UnicodeScalarView()
    while let scalar = current, scalar != "\n" {
      advance()
      if scalar == quote { return String(text) }
      text.append(scalar == "\\" && quote == "\"" ? try escaped() : scalar)
    }
    throw problem("the string does not end; expected a closing \(quote.map { String(Character($0)) } ?? "\"")")
  }

  private mutating func escaped() throws(FileProblem) -> Unicode.Scalar {
    let escape = current
    if escape != nil { advance() }
    switch escape {
    case "\"", "\\": return escape ?? "\\"
    case "n": return "\n"
    case "t": return "\t"
    case "u", "U":
      var digits = ""
      while digits.count < (escape == "u" ? 4 : 8), let scalar = current, scalar.properties.isASCIIHexDigit {
        digits.unicodeScalars.append(scalar)
        advance()
      }
      if let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) { return scalar }
    default: break
    }
    // X stands for a hexadecimal digit, as in TOML's own specification.
    throw problem(
      "unknown escape in a string; known are \\\" \\\\ \\n \\t \\uXXXX \\UXXXXXXXX; 'single quotes' need none")
  }

  private mutating func array(of key: String) throws(FileProblem) -> [TOMLValue] {
    advance()
    var values: [TOMLValue] = []
    while true {
      skipBlank(lines: true)
      if current == "]" { break }
      values.append(try value(of: key))
      skipBlank(lines: true)
      guard current == "," else { break }
      advance()
    }
    try expect("]", after: "the values of “\(key)”, separated by commas")
    return values
  }

  private mutating func inlineTable(of key: String) throws(FileProblem) -> [TOMLEntry] {
    advance()
    var entries: [TOMLEntry] = []
    skipBlank(lines: false)
    while current != "}" {
      try append(entry().entry, to: &entries)
      skipBlank(lines: false)
      guard current == "," else { break }
      advance()
      skipBlank(lines: false)
    }
    try expect("}", after: "the values of “\(key)”, separated by commas")
    return entries
  }
}
