// Keys while something lies over the screen: what is read is scrolled, what is asked is answered.

import TerminalUI
import Training

extension State {
  /// The log's new distance from its end, or `nil` for keys that do not scroll; Space has another meaning here.
  func scrollLog(_ key: Key, from distance: Int) -> Int? {
    guard key != .character(" ") else { return nil }
    let last = logPane.largestOffset(in: logArea)
    return scroll(logPane, key, from: last - distance, in: logArea).map { last - $0 }
  }

  /// The new offset of a help page, or `nil` for keys that do not scroll.
  func scroll(_ help: HelpOverlay, _ key: Key, from offset: Int, in area: Rect? = nil) -> Int? {
    help.offset(after: key, of: keys, from: offset, in: area ?? Layout.overlay(on: size))
  }

  /// What a key answers to the question; `nil` for the keys that quit, which work everywhere.
  mutating func answer(_ key: Key) -> [Effect]? {
    if keys.action(for: key) == .quit { return nil }
    let question = overlay
    overlay = nil
    guard question == .confirmReset else {
      return [.character("y"), .character("Y")].contains(key) ? [.writeSettings] : []
    }
    switch key {
    case .character("y"), .character("Y"):
      awaitedMoves[focus.experiment] = nil
      return snapshots.isEmpty ? [] : [.send(.reset, experiment: focus.experiment)]
    case .character("a"), .character("A"):
      awaitedMoves = [:]
      return sendToAll(.reset)
    default:
      return []
    }
  }
}
