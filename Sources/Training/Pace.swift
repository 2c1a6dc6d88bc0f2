// How fast a run goes, as a person wants it.

/// A pace decides when a step is made, never what it does.
package enum Pace: Hashable, Sendable {
  /// Slow at first and ever faster, until nothing holds it back; a run that has been at its floor for long rests.
  case automatic
  /// As fast as it goes.
  case full
  /// At most so many steps a second, more than 0.
  case steady(Double)
}
