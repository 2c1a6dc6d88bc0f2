// More of the bundled themes: further dark ones.

extension Theme {
  /// As in `bundledSources`.
  static let darkSources: [(name: String, text: String)] = [
    (
      "fjord",
      #"""
      # Cold water and slate, with the light of a low sun.
      name = "fjord"
      appearance = "dark"

      [palette]
      water = "#1f2630"
      foam = "#d8dee9"
      ice = "#88c0d0"
      moss = "#a3be8c"
      sun = "#ebcb8b"
      clay = "#e0916f"
      berry = "#d57780"
      heather = "#b48ead"

      [ui]
      bg = "water"
      text = "foam"
      dim = "#8391a7"
      border = "#3f4b5e"
      focus = "ice"
      title = { fg = "#eceff4", mods = ["bold"] }
      accent = "ice"
      key = { fg = "sun", mods = ["bold"] }
      selection = "#3a4a60"
      selection_text = "#eceff4"

      [series]
      d = "ice"
      g = "clay"
      p_data = "#6d8f78"
      p_g = "clay"
      d_x = "ice"
      d_star = "heather"

      [state]
      good = "moss"
      warn = "sun"
      bad = { fg = "berry", mods = ["bold"] }

      [gradient]
      image = ["#1f2630", "#738199", "#f3f6fa"]
      heat = ["#6f4638", "#382f33", "#222a35", "#2b4654", "#437384"]

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
      g = "bright_red"
      p_data = "green"
      p_g = "bright_red"
      d_x = "bright_cyan"
      d_star = "bright_magenta"
      good = "bright_green"
      warn = "bright_yellow"
      bad = { fg = "bright_red", mods = ["bold"] }
      image = ["black", "bright_black", "white", "bright_white"]
      heat = ["red", "black", "blue"]

      """#
    ),
    (
      "contrast",
      #"""
      # The default's hues on black, as far from it as they go: for bright rooms, projectors and tired eyes.
      name = "contrast"
      appearance = "dark"
      inherits = "okabe-ito"

      [palette]
      azure = "#7cc8ff"
      amber = "#ffb000"

      [ui]
      bg = "#000000"
      text = "#ffffff"
      dim = "#b8c0c8"
      border = "#7d8894"
      focus = "#ffffff"
      title = { fg = "#ffffff", mods = ["bold"] }
      accent = "azure"
      key = { fg = "#fff04a", mods = ["bold"] }
      selection = "#ffffff"
      selection_text = "#000000"

      [series]
      d = "azure"
      g = "amber"
      p_data = "#00a878"
      p_g = "amber"
      d_x = "azure"
      d_star = "#ff9ad5"

      [state]
      good = "#3dffb0"
      warn = "#fff04a"
      bad = { fg = "#ff8a66", mods = ["bold"] }

      [gradient]
      image = ["#000000", "#ffffff"]
      heat = ["#8a5a00", "#3a2600", "#000000", "#0a3350", "#2a7db4"]

      """#
    ),
  ]
}
