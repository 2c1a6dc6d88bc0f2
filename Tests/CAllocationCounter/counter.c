#define _GNU_SOURCE
#include "CAllocationCounter.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

// A sanitizer has allocation functions of its own.
#define COUNTS (!__has_feature(thread_sanitizer) && !__has_feature(address_sanitizer))

#if COUNTS
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
#endif

static _Thread_local bool counting;
static _Thread_local long allocations;
static _Thread_local size_t largest;

#if COUNTS
static void note(size_t size) {
  if (!counting) return;
  allocations += 1;
  if (size > largest) largest = size;
}

void *malloc(size_t size) {
  note(size);
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  note(count * size);
  return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
  note(size);
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note(size);
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  note(size);
  *result = __libc_memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}
#endif

bool allocation_counter_counts(void) { return COUNTS; }

void allocation_counter_start(void) {
  allocations = 0;
  largest = 0;
  counting = true;
}

long allocation_counter_stop(void) {
  counting = false;
  return allocations;
}

size_t allocation_counter_largest(void) { return largest; }
