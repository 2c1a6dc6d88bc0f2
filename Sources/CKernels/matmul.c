// C[M, N] = op(A)·op(B): what to pack, what to block, and who does which part.
//
// The loops, from the outside: K in pieces of `depth_limit`; N in panels as wide as a tile, whose piece of B stays in
// the first-level cache; M in tiles down the panel. A is read where it is, and B too if its rows are whole vectors:
// measured on factors of up to 4 MB, packing costs more than the even addresses give back, as long as the next
// panel is prefetched. Only a transposed or a ragged B is packed.

#include "ck_matmul.h"

#include "matmul_tile.h"

enum {
  depth_limit = 256,          // a panel of B is then 32 KB
  cache_period = 1024,        // floats after which addresses fall into the same set of the first-level cache,
  rows_in_one_set = 10,       // and how many rows of A may do so: it has 12 ways, and B needs its own
  packed_floats = 4 * depth_limit * lanes * max_vectors,
};

// A product, or a thread's part of one.
struct product {
  int trans_a, trans_b;
  int M, N, K;
  const float *A;
  long lda;
  const float *B;
  long ldb;
  float *C;
  long ldc;
  float *scratch;
  int turned;  // whether C is stored as its transpose, [N, M]
};

static int smaller(int a, int b) { return a < b ? a : b; }

static int ceiling(int a, int b) { return (a + b - 1) / b; }

// Whether B can be read where it is: what is read of it are whole vectors.
static int reads_in_place(int trans_b, int N) { return !trans_b && N % lanes == 0; }

// Packs B, [depth, columns], into rows of `vectors` whole vectors, filled up with zeros.
CK_INLINE void pack_plain(
  const float *restrict b, long ldb, int depth, int columns, const int vectors, float *restrict packed) {
  const int width = lanes * vectors;
  for (int k = 0; k < depth; k++)
    for (int j = 0; j < width; j++) packed[k * width + j] = j < columns ? b[k * ldb + j] : 0.0f;
}

// The same from B stored as [columns, depth]; asks for the next panel while it is at it.
CK_INLINE void pack_transposed(
  const float *restrict b, long ldb, int depth, int columns, const int vectors, float *restrict packed) {
  const int width = lanes * vectors;
  for (int j = 0; j < width; j += lanes) {
    const float *rows = b + j * ldb;
    const int count = columns - j;
    int k = 0;
    for (; k + lanes <= depth; k += lanes) {
      float *target = packed + k * width + j;
      for (int i = 0; i < lanes; i++) __builtin_prefetch(rows + (width + i) * ldb + k, 0, 2);
      if (count >= lanes)
        transpose_block(rows + k, ldb, lanes, target, width);
      else
        transpose_block(rows + k, ldb, count, target, width);
    }
    for (; k < depth; k++)
      for (int i = 0; i < lanes; i++) packed[k * width + j + i] = i < count ? rows[i * ldb + k] : 0.0f;
  }
}

// Columns n … n + `columns` − 1 of C, `vectors` vectors wide, for k … k + `depth` − 1: all rows, in as few tiles as hold
// them, of nearly the same height.
CK_INLINE void panel(
  const struct product *p, int n, int columns, int k, int depth, const int limit, const int vectors) {
  const float *b = p->B + (p->trans_b ? n * p->ldb + k : k * p->ldb + n);
  struct factors f = {.b = b, .b_step = p->ldb, .depth = depth};
  if (!reads_in_place(p->trans_b, p->N)) {
    if (p->trans_b)
      pack_transposed(b, p->ldb, depth, columns, vectors, p->scratch);
    else
      pack_plain(b, p->ldb, depth, columns, vectors, p->scratch);
    f.b = p->scratch;
    f.b_step = lanes * vectors;
  }
  const int aliased = !p->trans_a && p->lda % cache_period == 0;
  const int tiles = ceiling(p->M, aliased ? smaller(limit, rows_in_one_set) : limit);
  for (int t = 0; t < tiles; t++) {
    const int begin = (int)((long)p->M * t / tiles), end = (int)((long)p->M * (t + 1) / tiles);
    const struct destination d = {
      p->turned ? p->C + n * p->ldc + begin : p->C + begin * p->ldc + n, p->ldc, columns, k > 0, p->turned};
    // Two copies of the tile, in each of which one stride of A is the constant 1.
    if (p->trans_a) {
      f.a = p->A + k * p->lda + begin;
      f.a_row = 1;
      f.a_step = p->lda;
      tile_of(end - begin, limit, vectors, f, d);
    } else {
      f.a = p->A + begin * p->lda + k;
      f.a_row = p->lda;
      f.a_step = 1;
      tile_of(end - begin, limit, vectors, f, d);
    }
  }
}

// Whether the transpose of the product is the faster one: only packing makes it so.
static int better_turned(const struct product *p) { return p->trans_b && !p->trans_a && p->N >= 4 * p->M && p->M >= lanes; }

// A whole part, in tiles of at most `limit` rows and `width` vectors.
CK_INLINE void multiply(const struct product *p, const int limit, const int width) {
  const int pieces = ceiling(p->K, p->turned ? 4 * depth_limit : depth_limit);
  const int piece = ceiling(ceiling(p->K, pieces), lanes) * lanes;
  for (int k = 0; k < p->K; k += piece) {
    const int depth = smaller(piece, p->K - k);
    int n = 0;
    if (width == 2)
      for (; p->N - n > lanes; n += 2 * lanes) panel(p, n, smaller(2 * lanes, p->N - n), k, depth, limit, 2);
    for (; n < p->N; n += lanes) panel(p, n, smaller(lanes, p->N - n), k, depth, limit, 1);
  }
}

// The largest tile that leaves registers for its factors: 32 of 64 bytes, 16 of 32, 16 of 16. (The explicit `tune`
// keeps the compiler from halving 64-byte vectors, which it does for the sake of the first processors that had them.)
#if defined(__x86_64__)
__attribute__((target("arch=x86-64-v4,tune=x86-64"))) static void multiply_avx512(const struct product *p) {
  multiply(p, max_rows, max_vectors);
}
__attribute__((target("arch=x86-64-v3,tune=x86-64"))) static void multiply_avx2(const struct product *p) {
  multiply(p, 6, 1);
}
static void multiply_any(const struct product *p) { multiply(p, 3, 1); }
#else
static void multiply_any(const struct product *p) { multiply(p, 6, 1); }
#endif

static void multiply_here(const struct product *p) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return multiply_avx512(p);
  if (__builtin_cpu_supports("x86-64-v3")) return multiply_avx2(p);
#endif
  multiply_any(p);
}

// The same product in a shape that is faster to compute.
static struct product simplified(struct product p) {
  if (p.N == 1 && p.ldc == 1) {
    // One column: compute its transpose, one row, which fills whole vectors.
    struct product row = {!p.trans_b, !p.trans_a, 1, p.M, p.K, p.B, p.ldb, p.A, p.lda, p.C, p.M, p.scratch};
    p = row;
  }
  if (better_turned(&p)) {
    struct product turned = {0, 1, p.N, p.M, p.K, p.B, p.ldb, p.A, p.lda, p.C, p.ldc, p.scratch, 1};
    p = turned;
  }
  if (p.K == 1 && p.trans_b && p.ldb == 1) {
    // One stored column is one stored row.
    p.trans_b = 0;
    p.ldb = p.N;
  }
  return p;
}

size_t ck_matmul_scratch(int trans_a, int trans_b, int M, int N, int K, int parts) {
  (void)parts;
  const struct product p = simplified((struct product){
    .trans_a = trans_a, .trans_b = trans_b, .M = M, .N = N, .K = K, .lda = trans_a ? M : K, .ldb = trans_b ? K : N,
    .ldc = N});
  return reads_in_place(p.trans_b, p.N) ? 0 : packed_floats;
}

void ck_matmul(
  int trans_a, int trans_b, int M, int N, int K, const float *A, int lda, const float *B, int ldb, float *C, int ldc,
  float *scratch, int part, int parts) {
  struct product p = simplified(
    (struct product){trans_a, trans_b, M, N, K, A, lda, B, ldb, C, ldc, scratch});
  if (p.N >= p.M) {
    // Columns, in whole vectors.
    const long vectors = ceiling(p.N, lanes);
    const int begin = (int)(vectors * part / parts) * lanes;
    const int end = smaller(p.N, (int)(vectors * (part + 1) / parts) * lanes);
    p.N = end - begin;
    p.B += p.trans_b ? begin * p.ldb : begin;
    p.C += p.turned ? begin * p.ldc : begin;
  } else {
    const int begin = (int)((long)p.M * part / parts), end = (int)((long)p.M * (part + 1) / parts);
    p.M = end - begin;
    p.A += p.trans_a ? begin : begin * p.lda;
    p.C += p.turned ? begin : begin * p.ldc;
  }
  if (p.M > 0 && p.N > 0) multiply_here(&p);
}
