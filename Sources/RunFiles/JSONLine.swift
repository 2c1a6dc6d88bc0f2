// One object of NDJSON (RFC 8259, one a line), built key by key. What is no number is left out: JSON knows
// neither NaN nor infinity.

import FoundationEssentials

package struct JSONLine {
  private var members: [String] = []

  package init() {}

  package var text: String { object + "\n" }

  private var object: String { "{\(members.joined(separator: ","))}" }

  package mutating func add(_ key: String, _ value: String) { members.append("\(quoted(key)):\(quoted(value))") }

  package mutating func add(_ key: String, _ value: (some BinaryInteger)?) {
    guard let value else { return }
    members.append("\(quoted(key)):\(value)")
  }

  /// Left out if it is not finite. The digits are the fewest that give the same number again.
  package mutating func add(_ key: String, _ value: Double?) {
    guard let value, value.isFinite else { return }
    members.append("\(quoted(key)):\(value)")
  }

  /// Left out if one of them is not finite.
  package mutating func add(_ key: String, _ values: [Float]) {
    guard values.allSatisfy(\.isFinite) else { return }
    members.append("\(quoted(key)):[\(values.map(\.description).joined(separator: ","))]")
  }

  package mutating func add(_ key: String, texts: [String]) {
    members.append("\(quoted(key)):[\(texts.map(quoted).joined(separator: ","))]")
  }

  /// Objects inside this one.
  package mutating func add(_ key: String, objects: [JSONLine]) {
    members.append("\(quoted(key)):[\(objects.map(\.object).joined(separator: ","))]")
  }

  /// As text in base 64 (RFC 4648, §4), which is what JSON has for bytes.
  package mutating func add(_ key: String, bytes: [UInt8]) {
    members.append("\(quoted(key)):\"\(Data(bytes).base64EncodedString())\"")
  }

  /// Numbers that may be anything, each as its four bytes, the lowest first.
  package mutating func add(_ key: String, bytesOf values: [Float]) {
    add(
      key,
      bytes: values.flatMap { value in
        let bits = value.bitPattern
        return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
      })
  }

  private func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    do {
      return String(decoding: try encoder.encode(text), as: UTF8.self)
    } catch {
      fatalError("JSONLine: a string that cannot be encoded: \(error)")
    }
  }
}
