// What changed between two frames, as runs of cells: the least that has to be told to a terminal or to a recording.

/// Cells that follow one another on a row.
package struct Change: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var cells: [Cell]

  package init(x: Int, y: Int, cells: [Cell]) {
    self.x = x
    self.y = y
    self.cells = cells
  }
}

extension Frame {
  /// Unchanged cells between two changed ones that are sent along: moving the cursor costs more bytes than they do.
  private static let bridge = 3

  /// What to write over `previous` to get this frame, row by row from the top; of another size, everything.
  package func changes(from previous: Frame) -> [Change] {
    guard size.width > 0 else { return [] }
    guard previous.size == size else {
      return (0..<size.height).map { Change(x: 0, y: $0, cells: Array(row($0))) }
    }
    return (0..<size.height).flatMap { y in
      let (old, new) = (previous.row(y), row(y))
      return old == new ? [] : Self.runs(from: old, to: new, y: y)
    }
  }

  private static func runs(from old: ArraySlice<Cell>, to new: ArraySlice<Cell>, y: Int) -> [Change] {
    var runs: [Range<Int>] = []
    for index in new.indices where old[index] != new[index] {
      if let last = runs.last, index - last.upperBound <= bridge {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    return runs.map { Change(x: $0.lowerBound - new.startIndex, y: y, cells: Array(new[$0])) }
  }

  /// Writes the changes over this frame: the inverse of `changes(from:)` for frames of one size.
  package mutating func apply(_ changes: [Change]) {
    for change in changes {
      for (offset, cell) in change.cells.enumerated() { self[x: change.x + offset, y: change.y] = cell }
    }
  }

  /// The cells of a row, at their places in `cells`.
  package func row(_ y: Int) -> ArraySlice<Cell> { cells[(y * size.width)..<((y + 1) * size.width)] }
}
