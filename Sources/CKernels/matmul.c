// C[M, N] (+)= op(A)·op(B).

#include "ck_matmul.h"

#include "target_clones.h"

size_t ck_matmul_scratch(int trans_a, int trans_b, int M, int N, int K, int parts) {
  (void)trans_a, (void)trans_b, (void)M, (void)N, (void)K, (void)parts;
  return 0;
}

CK_CLONES void ck_matmul(
  int trans_a, int trans_b, int M, int N, int K, const float *A, int lda, const float *B, int ldb, float *C, int ldc,
  int accumulate, float *scratch, int part, int parts) {
  (void)scratch;
  const long row = trans_a ? 1 : lda, column = trans_a ? lda : 1;
  const int begin = (int)((long)M * part / parts), end = (int)((long)M * (part + 1) / parts);
  for (int i = begin; i < end; i++) {
    float *restrict c = C + (long)i * ldc;
    for (int j = 0; j < N; j++) c[j] = accumulate ? c[j] : 0.0f;
    for (int k = 0; k < K; k++) {
      const float a = A[i * row + k * column];
      if (trans_b)
        for (int j = 0; j < N; j++) c[j] += a * B[(long)j * ldb + k];
      else
        for (int j = 0; j < N; j++) c[j] += a * B[(long)k * ldb + j];
    }
  }
}
