// Matrix products of single precision, row-major.
//
// The design is that of K. Goto, R. A. van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34
// (2008): a microkernel that holds a tile of C in registers, fed from packed panels.

#ifndef CK_MATMUL_H
#define CK_MATMUL_H

#include <stddef.h>

// C[M, N] = op(A)·op(B).
//
// op(A) is [M, K]: stored as it is, or as its transpose [K, M] if `trans_a`; op(B) is [K, N], or stored as [N, K] if
// `trans_b`. lda, ldb, ldc: elements from one stored row to the next. C overlaps neither A nor B.
//
// The product is split into `parts`, which write disjoint rows or columns of C and may run at the same time on
// as many threads: this call computes part number `part`. Each of them needs a `scratch` of its own, of
// ck_matmul_scratch(…) floats, aligned to 64 bytes; nothing else is allocated. The result does not depend on `scratch`,
// and depends on `parts` not at all.
void ck_matmul(
  int trans_a, int trans_b, int M, int N, int K, const float *A, int lda, const float *B, int ldb, float *C, int ldc,
  float *scratch, int part, int parts);

// Floats of scratch that each part of a product of this shape needs.
size_t ck_matmul_scratch(int trans_a, int trans_b, int M, int N, int K, int parts);

#endif
