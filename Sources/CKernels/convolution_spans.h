// How kernels cut the sum of a convolution, terms being taps times source channels.

#ifndef CONVOLUTION_SPANS_H
#define CONVOLUTION_SPANS_H

#include "convolution_places.h"
#include "matmul_tile.h"

enum {
  panel_width = lanes * max_vectors,
  rows_at_once = 112,  // pixels whose sources stay in the second-level cache
  taps_at_once = 16,
  span_limit = 1024,   // terms of a span: its panel of the filter is then 128 KB
};

// Pixels of the grid whose results are computed together.
struct block {
  int rows;
  struct place places[rows_at_once];
  float *results[rows_at_once];
};

static inline long blocks_of(long pixels) { return (pixels + rows_at_once - 1) / rows_at_once; }

// Block `index` of the pixels begin … end − 1, all blocks being of nearly the same size.
static inline void fill_block(
  const ck_convolution *c, long begin, long end, long index, float *result, struct block *b) {
  const long pixels = end - begin, blocks = blocks_of(pixels), first = pixels * index / blocks;
  b->rows = (int)(pixels * (index + 1) / blocks - first);
  struct place p = place_of(c, begin + first);
  for (int r = 0; r < b->rows; r++, advance(c, &p)) {
    b->places[r] = p;
    b->results[r] = result_of(c, p, result);
  }
}

// Terms of the sum that are dealt with together: some taps, or some channels of one tap.
struct span {
  int first, taps, from, channels;
};

// Taps of a span that holds whole taps.
static inline int taps_of_span(const ck_convolution *c) {
  return smaller(taps_at_once, span_limit / (2 * ceiling(c->source_channels, 2)));
}

static inline int spans(const ck_convolution *c) {
  const int pieces = ceiling(c->source_channels, span_limit);
  return pieces > 1 ? pieces * c->tap_count : ceiling(c->tap_count, taps_of_span(c));
}

static inline struct span span_at(const ck_convolution *c, int index) {
  const int channels = c->source_channels, pieces = ceiling(channels, span_limit);
  if (pieces > 1) {
    const int piece = ceiling(ceiling(channels, pieces), lanes) * lanes, from = index % pieces * piece;
    return (struct span){index / pieces, 1, from, smaller(piece, channels - from)};
  }
  const int first = index * taps_of_span(c);
  return (struct span){first, smaller(taps_of_span(c), c->tap_count - first), 0, channels};
}

#endif
