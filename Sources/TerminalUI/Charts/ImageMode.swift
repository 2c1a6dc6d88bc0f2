// How a cell shows the part of a grey picture that it covers. What a terminal can show decides which of these ways there
// are; the finest of them that is safe is taken unless the person chooses another one.

import Glibc

/// From the most faithful to the least demanding. Raw values are those of the settings.
package enum ImageMode: String, Hashable, Sendable, CaseIterable {
  /// Two pixels, each a shade of the palette.
  case halfBlocks = "half-blocks"
  /// Four parts of two pixels in two shades: finer sideways than half blocks where pictures are small.
  case quadrants
  /// 2×4 pixels, each a dot or none.
  case braille
  /// Half a pixel as a character with so much ink.
  case largeCharacters = "large-characters"
  /// Two pixels' mean as a character with so much ink.
  case characters

  package var name: String { rawValue.replacing("-", with: " ") }

  /// Whether a terminal and a theme have what it takes.
  package func isPossible(with capabilities: Capabilities, _ palette: Palette) -> Bool {
    let hasShades = capabilities.colours >= .ansi16 && palette.image(level: 0) != nil
    return switch self {
    case .halfBlocks: hasShades && capabilities.glyphs >= .block
    case .quadrants: hasShades && capabilities.glyphs >= .quadrant
    case .braille: capabilities.glyphs >= .braille
    case .largeCharacters, .characters: true
    }
  }

  /// What is taken if nobody chooses: shades where there are greys among them; sixteen colours are too few (28.5 dB on
  /// MNIST's digits, measured, after 46.6 of 256).
  package static func usual(with capabilities: Capabilities, _ palette: Palette) -> ImageMode {
    let hasGreys = capabilities.colours >= .indexed256 && palette.image(level: 0) != nil
    return switch capabilities.glyphs {
    case .ascii: .characters
    case .block, .quadrant: hasGreys ? .halfBlocks : .characters
    case .braille: hasGreys ? .halfBlocks : .braille
    }
  }

  /// What is taken if nobody chooses and a cell is more than a pixel wide: quadrants instead of half blocks. On 200 of
  /// MNIST's digits at half size 20.2 dB instead of 18.0, at three quarters 19.8 instead of 18.7 (measured).
  package static func usualWhereSmall(with capabilities: Capabilities, _ palette: Palette) -> ImageMode {
    let usual = usual(with: capabilities, palette)
    return usual == .halfBlocks && ImageMode.quadrants.isPossible(with: capabilities, palette) ? .quadrants : usual
  }

  /// Pixels that a cell covers at full size.
  var pixels: (width: Double, height: Double) {
    switch self {
    case .halfBlocks, .quadrants, .characters: (1, 2)
    case .braille: (2, 4)
    case .largeCharacters: (0.5, 1)
    }
  }

  /// Places of a cell that differ: a character cannot tell an upper pixel from a lower one.
  var dots: Size {
    switch self {
    case .halfBlocks: Size(width: 1, height: 2)
    case .quadrants: Size(width: 2, height: 2)
    case .braille: Size(width: 2, height: 4)
    case .largeCharacters, .characters: Size(width: 1, height: 1)
    }
  }

  /// The pixels that a picture must keep in each direction. By eye: a digit of 28×28 is legible at half its size in greys
  /// and in large characters, at three quarters in small ones, and in dots at the full one only.
  private var legible: Double {
    switch self {
    case .halfBlocks, .quadrants, .largeCharacters: 14
    case .braille: 28
    case .characters: 21
    }
  }

  /// Sizes that are tried, as shares of the full one, down to the least that is legible.
  func scales(of image: Size) -> [Double] {
    let least = min(1, legible / Double(min(image.width, image.height)))
    // Of pictures as large as a screen, each step down is a small one.
    let small = (1...24).map { 0.25 * pow(0.875, Double($0)) }
    return ([1, 0.75, 0.5, 0.375, 1 / 3.0, 0.25] + small).filter { $0 > least } + [least]
  }
}
