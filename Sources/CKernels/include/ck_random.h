// Counter-based random numbers: Philox4x32-10.
//
// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.
//
// There is no state to carry: element i of a sequence is a pure function of (key, stream, counter, i). A run resumes
// exactly from these integers, and any thread may fill any part of a sequence. A *block* is one call of Philox,
// four 32-bit words; a sequence of n elements uses the blocks counter … counter + ck_random_blocks(n) − 1 of its stream.
//
// Elements are laid out for vectors: 16 blocks make a group of 64 elements, in which element 16·w + j is
// word w of block j. `first` is where the part to fill begins in the sequence and must be a multiple of 64;
// `out` points to that element, and `n` counts the elements of the part.

#ifndef CK_RANDOM_H
#define CK_RANDOM_H

#include <stddef.h>
#include <stdint.h>

// One block: `output` = Philox4x32-10 of `counter` under `key`, as in the paper's known-answer tests.
void ck_philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t output[4]);

// Blocks that a sequence of n elements uses: advance the counter by this much to continue after it.
uint64_t ck_random_blocks(size_t n);

// low + (high − low)·u, u uniform on the multiples of 2⁻²⁴ in [0, 1).
void ck_random_uniform(
  float *out, size_t n, uint64_t key, uint64_t stream, uint64_t counter, size_t first, float low, float high);

// N(mean, deviation²), by Box and Muller (1958) with 32 bits for the radius: values reach ±6.76 deviations.
void ck_random_normal(
  float *out, size_t n, uint64_t key, uint64_t stream, uint64_t counter, size_t first, float mean, float deviation);

// `scale` with probability `keep`, in [0, 1] and rounded to a multiple of 2⁻²⁴, otherwise 0: a dropout mask.
void ck_random_bernoulli(
  float *out, size_t n, uint64_t key, uint64_t stream, uint64_t counter, size_t first, float keep, float scale);

#endif
