// Where the person's settings come in: after the command line and the environment, before the defaults.

import ArgumentParser
import Dashboard
import Glibc

struct SettingsFlag: ParsableArguments {
  @Flag(help: "Print a commented file of settings, for ~/.config/gantui/config.toml, and do nothing else.")
  var defaultConfig = false

  /// The variable's value; empty counts as none.
  static func environment(_ name: String) -> String? {
    // The pointer is read before anything could change the environment.
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension RunCommand {
  /// Fills in what the command line leaves open.
  mutating func take(_ settings: Settings) {
    if SettingsFlag.environment("NO_COLOR") == nil {
      look.color = look.color ?? settings.colour.flatMap(LookFlags.Colour.init)
    }
    look.glyphs = look.glyphs ?? settings.glyphs.flatMap(LookFlags.Glyphs.init)
    if SettingsFlag.environment("GANTUI_DATA") == nil { training.data = training.data ?? settings.data }
    training.threads.threads = training.threads.threads ?? settings.threads
    training.seed = training.seed ?? settings.seed.map(UInt64.init)
    pace = pace ?? settings.pace.map(Double.init)
    files.screenshots = files.screenshots ?? settings.screenshots.flatMap(ScreenshotFormat.init)
  }

  /// The theme of the command line, which has to be there; else that of the settings, which gives way to the default.
  func selection(_ settings: Settings, _ warnings: inout [String]) throws -> ThemeSelection {
    if look.theme == nil, let theme = settings.theme {
      do {
        return try ThemeSelection(theme)
      } catch {
        warnings.append("theme of the settings: \(error)")
      }
    }
    return try ThemeSelection(look.theme)
  }
}
