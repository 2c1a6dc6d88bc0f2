// What the live view would show after so many steps, without a terminal: the same state, drawn by the same function.

import ArgumentParser
import Dashboard
import NCursesBackend
import Training

struct ScreenshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screenshot", abstract: "Train, then print the screen as it would be.",
    discussion: """
      Needs no terminal. txt is plain text; ansi has colours and can be shown again with cat; svg and html look like the \
      terminal in a browser.
      """)

  @Argument(
    help: ArgumentHelp("What to train, side by side (default: toy digits).", valueName: "experiment"),
    completion: .experiments)
  var experiment: [String] = []

  @OptionGroup var length: StepsFlag

  @Option(
    help: ArgumentHelp("Columns x rows (default: 120x40).", valueName: "size"), transform: ScreenSize.init(parsing:))
  var size = ScreenSize(columns: 120, rows: 40)

  @OptionGroup var training: TrainingFlags

  @Option(help: "txt, ansi, svg or html (default: by the file's ending, else txt).")
  var format: ScreenshotFormat?

  @OptionGroup var look: LookFlags

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Where to write (default: standard output).", valueName: "file.txt|ansi|svg|html"))
  var output: String?

  /// The experiments that were named, or the default. Whether there are such is checked by `run`.
  private var chosen: [Experiment] {
    let named = experiment.compactMap { name in Experiment.all.first { $0.name == name } }
    return experiment.isEmpty ? defaultExperiments : named
  }

  func validate() throws {
    try training.game.check(for: chosen)
    guard format == nil, let output, let ending = Self.ending(of: output), ScreenshotFormat(rawValue: ending) == nil
    else {
      return
    }
    throw ValidationError(
      "--output must end in .txt, .ansi, .svg or .html, unlike “\(output)”, or --format has to say what it shall be")
  }

  /// `txt` for `shots/a.TXT`; `nil` where a name has none.
  private static func ending(of path: String) -> String? {
    let parts = (path.split(separator: "/").last ?? "").split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 ? parts.last?.lowercased() : nil
  }

  func run() throws {
    for name in experiment { _ = try gantui.experiment(named: name) }
    let selection = try ThemeSelection(look.theme)
    if let output { try OutputFile(path: output).check() }
    let options = training.options()
    let trainers = chosen.map { Trainer($0, options: options) }
    let (steps, size, capabilities, format, output) = (
      length.steps, size, look.options.capabilitiesOfFile,
      format ?? output.flatMap(Self.ending).flatMap(ScreenshotFormat.init) ?? .txt, output
    )
    let signal = try BackgroundWork.run {
      var snapshots: [Snapshot] = []
      // One after the other, so that each shows the speed that it has alone.
      for trainer in trainers {
        try await trainer.runToEnd(steps: steps, every: steps) { _ in }
        guard !Task.isCancelled else { return }
        snapshots.append(await trainer.snapshot())
      }
      let state = State(
        snapshots: snapshots, theme: selection.theme, size: .init(width: size.columns, height: size.rows))
      let text = state.screenshot(format, for: capabilities)
      if let output {
        try OutputFile(path: output).write(Array(text.utf8))
      } else {
        StandardOutput.write(raw: text)
      }
    }
    if let signal { throw ExitStatus.ended(by: signal) }
  }
}
