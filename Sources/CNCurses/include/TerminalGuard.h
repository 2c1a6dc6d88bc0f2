// What must happen to a terminal when the process crashes, exits or is signalled. It is C because a signal handler
// may use neither the Swift runtime nor ncurses: only calls that are safe there (signal-safety(7)).

#ifndef TERMINAL_GUARD_H
#define TERMINAL_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/// From now on a crash on any thread, or `exit`, first gives the terminal back: writes the `reset` bytes, restores
/// `modes`, makes descriptor 2 the real standard error again and copies to it what was
/// written there meanwhile. A crash then goes on to whatever action was installed before, so that the exit status
/// is the right one. At most `guard_reset_capacity` reset bytes are kept.
void guard_arm(int terminal, const struct termios *_Nonnull modes, const char *_Nonnull reset, size_t length);
enum { guard_reset_capacity = 512 };

/// The end of `guard_arm`: the previous actions are back.
void guard_disarm(void);

/// If descriptor 2 is a terminal, sends what is written to it to an unlinked file, so that a library's message cannot
/// scribble over the screen; false if no such file can be made, and then nothing has changed.
bool guard_capture_errors(void);

/// Makes descriptor 2 the real standard error again, and copies to it what was captured.
void guard_release_errors(void);

/// From now on SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP and SIGCONT are written as one byte each, their
/// number, to `pipe`, which must not block. Signals that the parent had ignored stay ignored.
void guard_forward_signals(int pipe);

/// The previous actions are back.
void guard_stop_forwarding(void);

/// Stops the process group as Ctrl-Z does, and returns when it is continued.
void guard_stop_process(void);

/// An unlinked file in memory, open for reading and writing; −1 if there is none.
int guard_memory_file(void);

#endif
