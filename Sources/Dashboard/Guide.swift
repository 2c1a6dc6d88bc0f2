// The second page of the help: what is drawn, and what is measured. The figures explain themselves in `Figures.swift`.

import TerminalUI
import Training

enum Guide {
  static func help(_ keys: KeyMap) -> HelpOverlay {
    HelpOverlay(
      title: "the screen", hint: "\(keys.name(.help)) closes",
      lines: [.heading("The two players")] + players
        + [.blank, .heading("Samples of the toys: a line of numbers")] + line
        + [.blank, .heading("Other samples")] + others(keys)
        + [.blank, .heading("Losses of the training's batches, in nats")] + losses
        + [.blank, .heading("Status: measured at one moment, with held-out data and z of their own")] + figures
        + [.blank, .heading("What the last line of the status says of them")] + verdicts)
  }

  private typealias Line = HelpOverlay.Line

  private static let players: [Line] = [
    .entry(
      key: "G", text: "the generator: turns random numbers z into samples, and learns to make D take them for real"),
    .entry(key: "D", text: "the discriminator: says how likely a sample is real, and learns to see through G"),
  ]

  private static let line: [Line] = [
    .entry(key: "p_data", text: "the density of the data, exact"),
    .entry(key: "p_g", text: "the density of G's samples, counted; ▲ where it leaves the scale"),
    .entry(key: "D", text: "how likely D finds each x to be real, from 0 to 1"),
    .entry(key: "D*", text: "the best answer to this G: p_data / (p_data + p_g)"),
    .entry(key: "z, x", text: "below: lines from evenly spaced z to x = G(z); dense where p_g is"),
  ]

  private static func others(_ keys: KeyMap) -> [Line] {
    [
      .entry(key: "ring", text: "circles: real points; dots: generated ones; behind: D, neutral at ½"),
      .entry(key: "digits", text: "pictures from z that stay the same until \(keys.name(.renewNoise)) renews them"),
      .entry(key: "between", text: "while paused: G on the way from one of these z to the next"),
    ]
  }

  private static let losses: [Line] = [
    .entry(key: "D, G", text: "½(BCE on real + BCE on generated), and what G makes smaller"),
    .entry(
      key: "line",
      text: "the mean loss; the number is of the last step, or in a long run of the last 1/512 of it"),
    .entry(key: "smoothed", text: "when asked for: an exponential mean of all losses, bias-corrected"),
    .entry(key: "band", text: "from the least to the greatest of the same losses (needs 256 colours or more)"),
    .entry(key: "▲ ▼", text: "losses beyond the scale, with the most extreme of them"),
    .entry(key: "×", text: "a loss that was no number; where no other was there, the line has a gap"),
    .entry(key: "log 2", text: "both losses where D is ½ everywhere; minimax G: −log 2"),
  ]

  private static let verdicts: [Line] = [
    .entry(key: "floor", text: "JSD within 0.005 of its floor: no difference left that could be measured"),
    .entry(key: "chance", text: "D(x) and D(G(z)) near ½; green where JSD says that G is good, too;"),
    .entry(key: "", text: "of pictures nobody knows: D may know nothing yet, or G be good"),
    .entry(key: "D misses", text: "D is at chance, though the best D* could tell samples from data"),
    .entry(key: "D tells", text: "D(x) above 0.95 and D(G(z)) below 0.05: G is far behind"),
    .entry(key: "G misses", text: "some modes of the data get less than a quarter of their share"),
    .entry(key: "loss", text: "not finite: the training has left the numbers"),
  ]

  /// As they would stand in the status panel of an experiment to which all of them apply.
  private static var figures: [Line] {
    var snapshot = Snapshot(
      experiment: ExperimentSummary(name: "", title: "", data: "", loss: "", updates: "", seed: 0))
    for value: WritableKeyPath<MetricValues, Double?> in [
      \.meanReal, \.meanFake, \.jsd, \.jsdFloor, \.value, \.discriminatorError, \.valueAtOptimum, \.jsdBound,
      \.klDataModel, \.klModelData, \.highQualityShare,
    ] { snapshot.metrics[keyPath: value] = 0 }
    (snapshot.metrics.modesCovered, snapshot.metrics.modes) = (0, 0)
    return snapshot.figures.map { .entry(key: $0.label, text: $0.meaning) }
  }
}
