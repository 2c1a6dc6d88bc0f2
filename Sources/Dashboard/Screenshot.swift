// Screenshots as values: the forms that they may have, drawn from the same state as the terminal, and their names.

import TerminalUI
import Training

package enum ScreenshotFormat: String, Hashable, Sendable, CaseIterable {
  /// Plain text.
  case txt
  /// Text with escape codes, to be shown again by `cat`.
  case ansi
  case svg, html
}

extension Snapshot {
  /// `gantui-toy-12340`; of the experiment's name, what is safe in a file name everywhere.
  package var screenshotName: String {
    let name = experiment.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return "gantui-\(String(name))-\(step)"
  }
}
