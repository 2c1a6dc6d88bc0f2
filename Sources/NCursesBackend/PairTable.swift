// ncurses colours a cell by the number of a pair of colours that was defined before. Pairs are few on poor terminals,
// so they are given out as they are needed, and all taken back when there are no more.

import TerminalUI

/// Which pair number stands for which two colours. Pair 0 is the terminal's own colours and always there.
package struct PairTable {
  package struct Pair: Hashable {
    package var foreground: Colour
    package var background: Colour

    package init(foreground: Colour, background: Colour) {
      self.foreground = foreground
      self.background = background
    }
  }

  /// The highest pair number that may be given out.
  package let capacity: Int
  private var numbers: [Pair: Int32] = [:]

  package init(capacity: Int) {
    self.capacity = max(0, capacity)
  }

  package enum Answer: Hashable {
    /// The pair is defined already.
    case known(Int32)
    /// The number is new: ncurses has to be told what it means.
    case new(Int32)
    /// Every number stands for other colours.
    case full
  }

  package mutating func number(for pair: Pair) -> Answer {
    if pair == Pair(foreground: .terminal, background: .terminal) { return .known(0) }
    if let number = numbers[pair] { return .known(number) }
    guard numbers.count < capacity else { return .full }
    let number = Int32(numbers.count + 1)
    numbers[pair] = number
    return .new(number)
  }

  /// Every number may be given out again.
  package mutating func removeAll() {
    numbers.removeAll(keepingCapacity: true)
  }
}
