// Optimiser steps over flat buffers of n parameters, in one pass, in place.
//
// Any sub-range may be given to any thread: elements do not depend on each other.

#ifndef CK_OPTIMISER_H
#define CK_OPTIMISER_H

#include <stddef.h>

// Adam: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, Algorithm 1.
//
//   m ← β₁·m + (1 − β₁)·g
//   v ← β₂·v + (1 − β₂)·g²
//   p ← p − rate · (m / bias1) / (√(v / bias2) + epsilon)
//
// p: parameters; g: gradient; m, v: first and second moments, zero before the first step. With t the number of this
// step, from 1: bias1 = 1 − β₁ᵗ, bias2 = 1 − β₂ᵗ, which the caller computes in double precision.
void ck_adam(
  float *p, const float *g, float *m, float *v, size_t n, float rate, float beta1, float beta2, float epsilon,
  float bias1, float bias2);

// Stochastic gradient descent with momentum, in the form of pylearn2's `Momentum` rule, which the code of Goodfellow
// et al. (2014) runs on:
//
//   v ← momentum·v − rate·g
//   p ← p + v
//
// v: velocity, zero before the first step. The rate is part of the velocity, so a change of rate fades in; where
// PyTorch multiplies the rate on afterwards. The two agree while the rate is constant.
void ck_sgd_momentum(float *p, const float *g, float *v, size_t n, float rate, float momentum);

#endif
