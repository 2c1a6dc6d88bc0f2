// A theme's file is read again when it has changed, so that its author sees at once what comes of it.

import TerminalUI

extension Dashboard {
  /// How often the file is looked at: soon enough for an author, and too seldom to cost anything.
  static let lookInterval = Duration.seconds(1)

  mutating func lookAtThemeFile() {
    guard themeFile != nil, now() >= nextLook else { return }
    nextLook = now() + Self.lookInterval
    if themeFile?.hasChanged() == true { readThemeAgain() }
  }

  mutating func reload() {
    guard themeFile != nil else {
      say(Notice("nothing to read again: the theme does not come from a file"))
      return
    }
    _ = themeFile?.hasChanged()
    readThemeAgain()
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
