// The ranges of the numbers in a run's files. A number outside its range is refused before anything is calculated with it:
// within them no sum of a run overflows, however long the run goes on.

package enum RunLimits {
  /// Steps, updates of a player, passes over the data, blocks of random numbers: more than any run comes to.
  static let counts = 0...1_000_000_000_000_000
  /// Seconds of training.
  static let seconds = 0...1e15
  /// Steps per second that were measured.
  static let rate = 0...1e15
  /// Steps per second that a person asks for.
  package static let pace = 0...1e9
  /// Branches, and renewals of the noise that is shown, which has 2³² streams in all.
  static let changes = 0...1_000_000_000
  /// Modes of the data.
  static let modes = 0...1_000_000
  /// What learning rates are multiplied by; they are only ever lowered.
  static let rateScale: ClosedRange<Float> = 0...1
  /// More than any machine that this will run on has cores.
  package static let threads = 1...1024
  /// Moves of a step before the next one: more than any game profits from.
  static let moves = 0...1_000_000
}

/// A number of a file that is outside its range, or no number.
package struct OutOfRange: Error, Hashable, Sendable, CustomStringConvertible {
  package var key: String
  package var text: String
  /// `0 to 1024`
  package var range: String

  init(_ key: String, _ text: String, _ range: ClosedRange<some Comparable>) {
    self.key = key
    self.text = text
    let ends = [range.lowerBound, range.upperBound].map { "\($0)" }
    self.range = ends.map { $0.hasSuffix(".0") ? String($0.dropLast(2)) : $0 }.joined(separator: " to ")
  }

  package var description: String { "\(key): “\(text)” is not a number from \(range)" }
}
