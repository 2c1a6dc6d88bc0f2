// True colour in ncurses. The terminal database of most systems has no entry with 24-bit colours, so one is made from
// the terminal's own entry: everything as it is, only the colours replaced. ncurses reads it from the environment
// variable TERMINFO, which may hold a compiled entry instead of a directory (ncurses(3X), "TERMINFO").
//
// Format: term(5), "Storage format" and "Extended number format".

import CNCurses
import Glibc

/// A terminal description as `tic` would write it.
struct CompiledEntry {
  let bytes: [UInt8]

  /// Colour numbers below this one are the terminal's palette, as without true colour. From here on they are
  /// red × 65,536 + green × 256 + blue. So each colour has its own number, even black.
  static let firstDirectColour: Int32 = 256

  /// Ten times what the largest frame of sensible size has (200 × 60 cells, each in other colours): forgetting all
  /// pairs repaints the screen, and should be rare.
  private static let pairs: Int32 = 131_072

  /// SGR 3x and 9x for the named colours, 38;5 for the palette, and 38;2 with semicolons, which more terminals
  /// understand than the colons of the standard.
  private static func select(_ normal: Int, bright: Int, extended: Int) -> [UInt8] {
    let capability =
      "\u{1B}[%?%p1%{8}%<%t\(normal)%p1%d%e%p1%{16}%<%t\(bright)%p1%{8}%-%d%e%p1%{256}%<%t\(extended);5;%p1%d"
      + "%e\(extended);2;%p1%{256}%-%Pa%ga%{65536}%/%d;%ga%{256}%/%{255}%&%d;%ga%{255}%&%d%;m"
    return Array(capability.utf8)
  }

  /// The entry of a terminal with direct colours instead of its own; `nil` if it is not in the database.
  static func withDirectColours(name: String, terminal: Int32) -> CompiledEntry? {
    guard cn_describe(name, terminal) else { return nil }
    defer { cn_forget() }
    // Nobody redefines colours here, and of so many ncurses would keep a table.
    let flags = all(cn_flag_name).map { $0 != "ccc" && tigetflag($0) > 0 }
    let numbers = all(cn_number_name).map { capability -> Int32 in
      switch capability {
      case "colors": firstDirectColour + (1 << 24)
      case "pairs": pairs
      default: max(-1, tigetnum(capability))
      }
    }
    let strings = all(cn_string_name).map { capability -> [UInt8]? in
      switch capability {
      case "setaf": select(3, bright: 9, extended: 38)
      case "setab": select(4, bright: 10, extended: 48)
      case "initc", "initp", "setf", "setb", "scp": nil
      // A terminal that is said to have no colours is not said how to return to its own either.
      case "op": string(capability) ?? Array("\u{1B}[39;49m".utf8)
      default: string(capability)
      }
    }
    // `RGB`: the bits of red, green and blue; `AX`: the terminal knows how to go back to its own colours one by one.
    return CompiledEntry(
      name: name, flags: flags, numbers: numbers, strings: strings,
      extraFlags: tigetflag("AX") > 0 ? ["AX"] : [], extraStrings: [("RGB", "8/8/8")])
  }

  private init(
    name: String, flags: [Bool], numbers: [Int32], strings: [[UInt8]?], extraFlags: [String],
    extraStrings: [(name: String, value: String)]
  ) {
    var writer = Writer()
    let names = Array(name.utf8) + [0]
    let table = StringTable(strings)
    // 01036 octal: numbers have 32 bits.
    writer.shorts([0o1036, names.count, flags.count, numbers.count, strings.count, table.bytes.count])
    writer.bytes += names + flags.map { $0 ? 1 : 0 }
    writer.align()
    writer.longs(numbers)
    writer.shorts(table.offsets)
    writer.bytes += table.bytes

    writer.align()
    let values = StringTable(extraStrings.map { Array($0.value.utf8) })
    let extraNames = StringTable((extraFlags + extraStrings.map(\.name)).map { Array($0.utf8) })
    writer.shorts([
      extraFlags.count, 0, extraStrings.count, values.offsets.count + extraNames.offsets.count,
      values.bytes.count + extraNames.bytes.count,
    ])
    writer.bytes += extraFlags.map { _ in 1 }
    writer.align()
    writer.shorts(values.offsets + extraNames.offsets)
    writer.bytes += values.bytes + extraNames.bytes
    bytes = writer.bytes
  }

  /// The value for TERMINFO.
  var environmentValue: String {
    let digits = Array("0123456789abcdef".utf8)
    let hexadecimal = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "hex:" + String(decoding: hexadecimal, as: UTF8.self)
  }

  private static func string(_ capability: String) -> [UInt8]? {
    cn_string(capability).map { UnsafeBufferPointer(start: $0, count: strlen($0)).map { UInt8(bitPattern: $0) } }
  }

  private static func all(_ name: (Int32) -> UnsafePointer<CChar>?) -> [String] {
    var names: [String] = []
    while let next = name(Int32(names.count)) { names.append(String(cString: next)) }
    return names
  }
}

/// Strings one after the other, each ended by a zero, and where each of them begins; −1 for those that are not there.
private struct StringTable {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int] = []

  init(_ strings: [[UInt8]?]) {
    for string in strings {
      offsets.append(string == nil ? -1 : bytes.count)
      if let string { bytes += string + [0] }
    }
  }
}

/// Little-endian numbers, as every terminal database has them.
private struct Writer {
  var bytes: [UInt8] = []

  mutating func shorts(_ values: [Int]) {
    for value in values { withUnsafeBytes(of: Int16(value).littleEndian) { bytes += $0 } }
  }

  mutating func longs(_ values: [Int32]) {
    for value in values { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
  }

  /// Numbers begin at even places.
  mutating func align() {
    if bytes.count % 2 == 1 { bytes.append(0) }
  }
}
