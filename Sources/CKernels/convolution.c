// See ck_convolution.h. The loops, from the outside: the grid's pixels in blocks whose sources stay in the second-level
// cache; the sum in spans; the result's channels in panels as wide as a tile; the block's pixels in tiles.

#include "ck_convolution.h"

#include <string.h>

#include "convolution_spans.h"
#include "matmul_tile.h"

enum {
  pixels_at_once = 256,  // that a filter's gradient sums in registers
};

// MARK: The sum over taps

// What a tile of pixels needs for a span of the sum: where each pixel's source is at each tap, and a panel of the filter.
struct meeting {
  int taps;
  long depth;  // of each tap
  const float *const *sources;  // [taps, rows_at_once]
  const float *panel;           // [taps · depth, width]
  float *const *results;
  int columns, accumulate;
};

CK_INLINE void convolution_tile(const int rows, const int vectors, const struct meeting *m, int n) {
  vector sum[max_rows][max_vectors];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sum[r][v] = (vector){};

  const float *b = m->panel;
  for (int t = 0; t < m->taps; t++) {
    const float *a[max_rows];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) a[r] = m->sources[t * rows_at_once + r];
    for (long k = 0; k < m->depth; k++, b += lanes * vectors) {
      vector factor[max_vectors];
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) factor[v] = CONST_VECTOR_AT(b + lanes * v);
#pragma clang loop unroll(full)
      for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) sum[r][v] += a[r][k] * factor[v];
    }
  }

  if (m->columns == lanes * vectors) {
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) {
        float *c = m->results[r] + n + lanes * v;
        VECTOR_AT(c) = m->accumulate ? VECTOR_AT(c) + sum[r][v] : sum[r][v];
      }
  } else {
    float edge[max_rows][lanes * max_vectors];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) VECTOR_AT(&edge[r][lanes * v]) = sum[r][v];
    for (int r = 0; r < rows; r++) {
      float *c = m->results[r] + n;
      for (int j = 0; j < m->columns; j++) c[j] = m->accumulate ? c[j] + edge[r][j] : edge[r][j];
    }
  }
}

CK_INLINE void convolution_tile_of(int rows, const int limit, const int vectors, const struct meeting *m, int n) {
  switch (rows) {
#define ROWS(r) \
  case r:       \
    if (r <= limit) convolution_tile(r, vectors, m, n); \
    break;
    ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7)
    ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12) ROWS(13) ROWS(14)
#undef ROWS
  }
}

// Copies a span's channels of a tap's matrix, [channels, columns] or its transpose, columns n …, into whole vectors,
// filled up with zeros.
CK_INLINE void pack_panel(
  const float *restrict matrix, int transposed, int channels, struct span s, int columns, int n, int width,
  float *restrict packed) {
  const int count = smaller(width, columns - n), depth = s.channels;
  if (!transposed) {
    const float *first = matrix + (long)s.from * columns + n;
    for (int k = 0; k < depth; k++)
      for (int j = 0; j < width; j++) packed[k * width + j] = j < count ? first[(long)k * columns + j] : 0.0f;
    return;
  }
  for (int j = 0; j < width; j += lanes) {
    const float *rows = matrix + (long)(n + j) * channels + s.from;
    int k = 0;
    for (; k + lanes <= depth; k += lanes)
      transpose_block(rows + k, channels, smaller(lanes, count - j), packed + k * width + j, width);
    for (; k < depth; k++)
      for (int i = 0; i < lanes; i++) packed[k * width + j + i] = j + i < count ? rows[(long)i * channels + k] : 0.0f;
  }
}

// Packs all of the filter, span by span, panel by panel.
CK_INLINE void pack_filter(const ck_convolution *c, const float *filter, int width, float *restrict packed) {
  const int columns = c->result_channels;
  const long matrix = (long)c->source_channels * columns;
  for (int i = 0; i < spans(c); i++) {
    const struct span s = span_at(c, i);
    for (int n = 0; n < columns; n += width)
      for (int t = 0; t < s.taps; t++, packed += (long)s.channels * width) {
        const float *tap = filter + c->taps[s.first + t].matrix * matrix;
        pack_panel(tap, c->transposed, c->source_channels, s, columns, n, width, packed);
      }
  }
}

CK_INLINE void convolve(
  const ck_convolution *c, const float *source, const float *filter, float *result, float *scratch, int part,
  int parts, const int limit, const int vectors) {
  const long pixels = grid_pixels(c);
  const long begin = pixels * part / parts, end = pixels * (part + 1) / parts;
  if (begin == end) return;
  if (c->tap_count == 0) return clear_results(c, result, begin, end);
  const int width = lanes * vectors, columns = c->result_channels;
  float *zeros = scratch, *packed = scratch + ceiling(c->source_channels, lanes) * lanes;
  memset(zeros, 0, sizeof(float) * (size_t)c->source_channels);
  pack_filter(c, filter, width, packed);

  for (long index = 0; index < blocks_of(end - begin); index++) {
    struct block b;
    fill_block(c, begin, end, index, result, &b);
    const float *panel = packed;
    for (int i = 0; i < spans(c); i++) {
      const struct span s = span_at(c, i);
      const float *sources[taps_at_once * rows_at_once];
      for (int t = 0; t < s.taps; t++)
        for (int r = 0; r < b.rows; r++) {
          const float *met = source_of(c, b.places[r], c->taps[s.first + t], source, NULL);
          sources[t * rows_at_once + r] = met ? met + s.from : zeros;
        }
      for (int n = 0; n < columns; n += width, panel += (long)s.taps * s.channels * width) {
        struct meeting m = {
          .taps = s.taps, .depth = s.channels, .panel = panel, .columns = smaller(width, columns - n),
          .accumulate = i > 0};
        const int tiles = ceiling(b.rows, limit);
        for (int t = 0; t < tiles; t++) {
          const int first = b.rows * t / tiles, last = b.rows * (t + 1) / tiles;
          m.sources = sources + first;
          m.results = b.results + first;
          convolution_tile_of(last - first, limit, vectors, &m, n);
        }
      }
    }
  }
}

// MARK: The gradient with respect to the filter

// Rows `channel` … of a tap's matrix, one panel: the sum over pixels of source times gradient.
CK_INLINE void gradient_tile(
  const int rows, const int vectors, long pixels, const float *const *sources, int channel, const float *b,
  long b_step, struct destination d) {
  vector sum[max_rows][max_vectors];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sum[r][v] = (vector){};
  for (long k = 0; k < pixels; k++, b += b_step) {
    const float *a = sources[k] + channel;
    vector factor[max_vectors];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) factor[v] = CONST_VECTOR_AT(b + lanes * v);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) sum[r][v] += a[r] * factor[v];
  }
  store_tile(rows, vectors, sum, d);
}

CK_INLINE void gradient_tile_of(
  int rows, const int limit, const int vectors, long pixels, const float *const *sources, int channel, const float *b,
  long b_step, struct destination d) {
  switch (rows) {
#define ROWS(r) \
  case r:       \
    if (r <= limit) gradient_tile(r, vectors, pixels, sources, channel, b, b_step, d); \
    break;
    ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7)
    ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12) ROWS(13) ROWS(14)
#undef ROWS
  }
}

// Panels of `vectors` vectors of some taps, for a block of pixels.
CK_INLINE void gradient_panel(
  const ck_convolution *c, const float *gradient, float *filter, const float *const *sources, float *packed, int pixels,
  int accumulate, int n, int first_tap, int last_tap, const int limit, const int vectors) {
  const int depth = c->source_channels, columns = c->result_channels, width = lanes * vectors;
  const int count = smaller(width, columns - n);
  const float *b = gradient + n;
  long b_step = columns;
  if (columns % lanes != 0) {
    for (int k = 0; k < pixels; k++)
      for (int j = 0; j < width; j++) packed[k * width + j] = j < count ? b[(long)k * columns + j] : 0.0f;
    b = packed;
    b_step = width;
  }
  const int tiles = ceiling(depth, limit);
  for (int t = first_tap; t < last_tap; t++) {
    float *matrix = filter + (long)c->taps[t].matrix * depth * columns;
    for (int i = 0; i < tiles; i++) {
      const int begin = (int)((long)depth * i / tiles), end = (int)((long)depth * (i + 1) / tiles);
      const struct destination d = {matrix + (long)begin * columns + n, columns, count, accumulate};
      gradient_tile_of(
        end - begin, limit, vectors, pixels, sources + (long)t * pixels_at_once, begin, b, b_step, d);
    }
  }
}

CK_INLINE void filter_gradient(
  const ck_convolution *c, const float *source, const float *gradient, float *filter, float *scratch, int part,
  int parts, const int limit, const int vectors) {
  const int depth = c->source_channels, columns = c->result_channels;
  const int panels = ceiling(columns, lanes * vectors);
  const int units = panels * c->tap_count;
  const int begin = (int)((long)units * part / parts), end = (int)((long)units * (part + 1) / parts);
  const float *zeros = scratch;
  float *packed = scratch + ceiling(depth, lanes) * lanes;
  const float **sources = (const float **)(packed + pixels_at_once * panel_width);
  memset(scratch, 0, sizeof(float) * (size_t)depth);

  const long pixels = grid_pixels(c);
  for (long pixel = 0; pixel < pixels; pixel += pixels_at_once) {
    const int count = pixels - pixel < pixels_at_once ? (int)(pixels - pixel) : pixels_at_once;
    struct place p = place_of(c, pixel);
    for (int k = 0; k < count; k++, advance(c, &p))
      for (int t = 0; t < c->tap_count; t++)
        sources[(long)t * pixels_at_once + k] = source_of(c, p, c->taps[t], source, zeros);
    for (int unit = begin; unit < end;) {
      const int panel = unit / c->tap_count, tap = unit % c->tap_count;
      const int last = smaller(c->tap_count, tap + end - unit);
      const int n = panel * lanes * vectors;
      const float *b = gradient + pixel * columns;
      if (vectors == 2 && columns - n > lanes)
        gradient_panel(c, b, filter, sources, packed, count, pixel > 0, n, tap, last, limit, 2);
      else
        gradient_panel(c, b, filter, sources, packed, count, pixel > 0, n, tap, last, limit, 1);
      unit += last - tap;
    }
  }
}

// MARK: For each instruction set

#if defined(__x86_64__)
#define AVX512 __attribute__((target("arch=x86-64-v4,tune=x86-64")))
#define AVX2 __attribute__((target("arch=x86-64-v3,tune=x86-64")))
#endif

#define ARGUMENTS const ck_convolution *c, const float *a, const float *b, float *o, float *scratch, int part, int parts
#define VALUES c, a, b, o, scratch, part, parts

#if defined(__x86_64__)
AVX512 static void convolve_avx512(ARGUMENTS) {
  if (c->result_channels > lanes)
    convolve(VALUES, max_rows, max_vectors);
  else
    convolve(VALUES, max_rows, 1);
}
AVX2 static void convolve_avx2(ARGUMENTS) { convolve(VALUES, 6, 1); }
AVX512 static void filter_gradient_avx512(ARGUMENTS) { filter_gradient(VALUES, max_rows, max_vectors); }
AVX2 static void filter_gradient_avx2(ARGUMENTS) { filter_gradient(VALUES, 6, 1); }
#endif

void ck_convolve(ARGUMENTS) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return convolve_avx512(VALUES);
  if (__builtin_cpu_supports("x86-64-v3")) return convolve_avx2(VALUES);
#endif
  convolve(VALUES, 3, 1);
}

void ck_convolution_filter_gradient(ARGUMENTS) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return filter_gradient_avx512(VALUES);
  if (__builtin_cpu_supports("x86-64-v3")) return filter_gradient_avx2(VALUES);
#endif
  filter_gradient(VALUES, 3, 1);
}

size_t ck_convolution_scratch(const ck_convolution *c) {
  const size_t zeros = (size_t)ceiling(c->source_channels, lanes) * lanes;
  const size_t columns = (size_t)ceiling(c->result_channels, panel_width) * panel_width;
  const size_t filter = (size_t)c->tap_count * c->source_channels * columns;
  const size_t gradient =
    pixels_at_once * (panel_width + (size_t)c->tap_count * sizeof(const float *) / sizeof(float));
  return zeros + (filter > gradient ? filter : gradient);
}

// MARK: Patches

void ck_patches(const ck_convolution *c, const float *source, float *patches, int part, int parts) {
  const size_t channels = (size_t)c->source_channels;
  const long pixels = grid_pixels(c), begin = pixels * part / parts, end = pixels * (part + 1) / parts;
  struct place p = place_of(c, begin);
  float *o = patches + (size_t)begin * c->tap_count * channels;
  for (long pixel = begin; pixel < end; pixel++, advance(c, &p))
    for (int t = 0; t < c->tap_count; t++, o += channels) {
      const float *from = source_of(c, p, c->taps[t], source, NULL);
      for (size_t i = 0; i < channels; i++) o[i] = from ? from[i] : 0.0f;
    }
}

void ck_fold(const ck_convolution *c, const float *patches, float *source, int part, int parts) {
  const int first = (int)((long)c->images * part / parts), last = (int)((long)c->images * (part + 1) / parts);
  const size_t channels = (size_t)c->source_channels;
  const size_t image = (size_t)c->source_height * c->source_width * channels;
  memset(source + first * image, 0, sizeof(float) * image * (size_t)(last - first));
  const long grid = (long)c->grid_height * c->grid_width;
  struct place p = place_of(c, first * grid);
  const float *from = patches + (size_t)first * grid * c->tap_count * channels;
  for (long pixel = first * grid; pixel < last * grid; pixel++, advance(c, &p))
    for (int t = 0; t < c->tap_count; t++, from += channels) {
      float *to = (float *)source_of(c, p, c->taps[t], source, NULL);
      if (!to) continue;
      for (size_t i = 0; i < channels; i++) to[i] += from[i];
    }
}
