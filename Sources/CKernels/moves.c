// See ck_moves.h.
#include "ck_moves.h"

#include <string.h>

#include "target_clones.h"

/// The last axis of a copy; contiguous on both sides in most.
CK_INLINE void copy_row(int64_t n, const float *from, int64_t from_stride, float *to, int64_t to_stride) {
  if (from_stride == 1 && to_stride == 1) {
    memcpy(to, from, sizeof(float) * (size_t)n);
  } else {
    for (int64_t i = 0; i < n; i++) to[i * to_stride] = from[i * from_stride];
  }
}

static void copy_axis(const ck_view *v, int axis, const float *from, float *to) {
  if (axis == CK_MAX_AXES - 1) {
    copy_row(v->extents[axis], from, v->from[axis], to, v->to[axis]);
    return;
  }
  for (int64_t i = 0; i < v->extents[axis]; i++)
    copy_axis(v, axis + 1, from + i * v->from[axis], to + i * v->to[axis]);
}

void ck_copy(const ck_view *view, const float *from, float *to) {
  int axis = 0;
  while (axis < CK_MAX_AXES - 1 && view->extents[axis] == 1) axis++;
  copy_axis(view, axis, from, to);
}

CK_CLONES
void ck_sum_axis(const float *restrict a, float *restrict o, int64_t outer, int64_t axis, int64_t inner) {
#pragma clang fp reassociate(on)
  for (int64_t m = 0; m < outer; m++, o += inner) {
    for (int64_t i = 0; i < inner; i++) o[i] = 0;
    for (int64_t k = 0; k < axis; k++, a += inner)
      for (int64_t i = 0; i < inner; i++) o[i] += a[i];
  }
}

CK_CLONES
void ck_maximum_axis(const float *restrict a, float *restrict o, int64_t outer, int64_t axis, int64_t inner) {
  for (int64_t m = 0; m < outer; m++, o += inner) {
    for (int64_t i = 0; i < inner; i++) o[i] = a[i];
    a += inner;
    for (int64_t k = 1; k < axis; k++, a += inner)
      for (int64_t i = 0; i < inner; i++) o[i] = a[i] > o[i] ? a[i] : o[i];
  }
}

CK_CLONES
void ck_maximum_mask(const float *restrict a, float *restrict o, int64_t outer, int64_t axis, int64_t inner) {
  for (int64_t m = 0; m < outer; m++, a += axis * inner, o += axis * inner) {
    for (int64_t i = 0; i < inner; i++) {
      float best = a[i];
      int64_t place = 0;
      for (int64_t k = 1; k < axis; k++)
        if (a[k * inner + i] > best) {
          best = a[k * inner + i];
          place = k;
        }
      for (int64_t k = 0; k < axis; k++) o[k * inner + i] = k == place ? 1.0f : 0.0f;
    }
  }
}

/// The row that an index means; one that is no number means row 0.
CK_INLINE int64_t row_of(float index, int64_t rows) {
  return index >= 0 ? (index < (float)rows ? (int64_t)index : rows - 1) : 0;
}

void ck_gather(const float *table, int64_t rows, const float *indices, float *o, int64_t n, int64_t width) {
  for (int64_t i = 0; i < n; i++)
    memcpy(o + i * width, table + row_of(indices[i], rows) * width, sizeof(float) * (size_t)width);
}

CK_CLONES
void ck_scatter_add(
    const float *restrict a, const float *indices, float *restrict table, int64_t rows, int64_t n, int64_t width) {
  memset(table, 0, sizeof(float) * (size_t)(rows * width));
  for (int64_t i = 0; i < n; i++) {
    float *o = table + row_of(indices[i], rows) * width;
    for (int64_t c = 0; c < width; c++) o[c] += a[i * width + c];
  }
}

CK_CLONES
void ck_add_parts(const float *restrict pieces, ptrdiff_t stride, int parts, float *restrict o, int64_t n) {
  memcpy(o, pieces, sizeof(float) * (size_t)n);
  for (int p = 1; p < parts; p++)
    for (int64_t i = 0; i < n; i++) o[i] += pieces[p * stride + i];
}
