// Files that are read again: a theme's whenever it has changed, so that its author sees at once what comes of it; the
// settings when somebody asks for that.

import TerminalUI

extension Dashboard {
  /// How often the file is looked at: soon enough for an author, and too seldom to cost anything.
  static var lookInterval: Duration { .seconds(1) }

  mutating func lookAtThemeFile() {
    guard themeFile != nil, now() >= nextLook else { return }
    nextLook = now() + Self.lookInterval
    if themeFile?.hasChanged() == true { readThemeAgain() }
  }

  /// Reads the settings again, and the theme if it comes from a file.
  mutating func reload() {
    let before = settings.settings
    let problems = settings.read()
    let after = settings.settings
    let changed = Setting.Name.allCases.filter { after[$0] != before[$0] }
    if !changed.isEmpty || after.keys != before.keys {
      adopt(after, insteadOf: before)
      let names = changed.map(\.rawValue) + (after.keys == before.keys ? [] : ["keys"])
      let late = changed.filter(\.isForTheStart).map(\.rawValue)
      say(
        Notice(
          "settings: \(names.joined(separator: ", ")) read again"
            + (late.isEmpty ? "" : "; at the next start: \(late.joined(separator: ", "))")))
    } else if themeFile == nil, problems.isEmpty {
      say(Notice("nothing has changed in \(settings.path ?? "the settings, which have no file")"))
    }
    if changed.contains(.theme) {
      choose(theme: after.text(.theme))
    } else if themeFile != nil {
      _ = themeFile?.hasChanged()
      readThemeAgain()
    }
    for problem in problems { say(Notice(problem.description, isError: true)) }
  }

  /// Puts in force what other settings say of the view.
  mutating func adopt(_ settings: Settings, insteadOf old: Settings) {
    if settings.screenshots != old.screenshots { options.screenshots = settings.screenshots ?? .txt }
    for effect in state.adopt(settings, insteadOf: old) { _ = perform(effect) }
  }

  /// Writes what the session has that the file does not.
  mutating func writeSettings() -> Notice {
    // A theme of one's own is named so that it is found from every folder.
    let ownTheme = state.themeIndex == 0 ? themeFile.map { TextFile.wholePath(of: $0.path) } : nil
    do throws(SettingsError) {
      let written = try settings.write(state.settings(theme: ownTheme ?? state.theme.name))
      let path = settings.path ?? ""
      guard !written.isEmpty else { return Notice("settings: nothing differs from \(path)") }
      return Notice("settings: \(written.map(\.rawValue).joined(separator: ", ")) written to \(path)")
    } catch {
      return Notice("settings: \(error)", isError: true)
    }
  }

  private mutating func choose(theme name: String?) {
    do throws(ThemeError) {
      let selection = try ThemeSelection(name)
      state.themes = selection.themes
      state.themeIndex = 0
      shownTheme = nil
      themeFile = selection.file
      if let notice = selection.notice { say(notice) }
    } catch {
      say(Notice("theme of the settings: \(error)", isError: true))
    }
  }

  /// What cannot be read leaves the theme as it is.
  private mutating func readThemeAgain() {
    guard let themeFile else { return }
    do throws(ThemeError) {
      let (theme, notice) = try themeFile.read()
      state.replaceFirstTheme(by: theme)
      shownTheme = nil
      say(notice ?? Notice("theme: \(theme.name), read again"))
    } catch {
      say(Notice(error.description, isError: true))
    }
  }
}
