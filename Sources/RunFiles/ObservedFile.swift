// A file of a run as observations, whatever its format, and followed as it grows: TensorBoard's event files, and lines of
// JSON with numbers in them.

package struct ObservedFile: Sendable {
  package enum Format: Hashable, Sendable {
    case tensorBoard, ndjson

    /// By the file's name, as TensorBoard itself goes by names; `nil` for every other file.
    package init?(name: String) {
      if name.contains("tfevents") {
        self = .tensorBoard
      } else if [".ndjson", ".jsonl"].contains(where: name.hasSuffix) {
        self = .ndjson
      } else {
        return nil
      }
    }
  }

  package struct News: Sendable {
    package var observations: [Observation] = []
    /// What was read before is no longer in the file: the observations are from its beginning.
    package var isFromStart = false
    /// Whether the file goes on beyond what was read now.
    package var hasMore = false
  }

  package let path: String
  private let format: Format
  private var file: FollowedFile
  private var reader: Reader

  private enum Reader: Sendable {
    case records(EventRecordReader)
    case lines(MetricsReader)
  }

  /// Bytes that are read in one go.
  private static let portion = 1 << 20

  /// A file whose name says nothing is taken for lines.
  package init(path: String) {
    self.path = path
    format = Format(name: path.split(separator: "/").last.map(String.init) ?? path) ?? .ndjson
    file = FollowedFile(path: path)
    reader = Self.reader(of: format)
  }

  /// Stretches of bytes, or lines, that were none of the format.
  package var damages: Int {
    switch reader {
    case .records(let reader): reader.damages
    case .lines(let reader): reader.damages
    }
  }

  /// The next portion of what has been added since the last call.
  package mutating func news() -> News {
    var news = News()
    switch file.newBytes(atMost: Self.portion) {
    case .nothing: break
    case .grown(let bytes):
      news.observations = observations(in: bytes)
      news.hasMore = bytes.count == Self.portion
    case .restarted:
      reader = Self.reader(of: format)
      (news.isFromStart, news.hasMore) = (true, true)
    }
    return news
  }

  private mutating func observations(in bytes: [UInt8]) -> [Observation] {
    switch reader {
    case .records(var records):
      defer { reader = .records(records) }
      return records.records(in: bytes).compactMap(TensorBoardEvent.init).flatMap(\.observations)
    case .lines(var lines):
      defer { reader = .lines(lines) }
      return lines.observations(in: bytes)
    }
  }

  private static func reader(of format: Format) -> Reader {
    switch format {
    case .tensorBoard: .records(EventRecordReader())
    case .ndjson: .lines(MetricsReader())
    }
  }
}
