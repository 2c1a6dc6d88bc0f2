// A run that has been written down, in the dashboard in which it was watched.

import ArgumentParser
import Dashboard
import Glibc
import NCursesBackend
import RunFiles
import Training

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Look back at a run, or follow one that another process trains.",
    discussion: """
      It opens at the end of the run. Left and right go from moment to moment, Home and End to either end, Space lets time pass, \
      - and + change its speed; ? lists the keys. A run that still goes on is followed while its latest moment is shown. \
      With --plain, or where the output is not a terminal, the course of the run is told in lines of words.
      """)

  @OptionGroup var past: RunArgument

  @OptionGroup var look: LookFlags

  @OptionGroup var files: FileFlags

  @Flag(help: "Print lines of words instead of drawing.")
  var plain = false

  func run() throws {
    var course = RunCourse(try past.folder())
    _ = course.refresh()
    guard !course.records.isEmpty || course.isRunning else { throw RunFileError.noFigures(path: course.folder.path) }
    var file = SettingsFile(flags: said, environment: SettingsFlag.environment)
    var warnings = file.read().map(\.description)
    let selection = try look.selection(file.settings, &warnings)
    if plain || isatty(STDOUT_FILENO) == 0 {
      for line in course.story { StandardOutput.write(line.harmlessLine + "\n") }
      return
    }
    let cast = try files.newCast()
    let terminal = try NCursesTerminal(options: look.obeying(file.settings).options)
    let playback = RunPlayback(course)
    var dashboard = Dashboard(
      showing: playback.state(themes: selection.themes, size: terminal.size), of: playback.source, device: terminal,
      themeFile: selection.file, notice: selection.notice, settings: file, options: files.options)
    for warning in warnings { dashboard.say(Notice(warning, isError: true)) }
    if let cast { dashboard.record(into: cast) }
    dashboard.draw()
    let outcome = dashboard.run()
    terminal.close()
    switch outcome {
    case .quit, .failed: return
    case .terminated(let signal): throw ExitStatus.ended(by: signal)
    case .hungUp: throw ExitStatus.ended(by: SIGHUP)
    }
  }

  /// What the command line says.
  private var said: Settings {
    var settings = look.said
    settings.say(.screenshots, files.screenshots?.rawValue)
    return settings
  }
}
