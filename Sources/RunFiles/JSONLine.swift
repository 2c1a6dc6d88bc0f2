// One flat object of NDJSON (RFC 8259, one a line), built key by key. What is no number is left out: JSON knows
// neither NaN nor infinity.

import FoundationEssentials

package struct JSONLine {
  private var members: [String] = []

  package init() {}

  package var text: String { "{\(members.joined(separator: ","))}\n" }

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
