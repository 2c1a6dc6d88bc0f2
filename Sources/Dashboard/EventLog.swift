// What has happened, line by line: what experiments came to, warnings, files that were written, and what libraries print
// while the screen is up. The latest lines only, so that a week's log is no larger than an hour's.

import TerminalUI
import Training

package struct EventLog: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// Since the dashboard was started.
    package var time: Duration
    package var text: String
  }

  /// The oldest first.
  package private(set) var entries: [Entry] = []
  /// Lines that there have ever been.
  private(set) var count = 0

  /// Lines that are kept at the least.
  static let capacity = 1000
  /// Characters of a line that are kept.
  static let longest = 500

  mutating func add(_ text: String, at time: Duration) {
    entries.append(Entry(time: time, text: String(text.withoutEscapeSequences.prefix(Self.longest)).harmlessLine))
    count += 1
    // Now and then many at once, instead of one each time.
    if entries.count >= 2 * Self.capacity { entries.removeFirst(entries.count - Self.capacity) }
  }
}

extension EventLog {
  /// The log as it lies over the lower part of the screen, where what is above it stays in sight.
  func pane(_ keys: KeyMap) -> HelpOverlay {
    HelpOverlay(
      title: "log (\(keys.name(.log)) closes)",
      lines: entries.map { entry in
        .entry(key: Snapshot.words(forSeconds: Double(entry.time.components.seconds)), text: entry.text)
      }, fillsArea: true)
  }

  static func area(on screen: Size) -> Rect {
    let area = Layout.overlay(on: screen)
    return area.splitTop(area.height < 18 ? 0 : area.height / 2).rest
  }
}

extension State {
  var logPane: HelpOverlay { log.pane(keys) }
  var logArea: Rect { EventLog.area(on: size) }

  mutating func note(_ text: String) {
    log.add(text, at: elapsed)
    // Who has scrolled back goes on seeing the same lines.
    if case .log(let distance) = overlay, distance > 0 { overlay = .log(fromEnd: distance + 1) }
  }

  /// What an experiment has come to, if it is news.
  mutating func note(_ snapshot: Snapshot, after previous: Snapshot) {
    let name = snapshot.experiment.name
    if case .failed(let error) = snapshot.phase, snapshot.phase != previous.phase {
      note("\(name): failed: \(error)")
    } else if snapshot.phase != previous.phase {
      let word = snapshot.phase == .resting ? "resting at the floor" : snapshot.phase.word.lowercased()
      note("\(name): \(word), \(snapshot.progress)")
    }
    if let verdict = snapshot.verdict, verdict.role == .bad, previous.verdict?.role != .bad {
      note("\(name): \(verdict.text), \(snapshot.progress)")
    }
  }

  mutating func receive(printed lines: [String]) {
    for line in lines { note("printed: \(line)") }
    guard let last = log.entries.last, notice == nil, overlay == nil else { return }
    notice = Notice("\(last.text) (\(keys.name(.log)): log)")
  }
}
