// The latest pictures of several runs side by side, each as large as there is room for, and above it whose it is.

import Figures
import RunFiles
import TerminalUI
import Training

struct RunPictures: Widget {
  /// By the indices of the runs.
  var samples: [(run: Int, sample: WatchedRun.Sample)]
  /// Whether there is but one run, which needs no letter.
  var isAlone: Bool

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard !area.isEmpty, !samples.isEmpty else { return }
    for ((index, sample), place) in zip(samples, Self.places(samples.count, of: shape, in: area)) {
      let (label, below) = place.splitTop(place.height > 3 ? 1 : 0)
      let look = RunLook(of: index)
      let step = "step \(NumberLabel.step(sample.step))"
      let forms = isAlone ? [step] : ["\(look.letter) \(step)", "\(look.letter)"]
      frame.write(
        firstFitting: forms.map { [Span($0, style: context.palette[look.role])] }, in: label, alignment: .centre)
      switch sample.content {
      case .picture(let picture): draw(picture, into: &frame, area: below, context: context)
      case .view(let view):
        SamplesPanel(samples: view).render(into: &frame, area: below, context: context)
      }
    }
  }

  private func draw(_ picture: Picture, into frame: inout Frame, area: Rect, context: RenderContext) {
    // A bright pixel is a bright cell: on a light terminal, ink is dark.
    let levels = picture.pixels.map { context.palette.isDark ? Float($0) / 255 : 1 - Float($0) / 255 }
    ImageGrid(images: levels, width: picture.width, height: picture.height)
      .render(into: &frame, area: area, context: context)
  }

  /// So many areas a column apart, in rows, as many to a row as let the pictures be largest.
  ///
  /// - Parameter shape: of a picture, in pixels; two of them are as high as a cell, one is as wide.
  private static func places(_ count: Int, of shape: Size, in area: Rect) -> [Rect] {
    func scale(_ across: Int) -> Double {
      let down = (count + across - 1) / across
      return min(
        Double(area.width / across) / Double(max(1, shape.width)),
        Double(2 * (area.height / down - 1)) / Double(max(1, shape.height)))
    }
    let across = (1...count).max { scale($0) < scale($1) } ?? 1
    let down = (count + across - 1) / across
    return (0..<count).map { index in
      let (column, row) = (index % across, index / across)
      let (left, right) = (area.width * column / across, area.width * (column + 1) / across)
      let (top, bottom) = (area.height * row / down, area.height * (row + 1) / down)
      let gap = column < across - 1 ? 1 : 0
      return Rect(x: area.x + left, y: area.y + top, width: right - left - gap, height: bottom - top)
    }
  }

  /// Of the first picture; others of the same tag rarely have another. What is drawn to any size is best in a square.
  private var shape: Size {
    if case .picture(let picture) = samples.first?.sample.content {
      return Size(width: picture.width, height: picture.height)
    }
    return Size(width: 1, height: 1)
  }
}

extension SamplesPanel {
  /// Of a run that is over, or that is steered elsewhere.
  fileprivate init(samples: Exhibit.Content) {
    let snapshot = Snapshot(
      experiment: ExperimentSummary(name: "", title: "", data: "", loss: "", updates: "", seed: 0))
    self.init(snapshot: snapshot, content: samples, keys: .standard)
  }
}
