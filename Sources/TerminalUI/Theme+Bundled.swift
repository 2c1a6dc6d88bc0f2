// The themes of `Themes/`, the dark ones first, word for word, so that the program finds them wherever it was copied to.
// A test compares the two; edit the file in `Themes/` and copy it here.

extension Theme {
  /// The theme that is shown when nobody asks for another one.
  package static let standard: Theme = bundled(named: bundledSources[0].name) ?? Theme(name: "plain", isDark: true)

  /// In the order in which the theme keys step through them.
  package static let bundledNames: [String] = bundledSources.map(\.name)

  package static func bundled(named name: String) -> Theme? {
    // A bundled theme that does not read is caught by the tests; here it is as if it were not there.
    bundledSources.first { $0.name == name }.flatMap { try? read($0.text, file: "\(name).toml").theme }
  }

  /// Names and texts of the bundled files.
  package static let bundledSources: [(name: String, text: String)] =
    [
      (
        "okabe-ito",
        #"""
        # The default: a night sky with the colours of Okabe and Ito's "Color Universal Design" (jfly.uni-koeln.de/color),
        # which people with any kind of colour vision can tell apart. D is sky blue, G is orange.
        name = "okabe-ito"
        appearance = "dark"

        [palette]
        orange = "#e69f00"
        sky = "#56b4e9"
        green = "#009e73"
        yellow = "#f0e442"
        vermilion = "#e8743b" # D55E00, lightened to be read as text
        purple = "#cc79a7"
        night = "#0e1218"
        slate = "#39434f"

        [ui]
        bg = "night"
        text = "#d5dae1"
        dim = "#828d9b"
        border = "slate"
        focus = "#9fd6f5"
        title = { fg = "#f2f5f8", mods = ["bold"] }
        accent = "sky"
        key = { fg = "yellow", mods = ["bold"] }
        selection = "#24384a"
        selection_text = "#f2f5f8"

        [series]
        d = "sky"
        g = "orange"
        p_data = "#0a7d60"
        p_g = "orange"
        d_x = "sky"
        d_star = "purple"

        [state]
        good = "#2fbf94"
        warn = "yellow"
        bad = { fg = "vermilion", mods = ["bold"] }

        [gradient]
        image = ["#0e1218", "#f4f6f8"]
        heat = ["#5c3d0c", "#2a2318", "#12171e", "#17303f", "#23658c"]

        [ansi16]
        bg = ""
        text = ""
        dim = "bright_black"
        border = "bright_black"
        focus = "bright_cyan"
        title = { fg = "", mods = ["bold"] }
        accent = "bright_cyan"
        key = { fg = "bright_yellow", mods = ["bold"] }
        selection = "blue"
        selection_text = "bright_white"
        d = "bright_cyan"
        g = "bright_yellow"
        p_data = "green"
        p_g = "bright_yellow"
        d_x = "bright_cyan"
        d_star = "bright_magenta"
        good = "bright_green"
        warn = "bright_yellow"
        bad = { fg = "bright_red", mods = ["bold"] }
        image = ["black", "bright_black", "white", "bright_white"]
        heat = ["yellow", "black", "blue"]

        """#
      ),
      (
        "midnight",
        #"""
        # Deep blue with pastels: quiet, for long evenings.
        name = "midnight"
        appearance = "dark"

        [palette]
        base = "#16182b"
        mauve = "#c4a7f5"
        teal = "#7fdbca"
        peach = "#f6b78f"
        rose = "#f28fad"
        honey = "#f3d38b"

        [ui]
        bg = "base"
        text = "#cdd3f0"
        dim = "#7f86ab"
        border = "#363a5a"
        focus = "mauve"
        title = { fg = "#eceffc", mods = ["bold"] }
        accent = "mauve"
        key = { fg = "honey", mods = ["bold"] }
        selection = "#333660"
        selection_text = "#eceffc"

        [series]
        d = "teal"
        g = "peach"
        p_data = "#7382d8"
        p_g = "peach"
        d_x = "teal"
        d_star = "rose"

        [state]
        good = "#a3dd9a"
        warn = "honey"
        bad = { fg = "rose", mods = ["bold"] }

        [gradient]
        image = ["#16182b", "#6b71a0", "#eef0fd"]
        heat = ["#6b4a45", "#2c2636", "#191b30", "#1f3b4d", "#2f7474"]

        [ansi16]
        bg = ""
        text = ""
        dim = "bright_black"
        border = "bright_black"
        focus = "bright_magenta"
        title = { fg = "", mods = ["bold"] }
        accent = "bright_magenta"
        key = { fg = "bright_yellow", mods = ["bold"] }
        selection = "blue"
        selection_text = "bright_white"
        d = "bright_cyan"
        g = "bright_yellow"
        p_data = "blue"
        p_g = "bright_yellow"
        d_x = "bright_cyan"
        d_star = "bright_magenta"
        good = "bright_green"
        warn = "bright_yellow"
        bad = { fg = "bright_red", mods = ["bold"] }
        image = ["black", "bright_black", "white", "bright_white"]
        heat = ["yellow", "black", "blue"]

        """#
      ),
      (
        "ember",
        #"""
        # Warm greys and the colours of a dying fire.
        name = "ember"
        appearance = "dark"

        [palette]
        coal = "#1c1917"
        ash = "#8f857a"
        flame = "#f08a4b"
        moss = "#a9b665"
        straw = "#e3c078"
        lake = "#7cb0a8"
        brick = "#ea6962"

        [ui]
        bg = "coal"
        text = "#ddd2c0"
        dim = "ash"
        border = "#453d36"
        focus = "straw"
        title = { fg = "#f6ecd9", mods = ["bold"] }
        accent = "straw"
        key = { fg = "flame", mods = ["bold"] }
        selection = "#4a3a2c"
        selection_text = "#f6ecd9"

        [series]
        d = "lake"
        g = "flame"
        p_data = "moss"
        p_g = "flame"
        d_x = "lake"
        d_star = "#d3869b"

        [state]
        good = "moss"
        warn = "straw"
        bad = { fg = "brick", mods = ["bold"] }

        [gradient]
        image = ["#1c1917", "#7a6f62", "#fbf1dd"]
        heat = ["#6e3b1f", "#38261c", "#1f1c19", "#24352f", "#3d6d65"]

        [ansi16]
        bg = ""
        text = ""
        dim = "bright_black"
        border = "bright_black"
        focus = "bright_yellow"
        title = { fg = "", mods = ["bold"] }
        accent = "bright_yellow"
        key = { fg = "bright_red", mods = ["bold"] }
        selection = "blue"
        selection_text = "bright_white"
        d = "bright_cyan"
        g = "bright_yellow"
        p_data = "green"
        p_g = "bright_yellow"
        d_x = "bright_cyan"
        d_star = "bright_magenta"
        good = "bright_green"
        warn = "bright_yellow"
        bad = { fg = "bright_red", mods = ["bold"] }
        image = ["black", "bright_black", "white", "bright_white"]
        heat = ["yellow", "black", "blue"]

        """#
      ),
    ] + darkSources + lightSources
}
