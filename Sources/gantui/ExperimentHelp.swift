// What an experiment declares about itself, for people (`gantui help cgan`) and programs (`gantui list experiments --json`).

import Figures
import GenerativeModels
import RunFiles
import TerminalUI
import Training

extension Experiment {
  /// Under the settings that the model has unless told.
  private var figures: [Figure] { card.figures(KnobSettings(card.knobs)) }

  // MARK: For people

  /// Paper, data, settings and figures.
  ///
  /// - Parameter width: columns of the page.
  func help(width: Int = Help.width) -> String {
    var lines = ["\(name): \(title)", ""]
    lines += entry("Paper", card.paper, indent: 0, column: 7, width: width)
    lines += entry("Data", card.data.explanation, indent: 0, column: 7, width: width)
    lines += entry("Shows", card.exhibits.map(\.title).joined(separator: ", "), indent: 0, column: 7, width: width)
    lines += ["", "Settings, with default and range: --set KEY=VALUE"]
    let column = (card.knobs.map(\.key.count) + figures.map(\.key.rawValue.count)).max().map { $0 + 4 } ?? 4
    for knob in card.knobs {
      lines += entry(knob.key, knob.meaning, column: column, width: width)
      lines += entry("", "\(knob.initial) (\(knob.domain))", column: column, width: width)
    }
    lines += ["", "Figures, by their keys in files" + (settingsHasLoss ? "; other losses have fewer" : "")]
    for figure in figures {
      let unit = figure.unit.word.isEmpty ? "" : " [\(figure.unit.word)]"
      lines += entry(
        figure.key.rawValue, "\(figure.label)\(unit): \(meaning(of: figure))", column: column, width: width)
    }
    if !card.proofs.isEmpty { lines += ["", "Claims, which “gantui verify \(name)” checks"] }
    for proof in card.proofs {
      lines += entry(proof.figure.rawValue, proof.sentence, column: column, width: width)
      if let control = proof.control {
        lines += entry("", "control\(control.settings.words): \(control.bound.sentence)", column: column, width: width)
      }
    }
    lines += ["", "Commands", "  gantui \(name)", "  gantui train \(name) --steps N"]
    if let sampling { lines.append("  \(sampling)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var settingsHasLoss: Bool { card.knobs.contains { $0.key == "loss" } }

  /// `nil` for a model that makes no samples.
  private var sampling: String? {
    guard let sampler else { return nil }
    let classes = sampler.condition == nil ? "" : " --class all"
    return "gantui sample \(name)\(classes) --steps N --count K --output FILE.\(imageSide == nil ? "npy" : "png")"
  }

  /// A figure that is only a part of another has no meaning of its own: it is told whose part it is.
  private func meaning(of figure: Figure) -> String {
    guard figure.meaning.isEmpty else { return figure.meaning }
    for whole in figures {
      if whole.error == figure.key { return "the standard error of \(whole.key.rawValue)" }
      if case .figure(figure.key, _)? = whole.reference { return "what \(whole.key.rawValue) is compared with" }
      if whole.unit == .count(of: figure.key) { return "how many there are" }
    }
    return figure.label
  }

  /// A word, and in the column beside it a text of one line or more.
  private func entry(_ word: String, _ text: String, indent: Int = 2, column: Int, width: Int) -> [String] {
    text.wrapped(to: width - column).enumerated().map { row, line in
      let start = row == 0 ? String(repeating: " ", count: indent) + word : ""
      return start + String(repeating: " ", count: max(1, column - start.count)) + line
    }
  }

  // MARK: For programs

  /// All of it as one JSON object.
  var line: JSONLine {
    var line = JSONLine()
    line.add("name", name)
    line.add("title", title)
    line.add("paper", card.paper)
    line.add("data", card.data.explanation)
    line.add("samples", sampler == nil ? "none" : imageSide == nil ? "points" : "images")
    if case .classes(let count)? = sampler?.condition { line.add("classes", count) }
    line.add("knobs", objects: card.knobs.map(\.line))
    line.add(
      "figures",
      objects: figures.map { figure in
        var line = JSONLine()
        line.describe(figure)
        return line
      })
    line.add("claims", objects: card.proofs.map(\.line))
    line.add(
      "exhibits",
      objects: card.exhibits.map { exhibit in
        var line = JSONLine()
        line.add("key", exhibit.key)
        line.add("title", exhibit.title)
        return line
      })
    return line
  }
}

extension Knob {
  fileprivate var line: JSONLine {
    var line = JSONLine()
    line.add("key", key)
    switch kind {
    case .number(let range):
      line.add("kind", "number")
      line.add("least", range.lowerBound)
      line.add("most", range.upperBound)
    case .count(let range):
      line.add("kind", "count")
      line.add("least", range.lowerBound)
      line.add("most", range.upperBound)
    case .choice(let names):
      line.add("kind", "choice")
      line.add("choices", texts: names)
    }
    switch initial {
    case .number(let number): line.add("default", number)
    case .count(let count): line.add("default", count)
    case .choice(let name): line.add("default", name)
    }
    line.add("meaning", meaning)
    return line
  }
}

extension [(key: String, value: String)] {
  /// As they are typed, after a space each.
  fileprivate var words: String { map { " \($0.key)=\($0.value)" }.joined() }
}

extension Proof {
  fileprivate var sentence: String {
    "\(bound.sentence) after \(steps) steps" + (settings.isEmpty ? "" : " with\(settings.words)")
  }

  fileprivate var line: JSONLine {
    var line = JSONLine()
    line.add("figure", figure.rawValue)
    line.add("claim", sentence)
    if let control { line.add("control", String(control.settings.words.dropFirst()) + ": " + control.bound.sentence) }
    return line
  }
}

extension DataSource {
  fileprivate var explanation: String {
    switch self {
    case .line(let density): "numbers: \(density.description)"
    case .plane(let density): "points in the plane: \(density.description)"
    case .digits(28): "28×28 digits: MNIST where it is found, else built-in handwriting"
    case .digits(let side): "digits enlarged to \(side)×\(side): MNIST where it is found, else built-in handwriting"
    case .pictures(let side, let channels): "\(side)×\(side) pictures in \(channels) channels"
    case .mnist: "28×28 digits of MNIST, which has to be there: see “gantui help data”"
    case .none: "none: the game is known by its equations"
    }
  }
}
