// See ck_bf16.h. One source, bf16_engine.h, is compiled for each engine; here is what tells them apart: how numbers are
// rounded, and how a tile is multiplied.

#include "ck_bf16.h"

#include <string.h>

#include "bf16_memory.h"
#include "matmul_tile.h"

// Sixteen pairs of bfloat16 numbers, the earlier one of a pair in its lower half.
typedef uint32_t pairs __attribute__((vector_size(64)));
typedef uint32_t unaligned_pairs __attribute__((vector_size(64), aligned(4), may_alias));
#define PAIRS_AT(p) (*(unaligned_pairs *)(p))
#define CONST_PAIRS_AT(p) (*(const unaligned_pairs *)(p))

// Packed factors of a tile. Pair k of row r is at a[r·a_row + k·a_step]; pairs of a panel's columns are `panel_width`
// apart. What is left of split factors is `a_rest` and `b_rest` behind.
struct pair_factors {
  const uint32_t *a, *b;
  long a_row, a_step, a_rest, b_rest;
  int depth, split;
};

// Where a tile goes: column `first` and the following ones of some rows.
struct rows_of_result {
  float *const *rows;
  int first, columns, accumulate;
};

// Writes or adds row r of a tile, `sums`, panel_width numbers.
CK_INLINE void store_row(const struct rows_of_result *to, int r, const float *sums) {
  float *restrict c = to->rows[r] + to->first;
  if (to->columns == panel_width) {
    for (int j = 0; j < panel_width; j++) c[j] = to->accumulate ? c[j] + sums[j] : sums[j];
  } else {
    for (int j = 0; j < to->columns; j++) c[j] = to->accumulate ? c[j] + sums[j] : sums[j];
  }
}

// Sixteen of `count` numbers, the rest zeros; zeros, too, from nowhere.
CK_INLINE const float *some(const float *p, int count, float *edge) {
  static const float zeros[lanes];
  if (!p || count <= 0) return zeros;
  if (count >= lanes) return p;
  for (int i = 0; i < lanes; i++) edge[i] = i < count ? p[i] : 0;
  return edge;
}

// MARK: Plain C

// To the nearest, ties to even.
static uint32_t rounded(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
}

static float early(uint32_t pair) {
  const uint32_t bits = pair << 16;
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static float late(uint32_t pair) {
  const uint32_t bits = pair & 0xffff0000;
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// Rounds two numbers into *packed and what is left of them into packed[rest].
CK_INLINE void round_pair(float first, float second, int split, uint32_t *packed, long rest) {
  const uint32_t pair = rounded(first) | rounded(second) << 16;
  *packed = pair;
  if (split) packed[rest] = rounded(first - early(pair)) | rounded(second - late(pair)) << 16;
}

// Rounds 32 neighbouring numbers, given in halves.
CK_INLINE void round_line_portable(const float *low, const float *high, int split, uint32_t *packed, long rest) {
  for (int i = 0; i < lanes; i++) {
    const float *pair = i < lanes / 2 ? low + 2 * i : high + 2 * i - lanes;
    round_pair(pair[0], pair[1], split, packed + i, rest);
  }
}

// Rounds 16 numbers and the 16 of the line below, which complete the pairs.
CK_INLINE void round_lines_portable(const float *upper, const float *lower, int split, uint32_t *packed, long rest) {
  for (int i = 0; i < lanes; i++) round_pair(upper[i], lower[i], split, packed + i, rest);
}

// Tiles are 32 rows high, as AMX's, and packed as for AMX.
static void tile_portable(int rows, const struct pair_factors *f, const struct rows_of_result *to) {
  for (int r = 0; r < rows; r++) {
    float sums[panel_width] = {0};
    for (int pass = 0; pass < (f->split ? 3 : 1); pass++) {
      const uint32_t *a = f->a + r * f->a_row + (pass == 2 ? f->a_rest : 0);
      const uint32_t *b = f->b + (pass == 1 ? f->b_rest : 0);
      for (int k = 0; k < f->depth; k++)
        for (int j = 0; j < panel_width; j++) {
          const uint32_t x = a[k * f->a_step], y = b[k * panel_width + j];
          sums[j] += early(x) * early(y) + late(x) * late(y);
        }
    }
    store_row(to, r, sums);
  }
}

static void prepare_portable(void) {}
static void leave_portable(void) {}

#define ENGINE(name) name##_portable
#define TILE_ROWS 32
#define ROWS_ARE_LINES 1
#include "bf16_engine.h"
#undef ENGINE
#undef TILE_ROWS
#undef ROWS_ARE_LINES

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

// MARK: AVX512_BF16

#pragma clang attribute push( \
  __attribute__((target("arch=x86-64-v4,avx512bf16,tune=x86-64"))), apply_to = function)

CK_INLINE pairs interleaved(vector even, vector odd) {
  const pairs order = {
    0x00100000, 0x00110001, 0x00120002, 0x00130003, 0x00140004, 0x00150005, 0x00160006, 0x00170007,
    0x00180008, 0x00190009, 0x001a000a, 0x001b000b, 0x001c000c, 0x001d000d, 0x001e000e, 0x001f000f};
  return (pairs)_mm512_permutexvar_epi16((__m512i)order, (__m512i)_mm512_cvtne2ps_pbh((__m512)odd, (__m512)even));
}

CK_INLINE void round_lines_avx512(const float *upper, const float *lower, int split, uint32_t *packed, long rest) {
  const vector even = CONST_VECTOR_AT(upper), odd = CONST_VECTOR_AT(lower);
  const pairs high = interleaved(even, odd);
  PAIRS_AT(packed) = high;
  if (split) PAIRS_AT(packed + rest) = interleaved(even - (vector)(high << 16), odd - (vector)(high & 0xffff0000));
}

CK_INLINE void round_line_avx512(const float *low, const float *high, int split, uint32_t *packed, long rest) {
  const vector x = CONST_VECTOR_AT(low), y = CONST_VECTOR_AT(high);
  if (!split) {
    PAIRS_AT(packed) = (pairs)_mm512_cvtne2ps_pbh((__m512)y, (__m512)x);
    return;
  }
  vector even_and_odd[2];
  even_and_odd[0] = __builtin_shufflevector(x, y, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  even_and_odd[1] = __builtin_shufflevector(x, y, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  round_lines_avx512((const float *)&even_and_odd[0], (const float *)&even_and_odd[1], split, packed, rest);
}

CK_INLINE void sums_avx512(const int rows, const struct pair_factors *f, const struct rows_of_result *to) {
  vector sum[max_rows][max_vectors];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < max_vectors; v++) sum[r][v] = (vector){};
  for (int pass = 0; pass < (f->split ? 3 : 1); pass++) {
    const uint32_t *a = f->a + (pass == 2 ? f->a_rest : 0), *b = f->b + (pass == 1 ? f->b_rest : 0);
    const long row = f->a_row, step = f->a_step;
    for (int k = 0; k < f->depth; k++, a += step, b += panel_width) {
      const __m512bh low = (__m512bh)CONST_PAIRS_AT(b), high = (__m512bh)CONST_PAIRS_AT(b + lanes);
#pragma clang loop unroll(full)
      for (int r = 0; r < rows; r++) {
        const __m512bh factor = (__m512bh)_mm512_set1_epi32((int)a[r * row]);
        sum[r][0] = (vector)_mm512_dpbf16_ps((__m512)sum[r][0], factor, low);
        sum[r][1] = (vector)_mm512_dpbf16_ps((__m512)sum[r][1], factor, high);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    float *c = to->rows[r] + to->first;
    if (to->columns == panel_width) {
      VECTOR_AT(c) = to->accumulate ? VECTOR_AT(c) + sum[r][0] : sum[r][0];
      VECTOR_AT(c + lanes) = to->accumulate ? VECTOR_AT(c + lanes) + sum[r][1] : sum[r][1];
    } else {
      float edge[panel_width];
      VECTOR_AT(edge) = sum[r][0];
      VECTOR_AT(edge + lanes) = sum[r][1];
      store_row(to, r, edge);
    }
  }
}

// Two copies of each height, in each of which one stride of A is the constant 1.
static void tile_avx512(int rows, const struct pair_factors *f, const struct rows_of_result *to) {
  struct pair_factors g = *f;
  switch (rows) {
#define ROWS(n) \
  case n:       \
    if (f->a_step == 1) { g.a_step = 1; sums_avx512(n, &g, to); } else { g.a_row = 1; sums_avx512(n, &g, to); } \
    break;
    ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7)
    ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12) ROWS(13) ROWS(14)
#undef ROWS
  }
}

static void prepare_avx512(void) {}
static void leave_avx512(void) {}

#define ENGINE(name) name##_avx512
#define TILE_ROWS max_rows
#define ROWS_ARE_LINES 0
#include "bf16_engine.h"
#undef ENGINE
#undef TILE_ROWS
#undef ROWS_ARE_LINES

#pragma clang attribute pop

// MARK: AMX

#pragma clang attribute push( \
  __attribute__((target("arch=x86-64-v4,avx512bf16,amx-tile,amx-bf16,tune=x86-64"))), apply_to = function)

#define round_lines_amx round_lines_avx512
#define round_line_amx round_line_avx512

// All eight registers as 16 rows of 64 bytes: four sums, two tiles of A, two of B.
static void prepare_amx(void) {
  struct {
    uint8_t palette, start, reserved[14];
    uint16_t columns[16];
    uint8_t rows[16];
  } __attribute__((packed)) configuration = {.palette = 1};
  for (int i = 0; i < 8; i++) {
    configuration.columns[i] = 64;
    configuration.rows[i] = 16;
  }
  _tile_loadconfig(&configuration);
}

static void leave_amx(void) { _tile_release(); }

static void tile_amx(int rows, const struct pair_factors *f, const struct rows_of_result *to) {
  const long row = f->a_row * (long)sizeof(uint32_t), step = panel_width * (long)sizeof(uint32_t);
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  for (int pass = 0; pass < (f->split ? 3 : 1); pass++) {
    const uint32_t *a = f->a + (pass == 2 ? f->a_rest : 0), *b = f->b + (pass == 1 ? f->b_rest : 0);
    for (int k = 0; k < f->depth; k += depth_unit, a += depth_unit, b += depth_unit * panel_width) {
      _tile_loadd(4, a, row);
      _tile_loadd(6, b, step);
      _tile_dpbf16ps(0, 4, 6);
      _tile_loadd(7, b + lanes, step);
      _tile_dpbf16ps(1, 4, 7);
      if (rows > 16) {
        _tile_loadd(5, a + 16 * f->a_row, row);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
      }
    }
  }
  _Alignas(64) float sums[32][panel_width];
  _tile_stored(0, sums[0], sizeof sums[0]);
  _tile_stored(1, sums[0] + lanes, sizeof sums[0]);
  _tile_stored(2, sums[16], sizeof sums[0]);
  _tile_stored(3, sums[16] + lanes, sizeof sums[0]);
  for (int r = 0; r < rows; r++) store_row(to, r, sums[r]);
}

#define ENGINE(name) name##_amx
#define TILE_ROWS 32
#define ROWS_ARE_LINES 1
#include "bf16_engine.h"
#undef ENGINE
#undef TILE_ROWS
#undef ROWS_ARE_LINES

#pragma clang attribute pop

// Bits of CPUID, leaf 7 (Intel's "Architecture Instruction Set Extensions", chapter 1).
enum { amx_bf16 = 1 << 22, amx_tile = 1 << 24, avx512_bf16 = 1 << 5 };

static int processor_has_avx512_bf16(void) {
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __builtin_cpu_supports("x86-64-v4") && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & avx512_bf16);
}

// Linux gives the tiles' registers to programs that ask: ARCH_REQ_XCOMP_PERM for XFEATURE_XTILEDATA.
static int processor_has_amx(void) {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!processor_has_avx512_bf16() || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  if ((d & (amx_bf16 | amx_tile)) != (amx_bf16 | amx_tile)) return 0;
  return syscall(SYS_arch_prctl, 0x1023, 18) == 0;
}
#endif

// MARK: For each engine

int ck_bf16_has(ck_bf16_engine engine) {
  switch (engine) {
    case CK_BF16_PORTABLE: return 1;
#if defined(__x86_64__)
    case CK_BF16_AVX512: return processor_has_avx512_bf16();
    case CK_BF16_AMX: return processor_has_amx();
#endif
    default: return 0;
  }
}

size_t ck_bf16_scratch(const ck_convolution *c, ck_bf16_mode mode) {
  const size_t forward = convolve_scratch(c), gradient = gradient_scratch(c);
  return (forward > gradient ? forward : gradient) * (mode.split ? 2 : 1);
}

void ck_bf16_convolve(
  const ck_convolution *c, ck_bf16_mode mode, const float *source, const float *filter, float *result, float *scratch,
  int part, int parts) {
  uint32_t *packed = (uint32_t *)scratch;
  switch (mode.engine) {
#if defined(__x86_64__)
    case CK_BF16_AVX512: return convolve_avx512(c, mode.split, source, filter, result, packed, part, parts);
    case CK_BF16_AMX: return convolve_amx(c, mode.split, source, filter, result, packed, part, parts);
#endif
    default: return convolve_portable(c, mode.split, source, filter, result, packed, part, parts);
  }
}

void ck_bf16_filter_gradient(
  const ck_convolution *c, ck_bf16_mode mode, const float *source, const float *gradient, float *filter,
  float *scratch, int part, int parts) {
  uint32_t *packed = (uint32_t *)scratch;
  switch (mode.engine) {
#if defined(__x86_64__)
    case CK_BF16_AVX512: return filter_gradient_avx512(c, mode.split, source, gradient, filter, packed, part, parts);
    case CK_BF16_AMX: return filter_gradient_amx(c, mode.split, source, gradient, filter, packed, part, parts);
#endif
    default: return filter_gradient_portable(c, mode.split, source, gradient, filter, packed, part, parts);
  }
}
