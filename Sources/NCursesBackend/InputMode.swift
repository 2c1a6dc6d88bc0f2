// What a terminal can be told to send beside keys, in xterm's control sequences, which others understand or ignore: no
// terminal database has them all. The one that gives it text for the clipboard, and the one that asks for its background.

import TerminalUI

struct InputMode {
  let on: [UInt8]
  let off: [UInt8]

  private init(_ numbers: [Int]) {
    on = Array(numbers.map { "\u{1B}[?\($0)h" }.joined().utf8)
    off = Array(numbers.reversed().map { "\u{1B}[?\($0)l" }.joined().utf8)
  }

  /// Pasted text comes between two marks, so that no letter of it is taken for a key.
  static let paste = InputMode([2004])
  /// Presses and the wheel, as decimal numbers; movements never.
  static let mouse = InputMode([1000, 1006])
}

/// Asks for the colour of the background: OSC 11 (xterm's control sequences), answered by the same with the colour.
let groundQuestion = Array("\u{1B}]11;?\u{1B}\\".utf8)

extension Capabilities.Ground {
  /// From what follows OSC in the answer: `11;rgb:ffff/ffff/ffff`, with one to four hexadecimal digits for each part.
  init?(reply: [UInt8]) {
    let text = String(decoding: reply, as: UTF8.self)
    let prefix = ["11;rgb:", "11;rgba:"].first { text.hasPrefix($0) }
    guard let prefix else { return nil }
    let parts = text.dropFirst(prefix.count).split(separator: "/").map { digits in
      Int(digits, radix: 16).map { Double($0) / Double(1 << (4 * digits.count) - 1) }
    }
    guard parts.count >= 3, let red = parts[0], let green = parts[1], let blue = parts[2] else { return nil }
    // Luma of ITU-R BT.601.
    self = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5 ? .dark : .light
  }
}

/// Text for the clipboard: OSC 52, whose payload is Base64 (RFC 4648, section 4), in which no control character can hide.
func clipboardSequence(_ text: String) -> [UInt8] {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  let bytes = Array(text.utf8)
  let payload = stride(from: 0, to: bytes.count, by: 3).flatMap { start -> [UInt8] in
    let group = (0..<3).map { start + $0 < bytes.count ? UInt32(bytes[start + $0]) : 0 }
    let bits = group[0] << 16 | group[1] << 8 | group[2]
    let digits = [18, 12, 6, 0].map { alphabet[Int(bits >> $0 & 63)] }
    let known = min(3, bytes.count - start) + 1
    return digits.prefix(known) + Array(repeating: UInt8(ascii: "="), count: 4 - known)
  }
  return Array("\u{1B}]52;c;".utf8) + payload + [0x07]
}
