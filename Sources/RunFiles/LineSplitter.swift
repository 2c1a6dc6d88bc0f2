// Bytes that come in pieces, as lines. A line counts when its end has come: what a crash has torn, or what is still being
// written, is none yet.

package struct LineSplitter: Sendable {
  /// The longest line that is kept, in bytes, unless told otherwise: some hundred pictures as text. A file without any
  /// line ends must not fill the memory.
  package static let longest = 1 << 24

  private let longest: Int
  private var rest: [UInt8] = []
  private var isSkipping = false
  /// Lines that were too long to be kept.
  package private(set) var skipped = 0

  package init(longest: Int = Self.longest) { self.longest = longest }

  /// The lines that end within these bytes, without their ends.
  package mutating func add(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      keep(bytes[start..<end])
      if !isSkipping { lines.append(rest) }
      rest = []
      isSkipping = false
      start = end + 1
    }
    keep(bytes[start...])
    return lines
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    guard !isSkipping else { return }
    rest += bytes
    guard rest.count > longest else { return }
    rest = []
    isSkipping = true
    skipped += 1
  }
}
