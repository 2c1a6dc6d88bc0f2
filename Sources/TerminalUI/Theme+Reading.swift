// Theme files. The form is TOML:
//
//   name = "…" (else the file's)   appearance = "dark" | "light"   inherits = "another theme"
//   [palette]    names for colours, to be used below
//   [ui] [series] [state]   roles (`Role`); text, accent, d and g must be there, the rest follow from them
//   [gradient]   image and heat, 2 to 8 colours each
//   [ansi16]     any of the roles and gradients again, for terminals with sixteen colours, whose names come first here
//
// A colour is "#rgb", "#rrggbb", 0–255, the name of one of the sixteen, a name of the palette, "" for the terminal's
// own, or { fg = …, bg = …, mods = ["bold", …] }.

extension Theme {
  /// Roles without which there is no theme.
  private static let required: [Role] = [.text, .accent, .discriminator, .generator]

  /// Reads a theme file. Keys that mean nothing are skipped and come back as warnings.
  ///
  /// - Parameter inherited: Finds the theme that `inherits` names.
  package static func read(
    _ text: String, file: String, inherited: (String) -> Theme? = Theme.bundled(named:)
  ) throws(FileProblem) -> (theme: Theme, warnings: [FileProblem]) {
    var reader = ThemeReader(file: file, tables: try TOML.tables(of: text, file: file))
    return (try reader.theme(inherited: inherited), reader.warnings)
  }

  fileprivate static func missing(in looks: [Role: Look]) -> Role? { required.first { looks[$0] == nil } }
}

private struct ThemeReader {
  let file: String
  let tables: [TOMLTable]
  var warnings: [FileProblem] = []
  private var palette: [String: Colour] = [:]

  init(file: String, tables: [TOMLTable]) {
    self.file = file
    self.tables = tables
  }

  mutating func theme(inherited: (String) -> Theme?) throws(FileProblem) -> Theme {
    var theme = try head(inherited: inherited)
    for entry in tables.first(where: { $0.name == "palette" })?.entries ?? [] {
      palette[entry.key] = try colour(entry.value, at: entry, in: "palette")
    }
    for table in tables {
      if let roles = Role.tables.first(where: { $0.name == table.name })?.roles {
        try read(table, roles: roles, gradients: [], into: &theme.looks, &theme.gradients)
      } else if table.name == "gradient" {
        try read(table, roles: [], gradients: Gradient.allCases, into: &theme.looks, &theme.gradients)
      } else if table.name == "ansi16" {
        // Here “green” is the terminal's, whatever the palette calls so.
        let names = palette
        palette = names.filter { Colour(ansiName: $0.key) == nil }
        try read(
          table, roles: Role.allCases, gradients: Gradient.allCases, into: &theme.looks16, &theme.gradients16)
        palette = names
      } else if table.name != "", table.name != "palette" {
        warn(table.line, "[\(table.name)]", "unknown table, skipped; known are \(Self.tableNames)")
      }
    }
    if let missing = Theme.missing(in: theme.looks),
      let table = Role.tables.first(where: { $0.roles.contains(missing) })
    {
      let message = "expected a colour, as in [\(table.name)] \(missing.rawValue) = \"#d0d0d0\""
      throw FileProblem(file: file, line: 0, key: "\(table.name).\(missing.rawValue)", message: message)
    }
    return theme
  }

  private static let tableNames = "palette, ui, series, state, gradient, ansi16"

  /// The keys before the first table, over the theme that they inherit from.
  private mutating func head(inherited: (String) -> Theme?) throws(FileProblem) -> Theme {
    var theme = Theme(name: "", isDark: true)
    let entries = tables.first?.entries ?? []
    if let entry = entries.first(where: { $0.key == "inherits" }) {
      guard let parent = inherited(try string(entry)) else {
        throw problem(
          entry, in: "", "there is no theme of that name; known are \(Theme.bundledNames.joined(separator: ", "))")
      }
      theme = parent
    }
    theme.name = nameOfFile
    for entry in entries {
      switch entry.key {
      case "inherits": break
      case "name":
        theme.name = try string(entry)
        guard !theme.name.isEmpty else { throw problem(entry, in: "", "expected a name, as in name = \"dusk\"") }
      case "appearance":
        let appearance = try string(entry)
        guard ["dark", "light"].contains(appearance) else { throw problem(entry, in: "", "expected dark or light") }
        theme.isDark = appearance == "dark"
      default: warnOfUnknown(entry, in: "", known: ["name", "appearance", "inherits"])
      }
    }
    return theme
  }

  /// `dusk` for `themes/dusk.toml`.
  private var nameOfFile: String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let ending = ".toml"
    return name.hasSuffix(ending) && name != ending ? String(name.dropLast(ending.count)) : name
  }

  private mutating func read(
    _ table: TOMLTable, roles: [Role], gradients: [Gradient],
    into looks: inout [Role: Theme.Look], _ stops: inout [Gradient: [Colour]]
  ) throws(FileProblem) {
    for entry in table.entries {
      if let role = roles.first(where: { $0.rawValue == entry.key }) {
        looks[role] = try look(entry, of: role, in: table.name)
      } else if let gradient = gradients.first(where: { $0.rawValue == entry.key }) {
        stops[gradient] = try colours(entry, in: table.name)
      } else {
        warnOfUnknown(entry, in: table.name, known: roles.map(\.rawValue) + gradients.map(\.rawValue))
      }
    }
  }

  // MARK: Values

  private mutating func look(_ entry: TOMLEntry, of role: Role, in table: String) throws(FileProblem) -> Theme.Look {
    guard case .table(let parts) = entry.value else {
      let colour = try colour(entry.value, at: entry, in: table)
      let isBackground = role == .background || role == .selection
      return isBackground ? Theme.Look(background: colour) : Theme.Look(foreground: colour)
    }
    var look = Theme.Look()
    for part in parts {
      switch part.key {
      case "fg": look.foreground = try colour(part.value, at: part, in: "\(table).\(entry.key)")
      case "bg": look.background = try colour(part.value, at: part, in: "\(table).\(entry.key)")
      case "mods": look.attributes = try attributes(part, in: "\(table).\(entry.key)")
      default: warn(part.line, "\(table).\(entry.key).\(part.key)", "unknown key, skipped; known are fg, bg, mods")
      }
    }
    return look
  }

  private func colours(_ entry: TOMLEntry, in table: String) throws(FileProblem) -> [Colour] {
    guard case .array(let values) = entry.value, (2...8).contains(values.count) else {
      throw problem(entry, in: table, "expected an array of 2 to 8 colours")
    }
    var colours: [Colour] = []
    for value in values { colours.append(try colour(value, at: entry, in: table)) }
    return colours
  }

  private func attributes(_ entry: TOMLEntry, in table: String) throws(FileProblem) -> Attributes {
    let known: [String: Attributes] = ["bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse]
    var attributes: Attributes = []
    guard case .array(let values) = entry.value else { throw problem(entry, in: table, "expected an array") }
    for value in values {
      guard case .string(let name) = value, let attribute = known[name] else {
        throw problem(entry, in: table, "expected bold, dim, underline or reverse")
      }
      attributes.insert(attribute)
    }
    return attributes
  }

  private func colour(_ value: TOMLValue, at entry: TOMLEntry, in table: String) throws(FileProblem) -> Colour {
    switch value {
    case .integer(let index) where (0...15).contains(index): return .ansi(UInt8(index))
    case .integer(let index) where (16...255).contains(index): return .indexed(UInt8(index))
    case .string(""): return .terminal
    case .string(let name):
      if let colour = palette[name] ?? Colour(hexadecimal: name) ?? Colour(ansiName: name) { return colour }
    default: break
    }
    throw problem(
      entry, in: table,
      "expected a colour: \"#rgb\", \"#rrggbb\", 0 to 255, a name such as \"red\" or \"bright_blue\", "
        + "a name from [palette], or \"\" for the terminal's own")
  }

  private func string(_ entry: TOMLEntry) throws(FileProblem) -> String {
    guard case .string(let text) = entry.value else { throw problem(entry, in: "", "expected a \"string\"") }
    return text
  }

  private func problem(_ entry: TOMLEntry, in table: String, _ message: String) -> FileProblem {
    let key = table.isEmpty ? entry.key : "\(table).\(entry.key)"
    return FileProblem(file: file, line: entry.line, key: key, message: message)
  }

  private mutating func warnOfUnknown(_ entry: TOMLEntry, in table: String, known: [String]) {
    let guess = guess(for: entry.key, among: known)
    let list = guess.isEmpty ? "; known here are \(known.joined(separator: ", "))" : guess
    warn(entry.line, table.isEmpty ? entry.key : "\(table).\(entry.key)", "unknown key, skipped\(list)")
  }

  private mutating func warn(_ line: Int, _ key: String, _ message: String) {
    warnings.append(FileProblem(file: file, line: line, key: key, message: message))
  }
}

extension Colour {
  /// `#rgb` or `#rrggbb`.
  init?(hexadecimal text: String) {
    let digits = text.dropFirst().compactMap(\.hexDigitValue)
    guard text.first == "#", digits.count == text.count - 1 else { return nil }
    switch digits.count {
    case 3: self.init(RGB(UInt8(digits[0] * 17), UInt8(digits[1] * 17), UInt8(digits[2] * 17)))
    case 6:
      let bytes = stride(from: 0, to: 6, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
      self.init(RGB(bytes[0], bytes[1], bytes[2]))
    default: return nil
    }
  }

  /// `red`, `bright_red` and so on: the sixteen colours whose look the person's terminal decides.
  fileprivate init?(ansiName name: String) {
    let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    let isBright = name.hasPrefix("bright_")
    guard let index = names.firstIndex(of: isBright ? String(name.dropFirst("bright_".count)) : name) else {
      return nil
    }
    self = .ansi(UInt8(index + (isBright ? 8 : 0)))
  }
}
