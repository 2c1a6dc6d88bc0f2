// One source, three machine codes: a function marked CK_CLONES is compiled for baseline x86-64, for AVX2 and for
// AVX-512, and the loader picks the best that the processor has. Elsewhere it is compiled once.
//
// What such a function calls must be always_inline, otherwise it runs at the baseline.

#ifndef TARGET_CLONES_H
#define TARGET_CLONES_H

// The loader picks before a sanitizer has begun, which an instrumented picker does not survive.
#if defined(__x86_64__) && !__has_feature(thread_sanitizer) && !__has_feature(address_sanitizer)
#define CK_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CK_CLONES
#endif

#define CK_INLINE static inline __attribute__((always_inline))

#endif
