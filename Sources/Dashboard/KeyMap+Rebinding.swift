// Keys as the person wants them: the table [keys] of the settings maps an action to a key or to a list of keys. What cannot
// be so is skipped with a warning; a way out of the program always stays.

import TerminalUI

extension KeyMap {
  /// What these keys do everywhere, they do here, too.
  private static let fixed: [Key: Action] = [.control("c"): .quit, .control("z"): .suspend]

  /// Keys that others are used to take before the program gets them, and who.
  private static let contested: [Key: String] = [
    .control("s"): "many terminals stop with it", .control("q"): "many terminals go on with it",
    .control("a"): "screen keeps it for itself", .control("b"): "tmux keeps it for itself",
    .function(11): "most windows become as large as the screen with it",
  ]

  private struct Wish {
    var action: Action
    var keys: [Key]
    var line: Int
  }

  private static func unknownAction(_ name: String) -> String {
    let guess = guess(for: name, among: Action.allCases.map(\.rawValue))
    return "unknown action, skipped" + (guess.isEmpty ? "; “gantui --default-config” lists all of them" : guess)
  }

  /// The standard keys but for what the entries of [keys] say.
  static func rebound(by entries: [TOMLEntry], file: String) -> (keys: KeyMap, warnings: [FileProblem]) {
    var warnings: [FileProblem] = []
    func warn(_ line: Int, _ key: String, _ message: @autoclosure () -> String) {
      // To find out what somebody may have meant takes its time, and the rest is only counted.
      let text = warnings.count < Settings.mostWarnings ? message() : ""
      warnings.append(FileProblem(file: file, line: line, key: "keys.\(key)", message: text))
    }
    var wishes: [Wish] = []
    for entry in entries {
      guard let action = Action(rawValue: entry.key) else {
        warn(entry.line, entry.key, unknownAction(entry.key))
        continue
      }
      guard let spellings = entry.value.strings ?? entry.value.string.map({ [$0] }) else {
        warn(entry.line, entry.key, "expected a key or a list of keys, as in \(entry.key) = [\"s\", \"f10\"]; skipped")
        continue
      }
      var wish = Wish(action: action, keys: [], line: entry.line)
      for spelling in spellings {
        guard let key = Key(spelling: spelling) else {
          warn(entry.line, entry.key, "there is no key “\(spelling)”, skipped; expected \(Key.spellings)")
          continue
        }
        if let owner = fixed[key], owner != action {
          warn(entry.line, entry.key, "\(key.name) always does “\(owner.rawValue)”; skipped")
          continue
        }
        if let taker = contested[key] { warn(entry.line, entry.key, "\(key.name) may never arrive: \(taker)") }
        if !wish.keys.contains(key) { wish.keys.append(key) }
      }
      if wish.keys.isEmpty, action == .quit {
        warn(entry.line, entry.key, "expected a key to quit with; \(standard.name(.quit)) stays that")
      } else if !wish.keys.isEmpty || spellings.isEmpty {
        wishes.append(wish)
      }
    }
    // Nobody takes the way out by accident: its keys are given first.
    let quitting = wishes.first { $0.action == .quit } ?? Wish(action: .quit, keys: standard[.quit], line: 0)
    var owners: [Key: Wish] = [:]
    for key in quitting.keys { owners[key] = quitting }
    var own: [Action: [Key]] = [.quit: quitting.keys]
    for wish in wishes where wish.action != .quit {
      let free = wish.keys.filter { key in
        guard let owner = owners[key] else { return true }
        let place = owner.line > 0 ? "by line \(owner.line)" : "unless “quit” gets another key"
        warn(wish.line, wish.action.rawValue, "\(key.name) does “\(owner.action.rawValue)” \(place); skipped")
        return false
      }
      guard !free.isEmpty || wish.keys.isEmpty else { continue }
      for key in free { owners[key] = wish }
      own[wish.action] = free
    }
    for (key, action) in fixed where own[action]?.contains(key) == false { own[action]?.append(key) }

    var map = standard
    for (index, binding) in standard.bindings.enumerated() {
      map.bindings[index].keys = own[binding.action] ?? binding.keys.filter { owners[$0] == nil }
      if own[binding.action] == nil, map.bindings[index].keys.isEmpty, let taker = owners[binding.keys[0]] {
        let name = binding.action.rawValue
        warn(taker.line, taker.action.rawValue, "“\(name)” has no key now; give it one, or say \(name) = []")
      }
    }
    return (map, warnings)
  }

  /// The table of settings that changes nothing: every action with its keys, commented out.
  static var commented: String {
    let lines = standard.bindings.map { binding in
      let spellings = binding.keys.map { TOMLValue.string($0.spelling) }
      let value = spellings.count == 1 ? spellings[0] : .array(spellings)
      return (text: "# \(binding.action.rawValue) = \(value.text)", help: binding.help)
    }
    let width = lines.map(\.text.count).filter { $0 < 40 }.max() ?? 0
    return "# for what keys do, other keys: one, a list of them, or [] for none\n# one is \(Key.spellings)\n[keys]\n"
      + lines.map { line in
        line.text + String(repeating: " ", count: max(2, width + 2 - line.text.count)) + "# \(line.help)\n"
      }.joined()
  }
}

extension TOMLValue {
  fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
}
