// A widget is a value that draws itself into an area of a frame: no state of its own, no clock, no terminal.

/// What every widget may know beside its own values.
package struct RenderContext: Hashable, Sendable {
  package let palette: Palette
  package let capabilities: Capabilities
  /// How pictures are drawn, at full size where nobody has chosen.
  package let images: ImageMode
  /// Whether nobody has chosen, so that small pictures may be drawn in another way.
  private let isUsual: Bool

  /// - Parameter images: how pictures are to be drawn, if that is possible.
  package init(palette: Palette, capabilities: Capabilities, images: ImageMode? = nil) {
    self.palette = palette
    self.capabilities = capabilities
    let wish = images.flatMap { $0.isPossible(with: capabilities, palette) ? $0 : nil }
    self.images = wish ?? .usual(with: capabilities, palette)
    isUsual = wish == nil
  }

  /// How pictures of some pixels are drawn in a cell of so many columns and rows each.
  func images(of size: Size, in cell: Size) -> ImageMode {
    isUsual && cell.width < size.width ? .usualWhereSmall(with: capabilities, palette) : images
  }
}

package protocol Widget {
  /// Draws within `area` and nowhere else; total: every area, down to an empty one, is fine.
  func render(into frame: inout Frame, area: Rect, context: RenderContext)
}
