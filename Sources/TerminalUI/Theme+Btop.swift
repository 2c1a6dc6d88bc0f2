// Themes of btop (github.com/aristocratos/btop), of which there are many: lines such as theme[main_bg]="#1e1e2e". What a
// monitor of processes calls its colours is not what a game has, so each role takes the nearest in meaning; what would
// not be legible then is moved towards the text's colour until it is.

extension Theme {
  /// What a btop theme's file is called by.
  package static let btopEnding = ".theme"

  /// Reads a theme of btop. Lines that say nothing are skipped and come back as warnings.
  package static func read(btop text: String, file: String) throws(FileProblem) -> (
    theme: Theme, warnings: [FileProblem]
  ) {
    var colours: [String: Colour] = [:]
    var warnings: [FileProblem] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = line.filter { $0 != "\r" }
      let trimmed = line.drop { $0 == " " || $0 == "\t" }
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      guard let (key, value) = BtopLine.parts(of: trimmed) else {
        let message = "expected a line such as theme[main_bg]=\"#1e1e2e\", skipped"
        warnings.append(FileProblem(file: file, line: index + 1, message: message))
        continue
      }
      guard let colour = BtopLine.colour(value) else {
        throw FileProblem(
          file: file, line: index + 1, key: key,
          message: "expected a colour: \"#rrggbb\", \"#gg\" for a grey, \"red green blue\" from 0 to 255, or \"\"")
      }
      colours[key] = colour
    }
    guard colours["main_fg"] != nil else {
      let message = "expected the colour of text, as in theme[main_fg]=\"#d0d0d0\""
      throw FileProblem(file: file, line: 0, key: "main_fg", message: message)
    }
    let end = file.split(separator: "/").last.map(String.init) ?? file
    let name = end.hasSuffix(btopEnding) ? String(end.dropLast(btopEnding.count)) : end
    return (Theme(name: name, btop: colours), warnings)
  }

  private init(name: String, btop: [String: Colour]) {
    func own(_ key: String) -> RGB? { btop[key]?.rgb }
    let isDark = own("main_bg").map { $0.luminance < 0.4 } ?? own("main_fg").map { $0.luminance > 0.4 } ?? true
    self.init(name: name, isDark: isDark)
    let paper = own("main_bg") ?? (isDark ? RGB(0, 0, 0) : RGB(255, 255, 255))
    let extreme = isDark ? RGB(255, 255, 255) : RGB(0, 0, 0)
    /// A colour as far from what is behind it as it has to be.
    func legible(_ said: RGB?, _ contrast: Double = 3, on behind: RGB) -> Colour {
      let goal = [RGB(255, 255, 255), RGB(0, 0, 0)].max { $0.contrast(with: behind) < $1.contrast(with: behind) }
      let shades = (0...20).map { (said ?? extreme).mixed(with: goal ?? extreme, share: Double($0) / 20) }
      return Colour(shades.first { $0.contrast(with: behind) >= contrast } ?? extreme)
    }
    func first(_ keys: String...) -> RGB? { keys.lazy.compactMap(own).first }
    /// Of a gradient, what stands out most.
    func strongest(_ gradient: String) -> RGB? {
      ["start", "mid", "end"].compactMap { own("\(gradient)_\($0)") }
        .max { $0.contrast(with: paper) < $1.contrast(with: paper) }
    }
    let accent = legible(first("hi_fg", "title"), on: paper)
    let d = strongest("download") ?? first("hi_fg", "title") ?? extreme
    // G's colour has to be another one than D's.
    let g = ["upload", "used", "temp", "cpu"].compactMap(strongest).first { $0.distance(to: d) >= Self.distinct }
    let selection = own("selected_bg") ?? paper.mixed(with: extreme, share: 0.25)
    looks = [
      .background: Look(background: btop["main_bg"] ?? .terminal),
      .text: Look(foreground: legible(own("main_fg"), 4.5, on: paper)),
      .title: Look(foreground: legible(first("title", "main_fg"), 4.5, on: paper), attributes: .bold),
      .dim: Look(foreground: legible(first("inactive_fg", "graph_text"), on: paper)),
      .border: Look(foreground: legible(first("div_line", "cpu_box"), 1.3, on: paper)),
      .focus: Look(foreground: accent),
      .accent: Look(foreground: accent),
      .key: Look(foreground: accent, attributes: .bold),
      .selection: Look(background: Colour(selection)),
      .selectionText: Look(foreground: legible(first("selected_fg", "main_fg"), 4.5, on: selection)),
      .discriminator: Look(foreground: legible(d, on: paper)),
      .generator: Look(foreground: legible(g ?? Self.orange, on: paper)),
      .dataDensity: Look(foreground: legible(first("available_mid", "free_mid", "inactive_fg"), 2, on: paper)),
      .optimum: Look(foreground: legible(first("cached_end", "cached_mid", "proc_misc"), on: paper)),
    ]
    let states: [(Role, RGB?)] = [(.good, own("temp_start")), (.warn, own("temp_mid")), (.bad, own("temp_end"))]
    for (role, colour) in states {
      guard let colour else { continue }
      looks[role] = Look(foreground: legible(colour, on: paper), attributes: role == .bad ? .bold : [])
    }
  }

  /// How far apart two colours are that nobody takes for one another; black and white are 584,970 apart.
  private static let distinct = 30_000.0
  /// Xterm's.
  private static let orange = RGB(index: 208)
}

/// A line of a btop theme.
private enum BtopLine {
  /// The key and the value of `theme[key]="value"`, of which the quotes may be single or missing.
  static func parts(of line: some StringProtocol) -> (key: String, value: String)? {
    guard line.hasPrefix("theme["), let bracket = line.firstIndex(of: "]"),
      let sign = line[bracket...].firstIndex(of: "=")
    else { return nil }
    let key = line.dropFirst("theme[".count)[..<bracket]
    let said = line[line.index(after: sign)...].drop { $0 == " " }
    if let quote = said.first, quote == "\"" || quote == "'" {
      return (String(key), String(said.dropFirst().prefix { $0 != quote }))
    }
    return (String(key), String(said.prefix { $0 != " " && $0 != "\t" }))
  }

  static func colour(_ value: String) -> Colour? {
    if value.isEmpty { return .terminal }
    if value.hasPrefix("#"), value.count == 3, let grey = UInt8(value.dropFirst(), radix: 16) {
      return Colour(RGB(grey, grey, grey))
    }
    let parts = value.split(separator: " ").compactMap { UInt8($0) }
    return parts.count == 3 ? Colour(RGB(parts[0], parts[1], parts[2])) : Colour(hexadecimal: value)
  }
}
