// The tile interpreter of element-wise chains; see ck_fused.h. The dispatch is paid once a step and tile, so that for
// tiles of a thousand floats it is a few per cent; the loops below are what runs.
#include "ck_fused.h"

#include <string.h>

#include "target_clones.h"
#include "vector_math.h"

#define EACH(expression)                                \
  _Pragma("clang loop vectorize(assume_safety)")        \
  for (int64_t i = 0; i < n; i++) o[i] = (expression);  \
  break

/// Applies one step to `n` floats. Result and operands may be the same tile.
CK_INLINE void step(const ck_step *s, float *o, const float *a, const float *b, int64_t n) {
  const float p = s->p, q = s->q;
  switch (s->operation) {
    case CK_COPY: EACH(a[i]);
    case CK_AFFINE: EACH(p * a[i] + q);
    case CK_EXP: EACH(vm_exp(a[i]));
    case CK_LOG: EACH(vm_log(a[i]));
    case CK_TANH: EACH(vm_tanh(a[i]));
    case CK_SIGMOID: EACH(vm_sigmoid(a[i]));
    case CK_SOFTPLUS: EACH(vm_softplus(a[i]));
    case CK_SQUARE: EACH(a[i] * a[i]);
    case CK_SQUARE_ROOT: EACH(__builtin_elementwise_sqrt(a[i]));
    case CK_RECIPROCAL_SQUARE_ROOT: EACH(1.0f / __builtin_elementwise_sqrt(a[i]));
    case CK_RECIPROCAL: EACH(1.0f / a[i]);
    case CK_ABSOLUTE: EACH(__builtin_elementwise_abs(a[i]));
    case CK_LEAKY_RELU: EACH(a[i] > 0 ? a[i] : p * a[i]);
    case CK_LEAKY_STEP: EACH(a[i] > 0 ? 1.0f : p);
    case CK_SIGN: EACH(a[i] > 0 ? 1.0f : a[i] < 0 ? -1.0f : 0.0f);
    case CK_ADD: EACH(a[i] + b[i]);
    case CK_SUBTRACT: EACH(a[i] - b[i]);
    case CK_MULTIPLY: EACH(a[i] * b[i]);
    case CK_DIVIDE: EACH(a[i] / b[i]);
    case CK_MAXIMUM: EACH(a[i] > b[i] ? a[i] : b[i]);
    case CK_MINIMUM: EACH(b[i] > a[i] ? a[i] : b[i]);
    case CK_GREATER: EACH(a[i] > b[i] ? 1.0f : 0.0f);
    case CK_ADD_LEAKY_RELU: EACH(a[i] + b[i] > 0 ? a[i] + b[i] : p * (a[i] + b[i]));
    case CK_MULTIPLY_LEAKY_STEP: EACH(b[i] > 0 ? a[i] : p * a[i]);
    case CK_MULTIPLY_TANH_SLOPE: EACH(a[i] * (1.0f - b[i] * b[i]));
  }
}

CK_INLINE void fill(float *o, float value, int64_t n) {
  for (int64_t i = 0; i < n; i++) o[i] = value;
}

CK_INLINE float sum(const float *a, int64_t n) {
#pragma clang fp reassociate(on)
  float total = 0;
  for (int64_t i = 0; i < n; i++) total += a[i];
  return total;
}

/// Adds `rows` rows of `columns` floats to `total`.
CK_INLINE void add_rows(float *restrict total, const float *restrict a, int64_t rows, int64_t columns) {
  int64_t r = 0;
  for (; r + 4 <= rows; r += 4, a += 4 * columns)
    for (int64_t c = 0; c < columns; c++)
      total[c] += (a[c] + a[c + columns]) + (a[c + 2 * columns] + a[c + 3 * columns]);
  for (; r < rows; r++, a += columns)
    for (int64_t c = 0; c < columns; c++) total[c] += a[c];
}

/// Rows in a tile: as many as fit, at least one.
CK_INLINE int64_t tile_rows(int64_t columns) { return columns >= CK_TILE ? 1 : CK_TILE / columns; }

/// Where a part's share of `count` begins, in whole units.
CK_INLINE int64_t share(int64_t count, int64_t unit, int part, int parts) {
  int64_t units = (count + unit - 1) / unit;
  int64_t begin = units * part / parts * unit;
  return begin < count ? begin : count;
}

size_t ck_fused_scratch(const ck_fused *chain) {
  return (size_t)(chain->input_count + chain->temporary_count) * CK_TILE;
}

CK_CLONES
void ck_fused_run(const ck_fused *chain, float *scratch, int part, int parts) {
  const int64_t columns = chain->columns, height = tile_rows(columns);
  const int inputs = chain->input_count, stored = inputs + chain->output_count;
  const int slots = stored + chain->temporary_count;

  int64_t row_begin = 0, row_end = chain->rows, column_begin = 0, column_end = columns;
  if (chain->rows > 1) {
    row_begin = share(chain->rows, height, part, parts);
    row_end = share(chain->rows, height, part + 1, parts);
  } else {
    column_begin = share(columns, 64, part, parts);
    column_end = share(columns, 64, part + 1, parts);
  }

  float *slot[CK_MAX_SLOTS];
  float *spread = scratch + (ptrdiff_t)chain->temporary_count * CK_TILE;
  for (int s = stored; s < slots; s++) slot[s] = scratch + (ptrdiff_t)(s - stored) * CK_TILE;

  // What is the same in every tile is spread once.
  for (int s = 0; s < inputs; s++) {
    const ck_fused_input *input = &chain->inputs[s];
    float *tile = spread + (ptrdiff_t)s * CK_TILE;
    if (input->access == CK_SCALAR) {
      fill(tile, input->data[0], CK_TILE);
    } else if (input->access == CK_ROW && columns < CK_TILE) {
      for (int64_t r = 0; r < height; r++) memcpy(tile + r * columns, input->data, sizeof(float) * (size_t)columns);
    }
    slot[s] = tile;
  }
  for (int k = 0; k < chain->sink_count; k++) {
    const ck_sink *sink = &chain->sinks[k];
    if (sink->kind == CK_SUM_ROWS_AWAY) fill(sink->data + part * sink->stride, 0, columns);
    else if (sink->kind == CK_SUM_ALL) sink->data[part * sink->stride] = 0;
    else fill(sink->data + row_begin, 0, row_end - row_begin);
  }

  for (int64_t row = row_begin; row < row_end; row += height) {
    const int64_t rows = row_end - row < height ? row_end - row : height;
    for (int64_t column = column_begin; column < column_end; column += CK_TILE) {
      const int64_t width = column_end - column < CK_TILE ? column_end - column : CK_TILE;
      const int64_t n = rows * width, place = row * columns + column;
      for (int s = 0; s < inputs; s++) {
        const ck_fused_input *input = &chain->inputs[s];
        if (input->access == CK_WHOLE) slot[s] = (float *)input->data + place;
        else if (input->access == CK_ROW && columns >= CK_TILE) slot[s] = (float *)input->data + column;
        else if (input->access == CK_COLUMN)
          for (int64_t r = 0; r < rows; r++) fill(slot[s] + r * width, input->data[row + r], width);
      }
      for (int s = inputs; s < stored; s++) slot[s] = chain->outputs[s - inputs] + place;
      for (int k = 0; k < chain->step_count; k++) {
        const ck_step *s = &chain->steps[k];
        step(s, slot[s->result], slot[s->a], slot[s->b], n);
      }
      for (int k = 0; k < chain->sink_count; k++) {
        const ck_sink *sink = &chain->sinks[k];
        const float *a = slot[sink->slot];
        if (sink->kind == CK_SUM_ROWS_AWAY) add_rows(sink->data + part * sink->stride + column, a, rows, width);
        else if (sink->kind == CK_SUM_ALL) sink->data[part * sink->stride] += sum(a, n);
        else
          for (int64_t r = 0; r < rows; r++) sink->data[row + r] += sum(a + r * width, width);
      }
    }
  }
}
