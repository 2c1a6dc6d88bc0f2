// The memory that the kernels of bf16.c need for packed factors.

#ifndef BF16_MEMORY_H
#define BF16_MEMORY_H

#include "convolution_spans.h"

enum {
  packed_limit = 384 * 1024,  // numbers of the images and of the gradient that a filter's gradient packs at a time
  rows_of_filter = 128,       // that it computes at a time
  depth_unit = 16,            // pairs that one AMX instruction sums
};

// Pairs of a tap in a span, and of the whole span, filled up to what an engine sums at a time.
static inline int words_of(struct span s) { return ceiling(s.channels, 2); }
static inline int depth_of(struct span s) { return ceiling(s.taps * words_of(s), depth_unit) * depth_unit; }

static inline long depth_of_all(const ck_convolution *c) {
  long depth = 0;
  for (int i = 0; i < spans(c); i++) depth += depth_of(span_at(c, i));
  return depth;
}

static inline size_t convolve_scratch(const ck_convolution *c) {
  const size_t panels = (size_t)depth_of_all(c) * ceiling(c->result_channels, panel_width) * panel_width;
  return panels + rows_at_once * (span_limit / 2 + depth_unit);
}

// Pixels that are summed at a time.
static inline int pixels_of(const ck_convolution *c) {
  const int pixels = packed_limit / (c->source_channels + c->result_channels) / (2 * depth_unit) * (2 * depth_unit);
  const int most = pixels > 4096 ? 4096 : pixels < 256 ? 256 : pixels;
  const long all = (grid_pixels(c) + 2 * depth_unit - 1) / (2 * depth_unit) * (2 * depth_unit);
  return all < most ? (int)all : most;
}

static inline size_t gradient_scratch(const ck_convolution *c) {
  const size_t gradients = (size_t)ceiling(c->result_channels, panel_width) * panel_width;
  return (rows_of_filter + gradients) * (size_t)(pixels_of(c) / 2);
}

#endif
