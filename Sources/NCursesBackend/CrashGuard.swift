// What a crash says, in every command: see TerminalGuard.h.

import CNCurses

package enum CrashGuard {
  /// From now on a crash, and SIGQUIT, end the process at once and say so.
  package static func watch() { guard_watch_crashes() }

  /// What is said after a crash besides what happened, in a line. For one thread at a time.
  package static func note(_ line: String) { guard_set_note(line) }
}
