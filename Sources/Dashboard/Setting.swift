// One table of settings gives their reader, its complaints, the commented file that `--default-config` prints, and what
// `W` writes.

import TerminalUI
import Training

/// One setting: how it is called, what it means, and what it may be.
package struct Setting: Sendable {
  /// In the order of the commented file.
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case theme, color, glyphs, images, layout, hide, smoothing, window, scale, mouse, pace, seed, data, threads,
      screenshots
    case keepRuns = "keep_runs"

    /// Whether it cannot change once the program runs.
    var isForTheStart: Bool { [.color, .glyphs, .seed, .data, .threads, .keepRuns].contains(self) }
  }

  private enum Kind {
    case text
    case choice([String])
    case flag
    case whole(ClosedRange<Int>)
    case oneOf([Int])
    /// 1 for all of a run, 2 for its latest half, 4 for its latest quarter and so on.
    case fraction
    /// Steps per second.
    case pace
    /// Kinds of panels, of all experiments or of one.
    case panels
  }

  let name: Name
  private let meaning: String
  private let kind: Kind
  /// What it is where nothing is said, or a value that shows how it is said.
  let usual: TOMLValue

  init(_ name: Name) {
    self.name = name
    (meaning, kind, usual) =
      switch name {
      case .theme: ("a theme of “gantui list themes”, or a theme file", .text, .string(Theme.standard.name))
      case .color:
        (
          "whether to use colours, or so many; $NO_COLOR comes before it",
          .choice(["auto", "always", "never", "16", "256", "true"]), .string("auto")
        )
      case .glyphs:
        ("which characters to draw with", .choice(["braille", "quadrant", "block", "ascii"]), .string("braille"))
      case .images:
        (
          "how to draw pictures where the terminal can", .choice(["auto"] + ImageMode.allCases.map(\.rawValue)),
          .string("auto")
        )
      case .layout: ("which panels to begin with", .choice(Preset.allCases.map(\.rawValue)), .string("all"))
      case .hide: ("panels to hide, such as \"status\" or \"losses of toy\"", .panels, .array([]))
      case .smoothing:
        ("steps to smooth the losses over; 0 for not at all", .oneOf([0] + Smoother.horizons), .integer(0))
      case .window: ("the latest part of the losses: 1 for all, 2 for half, 4, 8 and so on", .fraction, .integer(1))
      case .scale: ("how losses grow upwards", .choice(["linear", "log"]), .string("linear"))
      case .mouse: ("whether the mouse focuses, zooms and scrolls, instead of selecting text", .flag, .boolean(false))
      case .pace:
        (
          "steps per second, such as 20 or 0.5; “auto” begins slowly and gets ever faster, and rests a run that has long been "
            + "at its floor; “full” does neither",
          .pace, .string("auto")
        )
      case .seed: ("decides first weights, noise and the order of the data", .whole(0...Int.max), .integer(1))
      case .data: ("the folder of MNIST's four files; $GANTUI_DATA comes before it", .text, .string("/data/mnist"))
      case .threads: ("how many threads may work on a step", .whole(1...1024), .integer(1))
      case .screenshots: ("what S writes", .choice(ScreenshotFormat.allCases.map(\.rawValue)), .string("txt"))
      case .keepRuns: ("whether a run leaves a folder, for “gantui runs” and “gantui replay”", .flag, .boolean(true))
      }
  }

  /// What a value has to be, in words.
  var expectation: String {
    switch kind {
    case .text: "a \"string\", as in \(name.rawValue) = \(usual.text)"
    case .choice(let choices): "one of " + choices.map { "\"\($0)\"" }.joined(separator: ", ")
    case .flag: "true or false"
    case .whole(let limits) where limits.upperBound == .max: "a whole number from \(limits.lowerBound)"
    case .whole(let limits): "a whole number from \(limits.lowerBound) to \(limits.upperBound)"
    case .oneOf(let numbers): "one of " + numbers.map(String.init).joined(separator: ", ")
    case .fraction: "1, 2, 4, 8 or another power of two up to \(Self.smallestFraction)"
    case .pace: "a number above 0 and at most \(Self.highestPace), \"auto\" or \"full\""
    case .panels:
      "a list of " + PanelName.known.map { "\"\($0)\"" }.joined(separator: ", ")
        + ", or of one experiment, as in [\"losses of toy\"]"
    }
  }

  /// Which of its words a misspelt one may have been meant to be.
  func guess(_ value: TOMLValue) -> String {
    guard case .choice(let choices) = kind, case .string(let text) = value else { return "" }
    return TerminalUI.guess(for: text, among: choices)
  }

  static let mostHalvings = 30
  private static let smallestFraction = 1 << mostHalvings
  private static let highestPace = 1_000_000_000

  /// The value in the one form that it has here; `nil` if the setting may not be that.
  func accepted(_ value: TOMLValue) -> TOMLValue? {
    let isFine =
      switch (kind, value) {
      case (.text, .string(let text)): !text.isEmpty
      case (.choice(let choices), .string(let text)): choices.contains(text)
      case (.flag, .boolean): true
      case (.whole(let limits), .integer(let number)): limits.contains(number)
      case (.oneOf(let numbers), .integer(let number)): numbers.contains(number)
      case (.fraction, .integer(let share)):
        (1...Self.smallestFraction).contains(share) && share.nonzeroBitCount == 1
      case (.pace, .string(let word)): ["auto", "full"].contains(word)
      case (.pace, .integer(let pace)): (1...Self.highestPace).contains(pace)
      case (.pace, .number(let pace)): pace > 0 && pace <= Double(Self.highestPace)
      case (.panels, .array): value.strings?.allSatisfy { PanelName($0) != nil } ?? false
      default: false
      }
    if case .number(let number) = value, let whole = Int(exactly: number), isFine { return .integer(whole) }
    return isFine ? value : nil
  }

  /// As in a file that sets nothing.
  var comment: String {
    let choices = if case .choice(let choices) = kind { ": " + choices.joined(separator: ", ") } else { "" }
    return "# \(meaning)\(choices)\n# \(name.rawValue) = \(usual.text)\n"
  }
}

/// A panel by its name, of one experiment or of all that have one.
struct PanelName: Hashable {
  var kind: String
  var experiment: String?

  /// The names of all panels of all experiments.
  static let known = Experiment.all.map { $0.summary(TrainingOptions()) }
    .flatMap { summary in summary.kinds.map(summary.name) }
    .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }

  init(kind: String, of experiment: String? = nil) {
    self.kind = kind
    self.experiment = experiment
  }

  /// Reads `losses` or `losses of toy`; `nil` if there is no such panel.
  init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard let kind = words.first, Self.known.contains(kind) else { return nil }
    switch words.count {
    case 1: self.init(kind: kind)
    case 3 where words[1] == "of" && Experiment.all.contains { $0.name == words[2] }:
      self.init(kind: kind, of: words[2])
    default: return nil
    }
  }

  var text: String { kind + (experiment.map { " of \($0)" } ?? "") }
}

extension TOMLValue {
  /// The strings of an array; `nil` where there is anything else.
  var strings: [String]? {
    guard case .array(let values) = self else { return nil }
    let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    return texts.count == values.count ? texts : nil
  }
}
