// oneDNN's matrix product with its objects made in advance.

#include "COneDNN.h"

#include <dnnl.h>
#include <stdlib.h>

struct cdnn_matmul {
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  dnnl_primitive_t primitive;
  dnnl_memory_t a, b, c, scratch;
};

// Of libgomp, which comes with Debian's oneDNN; the setting is the calling thread's own. Weak, because the library is
// not linked to directly, and a oneDNN without OpenMP needs no such setting.
__attribute__((weak)) extern void omp_set_num_threads(int threads);

// Keeps oneDNN to the calling thread: how a product is split is decided elsewhere.
static void use_one_thread(void) {
  if (omp_set_num_threads) omp_set_num_threads(1);
}

#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t layout;  // an object of the library, to be destroyed
#define LAYOUT_OF(layout) (layout)

static dnnl_status_t make_layout(layout *result, const dnnl_dims_t size, const dnnl_dims_t strides) {
  return dnnl_memory_desc_create_with_strides(result, 2, size, dnnl_f32, strides);
}

static void free_layout(layout *result) {
  if (*result) dnnl_memory_desc_destroy(*result);
}

static dnnl_status_t describe(
  dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_primitive_attr_t attributes, layout *a, layout *b,
  layout *c) {
  return dnnl_matmul_primitive_desc_create(result, engine, *a, *b, NULL, *c, attributes);
}

static dnnl_status_t append_sum(dnnl_post_ops_t operations) {
  return dnnl_post_ops_append_sum(operations, 1.0f, 0, dnnl_f32);
}
#else
typedef dnnl_memory_desc_t layout;  // a plain structure
#define LAYOUT_OF(layout) (&(layout))

static dnnl_status_t make_layout(layout *result, const dnnl_dims_t size, const dnnl_dims_t strides) {
  return dnnl_memory_desc_init_by_strides(result, 2, size, dnnl_f32, strides);
}

static void free_layout(layout *result) { (void)result; }

static dnnl_status_t describe(
  dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_primitive_attr_t attributes, layout *a, layout *b,
  layout *c) {
  dnnl_matmul_desc_t product;
  const dnnl_status_t status = dnnl_matmul_desc_init(&product, a, b, NULL, c);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(result, &product, attributes, engine, NULL);
}

static dnnl_status_t append_sum(dnnl_post_ops_t operations) { return dnnl_post_ops_append_sum(operations, 1.0f); }
#endif

// Whether a call succeeded: what a creation needs to know of it.
static int ok(dnnl_status_t status) { return status == dnnl_success; }

// Scratch memory belongs to the caller, so that running never allocates; adding to C is an operation appended.
static int make_attributes(dnnl_primitive_attr_t *result, int accumulate) {
  if (!ok(dnnl_primitive_attr_create(result))) return 0;
  if (!ok(dnnl_primitive_attr_set_scratchpad_mode(*result, dnnl_scratchpad_mode_user))) return 0;
  if (!accumulate) return 1;
  dnnl_post_ops_t operations = NULL;
  const int done = ok(dnnl_post_ops_create(&operations)) && ok(append_sum(operations)) &&
                   ok(dnnl_primitive_attr_set_post_ops(*result, operations));
  if (operations) dnnl_post_ops_destroy(operations);
  return done;
}

static int make_scratch(cdnn_matmul *product, const_dnnl_primitive_desc_t description) {
#if DNNL_VERSION_MAJOR >= 3
  const_dnnl_memory_desc_t layout = dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
#else
  const dnnl_memory_desc_t *layout = dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
#endif
  return ok(dnnl_memory_create(&product->scratch, layout, product->engine, DNNL_MEMORY_ALLOCATE));
}

cdnn_matmul *cdnn_matmul_create(
  int trans_a, int trans_b, int M, int N, int K, int lda, int ldb, int ldc, int accumulate) {
  cdnn_matmul *product = calloc(1, sizeof *product);
  if (!product) return NULL;
  use_one_thread();
  const dnnl_dims_t size_a = {M, K}, size_b = {K, N}, size_c = {M, N};
  const dnnl_dims_t strides_a = {trans_a ? 1 : lda, trans_a ? lda : 1};
  const dnnl_dims_t strides_b = {trans_b ? 1 : ldb, trans_b ? ldb : 1};
  const dnnl_dims_t strides_c = {ldc, 1};

  layout a = {0}, b = {0}, c = {0};
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_primitive_desc_t description = NULL;
  const int made =
    ok(dnnl_engine_create(&product->engine, dnnl_cpu, 0)) &&
    ok(dnnl_stream_create(&product->stream, product->engine, dnnl_stream_default_flags)) &&
    ok(make_layout(&a, size_a, strides_a)) && ok(make_layout(&b, size_b, strides_b)) &&
    ok(make_layout(&c, size_c, strides_c)) && make_attributes(&attributes, accumulate) &&
    ok(describe(&description, product->engine, attributes, &a, &b, &c)) &&
    ok(dnnl_primitive_create(&product->primitive, description)) &&
    ok(dnnl_memory_create(&product->a, LAYOUT_OF(a), product->engine, DNNL_MEMORY_NONE)) &&
    ok(dnnl_memory_create(&product->b, LAYOUT_OF(b), product->engine, DNNL_MEMORY_NONE)) &&
    ok(dnnl_memory_create(&product->c, LAYOUT_OF(c), product->engine, DNNL_MEMORY_NONE)) &&
    make_scratch(product, description);

  if (description) dnnl_primitive_desc_destroy(description);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  free_layout(&a);
  free_layout(&b);
  free_layout(&c);
  if (made) return product;
  cdnn_matmul_destroy(product);
  return NULL;
}

int cdnn_matmul_run(cdnn_matmul *product, const float *A, const float *B, float *C) {
  use_one_thread();
  dnnl_memory_set_data_handle(product->a, (void *)A);
  dnnl_memory_set_data_handle(product->b, (void *)B);
  dnnl_memory_set_data_handle(product->c, C);
  const dnnl_exec_arg_t arguments[] = {
    {DNNL_ARG_SRC, product->a},
    {DNNL_ARG_WEIGHTS, product->b},
    {DNNL_ARG_DST, product->c},
    {DNNL_ARG_SCRATCHPAD, product->scratch},
  };
  const int count = sizeof arguments / sizeof arguments[0];
  return (int)dnnl_primitive_execute(product->primitive, product->stream, count, arguments);
}

void cdnn_matmul_destroy(cdnn_matmul *product) {
  if (!product) return;
  if (product->scratch) dnnl_memory_destroy(product->scratch);
  if (product->c) dnnl_memory_destroy(product->c);
  if (product->b) dnnl_memory_destroy(product->b);
  if (product->a) dnnl_memory_destroy(product->a);
  if (product->primitive) dnnl_primitive_destroy(product->primitive);
  if (product->stream) dnnl_stream_destroy(product->stream);
  if (product->engine) dnnl_engine_destroy(product->engine);
  free(product);
}
