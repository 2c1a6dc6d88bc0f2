// What a model shows, one exhibit a panel: densities for the 1-D game, points for the 2-D game, pictures beside real ones,
// pictures in rows and columns, a path through a plane.

import Figures
import TerminalUI
import Training

struct SamplesPanel: Widget {
  var snapshot: Snapshot
  /// What is shown: one of the snapshot's exhibits.
  var content: Exhibit.Content
  var keys: KeyMap
  /// Whether the panel has the whole screen, which makes pictures larger.
  var isZoomed = false

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    if case .failed(let error) = snapshot.phase, content == .empty {
      let message = error.description
      let margin = area.width >= 40 ? 3 : 0
      let width = area.width - 2 * margin
      let height = message.wrapped(to: width).count + 2
      let box = area.centred(width: width, height: min(height, area.height))
      let (title, text) = box.splitTop(min(2, max(0, box.height - 1)))
      frame.write(snapshot.phase.word, in: title, style: context.palette[.bad], alignment: .centre)
      frame.write(paragraph: message, in: text, style: context.palette[.text], alignment: .centre)
      return
    }
    switch content {
    case .empty:
      let text = snapshot.phase == .preparing ? "preparing \(snapshot.experiment.data)" : "no samples yet"
      frame.write(text, in: area.middleRow, style: context.palette[.dim], alignment: .centre)
    case .density(let view): DensityPanel(view: view).render(into: &frame, area: area, context: context)
    case .points(let view):
      ScatterPlot(
        range: view.range, real: view.real.map(ScatterPlot.Point.init), fake: view.fake.map(ScatterPlot.Point.init),
        heat: view.discriminator, heatSide: view.gridSide
      ).render(into: &frame, area: area, context: context)
    case .images(let view):
      ImagesPanel(
        view: view, step: snapshot.samplesStep, between: snapshot.phase == .paused ? view.between : nil, keys: keys,
        isZoomed: isZoomed
      ).render(into: &frame, area: area, context: context)
    case .grid(let view):
      PictureTable(
        pixels: view.grey, size: Size(width: view.width, height: view.height), columns: view.columns,
        columnTitles: view.columnTitles, rowTitles: view.rowTitles
      ).render(into: &frame, area: area, context: context)
    case .path(let view):
      FieldPlot(
        range: view.range, axisTitles: (view.axisTitles.first ?? "", view.axisTitles.last ?? ""),
        path: view.path.map(ScatterPlot.Point.init), goal: ScatterPlot.Point(view.goal),
        field: view.field.map(ScatterPlot.Point.init), fieldSide: view.fieldSide
      ).render(into: &frame, area: area, context: context)
    }
  }
}

/// Figure 1 of "Generative Adversarial Nets" (Goodfellow et al. 2014): densities and D above, the map z → x below.
private struct DensityPanel: Widget {
  var view: DensityView

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    // The map is worth its rows where the densities keep enough of them.
    let mapRows = area.height >= 13 ? min(area.height * 2 / 5, 10) : 0
    let (upper, lower) = area.splitTop(area.height - mapRows)
    DensityChart(
      range: view.range, filled: view.dataDensity, outline: view.modelDensity, discriminator: view.discriminator,
      optimum: view.optimum
    ).render(into: &frame, area: upper, context: context)

    let latents = view.map.map(\.z)
    guard let least = latents.min(), let greatest = latents.max(), least < greatest else { return }
    LatentMap(
      points: view.map.map { .init(z: $0.z, x: $0.x) }, xRange: view.range, zRange: least...greatest
    ).render(into: &frame, area: lower, context: context)
  }
}

/// Generated pictures, from the same z throughout, and at their right real ones of the same size to compare; beneath
/// them what is between the generated ones, where that is to be shown and there is room for it.
private struct ImagesPanel: Widget {
  var view: ImagesView
  /// Of the generated ones, where it is not the current one.
  var step: Int?
  var between: BetweenView?
  var keys: KeyMap
  var isZoomed: Bool

  private var imageSize: Size { Size(width: view.width, height: view.height) }

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard let between = between.map({ BetweenRows(view: $0, imageSize: imageSize, keys: keys) }) else {
      return drawSamples(into: &frame, area: area, context: context)
    }
    let labelRows = labelRows(in: area)
    let height = between.height(beside: fit(in: area, context), in: area.size, labelRows: labelRows)
    let (upper, lower) = area.splitTop(area.height - height)
    drawSamples(into: &frame, area: upper, context: context)
    between.render(into: &frame, area: lower, context: context)
  }

  private func labelRows(in area: Rect) -> Int { area.height > 4 ? 1 : 0 }

  private func fit(in area: Rect, _ context: RenderContext) -> ImageGrid.Fit {
    ImageGrid.fitting(
      count: view.fakeCount + view.realCount, imageSize: imageSize,
      area: Size(width: area.width, height: area.height - labelRows(in: area)), context: context,
      isEnlarging: isZoomed)
  }

  private func drawSamples(into frame: inout Frame, area: Rect, context: RenderContext) {
    let labelRows = labelRows(in: area)
    let fit = fit(in: area, context)
    guard fit.columns > 0, fit.rows > 0 else { return }
    let realColumns = fit.columns > 1 && view.realCount > 0 ? 1 : 0
    let fakeColumns = fit.columns - realColumns

    // Both blocks together in the middle, with their labels, three columns apart where there is room for that.
    func width(_ columns: Int) -> Int { max(0, columns * (fit.cell.width + 1) - 1) }
    let gap = realColumns == 0 ? 0 : min(3, max(1, area.width - width(fakeColumns) - width(realColumns)))
    let block = area.centred(
      width: width(fakeColumns) + gap + width(realColumns), height: fit.rows * (fit.cell.height + 1) - 1 + labelRows)
    let (fake, rest) = block.splitLeft(width(fakeColumns))
    let real = rest.splitLeft(gap).rest
    let age = step.map { ["generated at step \($0.grouped)", "step \($0.grouped)"] } ?? []
    for (labels, role, images, area) in [
      (age + ["generated"], Role.generator, view.fake, fake), (["real"], .text, view.real, real),
    ] where !area.isEmpty {
      let (labelRow, pictures) = area.splitTop(labelRows)
      let label = labels.first { $0.unicodeScalars.count <= labelRow.width } ?? labels.last ?? ""
      frame.write(label, in: labelRow, style: context.palette[role], alignment: .centre)
      let columns = area == fake ? fakeColumns : realColumns
      draw(images, in: pictures, fit: .init(columns: columns, rows: fit.rows, cell: fit.cell), into: &frame, context)
    }
  }

  private func draw(
    _ images: [Float], in area: Rect, fit: ImageGrid.Fit, into frame: inout Frame, _ context: RenderContext
  ) {
    let count = min(images.count, fit.columns * fit.rows * view.width * view.height)
    let grid = ImageGrid(
      images: Array(images[..<count]), width: view.width, height: view.height, columns: fit.columns, cell: fit.cell)
    grid.render(into: &frame, area: area, context: context)
  }
}

extension ScatterPlot.Point {
  fileprivate init(_ point: PointsView.Point) { self.init(x: Double(point.x), y: Double(point.y)) }
}
