// See ck_workers.h. Threads first spin for some microseconds, which is what lies between two instructions. Then they
// offer their core to whoever is ready, but stay ready themselves: threads that sleep in the middle of a run look idle,
// and the scheduler leaves both on one core (measured: half the speed). Only then do they sleep in the kernel: a paused
// session costs nothing.
#define _GNU_SOURCE
#include "ck_workers.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Looks at a word before offering the core, about 20 µs, and offers before sleeping, about a millisecond alone.
enum { SPINS = 1000, OFFERS = 1000 };

typedef struct {
  ck_workers *workers;
  int number;
} seat;

struct ck_workers {
  int threads;
  ck_body body;
  void *context;
  pthread_t *handles;
  seat *seats;
  /// Counts runs; a change wakes the team.
  _Alignas(64) atomic_uint run;
  atomic_bool ending;
  /// Threads that have come to the barrier, and how often it has opened.
  _Alignas(64) atomic_uint arrived;
  _Alignas(64) atomic_uint opened;
  atomic_uint sleepers;
};

static void futex(atomic_uint *word, int operation, unsigned value) {
  syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value, NULL, NULL, 0);
}

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// Waits until `*word` is no longer `old`.
static void wait_for_change(ck_workers *w, atomic_uint *word, unsigned old) {
  for (int i = 0; i < SPINS; i++) {
    if (atomic_load_explicit(word, memory_order_acquire) != old) return;
    relax();
  }
  for (int i = 0; i < OFFERS; i++) {
    if (atomic_load_explicit(word, memory_order_acquire) != old) return;
    sched_yield();
  }
  atomic_fetch_add(&w->sleepers, 1);
  while (atomic_load(word) == old) futex(word, FUTEX_WAIT, old);
  atomic_fetch_sub(&w->sleepers, 1);
}

static void change(ck_workers *w, atomic_uint *word) {
  atomic_fetch_add(word, 1);
  if (atomic_load(&w->sleepers) > 0) futex(word, FUTEX_WAKE, INT32_MAX);
}

void ck_workers_barrier(ck_workers *w) {
  if (w->threads == 1) return;
  unsigned generation = atomic_load_explicit(&w->opened, memory_order_acquire);
  if (atomic_fetch_add(&w->arrived, 1) + 1 == (unsigned)w->threads) {
    atomic_store(&w->arrived, 0);
    change(w, &w->opened);
  } else {
    wait_for_change(w, &w->opened, generation);
  }
}

/// Lets whoever handles signals for the process (the terminal must be given back) do so on a thread that has run out of
/// stack as well.
static void use_alternate_stack(void) {
  static _Thread_local char memory[64 * 1024];
  sigaltstack(&(stack_t){.ss_sp = memory, .ss_size = sizeof memory}, NULL);
}

static void *serve(void *argument) {
  use_alternate_stack();
  const seat own = *(seat *)argument;
  ck_workers *w = own.workers;
  unsigned seen = 0;
  for (;;) {
    wait_for_change(w, &w->run, seen);
    seen++;
    if (atomic_load(&w->ending)) return NULL;
    w->body(w->context, own.number, w->threads);
    ck_workers_barrier(w);
  }
}

ck_workers *ck_workers_create(int threads) {
  ck_workers *w = aligned_alloc(64, (sizeof(ck_workers) + 63) / 64 * 64);
  if (!w) return NULL;
  *w = (ck_workers){.threads = 1};
  w->handles = calloc((size_t)threads, sizeof(pthread_t));
  w->seats = calloc((size_t)threads, sizeof(seat));
  if (!w->handles || !w->seats) {
    ck_workers_destroy(w);
    return NULL;
  }
  for (int i = 1; i < threads; i++) {
    w->seats[i] = (seat){w, i};
    if (pthread_create(&w->handles[i], NULL, serve, &w->seats[i]) != 0) {
      ck_workers_destroy(w);
      return NULL;
    }
    w->threads++;
  }
  return w;
}

void ck_workers_destroy(ck_workers *w) {
  if (!w) return;
  atomic_store(&w->ending, 1);
  change(w, &w->run);
  for (int i = 1; i < w->threads; i++) pthread_join(w->handles[i], NULL);
  free(w->handles);
  free(w->seats);
  free(w);
}

void ck_workers_run(ck_workers *w, ck_body body, void *context) {
  if (w->threads == 1) {
    body(context, 0, 1);
    return;
  }
  w->body = body;
  w->context = context;
  change(w, &w->run);
  body(context, 0, w->threads);
  ck_workers_barrier(w);
}
