// See ck_peak.h. Twelve sums that do not depend on each other hide the latency of an addition; where vectors are
// narrower, each of these is several.

#include "ck_peak.h"

#include "matmul_tile.h"

static volatile float seed = 0.5f;

CK_INLINE double multiply_and_add(long rounds, const int sums) {
  vector sum[12];
  const float factor = seed;
#pragma clang loop unroll(full)
  for (int i = 0; i < sums; i++) sum[i] = (vector){(float)i};
  for (long k = 0; k < rounds; k++)
#pragma clang loop unroll(full)
    for (int i = 0; i < sums; i++) sum[i] = sum[i] * factor + factor;
  float total = 0;
#pragma clang loop unroll(full)
  for (int i = 0; i < sums; i++) total += sum[i][0];
  seed = total > 0 ? 0.5f : 0.25f;  // so that all of this has a use
  return 2.0 * lanes * sums * (double)rounds;
}

#if defined(__x86_64__)
__attribute__((target("arch=x86-64-v4,tune=x86-64"))) static double peak_avx512(long rounds) {
  return multiply_and_add(rounds, 12);
}
__attribute__((target("arch=x86-64-v3,tune=x86-64"))) static double peak_avx2(long rounds) {
  return multiply_and_add(rounds, 6);
}
#endif

double ck_peak_single(long rounds) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return peak_avx512(rounds);
  if (__builtin_cpu_supports("x86-64-v3")) return peak_avx2(rounds);
#endif
  return multiply_and_add(rounds, 3);
}
