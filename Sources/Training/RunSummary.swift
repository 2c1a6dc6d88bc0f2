// A run in a line: what it is, how far it came and how it ended, from the beginning and the end of its journal, for there
// may be many runs, and long ones.

import Figures
import RunFiles

package struct RunSummary: Sendable {
  package enum Ending: Hashable, Sendable {
    /// It still goes on.
    case running
    case ended(EndReason)
    /// Its process has ended without a word.
    case brokenOff
  }

  package let folder: RunFolder
  package let experiment: String
  /// Whether its log begins as those of gantui do; other programs, too, may call a file so.
  package let isOwn: Bool
  package let started: Moment?
  package let ending: Ending
  /// What it measures.
  package let figures: [Figure]
  /// The last figures.
  package let last: RunRecord?

  /// Bytes that are looked at from either end.
  private static let reach = 1 << 16

  /// `nil` where there is no run.
  package init?(_ folder: RunFolder) {
    guard let file = try? ReadableFile(path: folder.metrics), let size = file.size else { return nil }
    self.folder = folder
    let first = Self.objects(in: file.bytes(at: 0, count: Self.reach))
    let start = first.first { $0.text("event") == "start" }
    isOwn = start?.text("experiment") != nil
    experiment = start?.text("experiment") ?? folder.name
    started = start?.text("time").flatMap { Moment($0) }
    // The first line there may be half a one, which is none.
    let objects = Self.objects(in: file.bytes(at: max(0, size - Self.reach), count: Self.reach))
    let declared = first.compactMap { Figure($0) }
    figures = declared.isEmpty ? OldFigures.all : declared
    last = objects.reversed().lazy.compactMap { [figures] in try? RunRecord($0, figures) }.first
    // What a person does after the end, a screenshot perhaps, is no new beginning.
    let turn = objects.last { ["end", "metrics", "reset"].contains($0.text("event")) }
    let reason = turn?.text("event") == "end" ? turn?.text("reason").flatMap(EndReason.init) : nil
    ending = RunLock.isHeld(folder) ? .running : reason.map(Ending.ended) ?? .brokenOff
  }

  private static func objects(in bytes: [UInt8]) -> [JSONObject] {
    var splitter = LineSplitter()
    return splitter.add(bytes).compactMap { JSONObject($0) }
  }
}

extension RunSummary.Ending {
  package var words: String {
    switch self {
    case .running: "running"
    case .ended(let reason): reason.rawValue
    case .brokenOff: "broken off"
    }
  }
}
