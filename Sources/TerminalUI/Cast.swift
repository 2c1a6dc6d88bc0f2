// A recording of frames in asciicast, the format of asciinema (docs.asciinema.org/manual/asciicast): a line of JSON that
// says how large the terminal is, then one for each change. Version 2 gives the time since the start with each, version 3
// the time since the line before.

package struct Cast: Sendable {
  package enum Version: Int, Sendable, CaseIterable { case two = 2, three = 3 }

  private let version: Version
  private let title: String
  private var shown: Frame?
  /// When the last line was, in millionths of a second: rounded before they are subtracted, so that nothing adds up.
  private var lastTime: Int64 = 0

  /// - Parameter title: what a player calls it; any text.
  package init(_ version: Version, title: String) {
    self.version = version
    self.title = title
  }

  /// The lines that a frame adds; none if nothing has changed. The first frame's begin with the header.
  ///
  /// - Parameter time: since the start of the recording; never less than before.
  package mutating func lines(for frame: Frame, at time: Duration) -> String {
    defer { shown = frame }
    guard let shown else {
      return header(frame.size) + line("o", "\u{1B}[?25l\u{1B}[0m\u{1B}[2J" + frame.sequence(from: nil), at: time)
    }
    guard frame != shown else { return "" }
    guard frame.size == shown.size else {
      return line("r", "\(frame.size.width)x\(frame.size.height)", at: time)
        + line("o", "\u{1B}[2J" + frame.sequence(from: nil), at: time)
    }
    return line("o", frame.sequence(from: shown), at: time)
  }

  /// What gives the player's terminal its cursor back, beneath the last frame.
  package mutating func end(at time: Duration) -> String {
    line("o", "\u{1B}[\(max(1, shown?.size.height ?? 1));1H\u{1B}[?25h", at: time)
  }

  private func header(_ size: Size) -> String {
    let title = title.quotedForJSON
    return switch version {
    case .two: "{\"version\":2,\"width\":\(size.width),\"height\":\(size.height),\"title\":\(title)}\n"
    case .three: "{\"version\":3,\"term\":{\"cols\":\(size.width),\"rows\":\(size.height)},\"title\":\(title)}\n"
    }
  }

  private mutating func line(_ kind: String, _ data: String, at time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let now = max(lastTime, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    let said = version == .three ? now - lastTime : now
    lastTime = now
    let fraction = String(said % 1_000_000)
    let padded = String(repeating: "0", count: 6 - fraction.count) + fraction
    return "[\(said / 1_000_000).\(padded),\"\(kind)\",\(data.quotedForJSON)]\n"
  }
}

extension Frame {
  /// The escape codes (ECMA-48) that make a terminal which shows `previous` in plain style, or nothing, show this frame,
  /// and leave it in plain style.
  func sequence(from previous: Frame?) -> String {
    changes(from: previous ?? Frame(size: Size(width: 0, height: 0))).reduce(into: "") { text, change in
      text += "\u{1B}[\(change.y + 1);\(change.x + 1)H"
      var style = Style.plain
      for cell in change.cells {
        text += style.sequence(to: cell.style)
        style = cell.style
        text.unicodeScalars.append(cell.glyph)
      }
      text += style.sequence(to: .plain)
    }
  }
}

extension String {
  /// The text as a string of JSON (RFC 8259), quotes included.
  package var quotedForJSON: String { quoted(hiding: { $0 < " " }) }

  /// In quotes, as JSON and TOML both have it.
  ///
  /// - Parameter isHidden: which characters stand there as their number.
  func quoted(hiding isHidden: (Unicode.Scalar) -> Bool) -> String {
    var quoted = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where isHidden(scalar):
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
