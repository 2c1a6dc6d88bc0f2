// The samples of a run of gantui, followed as they are written: of its lines, the one with what stays the same and the
// latest with what does not.

import RunFiles
import Training

struct SamplesFile: Sendable {
  let path: String
  private var file: FollowedFile
  private var splitter = LineSplitter()
  private var fixed: [UInt8]?
  private var moment: [UInt8]?

  init(path: String) {
    self.path = path
    file = FollowedFile(path: path)
  }

  /// What is to be seen now, if it has changed since the last call.
  mutating func latest() -> WatchedRun.Sample? {
    moment = nil
    while readPortion() {}
    guard let fixed = fixed.flatMap({ JSONObject($0) }), let moment = moment.flatMap({ JSONObject($0) }),
      let step = moment.number("step"), let view = SamplesView(fixed: fixed, moment: moment)
    else { return nil }
    return .init(step: step, view: view)
  }

  /// Whether there may be more to read.
  private mutating func readPortion() -> Bool {
    switch file.newBytes() {
    case .nothing: return false
    case .restarted: splitter = LineSplitter()
    case .grown(let bytes):
      for line in splitter.add(bytes) {
        // Lines are long, and only the last of each kind is to be decoded.
        if line.starts(with: Self.fixedStart) { fixed = line } else { moment = line }
      }
    }
    return true
  }

  private static let fixedStart = Array(#"{"event":"data""#.utf8)
}
