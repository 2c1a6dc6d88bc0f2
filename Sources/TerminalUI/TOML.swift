// TOML 1.0 (toml.io/en/v1.0.0), as themes and settings are written in it. Every value remembers its line, so that a complaint
// can name it. `TOMLTree.swift` says which tables and keys may stand beside one another, `TOML+Scalars.swift` reads numbers,
// dates and strings, and `TOML+Writing.swift` changes values in a file that somebody has written by hand.

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
  /// With a decimal point or an exponent, and then finite; or `inf` or `nan`.
  case number(Double)
  case boolean(Bool)
  /// A date, a time, or both, as it is written.
  case date(String)
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

/// A table that stands in no other, however it is written: `[ui]`, `ui.text = …` or `ui = { … }`. Keys that stand in none are
/// in a table of empty name.
package struct TOMLTable: Hashable, Sendable {
  package var name: String
  package var line: Int
  package var entries: [TOMLEntry]
}

package enum TOML {
  /// The tables of a file in their order; tables within them are values. Keys and tables that come twice are errors.
  package static func tables(of text: String, file: String) throws(FileProblem) -> [TOMLTable] {
    var reader = TOMLReader(text: text, file: file)
    return try reader.tables()
  }
}

/// Walks over the scalars of a file once.
struct TOMLReader {
  let scalars: [Unicode.Scalar]
  /// Where the values of plain keys before the first header stand among the scalars.
  private(set) var places: [String: Range<Int>] = [:]
  /// Where all values before the first header stand.
  private(set) var values: [Range<Int>] = []
  /// Where the first header begins.
  private(set) var firstTable: Int?
  let file: String
  var position = 0
  private var line = 1
  /// Arrays and inline tables around what is being read.
  private var depth = 0

  /// Arrays and tables within one another: far more than anybody writes, and far less than the stack has room for.
  private static let deepest = 256

  init(text: String, file: String) {
    // Line ends of Windows are line ends, too.
    scalars = text.unicodeScalars.filter { $0 != "\r" }
    self.file = file
    // So is the mark that editors there put first no part of the text.
    if scalars.first == "\u{FEFF}" { position = 1 }
  }

  var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  mutating func advance(_ count: Int = 1) {
    for _ in 0..<count {
      if current == "\n" { line += 1 }
      position += 1
    }
  }

  func problem(_ message: String, key: String? = nil, line: Int? = nil) -> FileProblem {
    FileProblem(file: file, line: line ?? self.line, key: key, message: message)
  }

  // MARK: Lines

  mutating func tables() throws(FileProblem) -> [TOMLTable] {
    var tree = TOMLTree()
    while true {
      skipBlank(lines: true)
      guard let scalar = current else { return tree.topTables }
      if scalar == "[" {
        firstTable = firstTable ?? position
        try readHeader(into: &tree)
      } else {
        let (path, place) = try readEntry(into: &tree)
        if firstTable == nil {
          values.append(place)
          if path.count == 1 { places[path[0]] = place }
        }
      }
      skipBlank(lines: false)
      guard current == nil || current == "\n" else {
        throw problem("expected the end of the line, found “\(shownCurrent)”")
      }
    }
  }

  /// `[table]`, or `[[table]]` for one more in a list of tables.
  private mutating func readHeader(into tree: inout TOMLTree) throws(FileProblem) {
    advance()
    let isList = current == "["
    if isList { advance() }
    skipSpaces()
    let path = try path()
    let example = isList ? "as in [[ui]]" : "as in [ui]"
    try expect("]", after: "the name of the table, \(example)")
    if isList { try expect("]", after: "the name of the table, \(example)") }
    do throws(TOMLTree.Clash) {
      try tree.open(path, line: line, isList: isList)
    } catch {
      throw problem(error.words(forTable: path))
    }
  }

  /// A key with its value, and where the value stands.
  private mutating func readEntry(
    into tree: inout TOMLTree
  ) throws(FileProblem) -> (path: [String], place: Range<Int>) {
    let start = line
    let path = try path()
    let key = path.joined(separator: ".")
    try expect("=", after: "the key “\(key)”, as in \(key) = \"…\"")
    skipSpaces()
    let begin = position
    let value = try value(of: key)
    do throws(TOMLTree.Clash) {
      try tree.set(path, to: value, line: start)
    } catch {
      throw problem(error.wordsForKey, key: key, line: start)
    }
    return (path, begin..<position)
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

  func isSpace(_ scalar: Unicode.Scalar?) -> Bool { scalar == " " || scalar == "\t" }

  private mutating func skipSpaces() {
    while isSpace(current) { advance() }
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

  /// `a`, or `a.b.c` for a key within tables; with the blanks that follow.
  private mutating func path() throws(FileProblem) -> [String] {
    var path: [String] = []
    while true {
      path.append(try key())
      guard path.count <= Self.deepest else {
        throw problem("expected at most \(Self.deepest) arrays and tables within one another")
      }
      skipSpaces()
      guard current == "." else { return path }
      advance()
      skipSpaces()
    }
  }

  private mutating func key() throws(FileProblem) -> String {
    if current == "\"" || current == "'" { return try lineString() }
    let key = word(with: "_-")
    guard !key.isEmpty else {
      throw problem("expected a key of letters, digits, _ and -; found “\(shownCurrent)”")
    }
    return key
  }

  /// As many letters and digits of ASCII, and others, as follow.
  mutating func word(with others: String) -> String {
    var word = String.UnicodeScalarView()
    while let scalar = current, scalar.isASCII,
      Character(scalar).isLetter || Character(scalar).isNumber || others.unicodeScalars.contains(scalar)
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
    default: return try scalarValue(of: key)
    }
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
    var tree = TOMLTree()
    skipBlank(lines: false)
    while current != "}" {
      _ = try readEntry(into: &tree)
      skipBlank(lines: false)
      guard current == "," else { break }
      advance()
      skipBlank(lines: false)
    }
    try expect("}", after: "the values of “\(key)”, separated by commas")
    return tree.entries
  }
}
