// What a person has set otherwise than the model has it, as short as a panel's title.

import GenerativeModels

extension ExperimentSummary {
  private static let usual = Dictionary(
    uniqueKeysWithValues: Experiment.all.map { ($0.name, $0.summary(TrainingOptions())) })

  /// What differs from the model's own settings, in ever fewer letters: `minimax, k = 5`, then `minimax k=5`. Empty where
  /// nothing does.
  package var departures: [String] {
    var (said, brief) = ([String](), [String]())
    for change in changes.isEmpty ? changesOfOldJournal : changes {
      let parts = change.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "loss":
        said.append(parts[1])
        brief.append(parts[1] == "non-saturating" ? "non-sat." : parts[1])
      case "order":
        said.append(parts[1])
        brief.append(parts[1] == GAN.Order.simultaneous.rawValue ? "simult." : "alt.")
      default:
        said.append("\(parts[0]) = \(parts[1])")
        brief.append(change)
      }
    }
    if precision != "f32" {
      said.append(precision)
      brief.append(precision)
    }
    return said.isEmpty ? [] : [said.joined(separator: ", "), brief.joined(separator: " ")]
  }

  /// A journal of before settings were written down says loss and order only.
  private var changesOfOldJournal: [String] {
    guard let usual = Self.usual[name], !loss.isEmpty else { return [] }
    var changes = loss == usual.loss ? [] : ["loss=\(loss)"]
    if updates != usual.updates {
      let alternating = GAN.Order.alternating.rawValue + ", k = "
      if !updates.hasPrefix(alternating) {
        changes.append("order=\(updates)")
      } else {
        if !usual.updates.hasPrefix(alternating) { changes.append("order=\(GAN.Order.alternating.rawValue)") }
        let k = updates.dropFirst(alternating.count)
        if k != "1" { changes.append("k=\(k)") }
      }
    }
    return changes
  }
}
