// The microkernel of the matrix product: a tile of C that stays in registers while K runs by.
//
// Everything is inlined into one function for each instruction set, with the size of the tile as a constant, so
// that the loops over the tile disappear and `sum` becomes registers.

#ifndef MATMUL_TILE_H
#define MATMUL_TILE_H

#include "target_clones.h"

enum {
  lanes = 16,     // floats in a vector: one AVX-512 register, two of AVX2, four of SSE or NEON
  max_rows = 14,  // of a tile, with AVX-512: 14 × 2 sums, 2 vectors of B and one or two of A make 32 registers
  max_vectors = 2,
};

typedef float vector __attribute__((vector_size(64)));

// The vector at any float's address, to read or to write. (Macros, because a function that passes such vectors has no
// stable calling convention.)
typedef float unaligned_vector __attribute__((vector_size(64), aligned(4), may_alias));
#define VECTOR_AT(p) (*(unaligned_vector *)(p))
#define CONST_VECTOR_AT(p) (*(const unaligned_vector *)(p))

// Where a tile gets its factors. Element (row, k) of A is at a[row·a_row + k·a_step], one of the strides being 1;
// row k of B, whole vectors, is at b + k·b_step.
struct factors {
  const float *a, *b;
  long a_row, a_step, b_step;
  long depth;  // of the sum, k
};

// Where a tile goes: its rows are `stride` apart, and only its first `columns` columns exist. If `transposed`, a row of the
// tile becomes a column of what is stored: then `stride` is from one column of the tile to the next.
struct destination {
  float *c;
  long stride;
  int columns;
  int accumulate;
  int transposed;
};

// Transposes 16 × 16 numbers: rows of `source`, `stride` apart, of which only the first `rows` exist and the others
// count as zero, become columns of `target`, whose rows are `target_stride` apart.
CK_INLINE void transpose_block(const float *source, long stride, int rows, float *target, long target_stride) {
  vector x[lanes], y[lanes];
#pragma clang loop unroll(full)
  for (int i = 0; i < lanes; i++) x[i] = i < rows ? CONST_VECTOR_AT(source + i * stride) : (vector){};
  // Pairs of rows, then fours, within each quarter of a vector; then the quarters.
#pragma clang loop unroll(full)
  for (int i = 0; i < lanes; i += 2) {
    y[i] = __builtin_shufflevector(x[i], x[i + 1], 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
    y[i + 1] = __builtin_shufflevector(x[i], x[i + 1], 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < lanes; i += 4) {
#pragma clang loop unroll(full)
    for (int h = 0; h < 2; h++) {
      const vector p = y[i + h], q = y[i + 2 + h];
      x[i + 2 * h] = __builtin_shufflevector(p, q, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
      x[i + 2 * h + 1] = __builtin_shufflevector(p, q, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    }
  }
  // x[4·g + c] now holds, in quarter q, column 4·q + c of rows 4·g … 4·g + 3.
#pragma clang loop unroll(full)
  for (int c = 0; c < 4; c++) {
    const vector low0 = __builtin_shufflevector(
      x[c], x[4 + c], 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
    const vector low1 = __builtin_shufflevector(
      x[8 + c], x[12 + c], 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
    const vector high0 = __builtin_shufflevector(
      x[c], x[4 + c], 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
    const vector high1 = __builtin_shufflevector(
      x[8 + c], x[12 + c], 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
    VECTOR_AT(target + c * target_stride) = __builtin_shufflevector(
      low0, low1, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    VECTOR_AT(target + (4 + c) * target_stride) = __builtin_shufflevector(
      low0, low1, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    VECTOR_AT(target + (8 + c) * target_stride) = __builtin_shufflevector(
      high0, high1, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    VECTOR_AT(target + (12 + c) * target_stride) = __builtin_shufflevector(
      high0, high1, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  }
}

// Writes the sums of a tile, or adds them.
CK_INLINE void store_tile(
  const int rows, const int vectors, vector sum[max_rows][max_vectors], struct destination d) {
  if (d.transposed) {
    float square[lanes][lanes], turned[lanes][lanes];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
#pragma clang loop unroll(full)
      for (int r = 0; r < rows; r++) VECTOR_AT(square[r]) = sum[r][v];
      transpose_block(square[0], lanes, rows, turned[0], lanes);
      const int count = d.columns - lanes * v < lanes ? d.columns - lanes * v : lanes;
      for (int j = 0; j < count; j++) {
        float *restrict c = d.c + (lanes * v + j) * d.stride;
        for (int r = 0; r < rows; r++) c[r] = d.accumulate ? c[r] + turned[j][r] : turned[j][r];
      }
    }
  } else if (d.columns == lanes * vectors) {
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) {
        float *c = d.c + r * d.stride + lanes * v;
        VECTOR_AT(c) = d.accumulate ? VECTOR_AT(c) + sum[r][v] : sum[r][v];
      }
  } else {
    // A ragged edge: becomes masked loads and stores where the processor has them.
    float edge[max_rows][lanes * max_vectors];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) VECTOR_AT(&edge[r][lanes * v]) = sum[r][v];
    for (int r = 0; r < rows; r++) {
      float *restrict c = d.c + r * d.stride;
      for (int j = 0; j < lanes * vectors; j++)
        if (j < d.columns) c[j] = d.accumulate ? c[j] + edge[r][j] : edge[r][j];
    }
  }
}

// One tile of `rows` × `vectors`·16 numbers: C (+)= A·B over the whole depth.
CK_INLINE void tile(const int rows, const int vectors, struct factors f, struct destination d) {
  vector sum[max_rows][max_vectors];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sum[r][v] = (vector){};

  const float *a = f.a, *b = f.b;
  for (long k = 0; k < f.depth; k++) {
    vector factor[max_vectors];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      factor[v] = CONST_VECTOR_AT(b + lanes * v);
      __builtin_prefetch(b + lanes * (vectors + v), 0, 2);  // the panel to the right, into the second-level cache
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) sum[r][v] += a[r * f.a_row] * factor[v];
    a += f.a_step;
    b += f.b_step;
  }

  store_tile(rows, vectors, sum, d);
}

// The same with `rows` known at run time only, up to `limit`.
CK_INLINE void tile_of(int rows, const int limit, const int vectors, struct factors f, struct destination d) {
  switch (rows) {
#define ROWS(n) \
  case n:       \
    if (n <= limit) tile(n, vectors, f, d); \
    break;
    ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7)
    ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12) ROWS(13) ROWS(14)
#undef ROWS
  }
}

#endif
