// The second half of the bundled themes: the light ones, and those that leave all colours to the terminal.

extension Theme {
  /// As in `bundledSources`.
  static let lightSources: [(name: String, text: String)] = [
    (
      "paper",
      #"""
      # Black ink on warm paper, with the inks of an old atlas.
      name = "paper"
      appearance = "light"

      [palette]
      page = "#faf6ec"
      ink = "#33302b"
      blue = "#1f5f99"
      sienna = "#b4501a"
      olive = "#a9b388"
      plum = "#8a3a72"

      [ui]
      bg = "page"
      text = "ink"
      dim = "#7a7264"
      border = "#cfc6b2"
      focus = "blue"
      title = { fg = "#1c1a17", mods = ["bold"] }
      accent = "blue"
      key = { fg = "sienna", mods = ["bold"] }
      selection = "#d9e4ee"
      selection_text = "#1c1a17"

      [series]
      d = "blue"
      g = "sienna"
      p_data = "olive"
      p_g = "sienna"
      d_x = "blue"
      d_star = "plum"

      [state]
      good = "#3c7a35"
      warn = "#946200"
      bad = { fg = "#b3261e", mods = ["bold"] }

      [gradient]
      image = ["#faf6ec", "#1f1c18"]
      heat = ["#eebf9b", "#f6e3cf", "#faf6ec", "#d5e1ea", "#93b9d8"]

      [ansi16]
      bg = "bright_white"
      text = "black"
      dim = "bright_black"
      border = "bright_black"
      focus = "blue"
      title = { fg = "black", mods = ["bold"] }
      accent = "blue"
      key = { fg = "red", mods = ["bold"] }
      selection = "cyan"
      selection_text = "black"
      d = "blue"
      g = "red"
      p_data = "green"
      p_g = "red"
      d_x = "blue"
      d_star = "magenta"
      good = "green"
      warn = "magenta"
      bad = { fg = "red", mods = ["bold"] }
      image = ["bright_white", "white", "bright_black", "black"]
      heat = ["red", "bright_white", "blue"]

      """#
    ),
    (
      "daylight",
      #"""
      # For light terminals that shall keep their own background.
      name = "daylight"
      appearance = "light"

      [ui]
      bg = ""
      text = "#24292f"
      dim = "#6a737d"
      border = "#c3cad2"
      focus = "#0550ae"
      title = { fg = "#0d1117", mods = ["bold"] }
      accent = "#0550ae"
      key = { fg = "#8250df", mods = ["bold"] }
      selection = "#d5e5fb"
      selection_text = "#0d1117"

      [series]
      d = "#0550ae"
      g = "#bc4c00"
      p_data = "#9fd3b4"
      p_g = "#bc4c00"
      d_x = "#0550ae"
      d_star = "#8250df"

      [state]
      good = "#1a7f37"
      warn = "#9a6700"
      bad = { fg = "#cf222e", mods = ["bold"] }

      [gradient]
      image = ["#ffffff", "#16191d"]
      heat = ["#f5b98a", "#fbe5d3", "#ffffff", "#d6e6fa", "#8dbdf2"]

      [ansi16]
      bg = ""
      text = ""
      dim = "bright_black"
      border = "bright_black"
      focus = "blue"
      title = { fg = "", mods = ["bold"] }
      accent = "blue"
      key = { fg = "magenta", mods = ["bold"] }
      selection = "cyan"
      selection_text = "black"
      d = "blue"
      g = "red"
      p_data = "green"
      p_g = "red"
      d_x = "blue"
      d_star = "magenta"
      good = "green"
      warn = "magenta"
      bad = { fg = "red", mods = ["bold"] }
      image = ["bright_white", "white", "bright_black", "black"]
      heat = ["red", "bright_white", "blue"]

      """#
    ),
    (
      "sixteen",
      #"""
      # The sixteen colours of the terminal and nothing else: it looks like the rest of your shell.
      name = "sixteen"
      appearance = "dark"

      [ui]
      bg = ""
      text = ""
      dim = "bright_black"
      border = "bright_black"
      focus = "bright_blue"
      title = { fg = "", mods = ["bold"] }
      accent = "bright_blue"
      key = { fg = "yellow", mods = ["bold"] }
      selection = "blue"
      selection_text = "bright_white"

      [series]
      d = "bright_blue"
      g = "bright_red"
      p_data = "green"
      p_g = "bright_red"
      d_x = "bright_blue"
      d_star = "bright_magenta"

      [state]
      good = "bright_green"
      warn = "yellow"
      bad = { fg = "bright_red", mods = ["bold"] }

      [gradient]
      image = ["black", "bright_black", "white", "bright_white"]
      heat = ["red", "black", "blue"]

      [ansi16]
      image = ["black", "bright_black", "white", "bright_white"]
      heat = ["red", "black", "blue"]

      """#
    ),
    (
      "mono",
      #"""
      # No colour at all: weight, underline and reversal say what is what. On any terminal, dark or light.
      name = "mono"
      appearance = "dark"

      [ui]
      bg = ""
      text = ""
      dim = { fg = "", mods = ["dim"] }
      border = { fg = "", mods = ["dim"] }
      focus = { fg = "", mods = ["bold"] }
      title = { fg = "", mods = ["bold"] }
      accent = { fg = "", mods = ["bold"] }
      key = { fg = "", mods = ["bold"] }
      selection = { fg = "", mods = ["reverse"] }
      selection_text = { fg = "", mods = ["reverse"] }

      [series]
      d = { fg = "", mods = ["bold"] }
      g = ""
      p_data = { fg = "", mods = ["dim"] }
      p_g = ""
      d_x = { fg = "", mods = ["bold"] }
      d_star = ""

      [state]
      good = { fg = "", mods = ["bold"] }
      warn = { fg = "", mods = ["bold", "underline"] }
      bad = { fg = "", mods = ["bold", "reverse"] }

      """#
    ),
  ]
}
