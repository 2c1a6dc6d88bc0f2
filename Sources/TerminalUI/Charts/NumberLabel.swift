// Numbers as a chart says them: short, of fixed precision, with a real minus sign. Written without Foundation.

import Glibc

package enum NumberLabel {
  /// `1.50` for 1.5 with two decimals, twelve at the most; never `−0.00`. What is not finite or too large to be read
  /// digit by digit is said as `short` says it.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    let decimals = min(max(0, decimals), 12)
    let scale = pow(10, Double(decimals))
    let scaled = (value.magnitude * scale).rounded()
    guard value.magnitude < ordinary.upperBound, scaled < 1e15 else { return short(value) }
    let sign = value < 0 && scaled > 0 ? "−" : ""
    guard decimals > 0 else { return sign + "\(Int(scaled))" }
    let (whole, rest) = Int(scaled).quotientAndRemainder(dividingBy: Int(scale))
    let digits = "\(rest)"
    return sign + "\(whole)." + String(repeating: "0", count: decimals - digits.count) + digits
  }

  /// Three significant digits at the most: `0.69`, `12.3`, `1.2k`, `NaN`. At most six columns wide for what losses are.
  package static func short(_ value: Double) -> String {
    guard !value.isNaN else { return "NaN" }
    guard value.isFinite else { return value < 0 ? "−inf" : "inf" }
    guard value == 0 || ordinary.contains(value.magnitude) else { return scientific(value) }
    switch value.magnitude {
    case ..<9.995: return fixed(value, decimals: 2)
    case ..<99.95: return fixed(value, decimals: 1)
    case ..<999.5: return fixed(value, decimals: 0)
    default:
      let (divisor, suffix) = unit(for: value.magnitude)
      let share = value / divisor
      return fixed(share, decimals: share.magnitude < 9.95 ? 1 : 0) + suffix
    }
  }

  /// The same with two digits more where they are not those of thousands: `0.6931`.
  package static func precise(_ value: Double) -> String {
    guard ordinary.contains(value.magnitude), value.magnitude < 99.99995 else { return short(value) }
    return fixed(value, decimals: value.magnitude < 9.99995 ? 4 : 3)
  }

  /// The value of a tick, precise enough to tell it from its neighbour one `step` away; thousands as `k` where
  /// `magnitude`, the largest of the axis, has them.
  package static func tick(_ value: Double, step: Double, magnitude: Double) -> String {
    guard value != 0 else { return "0" }
    guard value.isFinite, ordinary.contains(magnitude) else { return scientific(value) }
    let (divisor, suffix) = unit(for: magnitude)
    return fixed(value / divisor, decimals: decimals(of: step / divisor)) + suffix
  }

  /// What is read at a glance without an exponent.
  private static let ordinary = 0.005..<1e12

  /// `2e−5`: one digit, or the two of a half step.
  private static func scientific(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return short(value) }
    var exponent = Int((log10(value.magnitude) + 1e-9).rounded(.down))
    // In two factors, because powers of ten end before the least of all numbers.
    let (half, rest) = (exponent / 2, exponent - exponent / 2)
    var mantissa = value / pow(10, Double(half)) / pow(10, Double(rest))
    if mantissa.magnitude >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    let digits = fixed(mantissa, decimals: 1)
    return (digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits) + (exponent < 0 ? "e−" : "e")
      + "\(abs(exponent))"
  }

  private static func unit(for magnitude: Double) -> (divisor: Double, suffix: String) {
    switch magnitude {
    case ..<1e3: (1, "")
    case ..<1e6: (1e3, "k")
    case ..<1e9: (1e6, "M")
    default: (1e9, "G")
    }
  }

  /// Decimals that a step of 1, 2 or 5 times a power of ten needs.
  private static func decimals(of step: Double) -> Int {
    var (decimals, scaled) = (0, step.magnitude)
    while decimals < 9, scaled < 0.999 {
      scaled *= 10
      decimals += 1
    }
    return decimals
  }
}
