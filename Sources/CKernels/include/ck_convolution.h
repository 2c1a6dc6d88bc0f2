// Convolutions of images [N, H, W, C], single precision, without a copy of the patches: each tile of the product fetches
// the pixels it needs (an indirect product: M. Dukhan, "The indirect convolution algorithm", arXiv 1907.02129, 2019).
//
// One form serves both directions. For each pixel of a grid, the result is the sum over some taps of a source pixel's
// channels times the tap's matrix; source pixels outside the image are zeros. A convolution is one such sum. Its
// gradient with respect to its input, a transposed convolution, is step × step of them, one for each place within a
// step, each with the taps that meet it: so nothing is multiplied by an inserted zero.
#ifndef CK_CONVOLUTION_H
#define CK_CONVOLUTION_H

#include <stddef.h>
#include <stdint.h>

/// Where a tap reads, relative to the grid's pixel, and which matrix of the filter it takes.
typedef struct {
  int32_t y, x, matrix;
} ck_tap;

typedef struct {
  int32_t images;
  int32_t source_height, source_width, source_channels;
  /// Grid pixel (y, x) reads source pixels (y · source_step + tap.y, x · source_step + tap.x),
  int32_t source_step;
  int32_t grid_height, grid_width;
  /// and writes result pixel (y · result_step + result_y, x · result_step + result_x).
  int32_t result_height, result_width, result_channels;
  int32_t result_step, result_y, result_x;
  int32_t tap_count;
  const ck_tap *taps;
  /// Whether a matrix is stored as [result channels, source channels] instead of [source channels, result channels].
  int32_t transposed;
} ck_convolution;

/// Floats of scratch that each part needs, for either function.
size_t ck_convolution_scratch(const ck_convolution *convolution);

/// Computes part `part` of `parts`, some pixels of the grid. `scratch` is aligned to 64 bytes.
void ck_convolve(
    const ck_convolution *convolution, const float *source, const float *filter, float *result, float *scratch,
    int part, int parts);

/// The gradient with respect to the filter: for each tap [source channels, result channels], the sum over the grid's
/// pixels of source pixel times gradient pixel. The gradient is as large as the grid. Parts are some taps and columns.
void ck_convolution_filter_gradient(
    const ck_convolution *convolution, const float *source, const float *gradient, float *filter, float *scratch,
    int part, int parts);

/// Patches of an image batch, `[N, grid height, grid width, taps, C]`: what a product needs where pixels have so few
/// channels that fetching them one by one would cost more than multiplying.
void ck_patches(const ck_convolution *convolution, const float *source, float *patches, int part, int parts);

/// The adjoint of `ck_patches`: adds patches up where they came from. `[N, H, W, C]`; parts are some images.
void ck_fold(const ck_convolution *convolution, const float *patches, float *source, int part, int parts);

#endif
