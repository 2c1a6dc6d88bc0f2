// The panel of a chart, and what is read at its crosshair.

import TerminalUI
import Training

struct ChartPanel: Widget {
  /// Columns from which on labels are sentences.
  static let talkativeWidth = 60

  var figures: FigureChart

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    if let emptiness = figures.emptiness {
      frame.write(emptiness, in: area.middleRow, style: context.palette[.dim], alignment: .centre)
      return
    }
    var chart = figures.chart(isTalkative: area.width >= Self.talkativeWidth)
    if let bucket = chart.crosshair?.bucket {
      let beside = chart.bucketsBeside(bucket, in: area)
      chart.crosshair?.readings = figures.readings(of: beside)
    }
    chart.render(into: &frame, area: area, context: context)
  }
}

extension Rect {
  /// The row in the middle, for a word instead of a picture.
  var middleRow: Rect { splitTop((height - 1) / 2).rest.splitTop(1).top }
}
