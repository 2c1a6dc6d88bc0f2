// The signal handlers that TerminalGuard.h promises. The state is global because signal actions are.
//
// Measured on Linux: a Swift trap is SIGILL (x86-64) or SIGTRAP (arm64), and without this file it leaves a terminal
// in the alternate screen, raw, with the message lost.

#define _GNU_SOURCE
#include "TerminalGuard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { fatal_count = 16, forwarded_count = 7, alternate_stack_size = 64 * 1024 };

// Faults, and then everything else that ends a process which does not care, `ulimit -t` and a closed pipe included.
static const int fatal_signals[fatal_count] = {
    SIGILL,  SIGTRAP, SIGABRT, SIGSEGV, SIGBUS,  SIGFPE,    SIGSYS,  SIGPIPE,
    SIGALRM, SIGUSR1, SIGUSR2, SIGPOLL, SIGPROF, SIGVTALRM, SIGXCPU, SIGXFSZ,
};
static const int forwarded_signals[forwarded_count] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};

static atomic_bool armed;
static int terminal_descriptor = -1;
static struct termios terminal_modes;
static char reset_bytes[guard_reset_capacity];
static size_t reset_length;
static struct sigaction fatal_previous[fatal_count];
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

static void write_all(int descriptor, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(descriptor, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    length -= (size_t)written;
  }
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

void guard_release_output(void) {
  if (captured < 0) return;
  for (int i = 0; i < 2; i++) {
    if (real_outputs[i] < 0) continue;
    dup2(real_outputs[i], STDOUT_FILENO + i);
    close(real_outputs[i]);
    real_outputs[i] = -1;
  }
  char buffer[1024];
  off_t offset = forgotten;
  ssize_t count;
  while ((count = pread(captured, buffer, sizeof buffer, offset)) > 0) {
    write_all(STDERR_FILENO, buffer, (size_t)count);
    offset += count;
  }
  close(captured);
  close(capture_watch);
  captured = capture_watch = -1;
}

// MARK: - Crashes and exits

static void give_terminal_back(void) {
  if (!atomic_exchange(&armed, false)) return;
  write_all(terminal_descriptor, reset_bytes, reset_length);
  tcsetattr(terminal_descriptor, TCSANOW, &terminal_modes);
  guard_release_output();
}

static void on_fatal(int signal, siginfo_t *information, void *context) {
  (void)context;
  give_terminal_back();
  for (int i = 0; i < fatal_count; i++) {
    if (fatal_signals[i] == signal) sigaction(signal, &fatal_previous[i], NULL);
  }
  // A fault comes again by itself when its instruction is tried again; a signal that was sent has to be sent again.
  bool is_fault = signal == SIGILL || signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE;
  if (information->si_code <= 0 || !is_fault) raise(signal);
}

void guard_this_thread(void) {
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = alternate_stack_size};
  stack_t current;
  // Whoever has one keeps it.
  if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) sigaltstack(&stack, NULL);
}

void guard_arm(int terminal, const struct termios *modes, const char *reset, size_t length) {
  static bool exit_registered;
  if (!exit_registered) exit_registered = atexit(give_terminal_back) == 0;
  terminal_descriptor = terminal;
  terminal_modes = *modes;
  reset_length = length < sizeof reset_bytes ? length : sizeof reset_bytes;
  memcpy(reset_bytes, reset, reset_length);

  guard_this_thread();

  atomic_store(&armed, true);
  struct sigaction action = {.sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < fatal_count; i++) {
    sigaction(fatal_signals[i], NULL, &fatal_previous[i]);
    // What does not end the process, does not end the screen.
    if (fatal_previous[i].sa_handler != SIG_IGN) sigaction(fatal_signals[i], &action, NULL);
  }
}

void guard_disarm(void) {
  if (!atomic_exchange(&armed, false)) return;
  for (int i = 0; i < fatal_count; i++) sigaction(fatal_signals[i], &fatal_previous[i], NULL);
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
