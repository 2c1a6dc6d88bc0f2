// Philox4x32-10 over sixteen counters at a time, and the distributions made of its words.
//
// Every word is kept in the low half of a 64-bit lane: what is in the upper half is of no consequence, because the
// product of a round reads the low halves only. A round is then two multiplications, two shifts and two exclusive-ors.

#include "ck_random.h"

#include <string.h>

#include "target_clones.h"
#include "vector_math.h"

enum { group_blocks = 16, group_elements = 4 * group_blocks, rounds = 10 };

// Section 4.3 of the paper: the multipliers of the 4x32 bijection, and the Weyl increments of the key schedule.
static const uint32_t multiplier0 = 0xd2511f53, multiplier1 = 0xcd9e8d57;
static const uint32_t weyl0 = 0x9e3779b9, weyl1 = 0xbb67ae85;

void ck_philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t output[4]) {
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3], k0 = key[0], k1 = key[1];
  for (int round = 0; round < rounds; round++) {
    const uint64_t p0 = (uint64_t)multiplier0 * c0, p1 = (uint64_t)multiplier1 * c2;
    c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)p1;
    c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)p0;
    k0 += weyl0;
    k1 += weyl1;
  }
  output[0] = c0;
  output[1] = c1;
  output[2] = c2;
  output[3] = c3;
}

uint64_t ck_random_blocks(size_t n) {
  return ((uint64_t)n + group_elements - 1) / group_elements * group_blocks;
}

// Eight 64-bit lanes: half of a group.
typedef uint64_t lanes __attribute__((vector_size(64)));
typedef uint32_t half_lanes __attribute__((vector_size(32)));

// The words of blocks `block` … `block` + 15: word w of block j is words[16·w + j].
CK_INLINE void philox_group(uint64_t key, uint64_t stream, uint64_t block, uint32_t words[group_elements]) {
  const lanes low = (lanes){} + 0xffffffffu;
  lanes c[4][2];
  for (int h = 0; h < 2; h++) {
    c[0][h] = block + 8 * h + (lanes){0, 1, 2, 3, 4, 5, 6, 7};
    c[1][h] = c[0][h] >> 32;
    c[2][h] = (lanes){} + stream;
    c[3][h] = (lanes){} + (stream >> 32);
  }
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
#pragma clang loop unroll(full)
  for (int round = 0; round < rounds; round++) {
    for (int h = 0; h < 2; h++) {
      const lanes p0 = (c[0][h] & low) * multiplier0, p1 = (c[2][h] & low) * multiplier1;
      c[0][h] = (p1 >> 32) ^ c[1][h] ^ k0;
      c[1][h] = p1;
      c[2][h] = (p0 >> 32) ^ c[3][h] ^ k1;
      c[3][h] = p0;
    }
    k0 += weyl0;
    k1 += weyl1;
  }
  for (int w = 0; w < 4; w++) {
    const half_lanes first = __builtin_convertvector(c[w][0], half_lanes);
    const half_lanes second = __builtin_convertvector(c[w][1], half_lanes);
    const uint32_t __attribute__((vector_size(64))) all =
      __builtin_shufflevector(first, second, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    memcpy(&words[group_blocks * w], &all, sizeof all);
  }
}

// A multiple of 2⁻²⁴ in [0, 1).
CK_INLINE float unit(uint32_t word) { return (float)(int32_t)(word >> 8) * 0x1p-24f; }

// A distribution turns the words of a group into its 64 elements.

CK_INLINE void uniform_group(const uint32_t words[group_elements], float *restrict out, float low, float high) {
  const float width = high - low;
  for (int i = 0; i < group_elements; i++) out[i] = low + width * unit(words[i]);
}

CK_INLINE void normal_group(const uint32_t words[group_elements], float *restrict out, float mean, float deviation) {
  enum { pairs = group_elements / 2 };  // words 0 and 1 of a block give the radius, words 2 and 3 the angle
  for (int i = 0; i < pairs; i++) {
    // In (0, 1], and down to 2⁻³³: the logarithm is finite and the tail long.
    const float u = (float)words[i] * 0x1p-32f + 0x1p-33f;
    const float radius = deviation * __builtin_elementwise_sqrt(-2.0f * vm_log(u));
    float cosine, sine;
    vm_cos_sin_turns(unit(words[pairs + i]), &cosine, &sine);
    out[i] = mean + radius * cosine;
    out[pairs + i] = mean + radius * sine;
  }
}

CK_INLINE void bernoulli_group(const uint32_t words[group_elements], float *restrict out, float keep, float scale) {
  const int32_t threshold = (int32_t)(keep * 0x1p24f + 0.5f);
  for (int i = 0; i < group_elements; i++) out[i] = (int32_t)(words[i] >> 8) < threshold ? scale : 0.0f;
}

// Defines a public filler from a distribution: whole groups in place, the last one through a copy.
#define DEFINE_FILLER(name, distribution)                                                                        \
  CK_CLONES void name(                                                                                           \
    float *out, size_t n, uint64_t key, uint64_t stream, uint64_t counter, size_t first, float a, float b) {     \
    uint64_t block = counter + first / 4;                                                                        \
    uint32_t words[group_elements];                                                                              \
    for (; n >= group_elements; n -= group_elements, out += group_elements, block += group_blocks) {             \
      philox_group(key, stream, block, words);                                                                   \
      distribution(words, out, a, b);                                                                            \
    }                                                                                                            \
    if (n > 0) {                                                                                                 \
      float last[group_elements];                                                                                \
      philox_group(key, stream, block, words);                                                                   \
      distribution(words, last, a, b);                                                                           \
      memcpy(out, last, n * sizeof(float));                                                                      \
    }                                                                                                            \
  }

DEFINE_FILLER(ck_random_uniform, uniform_group)
DEFINE_FILLER(ck_random_normal, normal_group)
DEFINE_FILLER(ck_random_bernoulli, bernoulli_group)
