// What must happen to a terminal when the process crashes, exits or is signalled. It is C because a signal handler
// may use neither the Swift runtime nor ncurses: only calls that are safe there (signal-safety(7)).

#ifndef TERMINAL_GUARD_H
#define TERMINAL_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

/// From now on a crash on any thread, and SIGQUIT, says in two lines on standard error what happened and what
/// `guard_set_note` has noted, and ends the process by its signal. Swift's own account of a crash, which ends in a question
/// and a pause, follows only where somebody has set SWIFT_BACKTRACE. Of SIGXFSZ, only what others send ends the process:
/// that a file may not grow is an error for whoever writes.
void guard_watch_crashes(void);

/// The line that follows on what happened, without its end. For one thread at a time.
void guard_set_note(const char *_Nonnull text);

/// From now on a crash on any thread, any other signal that ends the process, or `exit`, first gives the terminal back:
/// restores `modes`, writes the `reset` bytes, and copies what was captured to standard error; and it says what a watched
/// crash says. Before that, a signal points the `drawing` descriptors to nowhere, so that no thread draws over the shell.
/// No terminal is waited for that does not read. At most `guard_reset_capacity` bytes and `guard_most_drawing` descriptors
/// are kept.
void guard_arm(
    int terminal, const struct termios *_Nonnull modes, const char *_Nonnull reset, size_t length,
    const int *_Nonnull drawing, int count);
enum { guard_reset_capacity = 512, guard_most_drawing = 4 };

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
