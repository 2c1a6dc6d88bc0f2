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
