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

/// Decodes input; sequences and pastes may go on from one read to the next.
package struct KeyDecoder {
  private enum State: Hashable {
    case ground, escape
    /// Within a control sequence (ECMA-48, section 5.4), with its parameters so far.
    case sequence([UInt8])
    /// A mouse report of old, in three bytes of which so many are still to come.
    case oldReport(Int)
    /// Within the answer to our one question (OSC 11), after `ESC ]`; and after the Escape that begins its end.
    case reply([UInt8]), replyEnd([UInt8])
    /// Between the marks of a bracketed paste, with so many bytes of the second one matched.
    case paste(Int)
  }

  private var state = State.ground

  /// Text that was pasted is none of what keys mean, and is swallowed.
  package var isPasting: Bool { if case .paste = state { true } else { false } }

  private static let pasteBegin = Array("200~".utf8)
  private static let pasteEnd = Array("\u{1B}[201~".utf8).map(UInt32.init)
  /// Bytes of parameters that any sequence has that means something here.
  private static let longestSequence = 32
  /// How every answer begins, and bytes that the longest one has.
  private static let replyBegin = Array("11;".utf8)
  private static let longestReply = 40

  package init() {}

  /// All events in what was read at once. Escape alone is a key; an unknown sequence that begins with it is none.
  package mutating func events(in inputs: [Input]) -> [Event] { inputs.flatMap { events(for: $0) } + flush() }

  /// What is known at the end of a read.
  mutating func flush() -> [Event] {
    guard state == .escape else { return [] }
    state = .ground
    return [.key(.escape)]
  }

  mutating func events(for input: Input) -> [Event] {
    let before = state
    state = .ground
    switch (before, input) {
    case (.paste(let matched), _):
      followPaste(input, matched: matched)
      return []
    case (.oldReport(let missing), .scalar):
      if missing > 1 { state = .oldReport(missing - 1) }
      return []
    case (.ground, .scalar(0x1B)):
      state = .escape
      return []
    case (.escape, .scalar(0x1B)):
      state = .escape
      return [.key(.escape)]
    case (.escape, .scalar(UInt32(ascii: "]"))):
      state = .reply([])
      return []
    case (.reply(let bytes), .scalar(let value)), (.replyEnd(let bytes), .scalar(let value)):
      return followReply(bytes, value, isEnding: before == .replyEnd(bytes))
    case (.escape, .scalar(UInt32(ascii: "["))), (.escape, .scalar(UInt32(ascii: "O"))):
      state = .sequence([])
      return []
    case (.sequence(let bytes), .scalar(let value)) where (0x20...0x3F).contains(value):
      state = .sequence(bytes.count < Self.longestSequence ? bytes + [UInt8(value)] : bytes)
      return []
    case (.sequence(let bytes), .scalar(let value)) where (0x40...0x7E).contains(value):
      return finish(sequence: bytes + [UInt8(value)])
    case (.escape, _):
      return [.key(.escape)] + Self.key(for: input)
    case (.ground, _), (.sequence, _), (.oldReport, _), (.reply, _), (.replyEnd, _):
      return Self.key(for: input)
    }
  }

  private mutating func followPaste(_ input: Input, matched: Int) {
    let next = input == .scalar(Self.pasteEnd[matched]) ? matched + 1 : input == .scalar(Self.pasteEnd[0]) ? 1 : 0
    if next < Self.pasteEnd.count { state = .paste(next) }
  }

  /// The answer is no key, whenever it comes and in however many pieces. What turns out to be none is dropped as far as it
  /// looked like one, so that a key pressed after Alt-] is not lost.
  private mutating func followReply(_ bytes: [UInt8], _ value: UInt32, isEnding: Bool) -> [Event] {
    switch value {
    case UInt32(ascii: "\\") where isEnding, 0x07, 0x9C:
      return Capabilities.Ground(reply: bytes).map { [.ground($0)] } ?? []
    case _ where isEnding:
      // Another sequence has begun.
      state = .escape
      return events(for: .scalar(value))
    case 0x1B:
      state = .replyEnd(bytes)
      return []
    case 0x20...0x7E:
      let longer = bytes + [UInt8(value)]
      let isReply = longer.count <= Self.longestReply && zip(longer, Self.replyBegin).allSatisfy { $0 == $1 }
      guard isReply else { return Self.key(for: .scalar(value)) }
      state = .reply(longer)
      return []
    default:
      return Self.key(for: .scalar(value))
    }
  }

  private mutating func finish(sequence: [UInt8]) -> [Event] {
    if sequence == Self.pasteBegin { state = .paste(0) }
    if sequence == [UInt8(ascii: "M")] { state = .oldReport(3) }
    return MouseEvent(report: sequence).map { [.mouse($0)] } ?? []
  }

  private static func key(for input: Input) -> [Event] {
    let key: Key? =
      switch input {
      case .scalar(let value): Unicode.Scalar(value).flatMap(Key.init(typed:))
      case .code(let code): Key(code: code)
      }
    return key.map { [.key($0)] } ?? []
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

extension MouseEvent {
  /// From the end of a mouse report as xterm's mode 1006 has it: `<button;column;rowM`, both counted from 1; `nil` for
  /// everything else, releases, other buttons and movements among it.
  init?(report: [UInt8]) {
    guard report.first == UInt8(ascii: "<"), report.last == UInt8(ascii: "M") else { return nil }
    let numbers = report.dropFirst().dropLast().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
    guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
    // Shift, Alt and Control add 4, 8 and 16.
    switch numbers[0] & ~0b1_1100 {
    case 0: self.init(.press, x: numbers[1] - 1, y: numbers[2] - 1)
    case 64: self.init(.wheelUp, x: numbers[1] - 1, y: numbers[2] - 1)
    case 65: self.init(.wheelDown, x: numbers[1] - 1, y: numbers[2] - 1)
    default: return nil
    }
  }
}

/// Keeps what nobody can have typed from acting as keys: text pasted into a terminal without bracketed paste, or a key
/// that something holds down.
package struct FloodGate {
  /// Keys in one read that a person may have typed, even where a network hands them on in batches.
  private static let most = 32
  /// How long it has to be quiet before keys are keys again.
  private static let quiet = Duration.milliseconds(100)

  private var closedUntil: ContinuousClock.Instant?

  package init() {}

  func isClosed(at now: ContinuousClock.Instant) -> Bool { closedUntil.map { now < $0 } ?? false }

  /// What of the events of one read may pass: all, or, in a flood, only Ctrl-C and what is no key.
  package mutating func pass(_ events: [Event], at now: ContinuousClock.Instant) -> [Event] {
    let keys = events.count { if case .key = $0 { true } else { false } }
    guard keys > Self.most || isClosed(at: now) else { return events }
    // A single one may be the person's, who wonders why nothing happens.
    if keys > 1 { closedUntil = now + Self.quiet }
    return events.filter { event in
      if case .key(let key) = event { key == .control("c") } else { true }
    }
  }
}
