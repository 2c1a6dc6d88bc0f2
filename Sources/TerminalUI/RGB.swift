// Arithmetic on colours: mixing, contrast, and the nearest colour that a poorer terminal has.

import Glibc

/// A 24-bit sRGB colour to calculate with.
package struct RGB: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// This colour with a share of another one, 0…1, in sRGB: a grey of a picture keeps its value.
  package func mixed(with other: RGB, share: Double) -> RGB {
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
      // Rounded; `rounded()` would be a call of the C library for each pixel of a picture.
      UInt8(Double(a) + (Double(b) - Double(a)) * min(max(share, 0), 1) + 0.5)
    }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  /// The components without the gamma of sRGB, as WCAG 2.1 ("relative luminance") defines it.
  private var linear: (red: Double, green: Double, blue: Double) {
    (Self.linearValues[Int(red)], Self.linearValues[Int(green)], Self.linearValues[Int(blue)])
  }

  private static let linearValues: [Double] = (0...255).map { value in
    let share = Double(value) / 255
    return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }

  /// Relative luminance of WCAG 2.1, 0…1.
  package var luminance: Double {
    let (red, green, blue) = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }

  /// Contrast ratio of WCAG 2.1, 1…21; 4.5 is what running text needs.
  package func contrast(with other: RGB) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// How different two colours look, by the low-cost approximation known as "redmean" (thiadmer.nl/colour_metric).
  func distance(to other: RGB) -> Double {
    let mean = (Double(red) + Double(other.red)) / 2
    let (r, g, b) = (
      Double(red) - Double(other.red), Double(green) - Double(other.green), Double(blue) - Double(other.blue)
    )
    return (2 + mean / 256) * r * r + 4 * g * g + (2 + (255 - mean) / 256) * b * b
  }

  /// xterm's colour of an index: the sixteen named ones (as xterm ships them), the 6×6×6 cube, the 24 greys.
  package init(index: UInt8) {
    switch index {
    case 0..<16: self = Self.named[Int(index)]
    case 16..<232:
      let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
      let place = Int(index) - 16
      self.init(levels[place / 36], levels[place / 6 % 6], levels[place % 6])
    default:
      let grey = 8 + 10 * (index - 232)
      self.init(grey, grey, grey)
    }
  }

  private static let named: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
    RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
    RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]

  /// Degrees around the wheel of HSV, red at 0; `nil` for colours so near to grey that nobody sees a hue.
  private var hue: Double? {
    let (r, g, b) = (Double(red), Double(green), Double(blue))
    let (least, most) = (min(r, g, b), max(r, g, b))
    let chroma = most - least
    guard chroma >= 24 else { return nil }
    let sixths = most == r ? (g - b) / chroma : most == g ? (b - r) / chroma + 2 : (r - g) / chroma + 4
    return sixths < 0 ? (sixths + 6) * 60 : sixths * 60
  }

  /// The index among `candidates` of the nearest colour that is a grey or has about this hue. The 256 colours have few
  /// dark ones: the nearest to a dark brown is a saturated olive, which says something else.
  ///
  /// - Parameter greyCost: How much farther away a grey counts as it is, for a colour that has a hue.
  func nearestKeepingHue(among candidates: ClosedRange<UInt8>, greyCost: Double) -> UInt8 {
    let hue = hue
    let costs = candidates.compactMap { index -> (index: UInt8, cost: Double)? in
      let candidate = RGB(index: index)
      let distance = distance(to: candidate)
      guard let other = candidate.hue else { return (index, hue == nil ? distance : distance * greyCost) }
      guard let hue else { return nil }
      let difference = (hue - other).magnitude
      return min(difference, 360 - difference) <= 20 ? (index, distance) : nil
    }
    return costs.min { $0.cost < $1.cost }?.index ?? candidates.lowerBound
  }

  /// The index among `candidates` of the 256-colour palette that looks most like this colour.
  package func nearest(among candidates: ClosedRange<UInt8>) -> UInt8 {
    candidates.min { distance(to: RGB(index: $0)) < distance(to: RGB(index: $1)) } ?? candidates.lowerBound
  }
}

extension Colour {
  package init(_ rgb: RGB) { self = .rgb(red: rgb.red, green: rgb.green, blue: rgb.blue) }

  /// The components of a 24-bit colour; `nil` for colours whose look the terminal decides.
  var ownRGB: RGB? {
    if case .rgb(let red, let green, let blue) = self { RGB(red, green, blue) } else { nil }
  }

  /// The components, xterm's where the terminal decides; `nil` for the terminal's own colours.
  package var rgb: RGB? {
    switch self {
    case .terminal: nil
    case .ansi(let index), .indexed(let index): RGB(index: index)
    case .rgb(let red, let green, let blue): RGB(red, green, blue)
    }
  }
}
