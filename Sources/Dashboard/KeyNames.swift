// Keys in writing: as the screen names them, and as a person may write them in the settings.

import TerminalUI

extension Key {
  /// The key as it is written on keyboards.
  package var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let scalar): String(Character(scalar))
    case .control(let scalar): "Ctrl-\(String(Character(scalar)).uppercased())"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    case .function(let number): "F\(number)"
    }
  }

  /// The key as the settings spell it: `space`, `ctrl-c`, `left`, and characters as they are.
  var spelling: String {
    switch self {
    case .character(" "): "space"
    case .character(let scalar): String(Character(scalar))
    case .up: "up"
    case .down: "down"
    case .left: "left"
    case .right: "right"
    default: name.lowercased()
    }
  }

  /// The key of a spelling, or of a name of the screen; whether its letters are large matters for single ones only.
  init?(spelling: String) {
    let scalars = spelling.unicodeScalars
    if scalars.count == 1, let scalar = scalars.first, scalar != " ", scalar == scalar.shown,
      !Self.named.contains(where: { $0.name == spelling })
    {
      self = .character(scalar)
      return
    }
    let spelling = spelling.lowercased()
    guard let key = Self.named.first(where: { $0.spelling == spelling || $0.name.lowercased() == spelling }) else {
      return nil
    }
    self = key
  }

  /// What keys may be called, in words.
  static let spellings = "a character, \(words.map(\.spelling).joined(separator: ", ")), f1 to f12, ctrl-a to ctrl-z"

  private static let words: [Key] = [
    .character(" "), .enter, .escape, .tab, .backTab, .backspace, .up, .down, .left, .right, .pageUp, .pageDown, .home,
    .end,
  ]

  /// All keys but characters. A terminal says of Ctrl-H, -I, -J and -M what it says of Backspace, Tab and Enter.
  private static let named: [Key] =
    words + (1...12).map(Key.function) + "abcdefgklnopqrstuvwxyz".unicodeScalars.map(Key.control)
}
