// The size of a screen that is not there.

import ArgumentParser

package struct ScreenSize: Hashable, Sendable, CustomStringConvertible {
  package let columns: Int
  package let rows: Int

  private static let limits = 1...1000

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// Reads `120x40`.
  package init(parsing text: String) throws {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "x" || $0 == "X" || $0 == "×" }
    guard parts.count == 2, let columns = Int(parts[0]), let rows = Int(parts[1]), Self.limits.contains(columns),
      Self.limits.contains(rows)
    else {
      throw ValidationError(
        "“\(text)” is not columns x rows, such as 120x40, each from \(Self.limits.lowerBound) to "
          + "\(Self.limits.upperBound)")
    }
    self.init(columns: columns, rows: rows)
  }

  package var description: String { "\(columns)x\(rows)" }
}
