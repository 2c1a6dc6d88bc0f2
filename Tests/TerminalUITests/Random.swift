// Frames at random, for properties that hold for all of them.

import TerminalUI

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
