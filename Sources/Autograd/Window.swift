// Where a filter stands on an image: the geometry of convolutions, patches and pooling, as in V. Dumoulin, F. Visin, "A
// guide to convolution arithmetic for deep learning" (arXiv 1603.07285). Images are [N, H, W, C].

/// A window that slides over an image in steps of `stride`, beginning `padding` pixels outside of it.
package struct Window: Hashable, Sendable {
  package let height, width: Int
  package let stride: Int
  /// Zeros around the image, on each side.
  package let padding: Int

  package init(height: Int, width: Int, stride: Int = 1, padding: Int = 0) {
    guard height > 0, width > 0, stride > 0, padding >= 0 else {
      fatalError("Window \(height)×\(width), stride \(stride), padding \(padding): sizes must be positive")
    }
    self.height = height
    self.width = width
    self.stride = stride
    self.padding = padding
  }

  package init(_ size: Int, stride: Int = 1, padding: Int = 0) {
    self.init(height: size, width: size, stride: stride, padding: padding)
  }

  var isSquare: Bool { height == width }

  /// Pixels under the window.
  var area: Int { height * width }

  /// How often the window fits: the height and width of a convolution's result (relationship 6 of the guide).
  package func places(on image: Shape) -> (height: Int, width: Int) {
    let room = (image[1] + 2 * padding - height, image[2] + 2 * padding - width)
    guard image.rank == 4, room.0 >= 0, room.1 >= 0 else {
      fatalError("a window of \(height)×\(width) with padding \(padding) does not fit the images \(image)")
    }
    return (room.0 / stride + 1, room.1 / stride + 1)
  }

  /// The smallest image on which the window fits so often (relationship 14 of the guide).
  func image(under places: Shape) -> (height: Int, width: Int) {
    (
      (places[1] - 1) * stride + height - 2 * padding,
      (places[2] - 1) * stride + width - 2 * padding
    )
  }

  /// Whether the window covers the whole image at its one place: then a convolution is a matrix product.
  func covers(_ image: Shape) -> Bool { padding == 0 && height == image[1] && width == image[2] }

  /// Whether the window is a single pixel at each place: then, too.
  var isPixel: Bool { height == 1 && width == 1 && stride == 1 && padding == 0 }
}
