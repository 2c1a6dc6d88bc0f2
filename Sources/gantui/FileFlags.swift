// What the live view writes to files, and how.

import ArgumentParser
import Dashboard

struct FileFlags: ParsableArguments {
  enum CastVersion: String, CaseIterable, ExpressibleByArgument {
    case two = "2"
    case three = "3"
  }

  @Option(help: ArgumentHelp("What S writes: txt, ansi, svg or html (default: txt).", valueName: "format"))
  var screenshots: ScreenshotFormat?

  @Option(
    help: ArgumentHelp(
      """
      Record the screen from the first frame on, for asciinema; a file that is there already is left alone, and \
      file-2.cast is written.
      """, valueName: "file.cast"),
    transform: Self.name(ofCast:))
  var record: String?

  @Option(help: "The version of asciicast to record in, 2 or 3.")
  var castVersion = CastVersion.two

  var options: FileOptions { FileOptions(screenshots: screenshots ?? .txt, casts: castVersion == .two ? .two : .three) }

  /// The file to record into, made now, where its name is said that cannot be used; `nil` if none is named.
  func newCast() throws -> (any Appending)? {
    try record.map { try FileFolder().create($0, ending: Self.ending) }
  }

  private static let ending = "cast"

  /// `a` for `a.cast`.
  private static func name(ofCast path: String) throws -> String {
    let tail = ".\(ending)"
    guard path.hasSuffix(tail), path.count > tail.count else {
      throw ValidationError("--record must name a file that ends in \(tail), unlike “\(path)”")
    }
    return String(path.dropLast(tail.count))
  }
}
