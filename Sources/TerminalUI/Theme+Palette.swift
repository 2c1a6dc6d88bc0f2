// From a theme to a palette: what the author left out follows from what is there, and every colour becomes the nearest
// that the terminal has.

extension Theme {
  /// The theme as a terminal of these capabilities can show it.
  package func palette(for capabilities: Capabilities) -> Palette {
    let looks = completed(looks)
    var styles: [Role: Style]
    var stops: [Gradient: [Colour]]
    switch capabilities.colours {
    case .monochrome:
      styles = Self.monochrome
      stops = [:]
    case .ansi16:
      let own = looks16.isEmpty ? [:] : completed(looks16.merging(looks) { own, _ in own })
      styles = resolved(looks.mapValues { $0.mapped(named) }.merging(own.mapValues { $0.mapped(named) }) { $1 })
      stops = allStops(from: looks).mapValues { Self.ramp($0, nearest: named) }
        .merging(gradients16.mapValues { $0.map(named) }) { $1 }
    case .indexed256:
      styles = resolved(looks.mapValues { $0.mapped(Self.indexed) })
      stops = allStops(from: looks).mapValues { Self.ramp($0, nearest: Self.indexed) }
      stops[.heat] = allStops(from: looks)[.heat].map { heat in
        Self.ramp(heat) { colour in
          colour.ownRGB.map { .indexed($0.nearestKeepingHue(among: 16...255, greyCost: 2)) } ?? colour
        }
      }
    case .trueColour:
      styles = resolved(looks)
      stops = allStops(from: looks)
    }
    if !hasColours { stops = [:] }
    if needsPaper(on: capabilities), styles[.background]?.background == .terminal {
      styles = painted(styles, in: capabilities.colours)
    }
    return Palette(
      styles: styles, imageStops: stops[.image] ?? [], heatStops: stops[.heat] ?? [], isDark: isDark)
  }

  /// Whether any colour is said at all; pictures of a theme without are shaded with characters, too.
  private var hasColours: Bool {
    !gradients.isEmpty
      || looks.values.contains {
        ($0.foreground ?? .terminal) != .terminal || ($0.background ?? .terminal) != .terminal
      }
  }

  // MARK: On the other kind of background

  /// Whether the terminal's own background may be of the other kind than the theme was made for.
  private func needsPaper(on capabilities: Capabilities) -> Bool {
    guard let ground = capabilities.ground, hasColours, capabilities.colours > .monochrome else { return false }
    return ground != (isDark ? .dark : .light)
  }

  /// The styles with both colours said where they left one to the terminal, so that they can be read on any.
  private func painted(_ styles: [Role: Style], in depth: ColourDepth) -> [Role: Style] {
    let (ink, paper): (Colour, Colour) =
      switch depth {
      case .trueColour: (Colour(ink), Colour(paper))
      case .indexed256: (Self.indexed(Colour(ink)), Self.indexed(Colour(paper)))
      case .ansi16, .monochrome: isDark ? (.ansi(15), .ansi(0)) : (.ansi(0), .ansi(15))
      }
    return styles.mapValues { style in
      var style = style
      if style.foreground == .terminal { style.foreground = ink }
      if style.background == .terminal { style.background = paper }
      return style
    }
  }

  // MARK: What follows

  /// Colours to calculate with where the terminal's own are asked for: nobody knows them, black and white are close.
  private var paper: RGB { looks[.background]?.background?.rgb ?? (isDark ? RGB(0, 0, 0) : RGB(255, 255, 255)) }
  private var ink: RGB { looks[.text]?.foreground?.rgb ?? (isDark ? RGB(255, 255, 255) : RGB(0, 0, 0)) }

  /// What stands for the terminal's own colours in a picture of the screen.
  package var page: Page { Page(ink: ink, paper: paper) }

  private func completed(_ said: [Role: Look]) -> [Role: Look] {
    func foreground(_ role: Role) -> Colour { said[role]?.foreground ?? .terminal }
    func shade(_ share: Double) -> Look { Look(foreground: Colour(ink.mixed(with: paper, share: share))) }
    let selection = (foreground(.accent).rgb ?? ink).mixed(with: paper, share: 0.7)
    let derived: [Role: Look] = [
      .background: Look(background: .terminal),
      .text: Look(foreground: .terminal),
      .dim: shade(0.4),
      .border: shade(0.7),
      .focus: Look(foreground: foreground(.accent)),
      .title: Look(foreground: foreground(.text), attributes: .bold),
      .key: Look(foreground: foreground(.accent), attributes: .bold),
      .selection: Look(background: Colour(selection)),
      .selectionText: Look(foreground: foreground(.text)),
      .dataDensity: shade(0.55),
      .modelDensity: Look(foreground: foreground(.generator)),
      .discriminatorOutput: Look(foreground: foreground(.discriminator)),
      .optimum: Look(foreground: foreground(.text)),
      .good: Look(foreground: .ansi(2)),
      .warn: Look(foreground: .ansi(3)),
      .bad: Look(foreground: .ansi(1), attributes: .bold),
    ]
    return said.merging(derived) { said, _ in said }
  }

  /// Both gradients, calculated where the author gave none: greys from paper to ink, and G's colour over paper to D's.
  private func allStops(from looks: [Role: Look]) -> [Gradient: [Colour]] {
    func own(_ role: Role) -> RGB { looks[role]?.foreground?.rgb ?? ink }
    let derived: [Gradient: [RGB]] = [
      .image: [paper, ink],
      .heat: [
        own(.generator).mixed(with: paper, share: 0.45), paper, own(.discriminator).mixed(with: paper, share: 0.45),
      ],
    ]
    return derived.mapValues { $0.map { Colour($0) } }.merging(
      gradients.mapValues { $0.map { $0 == .terminal ? Colour(paper) : $0 } }
    ) { $1 }
  }

  /// Every style complete: on the theme's background unless it has its own.
  private func resolved(_ looks: [Role: Look]) -> [Role: Style] {
    let background = looks[.background]?.background ?? .terminal
    let text = looks[.text]?.foreground ?? .terminal
    var styles = looks.mapValues { look in
      Style(
        foreground: look.foreground ?? text, background: look.background ?? background, attributes: look.attributes)
    }
    // The two halves of a selection are one style.
    styles[.selection]?.foreground = looks[.selectionText]?.foreground ?? text
    styles[.selectionText]?.background = looks[.selection]?.background ?? background
    return styles
  }

  /// Without colours, what has to stand out does so by weight, and what is selected or wrong by being reversed.
  private static let monochrome: [Role: Style] = [
    .focus: Style(attributes: .bold), .title: Style(attributes: .bold), .accent: Style(attributes: .bold),
    .key: Style(attributes: .bold), .selection: Style(attributes: .reverse),
    .selectionText: Style(attributes: .reverse), .dim: Style(attributes: .dim), .border: Style(attributes: .dim),
    .discriminator: Style(attributes: .bold), .discriminatorOutput: Style(attributes: .bold),
    .dataDensity: Style(attributes: .dim), .warn: Style(attributes: [.bold, .underline]),
    .bad: Style(attributes: [.bold, .reverse]), .good: Style(attributes: .bold),
  ]

  // MARK: The nearest colour

  /// Only 16–255: what the first sixteen look like, the person's terminal decides.
  private static func indexed(_ colour: Colour) -> Colour {
    colour.ownRGB.map { .indexed($0.nearest(among: 16...255)) } ?? colour
  }

  private func named(_ colour: Colour) -> Colour {
    switch colour {
    case .terminal, .ansi: colour
    case .indexed, .rgb: colour.rgb.map { .ansi($0.nearest(among: 0...15)) } ?? colour
    }
  }

  /// A gradient in colours that cannot be mixed: so many stops that no shade of the terminal is missed.
  private static func ramp(_ stops: [Colour], nearest: (Colour) -> Colour) -> [Colour] {
    let palette = Palette(styles: [:], imageStops: stops, heatStops: [], isDark: true)
    return (0..<128).compactMap { palette.image(level: Float($0) / 127).map(nearest) }
  }
}

extension Theme.Look {
  fileprivate func mapped(_ nearest: (Colour) -> Colour) -> Theme.Look {
    Theme.Look(
      foreground: foreground.map(nearest), background: background.map(nearest), attributes: attributes)
  }
}
