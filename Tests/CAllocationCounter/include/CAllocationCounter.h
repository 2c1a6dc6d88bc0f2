// Counts heap allocations of the calling thread, for tests that claim there are none. Linking this target replaces
// the process's allocation functions by ones that count and then call glibc's own.
#ifndef CALLOCATIONCOUNTER_H
#define CALLOCATIONCOUNTER_H

/// Begins to count on this thread.
void allocation_counter_start(void);

/// Ends, and returns the allocations since the start.
long allocation_counter_stop(void);

#endif
