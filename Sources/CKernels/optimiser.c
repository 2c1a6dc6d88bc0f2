// Optimiser steps: each is bound by memory, so each is one pass over its buffers.

#include "ck_optimiser.h"

#include "target_clones.h"

CK_CLONES void ck_adam(
  float *restrict p, const float *restrict g, float *restrict m, float *restrict v, size_t n, float rate, float beta1,
  float beta2, float epsilon, float bias1, float bias2) {
  const float step = rate / bias1;                                  // moves the first correction out of the loop
  const float correction = 1.0f / __builtin_elementwise_sqrt(bias2);  // and the second out of the square root
  for (size_t i = 0; i < n; i++) {
    const float gradient = g[i];
    const float first = beta1 * m[i] + (1.0f - beta1) * gradient;
    const float second = beta2 * v[i] + (1.0f - beta2) * gradient * gradient;
    m[i] = first;
    v[i] = second;
    p[i] -= step * first / (__builtin_elementwise_sqrt(second) * correction + epsilon);
  }
}

CK_CLONES void ck_sgd_momentum(
  float *restrict p, const float *restrict g, float *restrict v, size_t n, float rate, float momentum) {
  for (size_t i = 0; i < n; i++) {
    const float velocity = momentum * v[i] - rate * g[i];
    v[i] = velocity;
    p[i] += velocity;
  }
}
