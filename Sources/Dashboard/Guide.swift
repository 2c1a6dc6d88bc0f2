// The second page of the help: what is drawn, and what is measured. The figures explain themselves in `Figures.swift`.

import Figures
import TerminalUI
import Training

enum Guide {
  /// - Parameter snapshot: of the focused experiment, whose figures are explained.
  static func help(_ keys: KeyMap, of snapshot: Snapshot?) -> HelpOverlay {
    let figures = snapshot?.experiment.figures.filter { !$0.meaning.isEmpty } ?? []
    func entries(_ figures: [Figure]) -> [Line] { figures.map { .entry(key: $0.label, text: $0.meaning) } }
    let told = entries(figures.filter { $0.cadence == .everyStep && $0.chart != nil })
    let measured = entries(figures.filter { !$0.sense.isLoss && ($0.cadence != .everyStep || $0.chart == nil) })
    let isGame = figures.contains { $0.sense == .lossOfDiscriminator }
    return HelpOverlay(
      title: "the screen", hint: "\(keys.name(.help)) closes",
      lines: (isGame ? [.heading("The two players")] + players + [.blank] : [])
        + [.heading("Samples of the toys: a line of numbers")] + line
        + [.blank, .heading("Other samples")] + others(keys)
        + (told.isEmpty ? [] : [.blank, .heading("Told by the training, of its batches")] + told)
        + [.blank, .heading("Charts")] + charts
        + (measured.isEmpty
          ? []
          : [.blank, .heading("Status: measured at one moment, with held-out data and z of their own")] + measured)
        + (isGame ? [.blank, .heading("What the last line of the status says of them")] + verdicts : []))
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

  private static let charts: [Line] = [
    .entry(
      key: "line",
      text: "the mean; the number is of the last step, or in a long run of the last 1/512 of it"),
    .entry(key: "smoothed", text: "when asked for: an exponential mean of all values, bias-corrected"),
    .entry(key: "band", text: "from the least to the greatest of the same values (needs 256 colours or more)"),
    .entry(key: "▲ ▼", text: "values beyond the scale, with the most extreme of them"),
    .entry(key: "×", text: "a value that was no number; where no other was there, the line has a gap"),
    .entry(key: "dashes", text: "what to compare with: log 2 is both losses where D is ½ everywhere"),
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
}
