// The losses of both players over all steps, beside the values that they have at the equilibrium of the game.

import Glibc
import TerminalUI
import Training

struct LossPanel: Widget {
  var snapshot: Snapshot

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard snapshot.history.steps > 0 else {
      frame.write("no step yet", in: area.middleRow, style: context.palette[.dim], alignment: .centre)
      return
    }
    let isTalkative = area.width >= 60
    let (d, g) = (snapshot.history.discriminator.latest(), snapshot.history.generator.latest())
    SeriesChart(
      series: [
        .init(role: .discriminator, label: "D", buckets: d.buckets.map(SeriesChart.Bucket.init)),
        .init(role: .generator, label: "G", buckets: g.buckets.map(SeriesChart.Bucket.init), dotted: true),
      ],
      references: references(isTalkative: isTalkative), xRange: Double(d.start)...Double(snapshot.history.steps),
      xLabel: xLabel(stepsPerBucket: d.stepsPerBucket, isTalkative: isTalkative)
    ).render(into: &frame, area: area, context: context)
  }

  /// A value of the chart is of one step as long as there are few, and else a mean.
  private func xLabel(stepsPerBucket: Int, isTalkative: Bool) -> String {
    isTalkative && stepsPerBucket > 1 ? "steps; values are means of \(stepsPerBucket)" : "steps"
  }

  /// At the equilibrium D is ½ everywhere (Goodfellow et al. 2014, Theorem 1). D's loss −V/2 is then log 2, and so is
  /// G's −log D; G's minimax loss log(1 − D) is −log 2.
  private func references(isTalkative: Bool) -> [SeriesChart.Reference] {
    let chance = SeriesChart.Reference(value: log(2), label: isTalkative ? "log 2: V = −log 4" : "log 2")
    return snapshot.experiment.loss == "minimax" ? [chance, .init(value: -log(2), label: "−log 2")] : [chance]
  }
}

extension SeriesChart.Bucket {
  fileprivate init(_ bucket: MetricBucket) {
    self.init(
      minimum: Double(bucket.minimum), mean: bucket.mean, maximum: Double(bucket.maximum), broken: bucket.broken > 0)
  }
}

extension Rect {
  /// The row in the middle, for a word instead of a picture.
  var middleRow: Rect { splitTop((height - 1) / 2).rest.splitTop(1).top }
}
