// One arena for all values of a program. Each value is given a place when it is computed and loses it after the last
// step that reads it; places are handed on, first fit, so that the arena is little larger than what lives at once.

/// Where values lie, in floats from the beginning of the arena.
struct MemoryPlan {
  private(set) var offsets: [Int: Int] = [:]
  /// Floats that the arena must have.
  private(set) var size = 0

  /// Free pieces, by place.
  private var free: [Range<Int>] = []

  /// A value's memory, from the step that writes it to the last that reads it.
  struct Value {
    let node: Int
    let count: Int
    let lifetime: ClosedRange<Int>
  }

  /// Plans `values` over `steps` steps.
  init(_ values: [Value], steps: Int) {
    var begins: [[Value]] = Array(repeating: [], count: steps + 1)
    var ends: [[Value]] = Array(repeating: [], count: steps + 1)
    for value in values {
      begins[value.lifetime.lowerBound].append(value)
      if value.lifetime.upperBound < steps { ends[value.lifetime.upperBound].append(value) }
    }
    for step in 0...steps {
      for value in begins[step] { offsets[value.node] = take(Self.padded(value.count)) }
      for value in ends[step] {
        guard let offset = offsets[value.node] else { continue }
        giveBack(offset..<(offset + Self.padded(value.count)))
      }
    }
  }

  /// Places begin cache lines.
  static func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }

  private mutating func take(_ count: Int) -> Int {
    if let index = free.firstIndex(where: { $0.count >= count }) {
      let piece = free[index]
      if piece.count == count {
        free.remove(at: index)
      } else {
        free[index] = (piece.lowerBound + count)..<piece.upperBound
      }
      return piece.lowerBound
    }
    size += count
    return size - count
  }

  private mutating func giveBack(_ piece: Range<Int>) {
    let index = free.firstIndex { $0.lowerBound > piece.lowerBound } ?? free.count
    free.insert(piece, at: index)
    if index + 1 < free.count, free[index].upperBound == free[index + 1].lowerBound {
      free[index] = free[index].lowerBound..<free[index + 1].upperBound
      free.remove(at: index + 1)
    }
    if index > 0, free[index - 1].upperBound == free[index].lowerBound {
      free[index - 1] = free[index - 1].lowerBound..<free[index].upperBound
      free.remove(at: index)
    }
  }
}
