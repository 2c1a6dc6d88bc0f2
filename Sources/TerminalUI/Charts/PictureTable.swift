// Grey pictures in titled rows and columns. Where there is not room for all of them at a size that can be read, columns are
// broken into blocks below one another, and rows or columns without titles are left out; a table without any titles is a
// map, whose pictures touch.

package struct PictureTable: Widget {
  /// `[rows, columns, height, width]`, flat; 0 is paper and 1 is ink.
  package var pixels: [Float]
  /// Of a picture, in pixels.
  package var size: Size
  package var columns: Int
  /// Above the columns, and beside the rows; empty for none.
  package var columnTitles: [String]
  package var rowTitles: [String]

  package init(pixels: [Float], size: Size, columns: Int, columnTitles: [String] = [], rowTitles: [String] = []) {
    self.pixels = pixels
    self.size = size
    self.columns = max(0, columns)
    self.columnTitles = columnTitles
    self.rowTitles = rowTitles
  }

  private var count: Int { size.width * size.height > 0 ? pixels.count / (size.width * size.height) : 0 }
  private var rows: Int { columns > 0 ? count / columns : 0 }
  private var isMap: Bool { columnTitles.isEmpty && rowTitles.isEmpty }

  /// A picture is never drawn larger than so many times its size: there is nothing more to be seen.
  private static let largest = 2.0

  /// So many rows and columns in a block, blocks below one another, pictures so large.
  private struct Plan {
    var rows: Int
    var columns: Int
    var blocks: Int
    var scale: Double
  }

  package func render(into frame: inout Frame, area: Rect, context: RenderContext) {
    guard rows > 0, !area.isEmpty else { return }
    if isMap { return drawMap(into: &frame, area: area, context: context) }
    let titleWidth = (rowTitles.map(\.unicodeScalars.count).max() ?? 0) + (rowTitles.isEmpty ? 0 : 1)
    guard let plan = plan(in: Size(width: area.width - titleWidth, height: area.height), context) else { return }
    let mode = context.images
    let cell = Size(
      width: max(1, Int(Double(size.width) * plan.scale / mode.pixels.width)),
      height: max(1, Int(Double(size.height) * plan.scale / mode.pixels.height)))
    let titleRows = columnTitles.isEmpty ? 0 : 1
    let block = Size(
      width: titleWidth + plan.columns * (cell.width + 1) - 1, height: titleRows + plan.rows * (cell.height + 1) - 1)
    let whole = area.centred(width: block.width, height: plan.blocks * (block.height + 1) - 1)
    for index in 0..<plan.blocks {
      let place = Rect(
        x: whole.x, y: whole.y + index * (block.height + 1), width: block.width, height: block.height)
      let first = index * plan.columns
      draw(
        columns: first..<min(columns, first + plan.columns), rows: plan.rows, cell: cell, titleWidth: titleWidth,
        in: place, into: &frame, context: context)
    }
  }

  /// The largest legible pictures of all rows, else of fewer; failing that the largest there can be.
  private func plan(in room: Size, _ context: RenderContext) -> Plan? {
    let mode = context.images
    let titleRows = columnTitles.isEmpty ? 0 : 1
    func plan(rows: Int, columns shown: Int, blocks: Int) -> Plan {
      let wide = Double(room.width + 1) / Double(shown) - 1
      let high = Double(room.height + 1) / Double(blocks) - 1 - Double(titleRows)
      let each = (high + 1) / Double(rows) - 1
      let scale = min(
        wide * mode.pixels.width / Double(size.width), each * mode.pixels.height / Double(size.height), Self.largest)
      return Plan(rows: rows, columns: shown, blocks: blocks, scale: scale)
    }
    var plans: [Plan] = []
    // Rows that have names all stay; columns that have names are broken into blocks, others may be left out.
    for rows in rowTitles.isEmpty ? (1...rows).reversed() : [rows] {
      for count in (1...columns).reversed() {
        let blocks = columnTitles.isEmpty ? 1 : (columns + count - 1) / count
        // Blocks of about one length: 5 and 5, not 8 and 2.
        if blocks > 1, count > (columns + blocks - 1) / blocks { continue }
        plans.append(plan(rows: rows, columns: count, blocks: blocks))
      }
    }
    let drawable = plans.filter { $0.scale > 0 }
    let legible = mode.scales(of: size).last ?? 1
    let readable = drawable.filter { $0.scale >= legible }
    if let most = readable.map(\.rows).max() {
      return readable.filter { $0.rows == most }.max {
        ($0.columns * $0.blocks, $0.scale) < ($1.columns * $1.blocks, $1.scale)
      }
    }
    return drawable.max { $0.scale < $1.scale }
  }

  private func draw(
    columns range: Range<Int>, rows: Int, cell: Size, titleWidth: Int, in place: Rect, into frame: inout Frame,
    context: RenderContext
  ) {
    guard !range.isEmpty else { return }
    let palette = context.palette
    let (titles, body) = place.splitTop(columnTitles.isEmpty ? 0 : 1)
    let left = place.x + titleWidth
    for (offset, column) in range.enumerated() where columnTitles.indices.contains(column) {
      let row = Rect(x: left + offset * (cell.width + 1), y: titles.y, width: cell.width, height: 1)
      frame.write(context.text(columnTitles[column]), in: row, style: palette[.dim], alignment: .centre)
    }
    for row in 0..<rows where rowTitles.indices.contains(row) {
      let line = Rect(
        x: place.x, y: body.y + row * (cell.height + 1) + cell.height / 2, width: max(0, titleWidth - 1), height: 1)
      frame.write(context.text(rowTitles[row]), in: line, style: palette[.dim], alignment: .right)
    }
    let area = size.width * size.height
    var shown: [Float] = []
    for row in 0..<rows {
      let start = row * columns
      shown += pixels[(start + range.lowerBound) * area..<(start + range.upperBound) * area]
    }
    ImageGrid(images: shown, width: size.width, height: size.height, columns: range.count, cell: cell).render(
      into: &frame,
      area: Rect(
        x: left, y: body.y, width: range.count * (cell.width + 1) - 1, height: rows * (cell.height + 1) - 1),
      context: context)
  }

  /// All pictures as one.
  private func drawMap(into frame: inout Frame, area: Rect, context: RenderContext) {
    let whole = Size(width: columns * size.width, height: rows * size.height)
    let mode = context.images
    let scale = min(
      Double(area.width) * mode.pixels.width / Double(whole.width),
      Double(area.height) * mode.pixels.height / Double(whole.height), Self.largest)
    let cell = Size(
      width: max(1, Int(Double(whole.width) * scale / mode.pixels.width)),
      height: max(1, Int(Double(whole.height) * scale / mode.pixels.height)))
    var mosaic: [Float] = []
    mosaic.reserveCapacity(pixels.count)
    for y in 0..<whole.height {
      for column in 0..<columns {
        let picture = y / size.height * columns + column
        let start = (picture * size.height + y % size.height) * size.width
        mosaic += pixels[start..<start + size.width]
      }
    }
    ImageGrid(images: mosaic, width: whole.width, height: whole.height, columns: 1, cell: cell).render(
      into: &frame, area: area.centred(width: cell.width, height: cell.height), context: context)
  }
}
