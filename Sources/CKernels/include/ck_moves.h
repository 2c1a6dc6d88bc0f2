// Kernels that move values, and reductions that no element-wise chain can end in.
#ifndef CK_MOVES_H
#define CK_MOVES_H

#include <stddef.h>
#include <stdint.h>

enum { CK_MAX_AXES = 6 };

/// A copy between two strided views of the same extents: transposes, slices, joins, paddings and repeats.
/// Strides count floats; 0 repeats. Unused axes have extent 1 and stand first.
typedef struct {
  int64_t extents[CK_MAX_AXES], from[CK_MAX_AXES], to[CK_MAX_AXES];
} ck_view;

void ck_copy(const ck_view *view, const float *from, float *to);

/// Sums `[outer, axis, inner]` over its middle axis into `[outer, inner]`.
void ck_sum_axis(const float *a, float *o, int64_t outer, int64_t axis, int64_t inner);

/// The largest of `[outer, axis, inner]` along its middle axis, `[outer, inner]`.
void ck_maximum_axis(const float *a, float *o, int64_t outer, int64_t axis, int64_t inner);

/// 1 at the first place of the largest along the middle axis, else 0; `[outer, axis, inner]`.
void ck_maximum_mask(const float *a, float *o, int64_t outer, int64_t axis, int64_t inner);

/// Rows of `table [V, width]` at `indices [n]` into `o [n, width]`. Indices are clamped to 0 ..< V.
void ck_gather(const float *table, int64_t rows, const float *indices, float *o, int64_t n, int64_t width);

/// Zeros `table [V, width]`, then adds the rows of `a [n, width]` to it at `indices [n]`, clamped alike.
void ck_scatter_add(const float *a, const float *indices, float *table, int64_t rows, int64_t n, int64_t width);

/// Adds `parts` pieces of `n` floats, `stride` apart, into `o`: the end of a sum that several threads shared.
void ck_add_parts(const float *pieces, ptrdiff_t stride, int parts, float *o, int64_t n);

#endif
