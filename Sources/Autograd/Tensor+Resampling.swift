// Images [N, H, W, C] with more or fewer pixels: up-sampling, and the exchange of channels for pixels of W. Shi et al.,
// "Real-time single image and video super-resolution using an efficient sub-pixel convolutional neural network" (CVPR
// 2016). All of them move or mix pixels linearly and are composed of moves, so that their derivatives are moves as well.

/// What a pixel between pixels is.
package enum Interpolation: String, Hashable, Sendable {
  /// The nearest one.
  case nearest
  /// The four around it, weighted by how near they are. Pixels are squares: what is enlarged are squares, not the grid of
  /// their centres, and beyond the outermost centres the image goes on as it is there (PyTorch's `align_corners=False`).
  case bilinear
}

extension Tensor {
  /// `[N, H, W, C]` to `[N, H·factor, W·factor, C]`.
  package func upsampled(by factor: Int, _ interpolation: Interpolation) -> Tensor {
    guard shape.rank == 4, factor > 0 else { fatalError("up-sampling by \(factor): takes [N, H, W, C], got \(shape)") }
    if factor == 1 { return self }
    switch interpolation {
    case .nearest:
      let (n, h, w, c) = (shape[0], shape[1], shape[2], shape[3])
      return reshaped([n, h, 1, w, 1, c]).broadcast(to: [n, h, factor, w, factor, c])
        .reshaped([n, h * factor, w * factor, c])
    // Rows first: fewer pixels are left for the columns, whose moves are shorter.
    case .bilinear: return interpolated(axis: 1, by: factor).interpolated(axis: 2, by: factor)
    }
  }

  /// Linear interpolation along an axis. Of the `factor` pixels that a pixel becomes, those before its centre mix it with
  /// the one before, those behind with the one behind; at an end that is the pixel itself.
  private func interpolated(axis: Int, by factor: Int) -> Tensor {
    let (outer, extent, inner) = shape.split(at: axis)
    let line = reshaped([outer, extent, 1, inner])
    let (first, last) = (line.slice(axis: 1, 0..<1), line.slice(axis: 1, extent - 1..<extent))
    let before = extent == 1 ? line : Tensor.concatenate([first, line.slice(axis: 1, 0..<extent - 1)], axis: 1)
    let behind = extent == 1 ? line : Tensor.concatenate([line.slice(axis: 1, 1..<extent), last], axis: 1)
    let parts = (0..<factor).map { part -> Tensor in
      let offset = (Float(part) + 0.5) / Float(factor) - 0.5
      return line * (1 - abs(offset)) + (offset < 0 ? before : behind) * abs(offset)
    }
    return Tensor.concatenate(parts, axis: 2).reshaped(shape.replacing(axis: axis, with: extent * factor))
  }

  /// Pixel shuffle (Shi et al. 2016, eq. 4): `[N, H, W, C·factor²]` to `[N, H·factor, W·factor, C]`. Channel
  /// `(c · factor + y) · factor + x` becomes channel c of the pixel at (y, x) in its square, as in PyTorch. (The paper's
  /// equation has the channels of a pixel side by side instead; all libraries' models are trained with this order.)
  package func pixelsShuffled(by factor: Int) -> Tensor {
    guard shape.rank == 4, factor > 0, shape[3] % (factor * factor) == 0 else {
      fatalError("pixel shuffle by \(factor): takes [N, H, W, C·\(factor * factor)], got \(shape)")
    }
    let (n, h, w, c) = (shape[0], shape[1], shape[2], shape[3] / (factor * factor))
    return reshaped([n, h, w, c, factor, factor]).transposed([0, 1, 4, 2, 5, 3])
      .reshaped([n, h * factor, w * factor, c])
  }

  /// The inverse of `pixelsShuffled`: `[N, H, W, C]` to `[N, H/factor, W/factor, C·factor²]`.
  package func pixelsUnshuffled(by factor: Int) -> Tensor {
    guard shape.rank == 4, factor > 0, shape[1] % factor == 0, shape[2] % factor == 0 else {
      fatalError("pixel unshuffle by \(factor): takes [N, H·\(factor), W·\(factor), C], got \(shape)")
    }
    let (n, h, w, c) = (shape[0], shape[1] / factor, shape[2] / factor, shape[3])
    return reshaped([n, h, factor, w, factor, c]).transposed([0, 1, 3, 5, 2, 4])
      .reshaped([n, h, w, c * factor * factor])
  }
}
