// Counts heap allocations of the calling thread, for tests that claim there are none. Linking this target replaces
// the process's allocation functions by ones that count and then call glibc's own.
#ifndef CALLOCATIONCOUNTER_H
#define CALLOCATIONCOUNTER_H

#include <stdbool.h>
#include <stddef.h>

/// False in a build with a sanitizer, in which every count is 0.
bool allocation_counter_counts(void);

/// Begins to count on this thread.
void allocation_counter_start(void);

/// Ends, and returns the allocations since the start.
long allocation_counter_stop(void);

/// The bytes of the largest of them.
size_t allocation_counter_largest(void);

#endif
