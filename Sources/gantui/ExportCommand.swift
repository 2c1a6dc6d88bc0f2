// What a run has left, for other programs and for papers.

import ArgumentParser
import Figures
import GenerativeModels
import RunFiles
import TerminalUI
import Training

struct ExportCommand: ParsableCommand {
  enum Format: String, EnumerableFlag {
    case csv, json, png

    static func help(for format: Format) -> ArgumentHelp? {
      switch format {
      case .csv: "A table of all figures, a line for each that the run's log has."
      case .json: "One document with the run's beginning, figures and events."
      case .png: "The latest pictures that the run shows first, as a sheet; needs --output."
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write out what a run has left.",
    discussion: """
      The keys are those of “gantui train --json”; d_train_min, d_train_mean and d_train_max are of the losses that the \
      training saw in all steps since the line before, as are those of G.
      """)

  @OptionGroup var past: RunArgument

  @Flag var format: Format

  @Option(
    name: [.short, .long], help: ArgumentHelp("Where to write (default: standard output).", valueName: "file"))
  var output: String?

  func validate() throws {
    guard format != .png || output != nil else { throw ValidationError("--png needs a file: --output FILE.png") }
  }

  func run() throws {
    let folder = try past.folder()
    let bytes =
      switch format {
      case .csv: Array(try RunExport(folder).csv.utf8)
      case .json: Array(try RunExport(folder).json.utf8)
      case .png: try pictures(of: folder)
      }
    if let output {
      try OutputFile(path: output).write(bytes)
    } else {
      StandardOutput.write(raw: String(decoding: bytes, as: UTF8.self))
    }
  }

  private func pictures(of folder: RunFolder) throws -> [UInt8] {
    var course = RunCourse(folder)
    _ = course.refresh()
    guard !course.records.isEmpty else { throw RunFileError.noFigures(path: folder.path) }
    let last = course.snapshot(at: course.records.count - 1)
    guard let sheet = last.exhibits.lazy.compactMap({ Self.sheet(of: $0.content) }).first else {
      throw TrainingError.notPictures(experiment: last.experiment.name)
    }
    return sheet.png()
  }

  /// Samples as a square; a grid in its own rows and columns, its colours as grey.
  private static func sheet(of content: Exhibit.Content) -> PictureSheet? {
    switch content {
    case .images(let view):
      PictureSheet(SampleSet(shape: [view.fakeCount, view.height, view.width], values: view.fake))
    case .grid(let grid):
      PictureSheet(SampleSet(shape: [grid.rows, grid.columns, grid.height, grid.width], values: grid.grey))
    case .empty, .density, .points, .path: nil
    }
  }
}

/// The lines of a run's log, put together.
private struct RunExport {
  private var start: String?
  private var metrics: [(text: String, object: JSONObject)] = []
  private var events: [String] = []

  init(_ folder: RunFolder) throws(RunFileError) {
    let file = try ReadableFile(path: folder.metrics)
    var (splitter, offset) = (LineSplitter(), 0)
    while true {
      let bytes = file.bytes(at: offset, count: 1 << 20)
      guard !bytes.isEmpty else {
        if metrics.isEmpty { throw .noFigures(path: folder.path) }
        return
      }
      offset += bytes.count
      for line in splitter.add(bytes) {
        guard let object = JSONObject(line), let event = object.text("event") else { continue }
        let text = String(decoding: line, as: UTF8.self)
        switch event {
        case "metrics": metrics.append((text, object))
        case "start" where start == nil: start = text
        // Where samples stand in their file means nothing elsewhere.
        case "data", "samples", "figure": break
        default: events.append(text)
        }
      }
    }
  }

  /// One document; its parts are lines that are JSON already.
  var json: String {
    ("{\"start\":\(start ?? "null"),\n\"metrics\":[\n\(metrics.map(\.text).joined(separator: ",\n"))\n],\n"
      + "\"events\":[\n\(events.joined(separator: ",\n"))\n]}\n").harmlessJSON
  }

  /// RFC 4180, with the columns that have a value somewhere.
  var csv: String {
    // What is compared with stands beside; figures that this program does not know come in the order of their names.
    let first = ["step", "seconds", "steps_per_second", "time", "phase", "since"]
    let known = OldFigures.all.map(\.key.rawValue)
    let told = ["d_train", "g_train"].flatMap { figure in ["min", "mean", "max", "broken"].map { "\(figure)_\($0)" } }
    let others = Set(metrics.flatMap { $0.object.members.keys })
      .subtracting(first + known + told + ["event", "experiment", "pace", "next"]).sorted()
    let columns =
      (first + known + told + others)
      .filter { column in metrics.contains { $0.object.members[column].map(Self.isCell) ?? false } }
    let rows = metrics.map { row in columns.map { Self.cell(row.object.members[$0]) }.joined(separator: ",") }
    return ([columns.joined(separator: ",")] + rows).joined(separator: "\r\n") + "\r\n"
  }

  private static func isCell(_ value: JSONObject.Value) -> Bool {
    switch value {
    case .number, .whole, .text: true
    case .numbers, .other: false
    }
  }

  private static func cell(_ value: JSONObject.Value?) -> String {
    switch value {
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .whole(let number): "\(number)"
    case .text(let text):
      "\"" + text.harmless.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    case .numbers, .other, nil: ""
    }
  }
}
