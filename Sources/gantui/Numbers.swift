// Numbers on the command line. The parser takes a value that begins with “-” for an option and says of others only that
// they are invalid; options whose values are read here (`parsing: .unconditional`, `transform:`) say what they accept.

import ArgumentParser

/// Reads a whole number within limits.
func wholeNumber<Number: FixedWidthInteger & Sendable>(
  _ limits: ClosedRange<Number>
) -> @Sendable (String) throws -> Number {
  { text in
    guard let number = Number(text), limits.contains(number) else {
      throw ValidationError("must be a whole number from \(limits.lowerBound) to \(limits.upperBound)")
    }
    return number
  }
}

/// Reads a number above 0.
func positiveNumber(atMost most: Double) -> @Sendable (String) throws -> Double {
  { text in
    guard let number = Double(text), number > 0, number <= most else {
      throw ValidationError("must be a number above 0 and at most \(fixed(most, decimals: 0))")
    }
    return number
  }
}

/// More steps than anybody will wait for.
let stepLimits = 1...1_000_000_000_000

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
