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
  /// What the command line says.
  var said: Settings {
    var settings = look.said
    settings.say(.data, training.data)
    settings.say(.threads, training.threads.threads)
    settings.say(pace)
    settings.say(.screenshots, files.screenshots?.rawValue)
    return settings
  }

  /// Fills in what the command line leaves open.
  mutating func take(_ settings: Settings) {
    look = look.obeying(settings)
    // A run that is gone on with knows its own.
    if resume.resume == nil { training.data = settings.text(.data) }
    training.threads.threads = settings.number(.threads)
    runs.noRunDir = runs.noRunDir || runs.runDir == nil && settings[.keepRuns] == .boolean(false)
    // Seeds of the command line go further than the numbers of a file.
    training.seed = training.seed ?? settings.number(.seed).map(UInt64.init)
  }
}

extension LookFlags {
  /// What the command line says.
  var said: Settings {
    var settings = Settings()
    settings.say(.theme, theme)
    settings.say(.color, color?.rawValue)
    settings.say(.glyphs, glyphs?.rawValue)
    return settings
  }

  /// What the command line leaves open, filled in.
  func obeying(_ settings: Settings) -> LookFlags {
    var look = self
    look.color = settings.text(.color).flatMap(Colour.init)
    look.glyphs = settings.text(.glyphs).flatMap(Glyphs.init)
    return look
  }

  /// The theme of the command line, which has to be there; else that of the settings, which gives way to the default.
  func selection(_ settings: Settings, _ warnings: inout [String]) throws -> ThemeSelection {
    if theme == nil, let theme = settings.text(.theme) {
      do {
        return try ThemeSelection(theme)
      } catch {
        warnings.append("theme of the settings: \(error)")
      }
    }
    return try ThemeSelection(theme)
  }
}
