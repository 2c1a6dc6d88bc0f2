// The samples of a run of gantui, followed as they are written: of its lines, the one with what stays the same and the
// latest with what does not.

import Figures
import RunFiles
import Training

struct SamplesFile: Sendable {
  let path: String
  private var file: FollowedFile
  private var splitter = LineSplitter()
  /// The latest lines of each exhibit, by the key as it is written.
  private var fixed: [ArraySlice<UInt8>: [UInt8]] = [:]
  private var moments: [ArraySlice<UInt8>: [UInt8]] = [:]

  init(path: String) {
    self.path = path
    file = FollowedFile(path: path)
  }

  /// What is to be seen now, by the keys of the exhibits, of those that have changed since the last call.
  mutating func latest() -> [String: WatchedRun.Sample] {
    moments = [:]
    while readPortion() {}
    var samples: [String: WatchedRun.Sample] = [:]
    for (key, line) in moments {
      guard let fixed = fixed[key].flatMap({ JSONObject($0) }), let moment = JSONObject(line),
        let step = moment.number("step"), let exhibit = Exhibit(fixed: fixed, moment: moment)
      else { continue }
      samples[exhibit.key] = .init(step: step, view: exhibit.content)
    }
    return samples
  }

  /// Whether there may be more to read.
  private mutating func readPortion() -> Bool {
    switch file.newBytes() {
    case .nothing: return false
    case .restarted: splitter = LineSplitter()
    case .grown(let bytes):
      for line in splitter.add(bytes) {
        // Lines are long, and only the last of each kind is to be decoded.
        let isFixed = line.starts(with: Self.fixedStart)
        let key = Self.key(of: line, after: isFixed ? Self.fixedStart : Self.momentStart)
        if isFixed { fixed[key] = line } else { moments[key] = line }
      }
    }
    return true
  }

  private static let fixedStart = Array(#"{"event":"data""#.utf8)
  private static let momentStart = Array(#"{"event":"samples""#.utf8)
  private static let exhibit = Array(#","exhibit":""#.utf8)

  /// The key of a line's exhibit, which stands right after its event; empty in files of one exhibit without a name.
  private static func key(of line: [UInt8], after start: [UInt8]) -> ArraySlice<UInt8> {
    let rest = line.dropFirst(start.count)
    guard rest.starts(with: exhibit) else { return [] }
    return rest.dropFirst(exhibit.count).prefix { $0 != UInt8(ascii: "\"") }
  }
}
