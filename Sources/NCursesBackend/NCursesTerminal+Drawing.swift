// From a frame to ncurses' cells. ncurses compares what it is told with what the terminal shows; comparing frames
// first only saves telling it what has not changed.

import CNCurses
import TerminalUI

extension NCursesTerminal {
  @discardableResult
  package func present(_ frame: Frame) -> Bool {
    guard isTaken, !isGone, frame != shown else { return true }
    guard isInForeground else {
      loseTerminal()
      return true
    }
    let bytes = output.collect {
      draw(frame)
      wnoutrefresh(cn_screen_window())
      doupdate()
    }
    let outcome = output.send(frame: bytes)
    switch outcome {
    case .written: shown = frame
    case .interrupted: invalidate()
    case .gone: loseTerminal()
    }
    return outcome != .interrupted
  }

  package func copy(_ text: String) {
    guard isTaken, !isGone, description.isANSI else { return }
    if output.send(clipboardSequence(text)) == .gone { loseTerminal() }
  }

  package func invalidate() {
    shown = nil
    cn_repaint_everything()
  }

  private func draw(_ frame: Frame) {
    let nothing = Frame(size: Size(width: 0, height: 0))
    if shown?.size != frame.size { werase(cn_screen_window()) }
    if put(frame.changes(from: shown ?? nothing), leftOver: nil) { return }
    // All pairs are taken: forget those of former frames. Of a frame that has more by itself than the terminal
    // knows, what is left over is in the terminal's own colours.
    pairs.removeAll()
    reset_color_pairs()
    werase(cn_screen_window())
    _ = put(frame.changes(from: nothing), leftOver: 0)
  }

  /// Tells ncurses what cells hold. When there are no more pairs for their colours, takes pair `leftOver`; if that is
  /// `nil`, stops and returns false.
  private func put(_ changes: [Change], leftOver: Int32?) -> Bool {
    let palette = ColourNumbers(depth: capabilities.colours, count: cn_colour_count())
    for change in changes {
      for (offset, cell) in change.cells.enumerated() {
        let style = palette.style(cell.style)
        guard let pair = pairNumber(for: style, palette) ?? leftOver else { return false }
        cn_put(Int32(change.y), Int32(change.x + offset), cell.glyph.value, attributes(of: style), pair)
      }
    }
    return true
  }

  private func pairNumber(for style: Style, _ palette: ColourNumbers) -> Int32? {
    guard capabilities.colours > .monochrome else { return 0 }
    switch pairs.number(for: PairTable.Pair(foreground: style.foreground, background: style.background)) {
    case .known(let number):
      return number
    case .full:
      return nil
    case .new(let number):
      init_extended_pair(number, palette.number(of: style.foreground), palette.number(of: style.background))
      return number
    }
  }

  private func attributes(of style: Style) -> attr_t {
    var attributes = attr_t()
    if style.attributes.contains(.bold) { attributes |= CNBold }
    if style.attributes.contains(.dim) { attributes |= CNDim }
    if style.attributes.contains(.underline) { attributes |= CNUnderline }
    if style.attributes.contains(.reverse) { attributes |= CNReverse }
    return attributes
  }
}
