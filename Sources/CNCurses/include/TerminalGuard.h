// What must happen to a terminal when the process crashes, exits or is signalled. It is C because a signal handler
// may use neither the Swift runtime nor ncurses: only calls that are safe there (signal-safety(7)).

#ifndef TERMINAL_GUARD_H
#define TERMINAL_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

/// From now on a crash on any thread, any other signal that ends the process, or `exit`, first gives the terminal back: writes the `reset` bytes, restores
/// `modes`, and does what `guard_release_output` does. A signal then goes on to whatever action was installed before, so that the exit status
/// is the right one. At most `guard_reset_capacity` reset bytes are kept.
void guard_arm(int terminal, const struct termios *_Nonnull modes, const char *_Nonnull reset, size_t length);
enum { guard_reset_capacity = 512 };

/// Makes running out of stack on this thread a crash like any other; `guard_arm` does so for its own.
void guard_this_thread(void);

/// The end of `guard_arm`: the previous actions are back.
void guard_disarm(void);

/// Those of standard output and standard error that are terminals are sent to an unlinked file from now on, so that a
/// library's message cannot scribble over the screen; false if no such file can be made, and then nothing has changed.
bool guard_capture_output(void);

/// A descriptor that becomes readable when something has been captured that `guard_read_captured` was not asked for yet;
/// −1 where the system cannot tell.
int guard_capture_watch(void);

/// Copies what was captured, from `offset` on, to `buffer`; how many bytes, 0 if there are no more. What is more than
/// `guard_kept_output` bytes older is forgotten, so that a talkative library does not fill the memory.
size_t guard_read_captured(off_t offset, char *_Nonnull buffer, size_t capacity);
enum { guard_kept_output = 1 << 16 };

/// Makes the descriptors what they were, and copies what was captured to standard error.
void guard_release_output(void);

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
