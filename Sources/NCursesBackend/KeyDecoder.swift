// From what ncurses reads to keys. ncurses knows the sequences of the terminal's description; what it does not know
// it hands on byte by byte, and those bytes must not act as if somebody had typed them.

import CNCurses
import TerminalUI

/// One answer of `wget_wch`.
package enum Input: Hashable {
  case scalar(UInt32)
  /// A `KEY_…` number.
  case code(Int32)
}

/// Decodes the input of one read from the terminal; a sequence never goes on in the next read, for ncurses waits for
/// the rest of it.
package struct KeyDecoder {
  private enum State { case ground, escape, sequence }

  private var state = State.ground

  /// All keys in what was read at once. Escape alone is a key; an unknown sequence that begins with it is none.
  package static func keys(in inputs: [Input]) -> [Key] {
    var decoder = KeyDecoder()
    return inputs.flatMap { decoder.keys(for: $0) } + (decoder.state == .escape ? [.escape] : [])
  }

  private mutating func keys(for input: Input) -> [Key] {
    let before = state
    state = .ground
    switch (before, input) {
    case (.ground, .scalar(0x1B)):
      state = .escape
      return []
    case (.escape, .scalar(0x1B)):
      state = .escape
      return [.escape]
    case (.escape, .scalar(UInt32(ascii: "["))), (.escape, .scalar(UInt32(ascii: "O"))):
      state = .sequence
      return []
    case (.sequence, .scalar(0x20...0x3F)):
      // Parameters and intermediates of a control sequence (ECMA-48, section 5.4); the next byte may end it.
      state = .sequence
      return []
    case (.sequence, .scalar(0x40...0x7E)):
      return []
    case (.escape, _):
      return [.escape] + Self.key(for: input)
    case (.ground, _), (.sequence, _):
      return Self.key(for: input)
    }
  }

  private static func key(for input: Input) -> [Key] {
    let key: Key? =
      switch input {
      case .scalar(let value): Unicode.Scalar(value).flatMap(Key.init(typed:))
      case .code(let code): Key(code: code)
      }
    return key.map { [$0] } ?? []
  }
}

extension Key {
  /// The key of a character that the terminal sends; `nil` for the control characters that no key of ours sends.
  init?(typed scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x08, 0x7F: self = .backspace
    case 0x09: self = .tab
    case 0x0A, 0x0D: self = .enter
    case 0x1B: self = .escape
    case 0x01...0x1A: self = .control(Unicode.Scalar(UInt8(scalar.value) + 0x60))
    case 0x00, 0x1C...0x1F, 0x80...0x9F: return nil
    default: self = .character(scalar)
    }
  }

  /// The key of one of ncurses' key numbers; `nil` for those that mean nothing here, such as the mouse.
  init?(code: Int32) {
    switch code {
    case KEY_UP: self = .up
    case KEY_DOWN: self = .down
    case KEY_LEFT: self = .left
    case KEY_RIGHT: self = .right
    case KEY_PPAGE: self = .pageUp
    case KEY_NPAGE: self = .pageDown
    case KEY_HOME: self = .home
    case KEY_END: self = .end
    case KEY_ENTER: self = .enter
    case KEY_BACKSPACE: self = .backspace
    case KEY_BTAB: self = .backTab
    case (KEY_F0 + 1)...(KEY_F0 + 63): self = .function(Int(code - KEY_F0))
    default: return nil
    }
  }
}

extension UInt32 {
  fileprivate init(ascii scalar: Unicode.Scalar) { self = scalar.value }
}
