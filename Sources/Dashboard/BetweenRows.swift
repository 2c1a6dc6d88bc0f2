// What lies between samples, while the game rests: rows of pictures from one z to the next, beneath the samples.

import Figures
import TerminalUI
import Training

struct BetweenRows: Widget {
  var view: BetweenView
  /// Of a picture, in pixels.
  var imageSize: Size
  var keys: KeyMap

  /// Rows of the area that this is given beneath samples: none where not every kind keeps a row of pictures, else up to
  /// a third of them.
  ///
  /// - Parameters:
  ///   - fit: how the samples would lie if all of the area were theirs.
  ///   - labelRows: what they need beside.
  func height(beside fit: ImageGrid.Fit, in area: Size, labelRows: Int) -> Int {
    let pitch = fit.cell.height + 1
    let rows = min(view.starts.count, (fit.rows + 1) / 3)
    // A blank row above, where that does not cost the samples a row of pictures.
    func samples(beside height: Int) -> Int { (area.height - height - labelRows + 1) / pitch }
    let least = rows * pitch - 1 + Self.labelRows
    let height = samples(beside: least + 1) < samples(beside: least) ? least : least + 1
    let isOfUse = rows > 0 && columns(of: fit.cell, in: area) > 2
    return isOfUse && area.height - height >= labelRows + fit.cell.height ? height : 0
  }

  private static let labelRows = 1

  func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard area.height > 2 else { return }
    let fit = ImageGrid.fitting(
      count: view.starts.count * view.points, imageSize: imageSize,
      area: Size(width: area.width, height: area.height - Self.labelRows), context: context)
    // The pictures at the bottom, and right above them what they are.
    let (head, pictures) = area.splitTop(area.height - (fit.rows * (fit.cell.height + 1) - 1))
    let label = head.splitTop(head.height - Self.labelRows).rest
    let columns = columns(of: fit.cell, in: pictures.size)
    guard columns > 2 else { return }
    let starts = Array(view.starts.prefix(fit.rows))
    let forms = labels(starts, context.palette)
    frame.write((forms.first { $0.width <= label.width } ?? forms.last) ?? [], in: label, alignment: .centre)
    let size = imageSize.width * imageSize.height
    let images = starts.indices.flatMap { row in
      (0..<columns).flatMap { column in
        let index = row * view.points + column * (view.points - 1) / (columns - 1)
        return view.images[index * size..<(index + 1) * size]
      }
    }
    ImageGrid(images: images, width: imageSize.width, height: imageSize.height, columns: columns)
      .render(into: &frame, area: pictures, context: context)
  }

  /// Pictures in a row: as many as fit at equal steps.
  private func columns(of cell: Size, in area: Size) -> Int {
    let most = (area.width + 1) / (cell.width + 1)
    return (2...max(2, min(most, view.points))).last { (view.points - 1) % ($0 - 1) == 0 } ?? 0
  }

  /// Which of the pictures above are joined, counted as they are read, along which path, and how to see others; then in
  /// fewer words.
  private func labels(_ starts: [Int], _ palette: Palette) -> [[Span]] {
    let pairs = starts.map { "\($0 + 1) and \($0 + 2)" }.joined(separator: ", ")
    let other = view.path == .slerp ? LatentPath.lerp : .slerp
    let hints = [keys.hint(for: [.nextPair]), keys.hint(for: [.nextPath], label: other.rawValue)].compactMap(\.self)
      .flatMap { [Span("   \($0.key)", style: palette[.key]), Span(" \($0.label)", style: palette[.dim])] }
    let words = ["between \(pairs): \(view.path.rawValue)", view.path.rawValue]
      .map { [Span($0, style: palette[.generator])] }
    return [words[0] + hints, words[0], words[1]]
  }
}
