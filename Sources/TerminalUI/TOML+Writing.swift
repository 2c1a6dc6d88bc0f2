// Settings on their way back into a file: only the values that change are touched. Comments, blanks, keys that mean
// nothing here and their order are the person's, and stay.

extension TOML {
  /// The text with these values for keys that stand before the first table. A key that is there gets its value in place;
  /// any other gets a line, beneath the one where it is commented out if there is one.
  package static func setting(
    _ values: [(key: String, value: TOMLValue)], in text: String, file: String
  ) throws(FileProblem) -> String {
    let isOpen = text.unicodeScalars.last.map { $0 != "\n" } ?? false
    var reader = TOMLReader(text: text + (isOpen ? "\n" : ""), file: file)
    _ = try reader.tables()
    var edits: [(place: Range<Int>, text: String)] = []
    for (key, value) in values {
      if let place = reader.places[key] {
        edits.append((place, value.text))
      } else {
        let place = reader.placeOfNewLine(for: key)
        edits.append((place..<place, "\(key) = \(value.text)\n"))
      }
    }
    var scalars = String.UnicodeScalarView()
    var position = 0
    // Stable: of lines at the same place, the first one stays the first.
    for edit in edits.enumerated().sorted(by: {
      ($0.element.place.lowerBound, $0.offset) < ($1.element.place.lowerBound, $1.offset)
    }).map(\.element) {
      scalars.append(contentsOf: reader.scalars[position..<edit.place.lowerBound])
      scalars.append(contentsOf: edit.text.unicodeScalars)
      position = edit.place.upperBound
    }
    scalars.append(contentsOf: reader.scalars[position...])
    let edited = String(scalars)
    // The reader does without the line ends of Windows; the file does not have to.
    return text.contains("\r\n") ? edited.replacing("\n", with: "\r\n") : edited
  }
}

extension TOMLReader {
  /// After the line where the key is commented out, else after the last value before the first table, else before that.
  fileprivate func placeOfNewLine(for key: String) -> Int {
    let end = firstTable ?? scalars.count
    var start = 0
    while start < end {
      let next = endOfLine(from: start)
      // Within a string or an array over several lines nothing is commented out.
      if let value = values.first(where: { $0.contains(start) }) {
        start = endOfLine(from: value.upperBound)
        continue
      }
      let line = String(String.UnicodeScalarView(scalars[start..<next])).filter { $0 != " " && $0 != "\t" }
      if line.hasPrefix("#\(key)=") { return min(next, end) }
      start = next
    }
    guard let last = values.last?.upperBound else { return end }
    return min(endOfLine(from: last), end)
  }

  /// The place after the end of a line.
  private func endOfLine(from place: Int) -> Int {
    (scalars[place...].firstIndex(of: "\n") ?? scalars.count - 1) + 1
  }
}

extension TOMLValue {
  /// As a file has it.
  package var text: String {
    switch self {
    case .string(let text): text.quotedForTOML
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .boolean(let flag): String(flag)
    case .date(let text): text
    case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .table(let entries):
      "{ " + entries.map { "\($0.key.quotedForTOML) = \($0.value.text)" }.joined(separator: ", ") + " }"
    }
  }
}

extension String {
  /// The text as a basic string, quotes included.
  fileprivate var quotedForTOML: String { quoted(hiding: { $0 < " " || ("\u{7F}"..<"\u{A0}").contains($0) }) }
}
