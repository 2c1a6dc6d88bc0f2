// What keeps a terminal from being used, in words that help the person who started the program.

package enum BackendError: Error, Hashable, CustomStringConvertible {
  /// The stream is a file, a pipe or closed.
  case notATerminal(stream: String)
  /// The terminal is described, but as one that cannot move its cursor.
  case noCursorMovement(terminal: String)
  /// Neither the terminal's own name nor xterm-256color is in the terminal database.
  case unknownTerminal(String)
  /// Frames are put together in a file in memory, which may not grow.
  case noRoomForFrames(reason: String)
  /// The system refused something that it normally grants.
  case system(call: String, reason: String)

  package var description: String {
    switch self {
    case .notATerminal(let stream):
      """
      standard \(stream) is not a terminal: the live view needs one to draw on and to read keys from. \
      Run without redirection; `gantui --plain`, `gantui train` and `gantui screenshot` need no terminal
      """
    case .noCursorMovement(let terminal):
      """
      TERM=\(terminal): this terminal cannot move its cursor (terminfo has no `cup`), so nothing can be drawn on it. \
      Set TERM to what the terminal really is, such as xterm-256color; `gantui --plain` prints lines, and `gantui train` \
      and `gantui screenshot` need no terminal
      """
    case .unknownTerminal(let terminal):
      """
      TERM=\(terminal): neither this terminal nor xterm-256color is in the terminal database. \
      Install Debian's package ncurses-base, or point TERMINFO at a directory that has one of them
      """
    case .noRoomForFrames(let reason):
      """
      there is no room for frames, which are put together in a file in memory: \(reason). Raise the limit to the size of \
      files (`ulimit -f` says it) to 1 MB or more; `gantui --plain`, `gantui train` and `gantui screenshot` draw nothing
      """
    case .system(let call, let reason):
      "the terminal could not be set up: \(call): \(reason)"
    }
  }
}
