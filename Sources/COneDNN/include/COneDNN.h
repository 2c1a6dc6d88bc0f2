// Matrix products by oneDNN, behind three functions: everything is decided when a product is created, and running it
// allocates nothing. Compiles with oneDNN 2 and 3, whose C interfaces differ.

#ifndef CONEDNN_H
#define CONEDNN_H

// One product of fixed shape and layout.
typedef struct cdnn_matmul cdnn_matmul;

// C[M, N] = op(A)·op(B), or C += op(A)·op(B) if `accumulate`, with the meaning of ck_matmul: op(A) is [M, K], stored so
// or transposed, lda elements from one stored row to the next. NULL where oneDNN has no such product.
cdnn_matmul *cdnn_matmul_create(
  int trans_a, int trans_b, int M, int N, int K, int lda, int ldb, int ldc, int accumulate);

// Runs the product on the calling thread alone: oneDNN's own threads are switched off for it. Not to be run by two
// threads at once, because the product holds its pointers and its scratch memory. Returns 0, or oneDNN's status.
int cdnn_matmul_run(cdnn_matmul *product, const float *A, const float *B, float *C);

void cdnn_matmul_destroy(cdnn_matmul *product);

#endif
