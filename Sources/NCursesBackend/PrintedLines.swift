// What libraries print while the screen is up, line by line, for the log. It is looked for whenever the loop wakes up;
// where the system can tell that something was printed, it wakes the loop.

import CNCurses

/// A reader of what the guard captures, from the beginning of a capture on.
struct PrintedLines {
  private var offset: off_t = 0
  /// The beginning of a line that has not come to its end yet.
  private var unfinished: [UInt8] = []

  /// Bytes that are read at once: more would keep the loop from drawing.
  private static let capacity = 16_384

  /// The lines that have been finished since the last call, or some of them if there are very many.
  mutating func next() -> [String] {
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.capacity) { buffer, count in
      count = buffer.withMemoryRebound(to: CChar.self) { buffer in
        buffer.baseAddress.map { guard_read_captured(offset, $0, buffer.count) } ?? 0
      }
    }
    guard !bytes.isEmpty else { return [] }
    offset += off_t(bytes.count)
    var lines = (unfinished + bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // One without an end is ended when it gets too long for anybody to read.
    if let last = lines.last, last.count <= Self.capacity {
      unfinished = Array(lines.removeLast())
    } else {
      unfinished = []
    }
    return lines.map { line in
      // Of a line that was written over and over, as a progress bar is, what was written last.
      let shown = line.split(separator: UInt8(ascii: "\r")).last ?? []
      return String(decoding: shown, as: UTF8.self)
    }
  }
}
