// C[M, N] (+)= op(A)·op(B): what to pack, what to block, and who does which part.
//
// The loops, from the outside: depth in pieces of `depth_limit`; rows in pieces whose packed A stays in the second
// level cache; columns in panels two vectors wide, whose packed B stays in the first; then tiles down the panel.
// Small factors are not packed at all: the tile reads them where they are.

#include "ck_matmul.h"

#include <string.h>

#include "matmul_tile.h"

enum {
  depth_limit = 256,                   // a panel of B is then 32 KB
  a_stride = depth_limit + lanes,      // of packed rows of A: no two rows of a tile share a cache set
  a_floats = 448 * depth_limit,        // of packed A at a time, 448 KB
  b_floats = depth_limit * lanes * max_vectors,
};

struct product {
  int trans_a, trans_b;
  int M, N, K;
  const float *A, *B;
  float *C;
  long lda, ldb, ldc;
  int accumulate;
  float *scratch;
};

static int smaller(int a, int b) { return a < b ? a : b; }

static int ceiling(int a, int b) { return (a + b - 1) / b; }

// Packs rows of A, [rows, depth], as they are, or [depth, rows] into blocks of `height` rows by `lanes` columns.
CK_INLINE void pack_a_plain(const float *restrict a, long lda, int rows, int depth, float *restrict packed) {
  for (int r = 0; r < rows; r++) memcpy(packed + (long)r * a_stride, a + r * lda, depth * sizeof(float));
}

CK_INLINE void pack_a_block(const float *restrict a, long lda, int rows, int depth, float *restrict packed) {
  for (int k = 0; k < depth; k++)
    for (int r = 0; r < lanes; r++)
      if (r < rows) packed[k * lanes + r] = a[k * lda + r];
}

// Packs B, [depth, columns], into rows of whole vectors, the last one filled up with zeros.
CK_INLINE void pack_b_plain(
  const float *restrict b, long ldb, int depth, int columns, const int vectors, float *restrict packed) {
  const int width = lanes * vectors;
  if (columns == width) {
    for (int k = 0; k < depth; k++)
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++)
        VECTOR_AT(packed + k * width + lanes * v) = CONST_VECTOR_AT(b + k * ldb + lanes * v);
  } else {
    for (int k = 0; k < depth; k++)
      for (int j = 0; j < width; j++) packed[k * width + j] = j < columns ? b[k * ldb + j] : 0.0f;
  }
}

// The same from B stored as [columns, depth].
CK_INLINE void pack_b_transposed(
  const float *restrict b, long ldb, int depth, int columns, const int vectors, float *restrict packed) {
  const int width = lanes * vectors;
  for (int j = 0; j < width; j += lanes) {
    const float *rows = b + j * ldb;
    int k = 0;
    if (columns - j >= lanes)
      for (; k + lanes <= depth; k += lanes) transpose_block(rows + k, ldb, lanes, packed + k * width + j, width);
    else
      for (; k + lanes <= depth; k += lanes) transpose_block(rows + k, ldb, columns - j, packed + k * width + j, width);
    for (; k < depth; k++)
      for (int i = 0; i < lanes; i++) packed[k * width + j + i] = j + i < columns ? rows[i * ldb + k] : 0.0f;
  }
}

// A panel: `columns` columns of C by `rows` rows, in as few tiles as hold them, all of nearly the same height.
CK_INLINE void panel(
  const struct product *p, int rows, int columns, const int limit, const int vectors, struct factors f, float *c,
  int packed_a, int accumulate) {
  const int tiles = ceiling(rows, limit);
  const float *a = f.a;
  for (int t = 0; t < tiles; t++) {
    const int begin = rows * t / tiles, end = rows * (t + 1) / tiles;
    struct destination d = {c + begin * p->ldc, p->ldc, columns, accumulate};
    if (p->trans_a) {
      f.a = packed_a ? a + (long)t * lanes * f.depth : a + begin;
      f.a_row = 1;
      tile_of(end - begin, limit, vectors, f, d);
    } else {
      f.a = a + begin * f.a_row;
      f.a_step = 1;
      tile_of(end - begin, limit, vectors, f, d);
    }
  }
}

CK_INLINE void multiply(const struct product *p, const int limit, const int width_limit) {
  float *const packed_b = p->scratch, *const packed_a = p->scratch + b_floats;
  const int depth_pieces = ceiling(p->K, depth_limit);
  const int depth_piece = ceiling(ceiling(p->K, depth_pieces), lanes) * lanes;
  const int pack_a = p->N > 4 * lanes;
  const int pack_b = p->trans_b || p->N % lanes != 0 || (p->M > 2 * limit && (p->K > 64 || p->N > 64));
  const int rows_limit = a_floats / a_stride / limit * limit;

  for (int k = 0; k < p->K; k += depth_piece) {
    const int depth = smaller(depth_piece, p->K - k);
    const int accumulate = p->accumulate || k > 0;
    for (int m = 0; m < p->M; m += rows_limit) {
      const int rows = smaller(rows_limit, p->M - m);
      const float *a = p->A + (p->trans_a ? k * p->lda + m : m * p->lda + k);
      struct factors f = {.depth = depth, .a = a, .a_row = p->lda, .a_step = p->lda};
      if (pack_a) {
        f.a = packed_a;
        f.a_row = a_stride;
        f.a_step = lanes;
        if (p->trans_a) {
          const int tiles = ceiling(rows, limit);
          for (int t = 0; t < tiles; t++) {
            const int begin = rows * t / tiles, end = rows * (t + 1) / tiles;
            pack_a_block(a + begin, p->lda, end - begin, depth, packed_a + (long)t * lanes * depth);
          }
        } else {
          pack_a_plain(a, p->lda, rows, depth, packed_a);
        }
      }
      for (int n = 0; n < p->N;) {
        const int wide = width_limit == 2 && p->N - n > lanes;
        const int columns = smaller(wide ? 2 * lanes : lanes, p->N - n);
        const float *b = p->B + (p->trans_b ? n * p->ldb + k : k * p->ldb + n);
        float *c = p->C + m * p->ldc + n;
        f.b = pack_b ? packed_b : b;
        f.b_step = pack_b ? (wide ? 2 * lanes : lanes) : p->ldb;
        if (pack_b) {
          if (p->trans_b) {
            if (wide)
              pack_b_transposed(b, p->ldb, depth, columns, 2, packed_b);
            else
              pack_b_transposed(b, p->ldb, depth, columns, 1, packed_b);
          } else {
            if (wide)
              pack_b_plain(b, p->ldb, depth, columns, 2, packed_b);
            else
              pack_b_plain(b, p->ldb, depth, columns, 1, packed_b);
          }
        }
        if (wide)
          panel(p, rows, columns, limit, 2, f, c, pack_a, accumulate);
        else
          panel(p, rows, columns, limit, 1, f, c, pack_a, accumulate);
        n += columns;
      }
    }
  }
}

#if defined(__x86_64__)
__attribute__((target("arch=x86-64-v4,tune=x86-64"))) static void multiply_v4(const struct product *p) { multiply(p, 14, 2); }
__attribute__((target("arch=x86-64-v3,tune=x86-64"))) static void multiply_v3(const struct product *p) { multiply(p, 6, 1); }
#endif
static void multiply_default(const struct product *p) { multiply(p, 3, 1); }

size_t ck_matmul_scratch(int trans_a, int trans_b, int M, int N, int K, int parts) {
  (void)trans_a, (void)trans_b, (void)M, (void)N, (void)K, (void)parts;
  return b_floats + a_floats + 64 * lanes * depth_limit;
}

void ck_matmul(
  int trans_a, int trans_b, int M, int N, int K, const float *A, int lda, const float *B, int ldb, float *C, int ldc,
  int accumulate, float *scratch, int part, int parts) {
  struct product p = {trans_a, trans_b, M, N, K, A, B, C, lda, ldb, ldc, accumulate, scratch};
  if (N >= M) {
    const int vectors = ceiling(N, lanes);
    const int begin = smaller(N, vectors * part / parts * lanes), end = smaller(N, vectors * (part + 1) / parts * lanes);
    p.N = end - begin;
    p.B += trans_b ? begin * p.ldb : begin;
    p.C += begin;
  } else {
    const int begin = (int)((long)M * part / parts), end = (int)((long)M * (part + 1) / parts);
    p.M = end - begin;
    p.A += trans_a ? begin : begin * p.lda;
    p.C += begin * p.ldc;
  }
  if (p.M <= 0 || p.N <= 0) return;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return multiply_v4(&p);
  if (__builtin_cpu_supports("x86-64-v3")) return multiply_v3(&p);
#endif
  multiply_default(&p);
}
