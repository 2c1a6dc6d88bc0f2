// A run that is there already, as commands take it.

import ArgumentParser
import RunFiles
import Training

struct RunArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A name of “gantui runs”, the folder of a run, an experiment for its latest, or last.", valueName: "run"),
    completion: .runs)
  var run: String

  func folder() throws(RunFileError) -> RunFolder { try RunFolder.find(run, in: Self.home) }

  /// Where runs are kept that nobody has named a folder for; `nil` where nothing says so.
  static var home: String? { try? RunFolder.home(SettingsFlag.environment) }
}
