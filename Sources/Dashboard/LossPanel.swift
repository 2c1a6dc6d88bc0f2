// The losses of both players over all steps, beside the value that they have at the equilibrium of the game.

import Glibc
import TerminalUI
import Training

struct LossPanel: Widget {
  var history: LossHistory

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard history.steps > 0 else {
      frame.write("no step yet", in: area.middleRow, style: context.palette[.dim], alignment: .centre)
      return
    }
    SeriesChart(
      series: [
        .init(role: .discriminator, label: "D", buckets: history.discriminator.map(SeriesChart.Bucket.init)),
        .init(role: .generator, label: "G", buckets: history.generator.map(SeriesChart.Bucket.init), dotted: true),
      ],
      // D's loss is −V/2: log 2 is where V = −log 4 (Goodfellow et al. 2014, Theorem 1).
      references: [.init(value: log(2), label: "log 2")],
      xRange: 0...Double(max(1, history.steps)), xLabel: "steps", yLabel: "nats"
    ).render(into: &frame, area: area, context: context)
  }
}

extension SeriesChart.Bucket {
  fileprivate init(_ bucket: LossBucket) {
    self.init(
      minimum: Double(bucket.minimum), mean: bucket.mean, maximum: Double(bucket.maximum), broken: bucket.broken > 0)
  }
}

extension Rect {
  /// The row in the middle, for a word instead of a picture.
  var middleRow: Rect { splitTop((height - 1) / 2).rest.splitTop(1).top }
}
