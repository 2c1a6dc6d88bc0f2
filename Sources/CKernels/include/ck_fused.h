// One pass over memory for a whole chain of element-wise operations, with reductions at its end.
//
// A chain runs over a space of rows x columns. Its operands are read as a whole, or repeated (a row for every row, a
// column for every column, one number for all); its values pass through tiles that stay in the first-level cache; its
// results are stored, or summed over rows, over columns, or over everything. Batch norm, a layer's bias and
// activation with their gradients, and losses are such chains.
#ifndef CK_FUSED_H
#define CK_FUSED_H

#include <stddef.h>
#include <stdint.h>

/// What a step computes; `a` and `b` are its operands, `p` and `q` its numbers.
typedef enum {
  CK_COPY,                  // a
  CK_AFFINE,                // p * a + q
  CK_EXP,
  CK_LOG,
  CK_TANH,
  CK_SIGMOID,
  CK_SOFTPLUS,
  CK_SQUARE,
  CK_SQUARE_ROOT,
  CK_RECIPROCAL_SQUARE_ROOT,
  CK_RECIPROCAL,
  CK_ABSOLUTE,
  CK_LEAKY_RELU,            // a > 0 ? a : p * a
  CK_LEAKY_STEP,            // a > 0 ? 1 : p
  CK_SIGN,
  CK_ADD,
  CK_SUBTRACT,
  CK_MULTIPLY,
  CK_DIVIDE,
  CK_MAXIMUM,
  CK_MINIMUM,
  CK_GREATER,               // a > b ? 1 : 0
  // Pairs that stand together in every network's gradient; one step saves a pass through the tile.
  CK_ADD_LEAKY_RELU,        // s > 0 ? s : p * s, with s = a + b
  CK_MULTIPLY_LEAKY_STEP,   // a * (b > 0 ? 1 : p)
  CK_MULTIPLY_TANH_SLOPE,   // a * (1 - b * b)
} ck_operation;

/// One step. Operands and result are slots: first the inputs, then the stored outputs, then temporaries.
typedef struct {
  int32_t operation, result, a, b;
  float p, q;
} ck_step;

/// How an input is spread over the space.
typedef enum { CK_WHOLE, CK_ROW, CK_COLUMN, CK_SCALAR } ck_access;

typedef struct {
  const float *data;
  int32_t access;
} ck_fused_input;

/// A sum at the end of a chain.
typedef enum { CK_SUM_ROWS_AWAY, CK_SUM_COLUMNS_AWAY, CK_SUM_ALL } ck_sink_kind;

typedef struct {
  /// `columns` floats, `rows` floats, or one; for the first and last kind, one such piece a part, `stride` apart.
  float *data;
  ptrdiff_t stride;
  int32_t kind, slot;
} ck_sink;

typedef struct {
  int64_t rows, columns;
  const ck_fused_input *inputs;
  float *const *outputs;
  const ck_step *steps;
  const ck_sink *sinks;
  int32_t input_count, output_count, temporary_count, step_count, sink_count;
} ck_fused;

/// Floats in a tile: a temporary of this size stays in the first-level cache with a few others.
enum { CK_TILE = 1024, CK_MAX_SLOTS = 64 };

/// Floats of scratch that one thread needs to run `chain`.
size_t ck_fused_scratch(const ck_fused *chain);

/// Runs the part `part` of `parts` of a chain: a range of rows (of columns, where there is one row).
void ck_fused_run(const ck_fused *chain, float *scratch, int part, int parts);

#endif
