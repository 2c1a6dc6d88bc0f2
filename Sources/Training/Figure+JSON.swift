// Figures as lines of a journal: a run says what its figures mean, so that a program that does not know its model can show
// it all the same.

import Figures
import GenerativeModels
import RunFiles

extension JSONLine {
  /// `{"event":"figure","key":"jsd","label":"JSD","unit":"nats", …}`
  static func declaring(_ figure: Figure) -> JSONLine {
    var line = JSONLine()
    line.add("event", "figure")
    line.describe(figure)
    return line
  }

  /// Adds all that a figure declares.
  package mutating func describe(_ figure: Figure) {
    add("key", figure.key.rawValue)
    add("label", figure.label)
    add("unit", figure.unit.word)
    if case .count(let whole?) = figure.unit { add("of", whole.rawValue) }
    if let chart = figure.chart { add("chart", chart) }
    add("colour", figure.colour.rawValue)
    switch figure.reference {
    case .line(let value, let label)?:
      add("reference", value)
      add("reference_label", label)
    case .figure(let key, let label)?:
      add("reference_figure", key.rawValue)
      add("reference_label", label)
    case nil: break
    }
    if let error = figure.error { add("error", error.rawValue) }
    add("cadence", figure.cadence.rawValue)
    add("sense", figure.sense.rawValue)
    add("meaning", figure.meaning)
  }
}

extension Figure {
  /// `nil` for a line that declares none.
  init?(_ line: JSONObject) {
    guard line.text("event") == "figure", let key = line.text("key"), !key.isEmpty else { return nil }
    let label = line.text("reference_label") ?? ""
    let reference: Reference? =
      if let value = line.number("reference") {
        .line(value, label)
      } else {
        line.text("reference_figure").map { .figure(Key(rawValue: $0), label) }
      }
    self.init(
      Key(rawValue: key), line.text("label") ?? key,
      unit: Unit(word: line.text("unit") ?? "", of: line.text("of").map(Key.init(rawValue:))),
      chart: line.text("chart"), colour: line.text("colour").flatMap(Colour.init) ?? .data, reference: reference,
      error: line.text("error").map(Key.init(rawValue:)),
      cadence: line.text("cadence").flatMap(Cadence.init) ?? .everyLook,
      sense: line.text("sense").flatMap(Sense.init) ?? .none, meaning: line.text("meaning") ?? "")
  }
}

extension Figure.Unit {
  /// As files have it; empty for a plain number.
  package var word: String {
    switch self {
    case .none: ""
    case .nats: "nats"
    case .decibels: "dB"
    case .share: "share"
    case .count: "count"
    }
  }

  fileprivate init(word: String, of whole: Figure.Key?) {
    self =
      switch word {
      case "nats": .nats
      case "dB": .decibels
      case "share": .share
      case "count": .count(of: whole)
      default: .none
      }
  }
}

/// The figures of journals that do not declare theirs: those of all runs before the first that did.
package enum OldFigures {
  package static let all =
    Adversary.figures(NonSaturatingLoss()) + Look.figures(of: .line(.toyMixture), NonSaturatingLoss())

  /// Those of a run that says which experiment it is, and by which loss.
  static func of(_ name: String, loss: String) -> [Figure] {
    guard let loss = AdversarialLosses.all.first(where: { $0.name == loss }) else { return all }
    let data = Experiment.all.first { $0.name == name }?.card.data ?? .line(.toyMixture)
    return Adversary.figures(loss) + Look.figures(of: data, loss)
  }
}
