// The one table of keys: what is bound, the hints at the foot of the screen, the help, and `gantui list keys` all come
// from here. `KeyMap+Rebinding.swift` changes it as the person's settings say.

import TerminalUI

/// What a person can do with a key, by the names of the settings.
package enum Action: String, Hashable, Sendable, CaseIterable {
  case togglePause = "pause"
  case slower, faster
  case stepHalf = "step"
  case rewind, forward
  case reset
  case renewNoise = "noise"
  case changeImages = "images"
  case nextPair = "next_pair"
  case nextPath = "next_path"
  case nextPanel = "next_panel"
  case previousPanel = "previous_panel"
  case left, down, up, right, zoom
  case togglePanel = "toggle_panel"
  case back
  case nextPreset = "next_layout"
  case previousPreset = "previous_layout"
  case shorterWindow = "shorter_window"
  case longerWindow = "longer_window"
  case toggleScale = "scale"
  case toggleFixedRange = "fix_scale"
  case changeSmoothing = "smoothing"
  case toggleCrosshair = "crosshair"
  case earlier, later
  case muchEarlier = "much_earlier"
  case muchLater = "much_later"
  case start, end
  case nextTheme = "next_theme"
  case previousTheme = "previous_theme"
  case screenshot, record, log
  case toggleMouse = "mouse"
  case copyFigures = "copy"
  case toggleCosts = "costs"
  case writeSettings = "write_settings"
  case help, reload, repaint, suspend, quit
}

package struct KeyBinding: Hashable, Sendable {
  /// What a binding is about, in the order of the help.
  package enum Group: String, Hashable, Sendable, CaseIterable {
    case training = "Training"
    case panels = "Panels"
    case charts = "Charts"
    case replay = "Replays"
    case screen = "Screen"
    case program = "Program"
  }

  package var action: Action
  /// The first one is the one that is hinted at.
  package var keys: [Key]
  package var group: Group
  /// One or two words for the foot of the screen; `nil` keeps the key out of there.
  package var hint: String?
  /// One line for the help.
  package var help: String

  init(_ action: Action, _ keys: [Key], _ group: Group, hint: String? = nil, _ help: String) {
    self.action = action
    self.keys = keys
    self.group = group
    self.hint = hint
    self.help = help
  }

  /// All keys as they are written on keyboards: `Space`, `Ctrl-C`, `←`.
  package var keyNames: String {
    let names = keys.map(\.name)
    guard !names.isEmpty else { return "no key" }
    // So many are a row of keys.
    guard names.count > 3, let first = names.first, let last = names.last else { return names.joined(separator: " ") }
    return "\(first)–\(last)"
  }
}

package struct KeyMap: Hashable, Sendable {
  /// One for each action, in the order in which the hints at the foot of the screen are given room.
  package internal(set) var bindings: [KeyBinding]

  package static let standard = KeyMap(bindings: [
    KeyBinding(
      .togglePause, [.character(" ")], .training, hint: "pause",
      "pause or resume all experiments; resume one that rests by itself"),
    KeyBinding(
      .slower, [.character("-")], .training, hint: "slower",
      "slow motion for the focused experiment, step by step slower"),
    KeyBinding(
      .faster, [.character("+"), .character("=")], .training, hint: "faster", "faster again, in the end at full speed"),
    KeyBinding(
      .stepHalf, [.character("s")], .training, hint: "step",
      "while paused: D's or G's half of a step in turn, or a whole step"),
    KeyBinding(
      .rewind, [.character("<")], .training, hint: "rewind",
      "back in time, moment by moment; to go on from there is to take another course"),
    KeyBinding(.forward, [.character(">")], .training, "forward again, as far as the run had come"),
    KeyBinding(.nextPanel, [.tab], .panels, hint: "focus", "focus the next panel, also one that is not in sight"),
    KeyBinding(.previousPanel, [.backTab], .panels, "focus the previous panel"),
    KeyBinding(.left, [.left, .character("h")], .panels, "focus the panel to the left, or move the crosshair there"),
    KeyBinding(.down, [.down, .character("j")], .panels, "focus the panel below"),
    KeyBinding(.up, [.up, .character("k")], .panels, "focus the panel above"),
    KeyBinding(
      .right, [.right, .character("l")], .panels, "focus the panel to the right, or move the crosshair there"),
    KeyBinding(
      .zoom, [.character("z"), .enter], .panels, hint: "zoom",
      "give the focused panel the whole screen, or take it back"),
    KeyBinding(
      .nextPreset, [.character("p")], .panels, hint: "layout", "next layout: all, samples, losses, one experiment"),
    KeyBinding(.previousPreset, [.character("P")], .panels, "previous layout"),
    KeyBinding(
      .togglePanel, "123456789".unicodeScalars.map(Key.character), .panels, "hide or show the panel of that number"),
    KeyBinding(.back, [.escape], .panels, "back: close what is open, leave the zoom, show all; never quits"),
    KeyBinding(
      .shorterWindow, [.character("[")], .charts, hint: "shorter", "show half as many steps, the latest ones"),
    KeyBinding(.longerWindow, [.character("]")], .charts, hint: "longer", "twice as many, up to the whole run"),
    KeyBinding(.toggleScale, [.character("x")], .charts, hint: "log", "logarithmic or linear scale"),
    KeyBinding(
      .toggleFixedRange, [.character("a")], .charts, hint: "fix",
      "fix the scale as it is, or let it follow what is drawn"),
    KeyBinding(
      .changeSmoothing, [.character("e")], .charts, hint: "smooth",
      "smooth over 10, 100, 1,000 or 10,000 steps, or not at all"),
    KeyBinding(
      .toggleCrosshair, [.character("c")], .charts, hint: "crosshair",
      "read exact values; left and right move it (a zoomed chart needs none), back leaves"),
    KeyBinding(
      .earlier, [.character(",")], .replay, "in a replay: the moment before; so does left, where there is no crosshair"),
    KeyBinding(.later, [.character(".")], .replay, "the next one; so does right"),
    KeyBinding(.muchEarlier, [.pageUp], .replay, "back by a twentieth of the run"),
    KeyBinding(.muchLater, [.pageDown], .replay, "forth by a twentieth of the run"),
    KeyBinding(.start, [.home], .replay, "the beginning of the run"),
    KeyBinding(.end, [.end], .replay, "its end; of a run that still goes on, what happens now"),
    KeyBinding(.reset, [.character("r")], .training, hint: "reset", "back to step 0 with the same seed; asks first"),
    KeyBinding(.nextTheme, [.character("t")], .screen, hint: "theme", "next theme"),
    KeyBinding(.previousTheme, [.character("T")], .screen, "previous theme"),
    KeyBinding(
      .renewNoise, [.character("n")], .training, hint: "noise", "new noise z for points and pictures of the focused one"
    ),
    KeyBinding(
      .changeImages, [.character("g")], .screen, hint: "images",
      "draw pictures in another way: blocks, dots, or characters"),
    KeyBinding(
      .nextPair, [.character("b")], .training, hint: "next",
      "while paused: pictures between the next two z of the focused one"),
    KeyBinding(
      .nextPath, [.character("B")], .training, hint: "path",
      "while paused: the same along an arc (slerp) or a straight line (lerp)"),
    KeyBinding(
      .screenshot, [.character("S")], .screen, hint: "screenshot",
      "write the screen to a file in the current folder"),
    KeyBinding(
      .record, [.character("R")], .screen, "record the screen to a file that asciinema plays, or end the recording"),
    KeyBinding(
      .log, [.character("L")], .screen,
      "the log: what has happened, and what libraries have printed; up and down scroll"),
    KeyBinding(
      .copyFigures, [.character("y")], .screen, "copy the figures of the focused experiment (by OSC 52)"),
    KeyBinding(
      .toggleMouse, [.character("m")], .screen, "mouse: a click focuses, a second one zooms, the wheel scrolls; or not"),
    KeyBinding(.toggleCosts, [.function(12)], .screen, "what frames cost, in bytes and time"),
    KeyBinding(
      .reload, [.control("r")], .screen,
      "read the settings again, and the theme's file; when that changes, it happens by itself"),
    KeyBinding(
      .writeSettings, [.character("W")], .screen,
      "write to the settings what has changed since they were read; asks first"),
    KeyBinding(.repaint, [.control("l")], .screen, "draw the whole screen anew"),
    KeyBinding(
      .help, [.character("?"), .function(1)], .program, hint: "help", "this list; again: what is drawn and measured"),
    KeyBinding(.suspend, [.control("z")], .program, "suspend; the shell's fg brings it back"),
    KeyBinding(
      .quit, [.character("q"), .control("c")], .program, hint: "quit",
      "quit; a second time without waiting for the training"),
  ])

  package func binding(of key: Key) -> KeyBinding? { bindings.first { $0.keys.contains(key) } }

  package func action(for key: Key) -> Action? { binding(of: key)?.action }

  package subscript(action: Action) -> [Key] { bindings.first { $0.action == action }?.keys ?? [] }

  /// The key of an action as a sentence names it: its first one.
  func name(_ action: Action) -> String { self[action].first?.name ?? "no key" }

  /// The key that hides and shows the panel of a number, which counts from 1; empty for none.
  func name(ofPanel number: Int) -> String {
    let keys = self[.togglePanel]
    return keys.indices.contains(number - 1) ? keys[number - 1].name : ""
  }

  /// The groups with their bindings, to lie over the screen.
  package var help: HelpOverlay {
    let groups = KeyBinding.Group.allCases.filter { group in bindings.contains { $0.group == group } }
    return HelpOverlay(
      title: "keys", hint: "\(name(.help)) again: the screen",
      lines: groups.enumerated().flatMap { place, group in
        (place == 0 ? [] : [.blank]) + [HelpOverlay.Line.heading(group.rawValue)]
          + bindings.filter { $0.group == group }.map { .entry(key: $0.keyNames, text: $0.help) }
      })
  }

  /// The hint of an action, or of several that belong together, with another word where the state calls for one; `nil`
  /// where no key does that.
  func hint(for actions: [Action], label: String? = nil) -> KeyHint? {
    let bound = actions.compactMap { action in bindings.first { $0.action == action && !$0.keys.isEmpty } }
    guard let first = bound.first, let label = label ?? first.hint else { return nil }
    return KeyHint(key: bound.compactMap(\.keys.first?.name).joined(separator: " "), label: label)
  }
}
