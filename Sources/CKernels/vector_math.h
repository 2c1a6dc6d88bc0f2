// Elementary functions for loops over floats: scalar functions without branches or calls, so that a loop that uses
// them vectorises to whatever width its caller is compiled for.
//
// glibc's own are correct to half a unit in the last place but keep a loop scalar; `tanhf` alone costs 28 times more
// than the rational function here. The errors stated are the largest found in a sweep of all magnitudes against
// glibc's double precision, in units in the last place (ulp) of the result; the tests hold each function to them.
//
// Infinities, NaN and subnormals are treated as the mathematical function treats them, unless stated otherwise.
// Polynomials are minimax fits (relative error, reweighted least squares) on the reduced interval of each function;
// reductions are those of Cody and Waite, "Software Manual for the Elementary Functions" (1980).

#ifndef VECTOR_MATH_H
#define VECTOR_MATH_H

#include <stdint.h>
#include <string.h>

#define VM_INLINE static inline __attribute__((always_inline))

VM_INLINE uint32_t vm_bits(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

VM_INLINE float vm_float(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// |x|, as a bit operation.
VM_INLINE float vm_abs(float x) { return vm_float(vm_bits(x) & 0x7fffffffu); }

// The larger of two numbers; `b` where either is NaN (one instruction on x86).
VM_INLINE float vm_max(float a, float b) { return a > b ? a : b; }

// The smaller of two numbers; `b` where either is NaN.
VM_INLINE float vm_min(float a, float b) { return a < b ? a : b; }

// eˣ, to 1.1 ulp (subnormal results included).
//
// x = n·ln 2 + r with |r| ≤ ½·ln 2; eʳ = 1 + r + r²·P(r). The factor 2ⁿ is applied in two halves, so that results
// overflow to infinity and underflow gradually to zero without a test.
VM_INLINE float vm_exp(float x) {
  x = vm_min(89.0f, vm_max(-104.0f, x));  // e⁸⁹ overflows, e⁻¹⁰⁴ rounds to zero; NaN passes both
  const float magic = 0x1.8p23f;          // adding it leaves the nearest integer in the low bits
  const float shifted = x * 0x1.715476p+0f + magic;
  const float n = shifted - magic;
  float r = x - n * 0x1.63p-1f;     // ln 2, upper nine bits: the product is exact
  r = r - n * -0x1.bd0106p-13f;     // ln 2, the rest
  float p = 1.3901309756748674e-3f;
  p = p * r + 8.3632001738076e-3f;
  p = p * r + 4.166685409724771e-2f;
  p = p * r + 0.16666576961516213f;
  p = p * r + 0.4999999955016385f;
  p = (p * r) * r + r + 1.0f;
  const int32_t exponent = (int32_t)(vm_bits(shifted) - vm_bits(magic));
  const int32_t half = exponent >> 1;
  const float scale1 = vm_float((uint32_t)(half + 127) << 23);
  const float scale2 = vm_float((uint32_t)(exponent - half + 127) << 23);
  return (p * scale1) * scale2;
}

// log(1 + f) for f in [√½ − 1, √2 − 1], with k·ln 2 added: the common end of the two logarithms below.
VM_INLINE float vm_log_reduced(float f, float k) {
  float p = 7.037681447564409e-2f;
  p = p * f - 0.11514611620886855f;
  p = p * f + 0.1167700023517859f;
  p = p * f - 0.1242014090518737f;
  p = p * f + 0.14249322667240594f;
  p = p * f - 0.1666805764984694f;
  p = p * f + 0.20000714766340222f;
  p = p * f - 0.2499999399344393f;
  p = p * f + 0.33333331173564595f;
  const float square = f * f;
  const float tail = (p * f) * square + k * -0x1.bd0106p-13f - 0.5f * square;
  return (f + tail) + k * 0x1.63p-1f;
}

// The natural logarithm, to 1 ulp: log 0 = −∞, NaN below zero.
VM_INLINE float vm_log(float x) {
  const int tiny = x < 0x1p-126f;  // subnormal (or not positive: see the end)
  const float scaled = tiny ? x * 0x1p23f : x;
  const uint32_t offset = vm_bits(scaled) - 0x3f3504f3u;  // relative to √½, so that the mantissa lies in [√½, √2)
  const float k = (float)((int32_t)offset >> 23) - (tiny ? 23.0f : 0.0f);
  const float mantissa = vm_float((offset & 0x007fffffu) + 0x3f3504f3u);
  float y = vm_log_reduced(mantissa - 1.0f, k);
  y = x < __builtin_inff() ? y : x;  // +∞ and NaN give themselves
  y = x == 0.0f ? -__builtin_inff() : y;
  return x < 0.0f ? __builtin_nanf("") : y;
}

// log(1 + t) for t in [0, 1], to 1.5 ulp: no cancellation however small t is.
VM_INLINE float vm_log1p_unit(float t) {
  const int upper = t > 0.41421356f;
  const float f = upper ? 0.5f * (t - 1.0f) : t;  // (1 + t) / 2 − 1, exact from ½ upwards
  return vm_log_reduced(f, upper ? 1.0f : 0.0f);
}

// log(1 + eˣ), to 2 ulp, for every x: neither e^x nor its logarithm can overflow.
VM_INLINE float vm_softplus(float x) {
  return vm_max(x, 0.0f) + vm_log1p_unit(vm_exp(-vm_abs(x)));
}

// 1 / (1 + e⁻ˣ), to 2.5 ulp, subnormal results included.
VM_INLINE float vm_sigmoid(float x) {
  const float e = vm_exp(-vm_abs(x));
  const float y = 1.0f / (1.0f + e);
  return x < 0.0f ? e * y : y;
}

// tanh x, to 5 ulp; ±1 from |x| = 9.02 on.
//
// x·P(x²)/Q(x²), degrees 4 and 4: one division and ten multiply-adds.
VM_INLINE float vm_tanh(float x) {
  const float c = vm_min(9.02f, vm_max(-9.02f, x));
  const float s = c * c;
  float p = 1.3318854987009843e-8f;
  p = p * s + 2.0583324884996482e-5f;
  p = p * s + 3.4940250451638917e-3f;
  p = p * s + 0.13379709919337565f;
  p = p * s + 0.9999999790082953f;
  float q = 7.761930738881561e-7f;
  q = q * s + 3.2830772915084244e-4f;
  q = q * s + 2.5871036975404414e-2f;
  q = q * s + 0.4671302515634547f;
  q = q * s + 1.0f;
  return vm_min(1.0f, vm_max(-1.0f, c * p / q));
}

// cos 2πu and sin 2πu for a number of turns u in [0, 1), to 1e-7 absolute.
//
// The nearest quarter turn is taken off exactly, so the angle needs no reduction by π.
VM_INLINE void vm_cos_sin_turns(float u, float *cosine, float *sine) {
  const float magic = 0x1.8p23f;
  const float shifted = 4.0f * u + magic;
  const uint32_t quarter = vm_bits(shifted);
  const float f = 4.0f * u - (shifted - magic);  // quarter turns in [−½, ½]
  const float t = f * f;
  float s = -4.601657887355511e-3f;
  s = s * t + 7.968003278058328e-2f;
  s = s * t - 0.6459634602362452f;
  s = s * t + 1.5707963217084868f;
  s = s * f;
  float c = 9.192602748394265e-4f;
  c = c * t - 2.0863480763352961e-2f;
  c = c * t + 0.2536695079010480f;
  c = c * t - 1.2337005501361697f;
  c = c * t + 1.0f;
  const float x = quarter & 1 ? s : c;
  const float y = quarter & 1 ? c : s;
  *cosine = vm_float(vm_bits(x) ^ (((quarter + 1) & 2) << 30));
  *sine = vm_float(vm_bits(y) ^ ((quarter & 2) << 30));
}

#endif
