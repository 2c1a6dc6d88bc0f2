// Files as accidents and enemies leave them: bytes changed, cut, doubled, put elsewhere.

import Glibc

/// How many altered inputs a test reads, or how often it does something: what a variable says, or so many as a suite has
/// time for.
package func fuzzCount(_ few: Int, variable: String = "GANTUI_FUZZ") -> Int {
  getenv(variable).flatMap { Int(String(cString: $0)) } ?? few
}

extension SplitMix {
  /// A few changes to a copy.
  package mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for _ in 0...next() % 4 {
      guard !result.isEmpty else { return [UInt8(truncatingIfNeeded: next())] }
      let place = Int(next() % UInt64(result.count))
      let other = Int(next() % UInt64(result.count))
      switch next() % 7 {
      case 0: result[place] ^= 1 << UInt8(next() % 8)
      case 1: result[place] = UInt8(truncatingIfNeeded: next())
      case 2: result[place] = [0, 1, 127, 128, 255][Int(next() % 5)]
      case 3: result.removeSubrange(min(place, other)..<max(place, other))
      case 4:
        result.insert(contentsOf: result[min(place, other)..<min(max(place, other), min(place, other) + 64)], at: place)
      case 5: result.removeLast(Int(next() % UInt64(min(result.count, 16)) + 1))
      default: result.swapAt(place, other)
      }
    }
    return result
  }
}
