// Convolutions and matrix products whose factors are rounded to bfloat16 (8 bits of mantissa) while they are packed; what
// is added up is single precision, and so are sources and results in memory.
//
// `split` factors are sums of two bfloat16 numbers, x ≈ hi + lo, and a product is hi·hi + hi·lo + lo·hi: about 16 bits of
// mantissa, at three times the multiplications (the idea of G. Henry, P. T. P. Tang, A. Heinecke, "Leveraging the
// bfloat16 artificial intelligence datatype for higher-precision computations", ARITH 2019).
//
// A matrix product A[M, C]·B[C, F] is a convolution of M pixels with one tap, with B stored as [F, C] where `transposed`;
// Aᵀ·B is its filter's gradient.
#ifndef CK_BF16_H
#define CK_BF16_H

#include <stddef.h>

#include "ck_convolution.h"

/// Who multiplies.
typedef enum {
  /// Plain C: what the others are tested against, and nothing to wait for.
  CK_BF16_PORTABLE,
  /// AVX512_BF16: 32 products an instruction, twice what single precision does.
  CK_BF16_AVX512,
  /// AMX: 8192 products an instruction.
  CK_BF16_AMX,
} ck_bf16_engine;

typedef struct {
  ck_bf16_engine engine;
  /// Whether factors are sums of two numbers.
  int32_t split;
} ck_bf16_mode;

/// Whether this processor, and the system on it, has the engine. Asks the system for the use of AMX's registers, once.
int ck_bf16_has(ck_bf16_engine engine);

/// Floats of scratch that each part needs, for either function.
size_t ck_bf16_scratch(const ck_convolution *convolution, ck_bf16_mode mode);

/// What `ck_convolve` does, in parts of its own choice.
void ck_bf16_convolve(
    const ck_convolution *convolution, ck_bf16_mode mode, const float *source, const float *filter, float *result,
    float *scratch, int part, int parts);

/// What `ck_convolution_filter_gradient` does.
void ck_bf16_filter_gradient(
    const ck_convolution *convolution, ck_bf16_mode mode, const float *source, const float *gradient, float *filter,
    float *scratch, int part, int parts);

#endif
