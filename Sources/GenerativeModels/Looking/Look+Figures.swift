// The figures that follow from what the data are, declared where they are measured.

import Figures
import Glibc

extension Look {
  /// What `samples()` and `adversarial(_:)` find, in the order in which it is said.
  package static func figures(of data: DataSource, _ loss: any AdversarialLoss) -> [Figure] {
    let isProbability = loss.isProbability
    var figures: [Figure] = []
    switch data {
    case .line(let density):
      figures += [
        Figure(
          "jsd", "JSD", unit: .nats, chart: "divergence", reference: .figure("jsd_floor", "floor"), sense: .divergence,
          meaning: "from G's samples to the data, 0 to log 2; floor: from real ones"),
        Figure("jsd_floor", "floor", unit: .nats),
      ]
      if density.modes.count > 1 { figures += modes }
      if isProbability { figures.append(value) }
      if isProbability {
        figures += [
          Figure("d_error", "|D − D*|", meaning: "how far D is from the best D, on average over the data"),
          Figure("value_at_optimum", "V at D*", unit: .nats, meaning: "the value of the game if D were perfect now"),
        ]
        figures += bound
      }
      figures += [
        Figure("kl", "KL(p‖g)", unit: .nats, meaning: "from data to samples: grows where samples are missing"),
        Figure("kl_reverse", "KL(g‖p)", unit: .nats, meaning: "from samples to data: grows where samples are wrong"),
      ]
    case .plane:
      figures += modes
      if isProbability { figures += [value] + bound }
    case .digits, .mnist, .pictures, .none:
      if isProbability { figures += [value] + bound }
    }
    return figures
  }

  private static let modes = [
    Figure(
      "modes_covered", "modes", unit: .count(of: "modes"), chart: "modes", sense: .coverage,
      meaning: "peaks that get at least a quarter of their share of G(z)"),
    Figure("modes", "modes", unit: .count(of: nil)),
    Figure(
      "high_quality_share", "at modes", unit: .share, chart: "modes",
      meaning: "generated samples within three deviations of a peak"),
    Figure(
      "modes_kl", "KL modes", unit: .nats,
      meaning: "from samples to data, counted at peaks and elsewhere: 0 where every peak has its share"),
  ]

  private static let value = Figure(
    "value", "V", unit: .nats, reference: .line(-log(4), "−log 4"),
    meaning: "the value of the game; −log 4 where neither player can gain")

  private static let bound = [
    Figure(
      "jsd_bound", "JSD ≥", unit: .nats, chart: "divergence", error: "jsd_bound_error", sense: .divergence,
      meaning: "what V proves of the JSD: at least log 2 + V/2 and 0; ± its error"),
    Figure("jsd_bound_error", "±", unit: .nats),
  ]
}
