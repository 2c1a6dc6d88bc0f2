import TerminalUI

/// Repeatable randomness for property tests (SplitMix64, Steele et al. 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Frame {
  /// A frame of few glyphs and styles, so that equal cells are common.
  static func random(_ size: Size, using generator: inout some RandomNumberGenerator) -> Frame {
    var frame = Frame(size: size)
    let styles: [Style] = [
      .plain, Style(foreground: .ansi(1), attributes: .bold), Style(foreground: .rgb(red: 1, green: 2, blue: 3)),
      Style(background: .indexed(200), attributes: [.underline, .reverse]),
    ]
    for y in 0..<size.height {
      for x in 0..<size.width {
        frame[x: x, y: y] = Cell(
          "ab ▀".unicodeScalars.randomElement(using: &generator) ?? " ",
          style: styles.randomElement(using: &generator) ?? .plain)
      }
    }
    return frame
  }
}
