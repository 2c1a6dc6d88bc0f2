// A theme made ready for one terminal: what a widget draws with. How it comes about is in `Theme+Palette.swift`.

/// Roles as styles, and two gradients. Monochrome palettes tell roles apart by attributes and have no gradients.
package struct Palette: Hashable, Sendable {
  private let styles: [Role: Style]
  private let imageStops: [Colour]
  private let heatStops: [Colour]
  /// Whether ink is brighter than paper (a dark terminal) or darker (a light one).
  package let isDark: Bool

  /// The stops are evenly spaced from level 0 to level 1; none means that there is no colour to shade with.
  package init(styles: [Role: Style], imageStops: [Colour], heatStops: [Colour], isDark: Bool) {
    self.styles = styles
    self.imageStops = imageStops
    self.heatStops = heatStops
    self.isDark = isDark
  }

  /// The style of a role, its background included.
  package subscript(role: Role) -> Style { styles[role] ?? .plain }

  /// A grey of a picture, from 0, paper, to 1, ink. `nil` in monochrome: shade with characters instead.
  package func image(level: Float) -> Colour? { Self.colour(at: level, of: imageStops) }

  /// A shade of a field such as D over the plane, from 0 to 1. `nil` in monochrome: shade with characters instead.
  package func heat(level: Float) -> Colour? { Self.colour(at: level, of: heatStops) }

  /// Between two stops of 24-bit colour all shades exist; of other colours the nearest stop is taken.
  private static func colour(at level: Float, of stops: [Colour]) -> Colour? {
    guard let first = stops.first else { return nil }
    guard stops.count > 1, level > 0 else { return first }
    let position = min(level, 1) * Float(stops.count - 1)
    let index = min(Int(position), stops.count - 2)
    let fraction = position - Float(index)
    if let low = stops[index].ownRGB, let high = stops[index + 1].ownRGB {
      return Colour(low.mixed(with: high, share: Double(fraction)))
    }
    return stops[fraction < 0.5 ? index : index + 1]
  }
}
