// Pooling of images [N, H, W, C]: the largest or the mean of what lies under a window at each of its places. Composed of
// patches and reductions, so that derivatives of every order come by themselves.

extension Tensor {
  /// The largest under the window: `[N, H, W, C]` to `[N, H′, W′, C]`. Pixels outside the image never win, as if they
  /// were −∞; among equals the gradient goes to the first, row by row.
  package func maximumPooled(_ window: Window) -> Tensor {
    checkPooling(window)
    let places = window.places(on: shape)
    let patches = patches(window)
    // Patches are 0 outside the image, which would win over what is negative.
    let candidates = window.padding == 0 ? patches : patches + (inside(window) - 1) * Float.greatestFiniteMagnitude
    return candidates.maximum(axis: 3).reshaped([shape[0], places.height, places.width, shape[3]])
  }

  /// The mean under the window: `[N, H, W, C]` to `[N, H′, W′, C]`.
  ///
  /// - Parameter countsPadding: whether the zeros outside the image are part of the mean, as they are for PyTorch unless
  ///   told otherwise (`count_include_pad`).
  package func averagePooled(_ window: Window, countsPadding: Bool = true) -> Tensor {
    checkPooling(window)
    if window.covers(shape) { return mean(axes: [1, 2]) }
    let places = window.places(on: shape)
    let sum = patches(window).sum(axes: [3])
    let mean = countsPadding || window.padding == 0 ? sum / Float(window.area) : sum / inside(window).sum(axes: [3])
    return mean.reshaped([shape[0], places.height, places.width, shape[3]])
  }

  /// 1 where a tap of the window meets the image, else 0: `[1, H′, W′, h·w, C]`.
  private func inside(_ window: Window) -> Tensor {
    graph.constant(1, [1, shape[1], shape[2], shape[3]]).patches(window)
  }

  private func checkPooling(_ window: Window) {
    guard window.padding < min(window.height, window.width) else {
      fatalError("pooling: with padding \(window.padding), \(window.height)×\(window.width) may see no pixel")
    }
  }
}
