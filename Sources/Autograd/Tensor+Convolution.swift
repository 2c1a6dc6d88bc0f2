// Convolutions of images [N, H, W, C] with filters [height, width, C, F]. What is recorded is what will be fast: a matrix
// product where a window covers the whole image or one pixel; patches and a product where an image or its result has few
// channels (digits, colours), on whichever side they are smaller; elsewhere one of three operations, each of whose derivatives are the other two.

extension Tensor {
  /// Fewer channels than these fill no vector; patches do.
  private static let fewChannels = 8

  /// The convolution (without a flip, as all libraries have it): `[N, H, W, C]` with `[h, w, C, F]` to `[N, H′, W′, F]`.
  package func convolved(with filter: Tensor, stride: Int = 1, padding: Int = 0) -> Tensor {
    guard shape.rank == 4, filter.shape.rank == 4, shape[3] == filter.shape[2] else {
      fatalError("convolution: images \(shape) and a filter \(filter.shape) do not match; [N, H, W, C], [h, w, C, F]")
    }
    let window = filter.window(stride, padding)
    let places = window.places(on: shape)
    let result: Shape = [shape[0], places.height, places.width, filter.shape[3]]
    if window.covers(shape) || window.isPixel {
      return reshaped([result.count / result[3], filter.matrix.shape[0]]).product(filter.matrix).reshaped(result)
    }
    if filter.makesFewFeatures, window.isSquare, stride == 1, padding < window.height {
      // Products first: patches of the result are smaller than those of the images. A step of a generator that ends in
      // such a convolution takes half the time (measured).
      return transposeConvolved(with: filter.turned, padding: window.height - 1 - padding, size: places)
    }
    if filter.hasFewChannels {
      return patches(window).reshaped([result.count / result[3], filter.matrix.shape[0]])
        .product(filter.matrix).reshaped(result)
    }
    return convolution(filter, window)
  }

  /// The transposed convolution: the gradient of `convolved(with: filter)` with respect to its images, on its own.
  /// `[N, H, W, F]` with `[h, w, C, F]` to `[N, H′, W′, C]`.
  ///
  /// - Parameter size: height and width of the result; where `nil`, the smallest on which the convolution has H × W places.
  package func transposeConvolved(
    with filter: Tensor, stride: Int = 1, padding: Int = 0, size: (height: Int, width: Int)? = nil
  ) -> Tensor {
    guard shape.rank == 4, filter.shape.rank == 4, shape[3] == filter.shape[3] else {
      fatalError(
        "transposed convolution: images \(shape) and a filter \(filter.shape) do not match; [N, H, W, F], [h, w, C, F]")
    }
    let window = filter.window(stride, padding)
    let size = size ?? window.image(under: shape)
    let result: Shape = [shape[0], size.height, size.width, filter.shape[2]]
    guard window.places(on: result) == (shape[1], shape[2]) else {
      fatalError("transposed convolution: \(result) under a stride of \(stride) does not become \(shape)")
    }
    let pixels = reshaped([shape.count / shape[3], shape[3]])
    if window.covers(result) || window.isPixel {
      return pixels.product(filter.matrix, transposeRight: true).reshaped(result)
    }
    if filter.hasFewChannels {
      let patches = pixels.product(filter.matrix, transposeRight: true)
      return patches.reshaped([shape[0], shape[1], shape[2], window.area, result[3]]).fold(window, to: result)
    }
    return convolutionInputGradient(filter, window, result)
  }

  /// What lies under a window at each of its places: `[N, H, W, C]` to `[N, H′, W′, h·w, C]`, zeros outside the image.
  package func patches(_ window: Window) -> Tensor {
    let places = window.places(on: shape)
    return graph.record(.patches(window), [self], [shape[0], places.height, places.width, window.area, shape[3]])
  }

  /// The adjoint of `patches`: adds patches up where they came from, in images of the shape `images`.
  package func fold(_ window: Window, to images: Shape) -> Tensor {
    let places = window.places(on: images)
    guard shape == [images[0], places.height, places.width, window.area, images[3]] else {
      fatalError("fold: patches \(shape) do not come from images \(images)")
    }
    return graph.record(.fold(window), [self], images)
  }

  // MARK: The three operations

  func convolution(_ filter: Tensor, _ window: Window) -> Tensor {
    let places = window.places(on: shape)
    return graph.record(
      .convolution(window), [self, filter], [shape[0], places.height, places.width, filter.shape[3]])
  }

  /// Of this gradient, with respect to images of the shape `images`.
  func convolutionInputGradient(_ filter: Tensor, _ window: Window, _ images: Shape) -> Tensor {
    graph.record(.convolutionInputGradient(window), [self, filter], images)
  }

  /// Of `gradient`, with respect to the filter; `self` are the images.
  func convolutionFilterGradient(_ gradient: Tensor, _ window: Window) -> Tensor {
    graph.record(
      .convolutionFilterGradient(window), [self, gradient], [window.height, window.width, shape[3], gradient.shape[3]])
  }

  // MARK: A filter

  private func window(_ stride: Int, _ padding: Int) -> Window {
    Window(height: shape[0], width: shape[1], stride: stride, padding: padding)
  }

  /// `[h·w·C, F]`
  private var matrix: Tensor { reshaped([shape[0] * shape[1] * shape[2], shape[3]]) }

  private var hasFewChannels: Bool { min(shape[2], shape[3]) < Self.fewChannels }

  private var makesFewFeatures: Bool { shape[3] < min(Self.fewChannels, shape[2]) }

  /// `[h, w, F, C]`, turned by half a turn: the filter whose transposed convolution is this one's convolution, in steps of
  /// one (relationship 9 of the guide in `Window.swift`).
  private var turned: Tensor {
    let area = shape[0] * shape[1]
    let taps = reshaped([area, shape[2], shape[3]])
    return Tensor.concatenate((0..<area).reversed().map { taps.slice(axis: 0, $0..<$0 + 1) }, axis: 0)
      .reshaped(shape).transposed([0, 1, 3, 2])
  }
}
