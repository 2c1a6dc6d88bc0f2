// How a small tensor is repeated over a large one, in the few ways that a chain can read, or sum, without a copy.

/// A chain's space is `rows × columns`; a small operand is the same for every row, for every column, or everywhere.
enum Access: Hashable {
  case whole, row, column, scalar
}

struct Spread: Hashable {
  let access: Access
  /// The columns of the space that this way of repeating asks for; `nil` where any will do.
  let columns: Int?

  /// How `small` repeats to give `large`, or `nil` where it takes a copy (a repeat in the middle).
  init?(_ small: Shape, over large: Shape) {
    if small.count == large.count {
      self.init(access: .whole, columns: nil)
      return
    }
    if small.count == 1 {
      self.init(access: .scalar, columns: nil)
      return
    }
    let padded = small.padded(toRank: large.rank)
    for axis in 0...large.rank {
      let columns = large.extents[axis...].reduce(1, *)
      let before = padded[..<axis]
      let after = padded[axis...]
      if before.allSatisfy({ $0 == 1 }), after == large.extents[axis...] {
        self.init(access: .row, columns: columns)
        return
      }
      if after.allSatisfy({ $0 == 1 }), before == large.extents[..<axis] {
        self.init(access: .column, columns: columns)
        return
      }
    }
    return nil
  }

  private init(access: Access, columns: Int?) {
    self.access = access
    self.columns = columns
  }
}
