// The signal handlers that TerminalGuard.h promises. The state is global because signal actions are.
//
// Measured on Linux: a Swift trap is SIGILL (x86-64) or SIGTRAP (arm64), and without this file it leaves a terminal
// in the alternate screen, raw, with the message lost.

#define _GNU_SOURCE
#include "TerminalGuard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { fatal_count = 17, crash_count = 9, forwarded_count = 7, alternate_stack_size = 64 * 1024, note_capacity = 2048 };

// Faults and what a person ends a process with, which are watched for from the start; then everything else that ends a
// process which does not care, `ulimit -t` and a closed pipe included.
static const int fatal_signals[fatal_count] = {
    SIGILL,  SIGTRAP, SIGABRT, SIGSEGV, SIGBUS,  SIGFPE,    SIGSYS,  SIGXFSZ, SIGQUIT,
    SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGPOLL, SIGPROF, SIGVTALRM, SIGXCPU,
};
static const char *const fatal_names[fatal_count] = {
    "illegal instruction", "trap", "abort", "segmentation fault", "bus error", "arithmetic error", "bad system call",
    "file size limit", "quit", "closed pipe", "alarm", "user signal 1", "user signal 2", "input or output",
    "profiling timer", "virtual timer", "CPU time limit",
};
static const int forwarded_signals[forwarded_count] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};

static atomic_bool armed;
static int terminal_descriptor = -1;
static struct termios terminal_modes;
static char reset_bytes[guard_reset_capacity];
static size_t reset_length;
static int drawing_descriptors[guard_most_drawing];
static int drawing_count;
static struct sigaction fatal_previous[fatal_count];
static bool is_taken[fatal_count], is_watched[fatal_count];
// Whether the actions that were there before are called as well, for somebody who asked for a backtrace.
static bool calls_previous;
// The thread that ends the process.
static atomic_int dying;
// What is said at a crash. A new one is written beside the old one.
static char notes[2][note_capacity];
static _Atomic(const char *) note;
// Of the thread's own memory, so that it goes when the thread does.
static _Thread_local char alternate_stack[alternate_stack_size];

// What descriptors 1 and 2 really are, while they are captured.
static int real_outputs[2] = {-1, -1};
static int captured = -1;
static int capture_watch = -1;
// Bytes that were captured so long ago that they are forgotten.
static off_t forgotten;

static int signal_pipe = -1;
static struct sigaction forwarded_previous[forwarded_count];

/// Milliseconds that a process at its end waits for a terminal or a pipe that takes nothing.
enum { patience = 100 };

static bool takes_bytes(int descriptor) {
  struct pollfd waiting = {.fd = descriptor, .events = POLLOUT};
  return poll(&waiting, 1, patience) == 1 && (waiting.revents & POLLOUT);
}

/// Adds digits to a text; `snprintf` is not safe in a handler.
static void append_number(char *text, int number) {
  char *end = text + strlen(text);
  int digits = 1;
  for (int rest = number; rest >= 10; rest /= 10) digits++;
  end[digits] = 0;
  for (; digits > 0; number /= 10) end[--digits] = (char)('0' + number % 10);
}

/// Writes what is taken; never waits for long.
static void write_patiently(int descriptor, const char *bytes, size_t length) {
  // Opened anew, because not blocking belongs to the open file, which others share.
  char name[32] = "/proc/self/fd/";
  append_number(name, descriptor);
  int again = open(name, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  int target = again >= 0 ? again : descriptor;
  while (length > 0 && takes_bytes(target)) {
    ssize_t written = write(target, bytes, length < 512 ? length : 512);
    if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (written <= 0) break;
    bytes += written;
    length -= (size_t)written;
  }
  if (again >= 0) close(again);
}

// MARK: - Standard output and standard error

int guard_memory_file(void) { return memfd_create("gantui", MFD_CLOEXEC); }

bool guard_capture_output(void) {
  // An output that goes elsewhere cannot scribble over the screen, and who redirected it may be reading.
  if (captured >= 0 || (!isatty(STDOUT_FILENO) && !isatty(STDERR_FILENO))) return true;
  int unnamed = guard_memory_file();
  if (unnamed < 0) return false;
  // A file in memory tells nobody that it was written to unless it is opened by a name (measured on Linux 6.18).
  char name[32];
  snprintf(name, sizeof name, "/proc/self/fd/%d", unnamed);
  // Appending, because more than one thread may write.
  int file = open(name, O_RDWR | O_APPEND | O_CLOEXEC);
  if (file >= 0) {
    close(unnamed);
  } else {
    file = unnamed;
    fcntl(file, F_SETFL, O_APPEND);
  }
  capture_watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  inotify_add_watch(capture_watch, name, IN_MODIFY);
  for (int i = 0; i < 2; i++) {
    int descriptor = STDOUT_FILENO + i;
    if (!isatty(descriptor)) continue;
    real_outputs[i] = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    if (real_outputs[i] >= 0) dup2(file, descriptor);
  }
  forgotten = 0;
  captured = file;
  return true;
}

int guard_capture_watch(void) { return capture_watch; }

size_t guard_read_captured(off_t offset, char *buffer, size_t capacity) {
  if (captured < 0) return 0;
  // While there is more than is asked for, the watch goes on saying so.
  char told[256];
  struct stat file;
  bool is_last = fstat(captured, &file) == 0 && file.st_size - offset <= (off_t)capacity;
  while (is_last && read(capture_watch, told, sizeof told) > 0) continue;
  ssize_t count = pread(captured, buffer, capacity, offset);
  if (count <= 0) return 0;
  off_t old = offset + count - guard_kept_output;
  if (old > forgotten && fallocate(captured, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, old) == 0) forgotten = old;
  return (size_t)count;
}

static void show_captured(int descriptor) {
  char buffer[4096];
  off_t offset = forgotten;
  ssize_t count;
  while ((count = pread(captured, buffer, sizeof buffer, offset)) > 0) {
    write_patiently(descriptor, buffer, (size_t)count);
    offset += count;
  }
}

void guard_release_output(void) {
  if (captured < 0) return;
  for (int i = 0; i < 2; i++) {
    if (real_outputs[i] < 0) continue;
    dup2(real_outputs[i], STDOUT_FILENO + i);
    close(real_outputs[i]);
    real_outputs[i] = -1;
  }
  show_captured(STDERR_FILENO);
  close(captured);
  close(capture_watch);
  captured = capture_watch = -1;
}

// MARK: - Crashes and exits

static void give_terminal_back(void) {
  if (!atomic_exchange(&armed, false)) return;
  // In the background the modes are the shell's, and touching them would stop this process.
  pid_t foreground = tcgetpgrp(terminal_descriptor);
  if (foreground < 0 || foreground == getpgrp()) {
    // First of all, because it waits for nobody.
    tcsetattr(terminal_descriptor, TCSANOW, &terminal_modes);
    // What a terminal has not read for so long makes room for what it has to read when it goes on.
    if (!takes_bytes(terminal_descriptor)) tcflush(terminal_descriptor, TCOFLUSH);
  }
  write_patiently(terminal_descriptor, reset_bytes, reset_length);
}

static void leave_terminal(void) {
  give_terminal_back();
  guard_release_output();
}

/// Ends the process by a signal.
static _Noreturn void end_by(int signal) {
  struct sigaction action = {.sa_handler = SIG_DFL};
  sigaction(signal, &action, NULL);
  sigset_t own;
  sigemptyset(&own);
  sigaddset(&own, signal);
  raise(signal);
  pthread_sigmask(SIG_UNBLOCK, &own, NULL);
  // The first process of a container does not end by its own signals.
  _exit(128 + signal);
}

/// No thread draws from now on: it would draw over the shell.
static void stop_drawing(void) {
  int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int i = 0; i < drawing_count; i++) {
    if (nothing >= 0) dup2(nothing, drawing_descriptors[i]);
    else close(drawing_descriptors[i]);
  }
}

/// Says what happened, and what the note says. Only calls that are safe in a handler.
static void tell(int descriptor, int index) {
  char line[128] = "gantui ended by signal ";
  append_number(line, fatal_signals[index]);
  strcat(strcat(strcat(line, " ("), fatal_names[index]), ")\n");
  write_patiently(descriptor, line, strlen(line));
  const char *text = atomic_load(&note);
  if (text) write_patiently(descriptor, text, strlen(text));
}

static void on_fatal(int signal, siginfo_t *information, void *context) {
  int saved = errno;
  // The system's word that a file may not grow: whoever writes is told so by the call as well.
  if (signal == SIGXFSZ && information->si_code == SI_USER && information->si_pid == getpid()) return;
  int first = 0;
  int own = (int)gettid();
  if (!atomic_compare_exchange_strong(&dying, &first, own)) {
    if (first == own) end_by(signal);
    for (;;) pause();
  }
  int index = 0;
  while (fatal_signals[index] != signal) index++;
  bool draws = atomic_load(&armed);
  if (draws) stop_drawing();
  give_terminal_back();
  int errors = real_outputs[1] >= 0 ? real_outputs[1] : STDERR_FILENO;
  if (captured >= 0) show_captured(errors);
  tell(errors, index);
  const struct sigaction *previous = &fatal_previous[index];
  if (calls_previous && (previous->sa_flags & SA_SIGINFO) && previous->sa_sigaction) {
    dup2(errors, STDERR_FILENO);
    errno = saved;
    previous->sa_sigaction(signal, information, context);
  }
  end_by(signal);
}

static void take_signal(int index) {
  struct sigaction current;
  sigaction(fatal_signals[index], NULL, &current);
  // What does not end the process, does not end the screen.
  if (current.sa_handler == SIG_IGN || current.sa_sigaction == on_fatal) return;
  struct sigaction action = {.sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  sigemptyset(&action.sa_mask);
  fatal_previous[index] = current;
  is_taken[index] = true;
  sigaction(fatal_signals[index], &action, NULL);
}

void guard_watch_crashes(void) {
  calls_previous = getenv("SWIFT_BACKTRACE") != NULL;
  guard_this_thread();
  for (int i = 0; i < crash_count; i++) {
    take_signal(i);
    is_watched[i] = is_taken[i];
  }
}

void guard_set_note(const char *text) {
  char *target = notes[atomic_load(&note) == notes[0]];
  snprintf(target, note_capacity, "%s\n", text);
  atomic_store(&note, target);
}

void guard_this_thread(void) {
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = alternate_stack_size};
  stack_t current;
  // Whoever has one keeps it.
  if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) sigaltstack(&stack, NULL);
}

void guard_arm(
    int terminal, const struct termios *modes, const char *reset, size_t length, const int *drawing, int count) {
  static bool exit_registered;
  if (!exit_registered) exit_registered = atexit(leave_terminal) == 0;
  // Its own, which nobody silences.
  if (terminal_descriptor < 0) terminal_descriptor = fcntl(terminal, F_DUPFD_CLOEXEC, 3);
  terminal_modes = *modes;
  reset_length = length < sizeof reset_bytes ? length : sizeof reset_bytes;
  memcpy(reset_bytes, reset, reset_length);
  drawing_count = count < guard_most_drawing ? count : guard_most_drawing;
  memcpy(drawing_descriptors, drawing, (size_t)drawing_count * sizeof *drawing);

  guard_this_thread();

  atomic_store(&armed, true);
  for (int i = 0; i < fatal_count; i++) {
    // That one is forwarded.
    if (fatal_signals[i] != SIGQUIT) take_signal(i);
  }
}

void guard_disarm(void) {
  if (!atomic_exchange(&armed, false)) return;
  for (int i = 0; i < fatal_count; i++) {
    if (!is_taken[i] || is_watched[i]) continue;
    sigaction(fatal_signals[i], &fatal_previous[i], NULL);
    is_taken[i] = false;
  }
  close(terminal_descriptor);
  terminal_descriptor = -1;
}

// MARK: - Signals as bytes

static void on_signal(int signal) {
  int saved = errno;
  unsigned char byte = (unsigned char)signal;
  // A full pipe already holds enough to wake the loop.
  ssize_t ignored = write(signal_pipe, &byte, 1);
  (void)ignored;
  errno = saved;
}

void guard_forward_signals(int pipe) {
  signal_pipe = pipe;
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < forwarded_count; i++) {
    struct sigaction *previous = &forwarded_previous[i];
    sigaction(forwarded_signals[i], NULL, previous);
    // `nohup` and shells without job control ignore signals on purpose.
    if (previous->sa_handler != SIG_IGN) sigaction(forwarded_signals[i], &action, NULL);
  }
}

void guard_stop_forwarding(void) {
  for (int i = 0; i < forwarded_count; i++) sigaction(forwarded_signals[i], &forwarded_previous[i], NULL);
}

void guard_stop_process(void) {
  struct sigaction previous;
  struct sigaction action = {.sa_handler = SIG_DFL};
  sigemptyset(&action.sa_mask);
  sigaction(SIGTSTP, &action, &previous);
  // The whole group, as the terminal would: a parent that waits for this process must stop too.
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &previous, NULL);
}
