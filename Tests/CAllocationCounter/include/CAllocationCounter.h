// Counts heap allocations of the calling thread, for tests that claim there are none. Linking this target replaces
// the process's allocation functions by ones that count and then call glibc's own.
#ifndef CALLOCATIONCOUNTER_H
#define CALLOCATIONCOUNTER_H

#include <stddef.h>

/// Begins to count on this thread.
void allocation_counter_start(void);

/// Ends, and returns the allocations since the start.
long allocation_counter_stop(void);

/// The bytes of the largest of them.
size_t allocation_counter_largest(void);

#endif
