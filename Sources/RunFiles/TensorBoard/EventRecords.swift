// The frame around each event of a TensorBoard file, TFRecord ("lib/io/record_writer.h" of TensorFlow), all numbers with
// the lowest byte first:
//
//     UInt64 length · UInt32 masked CRC-32C of the length · length bytes · UInt32 masked CRC-32C of those bytes

package enum EventRecord {
  /// Bytes of a length and its check sum.
  static let head = 12
  static let foot = 4

  /// A record as it stands in a file.
  package static func framed(_ content: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(content.count + head + foot)
    bytes.append(littleEndian: UInt64(content.count))
    bytes.append(littleEndian: CRC32C.masked(bytes))
    bytes += content
    bytes.append(littleEndian: CRC32C.masked(content))
    return bytes
  }
}

/// Takes a file as it grows, in any pieces, and gives back the contents of its records. Of a file that is not whole it
/// saves what can be saved: wherever the bytes are no record, it looks for the next place where one begins.
package struct EventRecordReader {
  /// Longer ones are taken for garbage: a picture of the largest size that is shown is shorter.
  package static let longest = 1 << 26

  /// Not read yet: the beginning of a record, whose end is still to come.
  private var pending: [UInt8] = []
  /// Whether the last bytes were no record: a stretch of such bytes counts once.
  private var isLost = false
  /// Stretches of bytes that were no record.
  package private(set) var damages = 0
  /// What may still be added up in vain, in bytes. In a file made of nothing but beginnings of records, each of them long,
  /// there would be no end of it.
  private var allowance = 0
  /// Of the bytes that come.
  private static let allowancePerByte = 8

  package init() {}

  package mutating func records(in bytes: [UInt8]) -> [[UInt8]] {
    pending += bytes
    allowance += bytes.count * Self.allowancePerByte
    var found: [[UInt8]] = []
    var place = 0
    while place + EventRecord.head <= pending.count {
      switch record(at: place) {
      case .whole(let content):
        isLost = false
        found.append(Array(pending[content]))
        place = content.upperBound + EventRecord.foot
        continue
      case .unfinished:
        pending.removeFirst(place)
        return found
      case .none:
        place += 1
      case .wrong(let length):
        // Such a sum says nothing of where the next record begins: its writer may have died halfway, and another gone on.
        allowance -= length
        place += allowance > 0 ? 1 : EventRecord.head + length + EventRecord.foot
      }
      if !isLost { damages += 1 }
      isLost = true
    }
    pending.removeFirst(min(place, pending.count))
    return found
  }

  private enum Finding {
    case whole(Range<Int>)
    /// The beginning of a record that goes on beyond what is here.
    case unfinished
    /// A record of so many bytes, but with a wrong sum.
    case wrong(Int)
    case none
  }

  private func record(at place: Int) -> Finding {
    let head = pending[place..<(place + EventRecord.head)]
    let length: UInt64 = head.littleEndian()
    // Cheaper than the check sum, which decides.
    guard length <= UInt64(Self.longest), head.littleEndian(at: 8) == CRC32C.masked(head.prefix(8)) else {
      return .none
    }
    let start = place + EventRecord.head
    let end = start + Int(length)
    guard end + EventRecord.foot <= pending.count else { return .unfinished }
    let sum: UInt32 = pending[end..<(end + EventRecord.foot)].littleEndian()
    return sum == CRC32C.masked(pending[start..<end]) ? .whole(start..<end) : .wrong(Int(length))
  }
}
