// The loops around the tiles of bf16.c, compiled once for each engine, which defines
//
//   ENGINE(name)     the engine's own name of a function;
//   round_line, round_lines, tile, prepare, leave
//                    as in plain C, the first engine;
//   TILE_ROWS        the rows of its largest tile;
//   ROWS_ARE_LINES   whether it wants the pairs of a row next to each other (AMX loads them as one line).
//
// Everything is packed at the moment of use: sources of rows_at_once pixels, or of as many pixels as a filter's
// gradient sums at a time, stay in the second-level cache until all panels have met them.

// Rounds 32 neighbouring numbers, of which `count` exist.
CK_INLINE void ENGINE(round_some)(const float *p, int count, int split, uint32_t *packed, long rest) {
  float edge[2][lanes];
  ENGINE(round_line)(some(p, count, edge[0]), some(p ? p + lanes : NULL, count - lanes, edge[1]), split, packed, rest);
}

// Multiplies packed rows with packed panels, tile by tile; panels are `panel` words apart.
static void ENGINE(multiply)(int rows, int columns, long panel, const struct pair_factors *f, struct rows_of_result to) {
  const int tiles = ceiling(rows, TILE_ROWS);
  struct pair_factors g = *f;
  const int first = to.first;
  float *const *all = to.rows;
  for (int n = 0; n < columns; n += panel_width, g.b += panel) {
    to.first = first + n;
    to.columns = smaller(panel_width, columns - n);
    for (int t = 0; t < tiles; t++) {
      const int begin = ROWS_ARE_LINES ? t * TILE_ROWS : rows * t / tiles;
      const int end = ROWS_ARE_LINES ? smaller(rows, begin + TILE_ROWS) : rows * (t + 1) / tiles;
      g.a = f->a + begin * f->a_row;
      to.rows = all + begin;
      ENGINE(tile)(end - begin, &g, &to);
    }
  }
}

// MARK: The sum over taps

// Packs columns n … of a span of the filter, one panel.
CK_INLINE void ENGINE(pack_panel)(
  const ck_convolution *c, const float *filter, struct span s, int n, int split, uint32_t *packed, long rest) {
  const int columns = c->result_channels, channels = c->source_channels;
  memset(packed, 0, sizeof(uint32_t) * (size_t)depth_of(s) * panel_width);
  if (split) memset(packed + rest, 0, sizeof(uint32_t) * (size_t)depth_of(s) * panel_width);
  for (int t = 0; t < s.taps; t++, packed += (long)words_of(s) * panel_width) {
    const float *matrix = filter + (long)c->taps[s.first + t].matrix * channels * columns;
    for (int j = 0; j < panel_width && n + j < columns; j += lanes) {
      const int count = smaller(lanes, columns - n - j);
      if (!c->transposed) {
        const float *line = matrix + (long)s.from * columns + n + j;
        for (int k = 0; k < words_of(s); k++, line += 2L * columns) {
          const float *second = 2 * k + 1 < s.channels ? line + columns : NULL;
          float edge[2][lanes];
          ENGINE(round_lines)(
            some(line, count, edge[0]), some(second, count, edge[1]), split, packed + (long)k * panel_width + j, rest);
        }
        continue;
      }
      // Each line holds a column's numbers: round 16 lines, and turn the square of pairs over.
      const float *lines = matrix + (long)(n + j) * channels + s.from;
      for (int k = 0; k < words_of(s); k += lanes) {
        uint32_t square[2][lanes][lanes], turned[lanes][lanes];
        for (int i = 0; i < lanes; i++) {
          const float *line = i < count ? lines + (long)i * channels + 2 * k : NULL;
          ENGINE(round_some)(line, s.channels - 2 * k, split, square[0][i], lanes * lanes);
        }
        for (int plane = 0; plane <= split; plane++) {
          transpose_block((const float *)square[plane], lanes, lanes, (float *)turned, lanes);
          for (int i = 0; i < smaller(lanes, words_of(s) - k); i++)
            memcpy(packed + (plane ? rest : 0) + (long)(k + i) * panel_width + j, turned[i], sizeof turned[i]);
        }
      }
    }
  }
}

// Packs what a span's taps meet at a pixel.
CK_INLINE void ENGINE(pack_pixel)(
  const ck_convolution *c, struct place p, struct span s, const float *source, int split, uint32_t *packed,
  long rest) {
  uint32_t *const end = packed + depth_of(s);
  for (int t = 0; t < s.taps; t++) {
    const float *from = source_of(c, p, c->taps[s.first + t], source, NULL);
    if (from) from += s.from;
    int k = 0;
    for (; k + lanes <= words_of(s) && 2 * (k + lanes) <= s.channels; k += lanes)
      ENGINE(round_some)(from ? from + 2 * k : NULL, 2 * lanes, split, packed + k, rest);
    if (k < words_of(s)) {
      uint32_t line[2][lanes];
      ENGINE(round_some)(from ? from + 2 * k : NULL, s.channels - 2 * k, split, line[0], lanes);
      for (int i = 0; i < words_of(s) - k; i++) {
        packed[k + i] = line[0][i];
        if (split) packed[rest + k + i] = line[1][i];
      }
    }
    packed += words_of(s);
  }
  for (; packed < end; packed++) {
    packed[0] = 0;
    if (split) packed[rest] = 0;
  }
}

static void ENGINE(convolve)(
  const ck_convolution *c, int split, const float *source, const float *filter, float *result, uint32_t *scratch,
  int part, int parts) {
  if (c->tap_count == 0) {
    const long pixels = grid_pixels(c);
    return clear_results(c, result, pixels * part / parts, pixels * (part + 1) / parts);
  }
  // Parts are columns where they are more than the pixels, since each part packs its share of the filter.
  long begin = 0, end = grid_pixels(c);
  int first = 0, last = c->result_channels;
  if (last >= end) {
    const int panels = ceiling(last, panel_width);
    first = panels * part / parts * panel_width;
    last = smaller(last, panels * (part + 1) / parts * panel_width);
  } else {
    const long pixels = end;
    begin = pixels * part / parts;
    end = pixels * (part + 1) / parts;
  }
  if (begin >= end || first >= last) return;

  const int columns = last - first, count = spans(c);
  const long width = ceiling(columns, panel_width) * panel_width, rest = depth_of_all(c) * width;
  uint32_t *panels = scratch;
  for (int i = 0; i < count; i++) {
    const struct span s = span_at(c, i);
    for (int n = first; n < last; n += panel_width, panels += (long)depth_of(s) * panel_width)
      ENGINE(pack_panel)(c, filter, s, n, split, panels, rest);
  }
  uint32_t *block = scratch + (split ? 2 : 1) * rest;

  ENGINE(prepare)();
  for (long index = 0; index < blocks_of(end - begin); index++) {
    struct block b;
    fill_block(c, begin, end, index, result, &b);
    const uint32_t *panel = scratch;
    for (int i = 0; i < count; i++) {
      const struct span s = span_at(c, i);
      const long block_rest = (long)rows_at_once * depth_of(s);
      for (int r = 0; r < b.rows; r++)
        ENGINE(pack_pixel)(c, b.places[r], s, source, split, block + (long)r * depth_of(s), block_rest);
      const struct pair_factors f = {
        .a = block, .b = panel, .a_row = depth_of(s), .a_step = 1, .a_rest = block_rest, .b_rest = rest, .depth = depth_of(s),
        .split = split};
      const struct rows_of_result to = {.rows = b.results, .first = first, .accumulate = i > 0};
      ENGINE(multiply)(b.rows, columns, (long)depth_of(s) * panel_width, &f, to);
      panel += depth_of(s) * width;
    }
  }
  ENGINE(leave)();
}

// MARK: The gradient with respect to the filter

// Packs pixels' gradients into panels, pairs of pixels.
CK_INLINE void ENGINE(pack_gradient)(
  const float *gradient, int columns, int pixels, int depth, int split, uint32_t *packed, long rest) {
  for (int n = 0; n < columns; n += panel_width)
    for (int k = 0; k < depth; k++, packed += panel_width) {
      const float *line = 2 * k < pixels ? gradient + 2L * k * columns + n : NULL;
      const float *second = 2 * k + 1 < pixels ? line + columns : NULL;
      for (int j = 0; j < panel_width; j += lanes) {
        const int count = columns - n - j;
        float edge[2][lanes];
        ENGINE(round_lines)(
          some(line ? line + j : NULL, count, edge[0]), some(second ? second + j : NULL, count, edge[1]), split,
          packed + j, rest);
      }
    }
}

// Packs channels `from` … of what a tap meets at some pixels, pairs of pixels: a line a channel, or a line a pair.
CK_INLINE void ENGINE(pack_sources)(
  const float *const *sources, int pixels, int depth, int from, int channels, int split, uint32_t *packed, long rest,
  long line) {
  for (int k = 0; k < depth; k += lanes)
    for (int j = 0; j < channels; j += lanes) {
      uint32_t square[2][lanes][lanes];
      for (int i = 0; i < lanes; i++) {
        const int pixel = 2 * (k + i);
        const float *upper = pixel < pixels ? sources[pixel] : NULL;
        const float *lower = pixel + 1 < pixels ? sources[pixel + 1] : NULL;
        float edge[2][lanes];
        const float *x = some(upper ? upper + from + j : NULL, channels - j, edge[0]);
        const float *y = some(lower ? lower + from + j : NULL, channels - j, edge[1]);
        if (ROWS_ARE_LINES)
          ENGINE(round_lines)(x, y, split, square[0][i], lanes * lanes);
        else
          ENGINE(round_lines)(x, y, split, packed + (k + i) * line + j, rest);
      }
      if (!ROWS_ARE_LINES) continue;
      for (int plane = 0; plane <= split; plane++)
        transpose_block(
          (const float *)square[plane], lanes, lanes, (float *)(packed + (plane ? rest : 0) + j * line + k), line);
    }
}

static void ENGINE(filter_gradient)(
  const ck_convolution *c, int split, const float *source, const float *gradient, float *filter, uint32_t *scratch,
  int part, int parts) {
  // Parts are some rows of the filter as a matrix [taps · source channels, result channels].
  const int channels = c->source_channels, columns = c->result_channels;
  const int units = ceiling(c->tap_count * channels, lanes);
  const int first = units * part / parts * lanes, last = smaller(c->tap_count * channels, units * (part + 1) / parts * lanes);
  if (first >= last) return;

  const int at_once = pixels_of(c), most = at_once / 2;
  const long width = ceiling(columns, panel_width) * panel_width;
  const long rest = width * most, block_rest = (long)rows_of_filter * most;
  uint32_t *block = scratch + (split ? 2 : 1) * rest;
  const long pixels = grid_pixels(c);
  ENGINE(prepare)();
  for (long pixel = 0; pixel < pixels; pixel += at_once) {
    const int count = pixels - pixel < at_once ? (int)(pixels - pixel) : at_once;
    const int depth = ceiling(ceiling(count, 2), depth_unit) * depth_unit;
    ENGINE(pack_gradient)(gradient + pixel * columns, columns, count, depth, split, scratch, rest);
    for (int row = first; row < last;) {
      const int tap = row / channels, from = row % channels;
      const int rows = smaller(smaller(channels - from, last - row), rows_of_filter);
      const float *sources[4096];
      struct place p = place_of(c, pixel);
      for (int k = 0; k < count; k++, advance(c, &p)) sources[k] = source_of(c, p, c->taps[tap], source, NULL);
      const long line = ROWS_ARE_LINES ? depth : ceiling(rows, lanes) * lanes;
      ENGINE(pack_sources)(sources, count, depth, from, rows, split, block, block_rest, line);
      float *results[rows_of_filter];
      for (int r = 0; r < rows; r++)
        results[r] = filter + ((long)c->taps[tap].matrix * channels + from + r) * columns;
      const struct pair_factors f = {
        .a = block, .b = scratch, .a_row = ROWS_ARE_LINES ? line : 1, .a_step = ROWS_ARE_LINES ? 1 : line,
        .a_rest = block_rest, .b_rest = rest, .depth = depth, .split = split};
      const struct rows_of_result to = {.rows = results, .accumulate = pixel > 0};
      ENGINE(multiply)(rows, columns, (long)depth * panel_width, &f, to);
      row += rows;
    }
  }
  ENGINE(leave)();
}
