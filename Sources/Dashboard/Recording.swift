// A recording of the screen while it goes on: every frame that is shown goes to a file as well.

import TerminalUI

package struct Recording {
  package var path: String { file.path }
  private let file: any Appending
  private var cast: Cast
  private let start: ContinuousClock.Instant

  package init(into file: any Appending, as cast: Cast, from start: ContinuousClock.Instant) {
    self.file = file
    self.cast = cast
    self.start = start
  }

  mutating func add(_ frame: Frame, at time: ContinuousClock.Instant) throws(FileError) {
    try file.append(cast.lines(for: frame, at: time - start))
  }

  mutating func end(at time: ContinuousClock.Instant) throws(FileError) {
    try file.append(cast.end(at: time - start))
  }
}

/// What the person has said about files that the live view writes.
package struct FileOptions: Sendable {
  /// Of what `S` writes.
  package var screenshots: ScreenshotFormat
  package var casts: Cast.Version

  package init(screenshots: ScreenshotFormat = .txt, casts: Cast.Version = .two) {
    self.screenshots = screenshots
    self.casts = casts
  }
}
