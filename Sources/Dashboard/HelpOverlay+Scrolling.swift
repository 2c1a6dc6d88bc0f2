// How keys scroll what lies over the screen: by lines as they move the focus, and by pages.

import TerminalUI

extension HelpOverlay {
  /// The first row in sight after a key, or `nil` for keys that do not scroll.
  func offset(after key: Key, of keys: KeyMap, from offset: Int, in area: Rect) -> Int? {
    let last = largestOffset(in: area)
    let page = max(1, visibleRows(in: area) - 1)
    let wanted: Int? =
      switch (key, keys.action(for: key)) {
      case (.up, _), (_, .up): offset - 1
      case (.down, _), (_, .down): offset + 1
      case (.pageUp, _): offset - page
      case (.pageDown, _), (.character(" "), _): offset + page
      case (.home, _): 0
      case (.end, _): last
      default: nil
      }
    return wanted.map { min(max(0, $0), last) }
  }
}
