// One flat object of NDJSON (RFC 8259, one a line), built key by key. What is no number is left out: JSON knows
// neither NaN nor infinity.

package struct JSONLine {
  private var members: [String] = []

  package init() {}

  package var text: String { "{\(members.joined(separator: ","))}\n" }

  package mutating func add(_ key: String, _ value: String) {
    members.append("\(key.quotedForJSON):\(value.quotedForJSON)")
  }

  package mutating func add(_ key: String, _ value: (some BinaryInteger)?) {
    guard let value else { return }
    members.append("\(key.quotedForJSON):\(value)")
  }

  /// Left out if it is not finite. The digits are the fewest that give the same number again.
  package mutating func add(_ key: String, _ value: Double?) {
    guard let value, value.isFinite else { return }
    members.append("\(key.quotedForJSON):\(value)")
  }
}

/// `1.50` for 1.5 with two decimals; never `-0.00`. Written without Foundation.
package func fixed(_ value: Double, decimals: Int) -> String {
  let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
  let scaled = (value.magnitude * scale).rounded()
  guard scaled.isFinite, scaled < 1e15 else { return "\(value)" }
  let sign = value < 0 && scaled > 0 ? "-" : ""
  let digits = String(Int(scaled))
  guard decimals > 0 else { return sign + digits }
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
