// Where a convolution reads and writes: its grid's pixels, one after another, and what each meets.

#ifndef CONVOLUTION_PLACES_H
#define CONVOLUTION_PLACES_H

#include <string.h>

#include "ck_convolution.h"
#include "target_clones.h"

static inline int smaller(int a, int b) { return a < b ? a : b; }
static inline int ceiling(int a, int b) { return (a + b - 1) / b; }
static inline long grid_pixels(const ck_convolution *c) { return (long)c->images * c->grid_height * c->grid_width; }

// A pixel of the grid.
struct place {
  int image, y, x;
};

static inline struct place place_of(const ck_convolution *c, long pixel) {
  const int x = (int)(pixel % c->grid_width);
  const long row = pixel / c->grid_width;
  return (struct place){(int)(row / c->grid_height), (int)(row % c->grid_height), x};
}

CK_INLINE void advance(const ck_convolution *c, struct place *p) {
  if (++p->x < c->grid_width) return;
  p->x = 0;
  if (++p->y < c->grid_height) return;
  p->y = 0;
  p->image++;
}

// The source pixel that a tap meets, or zeros outside the image.
CK_INLINE const float *source_of(
  const ck_convolution *c, struct place p, ck_tap tap, const float *source, const float *zeros) {
  const int y = p.y * c->source_step + tap.y, x = p.x * c->source_step + tap.x;
  if ((unsigned)y >= (unsigned)c->source_height || (unsigned)x >= (unsigned)c->source_width) return zeros;
  return source + (((long)p.image * c->source_height + y) * c->source_width + x) * c->source_channels;
}

static inline float *result_of(const ck_convolution *c, struct place p, float *result) {
  const long y = p.y * c->result_step + c->result_y, x = p.x * c->result_step + c->result_x;
  return result + ((p.image * (long)c->result_height + y) * c->result_width + x) * c->result_channels;
}

// Results that no tap meets are zeros.
static inline void clear_results(const ck_convolution *c, float *result, long begin, long end) {
  struct place p = place_of(c, begin);
  for (long pixel = begin; pixel < end; pixel++, advance(c, &p))
    memset(result_of(c, p, result), 0, sizeof(float) * (size_t)c->result_channels);
}

#endif
