// One line of NDJSON, read back: an object whose values may be anything, of which what is no text, number or list of
// numbers is passed over. The parser is Foundation's.

import FoundationEssentials

package struct JSONObject: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case text(String)
    case number(Double)
    /// One that no `Double` can hold exactly, such as a seed.
    case whole(UInt64)
    case numbers([Double])
    /// Truth values, nulls, objects, lists of other things.
    case other
  }

  package private(set) var members: [String: Value]

  /// `nil` for bytes that are no JSON object.
  package init?(_ line: [UInt8]) {
    guard let members = try? JSONDecoder().decode([String: Value].self, from: Data(line)) else { return nil }
    self.members = members
  }

  /// Takes also what is no JSON but what writers of figures write: NaN and Infinity, as Python does. (Foundation knows them
  /// as part of JSON5, but its reader of that ends the process where text is no UTF-8.)
  package init?(lenient line: [UInt8]) {
    if let object = JSONObject(line) {
      self = object
      return
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let quoted = Data(Self.quotingNonNumbers(in: line))
    guard let members = try? decoder.decode([String: Value].self, from: quoted) else { return nil }
    self.members = members
  }

  /// The line with every NaN and Infinity outside of its strings made a string.
  private static func quotingNonNumbers(in line: [UInt8]) -> [UInt8] {
    let names = ["NaN", "Infinity", "-Infinity"].map { Array($0.utf8) }
    let (quote, escape) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    var quoted: [UInt8] = []
    var isInString = false
    var rest = line[...]
    while let byte = rest.first {
      if !isInString, let name = names.first(where: { rest.starts(with: $0) }) {
        quoted += [quote] + name + [quote]
        rest = rest.dropFirst(name.count)
        continue
      }
      // What is escaped, a quotation mark above all, belongs to the string.
      let count = isInString && byte == escape ? 2 : 1
      if byte == quote { isInString.toggle() }
      quoted += rest.prefix(count)
      rest = rest.dropFirst(count)
    }
    return quoted
  }

  package func text(_ key: String) -> String? {
    if case .text(let text) = members[key] { text } else { nil }
  }

  package func number(_ key: String) -> Double? {
    switch members[key] {
    case .number(let number): number
    case .whole(let number): Double(number)
    default: nil
    }
  }

  /// `nil` for what is no whole number as well.
  package func count(_ key: String) -> Int? { number(key).flatMap { Int(exactly: $0) } }

  package func whole(_ key: String) -> UInt64? {
    if case .whole(let number) = members[key] { number } else { number(key).flatMap { UInt64(exactly: $0) } }
  }

  package func numbers(_ key: String) -> [Double]? {
    if case .numbers(let numbers) = members[key] { numbers } else { nil }
  }

  /// From text in base 64.
  package func bytes(_ key: String) -> [UInt8]? { text(key).flatMap { Data(base64Encoded: $0) }.map(Array.init) }

  /// From four bytes each, the lowest first.
  package func floats(_ key: String) -> [Float]? {
    guard let bytes = bytes(key), bytes.count.isMultiple(of: 4) else { return nil }
    return stride(from: 0, to: bytes.count, by: 4).map { place in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * $1) })
    }
  }
}

extension JSONObject.Value: Decodable {
  /// The greatest up to which every whole number is a `Double`.
  private static let greatestExact = 9_007_199_254_740_992.0

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      let whole = number > Self.greatestExact ? try? container.decode(UInt64.self) : nil
      self = whole.map(Self.whole) ?? .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let numbers = try? container.decode([Double].self) {
      self = .numbers(numbers)
    } else {
      self = .other
    }
  }
}
