// What the terminal database (terminfo) says of the terminal.

import CNCurses
import Glibc

/// The entry of the terminal database that is used.
struct TerminalDescription {
  /// The name to give to `newterm`.
  let name: String
  /// 0 for a terminal without colours.
  let colours: Int
  /// Without one, what is drawn stays on the screen when the program ends.
  let hasAlternateScreen: Bool
  /// Whether control sequences begin as ECMA-48 has it, so that those that it does not know are passed over. A vt52 would
  /// print them.
  let isANSI: Bool
  /// The bytes that give the terminal back: colours, attributes and keypad as they were, the cursor shown, the
  /// alternate screen left. For the crash handler, which cannot ask ncurses for them.
  let reset: [UInt8]

  /// Reads the entry of `wanted`; where there is none, that of `fallback`, which most terminals of today resemble.
  init(wanted: String?, fallback: String = "xterm-256color", terminal: Int32) throws(BackendError) {
    let wanted = wanted.flatMap { $0.isEmpty ? nil : $0 }
    guard let name = [wanted, fallback].compactMap(\.self).first(where: { cn_describe($0, terminal) }) else {
      throw .unknownTerminal(wanted ?? "")
    }
    defer { cn_forget() }
    guard let movement = cn_string("cup") else { throw .noCursorMovement(terminal: name) }
    self.name = name
    isANSI = String(cString: movement).hasPrefix("\u{1B}[")
    colours = Int(max(0, tigetnum("colors")))
    hasAlternateScreen = cn_string("rmcup") != nil
    reset = Self.resetBytes(isANSI: isANSI)
  }

  private static func resetBytes(isANSI: Bool) -> [UInt8] {
    // 2026: synchronized output.
    let modes = isANSI ? Array("\u{1B}[?2026l".utf8) + InputMode.paste.off + InputMode.mouse.off : []
    let leaving = cn_string("rmcup") != nil ? [] : Array("\r\n".utf8)
    let capabilities = ["sgr0", "op", "rmkx", "cnorm", "rmcup"].flatMap { (name: String) in
      withoutPadding(cn_string(name))
    }
    return modes + capabilities + leaving
  }

  /// A capability without its `$<…>`, the pauses that video terminals of 1978 needed.
  private static func withoutPadding(_ capability: UnsafePointer<CChar>?) -> [UInt8] {
    guard let capability else { return [] }
    let padded = Array(String(cString: capability).utf8)
    var bytes: [UInt8] = []
    var isPadding = false
    for (byte, next) in zip(padded, padded.dropFirst() + [0]) {
      if byte == UInt8(ascii: "$") && next == UInt8(ascii: "<") { isPadding = true }
      if !isPadding { bytes.append(byte) }
      if byte == UInt8(ascii: ">") { isPadding = false }
    }
    return bytes
  }
}
