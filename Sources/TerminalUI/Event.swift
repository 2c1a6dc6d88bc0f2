// What can happen to a terminal program, as values: the dashboard's loop turns them into state.

/// A key as the person pressed it; nothing of curses or of escape sequences is left in it.
package enum Key: Hashable, Sendable {
  /// A printable character; letters keep their case.
  case character(Unicode.Scalar)
  /// Control with a letter, given in lower case: `.control("c")`.
  case control(Unicode.Scalar)
  case enter, escape, tab, backTab, backspace
  case up, down, left, right
  case pageUp, pageDown, home, end
  case function(Int)
}

/// Something done with the mouse, at a cell.
package struct MouseEvent: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case press, wheelUp, wheelDown }

  package var kind: Kind
  package var x: Int
  package var y: Int

  package init(_ kind: Kind, x: Int, y: Int) {
    self.kind = kind
    self.x = x
    self.y = y
  }
}

package enum Event: Hashable, Sendable {
  case key(Key)
  case mouse(MouseEvent)
  /// The terminal's size has changed, and what is on it is unknown; it may be back at the old size.
  case resize(Size)
  /// Somebody called the device's waker: a new snapshot may be there.
  case wake
  /// The deadline that was given has passed.
  case timeout
  /// Lines that came from elsewhere than this program's own drawing, most likely from a library, as they were written.
  case printed([String])
  /// The terminal has said what its own background is; its capabilities have it.
  case ground(Capabilities.Ground)
  /// The process was asked to end; exit with 128 + `signal` after cleaning up.
  case terminate(signal: Int32)
  /// The terminal is gone, or somebody else's; nothing can be drawn any more.
  case hangUp
  /// The process was stopped and is in the foreground again; the screen must be drawn anew.
  case resumed
}

/// Where events come from. One thread owns it; only `waker` may be called from others.
package protocol EventSource: AnyObject {
  /// Makes the running or the next `waitForEvents` return with `.wake`. Never blocks.
  var waker: @Sendable () -> Void { get }

  /// Waits for input, a signal, a wake or the deadline, whichever comes first, and returns all that is there.
  func waitForEvents(until deadline: ContinuousClock.Instant?) -> [Event]
}

/// A terminal, as the dashboard sees it.
package protocol TerminalDevice: EventSource {
  var size: Size { get }
  var capabilities: Capabilities { get }

  /// Makes the terminal show `frame`; writes only what differs from what it shows.
  ///
  /// - Returns: False if a signal came first while the terminal was not reading: the frame has to be presented again.
  func present(_ frame: Frame) -> Bool

  /// Marks everything on the screen as unknown, so that the next frame is written whole.
  func invalidate()

  /// Whether presses of the mouse and its wheel come as events, instead of selecting text.
  var hearsMouse: Bool { get set }

  /// Puts text on the person's clipboard, if the terminal lets programs do so.
  func copy(_ text: String)

  /// How many bytes frames have cost so far.
  var bytesWritten: Int { get }

  /// Gives the terminal back, stops the process (Ctrl-Z), and takes the terminal again when it continues.
  func suspend()

  /// Gives the terminal back as it was. Calling it twice does nothing.
  func close()
}
