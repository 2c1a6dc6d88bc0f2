// The panel of the losses: their chart, and what is read at its crosshair.

import TerminalUI
import Training

struct LossPanel: Widget {
  /// Columns from which on labels are sentences.
  static let talkativeWidth = 60

  var losses: LossChart

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    var chart = losses.chart(isTalkative: area.width >= Self.talkativeWidth)
    guard chart.xRange.upperBound > 0 else {
      frame.write("no step yet", in: area.middleRow, style: context.palette[.dim], alignment: .centre)
      return
    }
    if let bucket = chart.crosshair?.bucket {
      let beside = chart.bucketsBeside(bucket, in: area)
      chart.crosshair?.readings = losses.readings(of: beside)
    }
    chart.render(into: &frame, area: area, context: context)
  }
}

extension Rect {
  /// The row in the middle, for a word instead of a picture.
  var middleRow: Rect { splitTop((height - 1) / 2).rest.splitTop(1).top }
}
